// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// changes is what leads from a state to what is configured. Ids are in order.
type changes struct {
	create, update, remove []string
	// differing are those accounts to be updated whose name or fields are not what the state holds.
	differing map[string]bool
	// credentials are those of each account that stays.
	credentials map[string]credentials.Change
}

// sendNothing reports whether Refold has nothing to do with the changes, by the policy for accounts
// that are taken out of the map.
func (c changes) sendNothing(policy ownership.Policy) bool {
	return len(c.create) == 0 && len(c.update) == 0 && (len(c.remove) == 0 || policy == ownership.Abandon)
}

// planChanges compares what is managed; kept is what the private state knows.
func planChanges(ctx context.Context, state, configured model, kept map[string]tracked) changes {
	before, after := readAccounts(state.Accounts), readAccounts(configured.Accounts)
	shared := sharing{planned: configured.sharesUDF(), state: state.sharesUDF()}
	found := changes{
		create:      without(after, before),
		remove:      without(before, after),
		differing:   map[string]bool{},
		credentials: map[string]credentials.Change{},
	}
	credentials := newCredentialComparison(state, configured)
	for _, id := range sortedIDs(after) {
		prior, exists := before[id]
		if !exists {
			continue
		}
		change := credentials.change(id, kept[id])
		found.credentials[id] = change
		differs := shared.differs(ctx, after[id], prior)
		if differs {
			found.differing[id] = true
		}
		if differs || !change.IsEmpty() {
			found.update = append(found.update, id)
		}
	}
	return found
}

// credentialComparison compares the credentials of one account after the other.
type credentialComparison struct {
	known, desired map[string]map[string]string
	// version is that of write-only credentials, nil for the plain form.
	version *credentials.Version
	// isOldVersion is true when the state has that version already.
	isOldVersion bool
	// hasValues is model.hasCredentialValues.
	hasValues bool
	// lacking is model.lacking.
	lacking map[string]bool
	appID   string
}

func newCredentialComparison(state, configured model) credentialComparison {
	return credentialComparison{
		known:        readCredentials(state.AuthCredentials),
		desired:      configured.credentials(),
		version:      configured.credentialsVersion(),
		isOldVersion: configured.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion),
		hasValues:    configured.hasCredentialValues(),
		lacking:      configured.lacking(),
		appID:        configured.AppID.ValueString(),
	}
}

func (c credentialComparison) change(id string, kept tracked) credentials.Change {
	known := c.known[id]
	if kept.Version != nil {
		// What ignore_changes keeps in the state is older than what was sent last.
		known = nil
	}
	set := kept.App.With(credentials.Names(known))
	desired, isConfigured := c.desired[id]
	isOtherApp := set != nil && c.appID != "" && c.appID != set.AppID
	switch {
	case !c.hasValues || c.lacking[id]:
		return credentials.Change{Before: set}
	case c.isSent(kept, known) && !isOtherApp:
		return credentials.Settle(set, desired)
	case !isConfigured:
		return credentials.Compare(set, nil, nil, false)
	}
	return credentials.Compare(set, known, desired, set == nil || isOtherApp)
}

// isSent reports whether write-only credentials of this version were sent. An account that was
// never sent any goes by the version of the state, unless that has its values.
func (c credentialComparison) isSent(kept tracked, known map[string]string) bool {
	if c.version == nil {
		return false
	}
	if kept.App == nil || kept.Version == nil {
		return c.isOldVersion && len(known) == 0
	}
	return *kept.Version == *c.version
}

// unsettled are accounts that stay, and whose credentials an earlier update may have left at Refold
// otherwise than configured.
func (c credentialComparison) unsettled(before, after map[string]account, kept map[string]tracked) []string {
	var left []string
	for _, id := range sortedIDs(kept) {
		_, existed := before[id]
		_, stays := after[id]
		if existed && stays && !c.change(id, kept[id]).IsEmpty() {
			left = append(left, id)
		}
	}
	return left
}
