// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// accountIDs are Refold's own ids (_id) by linked account id. A deletion holds them against what it
// finds, and a refresh sees by them that an account was made anew. They are kept in the private
// state, about 50 bytes for each account, and not in an attribute, which every plan would have to
// compare. A state of an earlier version has none until its next refresh, and nothing is compared
// then.
type accountIDs map[string]string

func accountIDsState() providerdata.PrivateState[accountIDs] {
	return providerdata.PrivateState[accountIDs]{Key: "account_ids", About: "the `id` of each account"}
}

func readAccountIDs(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) accountIDs {
	kept, problems := accountIDsState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return accountIDs{}
	}
	return *kept
}

// refoldID is one of accountIDs, as a refresh hands it to the plan of the same run.
type refoldID string

// keep keeps the ids of those accounts that the state holds.
func (ids accountIDs) keep(ctx context.Context, private providerdata.PrivateWriter, accounts map[string]account) diag.Diagnostics {
	maps.DeleteFunc(ids, func(id, _ string) bool {
		_, isHeld := accounts[id]
		return !isHeld
	})
	if len(ids) == 0 {
		return accountIDsState().Keep(ctx, private, nil)
	}
	return accountIDsState().Keep(ctx, private, &ids)
}

// without are those accounts of which nobody has looked whether they have an id.
func (ids accountIDs) without(accountIDs []string) []string {
	return slices.DeleteFunc(slices.Clone(accountIDs), func(id string) bool {
		_, isSeen := ids[id]
		return isSeen
	})
}

// learn takes down the id of an account as Refold showed it, if it did.
func (ids accountIDs) learn(account *refold.LinkedAccount) {
	if account != nil && account.ID != "" {
		ids[account.AccountID] = account.ID
	}
}

// learnFrom takes down the ids of accounts that had none. Where a write met another account than
// the state knows, the next refresh is to find that out, and a deletion before it to be refused.
func (ids accountIDs) learnFrom(results []result) {
	for _, result := range results {
		if _, isKnown := ids[result.accountID]; !isKnown {
			ids.learn(result.Account)
		}
	}
}
