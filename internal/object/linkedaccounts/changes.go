// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

// changes is what leads from a state to what is desired. Ids are in order.
type changes struct {
	create, update, remove []string
	// credentials are those of each account that stays.
	credentials map[string]credentials.Change
}

func (c changes) isEmpty() bool {
	return len(c.create) == 0 && len(c.update) == 0 && len(c.remove) == 0
}

// planChanges compares what is managed; kept is what the private state knows.
func planChanges(state, desired model, kept map[string]tracked) changes {
	before, after := readAccounts(state.Accounts), readAccounts(desired.Accounts)
	found := changes{
		create:      without(after, before),
		remove:      without(before, after),
		credentials: map[string]credentials.Change{},
	}
	credentials := newCredentialComparison(state, desired)
	for _, id := range sortedIDs(after) {
		prior, exists := before[id]
		if !exists {
			continue
		}
		change := credentials.change(id, kept[id])
		found.credentials[id] = change
		if after[id].differs(prior) || !change.IsEmpty() {
			found.update = append(found.update, id)
		}
	}
	return found
}

// credentialComparison compares the credentials of one account after the other.
type credentialComparison struct {
	known, wanted map[string]map[string]string
	// version is that of write-only credentials, nil for the plain form.
	version *int64
	// isOldVersion is true when the state has that version already.
	isOldVersion bool
	appID        string
}

func newCredentialComparison(state, desired model) credentialComparison {
	comparison := credentialComparison{
		known:  readCredentials(state.AuthCredentials),
		wanted: desired.credentials(),
		appID:  desired.AppID.ValueString(),
	}
	comparison.version = desired.credentialsVersion()
	comparison.isOldVersion = comparison.version != nil && desired.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion)
	return comparison
}

func (c credentialComparison) change(id string, kept tracked) credentials.Change {
	known := c.known[id]
	if kept.Version != nil {
		// What ignore_changes keeps in the state is older than what was sent last.
		known = nil
	}
	set := kept.App.With(credentials.Names(known))
	wanted, configured := c.wanted[id]
	isOtherApp := set != nil && c.appID != "" && c.appID != set.AppID
	switch {
	case c.isSent(kept) && !isOtherApp:
		return credentials.Change{Before: set}
	case !configured:
		return credentials.Compare(set, nil, nil, false)
	}
	return credentials.Compare(set, known, wanted, set == nil || isOtherApp)
}

// isSent reports whether write-only credentials of this version were sent. An
// account that was never sent any goes by the version of the state.
func (c credentialComparison) isSent(kept tracked) bool {
	if c.version == nil {
		return false
	}
	if kept.App == nil || kept.Version == nil {
		return c.isOldVersion
	}
	return *kept.Version == *c.version
}

// leftovers are accounts whose credentials an update that failed half-way may
// have left at Refold, while neither state nor configuration has any for them.
func (c credentialComparison) leftovers(before map[string]account, kept map[string]tracked) []string {
	var left []string
	for _, id := range sortedIDs(kept) {
		_, stays := before[id]
		_, configured := c.wanted[id]
		if stays && !configured && c.version == nil && len(c.known[id]) == 0 && len(kept[id].App.Names()) > 0 {
			left = append(left, id)
		}
	}
	return left
}
