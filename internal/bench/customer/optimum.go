// SPDX-License-Identifier: MPL-2.0

package customer

// The fewest requests that each step could do with, counted by hand, and the most that its goal
// allows. All of it follows from how Refold can be asked (FACTS 2.1, 2.6 to 2.9):
//
//   - accounts, and values of variables of all accounts, come in pages of 100;
//   - what an account has connected comes whole, in one answer about all apps;
//   - a config comes by itself: lists have ids only;
//   - all definitions of variables come in one page, if they are not more than 100;
//   - nothing but what is written by itself can be written.
//
// No answer about a config or a variable says which environment it is of, so that a run that begins
// with those asks for one account besides.

const (
	pageSize        = 100
	definitionPages = 1
)

func pages(documents int) int { return max(1, (documents+pageSize-1)/pageSize) }

// planOptimum is that of a plan before anything exists: the accounts are looked for in a list, and
// once they are known not to be there, nothing of theirs is. The apps and the definitions of
// variables are looked up for what is configured of them.
func (s size) planOptimum() counts {
	return counts{
		accounts: {reads: 1}, integrations: {reads: 1}, variables: {reads: definitionPages},
	}
}

// applyOptimum is one write for each object, field and switch, and looks right before and after:
//
//   - the accounts are looked for in a list, and the answer to a write shows the account;
//   - what an account has connected is looked at before the first of its apps is connected. The
//     answer to that shows nothing, so it is looked at after each, which serves the next as well;
//   - each config is looked for, and looked at after its writes, of which no answer shows it whole;
//   - values are looked for in a list, and the answer to a write shows the value.
func (s size) applyOptimum() counts {
	return s.writes().plus(counts{
		accounts: {reads: 1}, integrations: {reads: s.accounts + s.integrations}, configs: {reads: 2 * s.configs},
		variables: {reads: definitionPages + 1},
	})
}

// mostOfApply is one look before, and one proof after, for each object.
func (s size) mostOfApply() counts {
	return counts{
		accounts: {2 * s.accounts, s.accounts}, integrations: {2 * s.integrations, s.integrations}, configs: {2 * s.configs, s.configs},
		fields: {0, s.fields}, switches: {0, s.switches}, variables: {2 * s.variables, s.variables},
	}
}

// refreshOptimum reads everything once.
func (s size) refreshOptimum() counts {
	return counts{
		accounts: {reads: pages(s.accounts)}, integrations: {reads: s.accounts}, configs: {reads: s.configs},
		variables: {reads: pages(s.variables) + definitionPages},
	}
}

// mostOfRefresh leaves ten requests for variables, and two for each page of accounts: those are
// read from the list when one alone has shown that it is cheaper.
func (s size) mostOfRefresh() counts {
	most := s.refreshOptimum()
	most[accounts] = count{reads: 2 * pages(s.accounts)}
	most[variables] = count{reads: 10}
	return most
}

// planDestroyOptimum is that of two processes: Terraform refreshes with one, and lets another plan
// what is deleted. That one looks at what customers lose: the apps that accounts have connected,
// and each config of each app.
func (s size) planDestroyOptimum() counts {
	return s.refreshOptimum().plus(counts{
		accounts: {reads: pages(s.accounts)}, integrations: {reads: s.accounts}, configs: {reads: s.integrations + s.configs},
	})
}

// destroyOptimum is one look and one write for each object: Terraform deletes each by itself, also
// where Refold would delete it with another, and what is deleted has to be what was planned, at
// that moment. Before an app is disconnected, its configs are looked for, which would go with it.
// One account more is read to learn which environment this is.
func (s size) destroyOptimum() counts {
	return counts{
		accounts: {s.accounts + 1, s.accounts}, integrations: {s.integrations, s.integrations},
		configs: {s.configs + s.integrations, s.configs}, variables: {s.variables + definitionPages, s.variables},
	}
}

// mostOfDestroy leaves no room: one look and one write for each object, and what destroyOptimum has
// besides, which is no look at an object that is deleted.
func (s size) mostOfDestroy() counts { return s.destroyOptimum() }
