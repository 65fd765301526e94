// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
)

// changes is what leads from a state to a configuration. Ids are in order.
type changes struct {
	create, update, remove []string
	// credentials are those of each account to be updated.
	credentials map[string]reconcile.CredentialChange
}

func (c changes) isEmpty() bool {
	return len(c.create) == 0 && len(c.update) == 0 && len(c.remove) == 0
}

// planChanges compares what is managed; kept is what the private state knows.
func planChanges(state, config model, kept map[string]tracked) changes {
	before, after := readAccounts(state.Accounts), readAccounts(config.Accounts)
	found := changes{
		create:      without(after, before),
		remove:      without(before, after),
		credentials: map[string]reconcile.CredentialChange{},
	}
	credentials := newCredentialComparison(state, config)
	for _, id := range sortedIDs(after) {
		prior, exists := before[id]
		if !exists {
			continue
		}
		change := credentials.change(id, kept[id].App)
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
	// sendsNothing is true for write-only credentials whose version is the same.
	sendsNothing bool
	// sendsAll is true when they now belong to another app.
	sendsAll bool
}

func newCredentialComparison(state, config model) credentialComparison {
	return credentialComparison{
		known:  readCredentials(state.AuthCredentials),
		wanted: config.credentials(),
		sendsNothing: !config.AuthCredentialsWO.IsNull() && state.AppID.Equal(config.AppID) &&
			config.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion),
		sendsAll: !state.AppID.Equal(config.AppID),
	}
}

func (c credentialComparison) change(id string, kept *reconcile.DefaultApp) reconcile.CredentialChange {
	set := kept.With(reconcile.CredentialNames(c.known[id]))
	wanted, configured := c.wanted[id]
	switch {
	case c.sendsNothing:
		return reconcile.CredentialChange{Before: set}
	case !configured:
		return reconcile.ChangeCredentials(set, nil, nil, false)
	}
	return reconcile.ChangeCredentials(set, c.known[id], wanted, set == nil || c.sendsAll)
}
