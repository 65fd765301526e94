// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"
	"strings"
)

// Subject is the object that a diagnostic is about.
type Subject struct {
	// Noun is Refold's word for such an object, in lower case ("linked account").
	Noun string
	// Name is the object's id.
	Name string
	// Account is the id of the linked account that the object belongs to, or empty.
	Account string
	// Find is for an object that is created by a request which must not be sent twice: sentences
	// that say how to find out whether it exists after all, and how to import it then.
	Find string
	// Again is for a request that Refold takes as often as it comes, and that may do harm all the
	// same when it is made once more at a later time: sentences that say what to look at before.
	Again string
}

const nounOfAccount = "linked account"

// LinkedAccount is the subject of what concerns an account itself.
func LinkedAccount(accountID string) Subject { return Subject{Noun: nounOfAccount, Name: accountID} }

// String names the object within a sentence.
func (s Subject) String() string {
	named := fmt.Sprintf("%s %q", s.Noun, s.Name)
	if s.Account == "" {
		return named
	}
	return named + " of " + LinkedAccount(s.Account).String()
}

// AtStart names the object at the start of a sentence.
func (s Subject) AtStart() string {
	named := s.String()
	return strings.ToUpper(named[:1]) + named[1:]
}

// Short is the noun without what qualifies it ("account").
func (s Subject) Short() string { return s.Noun[strings.LastIndex(s.Noun, " ")+1:] }

func (s Subject) isAccount() bool { return s.Noun == nounOfAccount }

// account is the linked account that the object is or belongs to, if any.
func (s Subject) account() (_ Subject, ok bool) {
	if s.isAccount() {
		return s, true
	}
	return LinkedAccount(s.Account), s.Account != ""
}
