// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"maps"

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

// refoldID and formerID are one of accountIDs and one of formerIDsState, as a refresh hands them to
// the plan of the same run.
type (
	refoldID string
	formerID string
)

// formerIDsState are Refold's own ids of the accounts that were managed before somebody made others
// under their linked account ids. They are kept from the refresh that finds the others to the next,
// so that none of these is deleted by a run in which nobody has seen it yet.
func formerIDsState() providerdata.PrivateState[accountIDs] {
	return providerdata.PrivateState[accountIDs]{Key: "former_ids", About: "accounts that were made anew"}
}

func readFormerIDs(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) accountIDs {
	kept, problems := formerIDsState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return nil
	}
	return *kept
}

func keepFormerIDs(ctx context.Context, private providerdata.PrivateWriter, former accountIDs) diag.Diagnostics {
	if len(former) == 0 {
		return formerIDsState().Keep(ctx, private, nil)
	}
	return formerIDsState().Keep(ctx, private, &former)
}

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

// learn takes down the id of an account as Refold showed it, if it did.
func (ids accountIDs) learn(account *refold.LinkedAccount) {
	if account != nil && account.ID != "" {
		ids[account.AccountID] = account.ID
	}
}

func (ids accountIDs) learnFrom(results []result) {
	for _, result := range results {
		ids.learn(result.Account)
	}
}
