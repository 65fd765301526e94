// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	doingRead = "read"
	// mostReadFailures end a refresh: one is enough to leave the state as it is.
	mostReadFailures = 100
)

// Read implements resource.Resource. Accounts that are gone are dropped from the state, where it is
// certain that the right environment was searched; the resource itself stays, with the others.
func (r *accountsResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	known := readAccountIDs(ctx, request.Private, &response.Diagnostics)
	work := operations{Reconciler: r.reconciler(&response.Diagnostics), state: state}
	if response.Diagnostics.HasError() {
		return
	}
	before := readAccounts(state.Accounts)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, before)...)
	found, ok := work.read(ctx, sortedIDs(before), &response.Diagnostics)
	if !ok {
		return
	}
	after := make(map[string]account, len(found))
	for id, account := range found {
		after[id] = before[id].refreshed(account)
	}
	gone := without(before, after)
	if len(gone) > 0 {
		response.Diagnostics.Append(goneWarning(gone, len(before)))
	}
	state.Accounts = accountsValue(after)
	state.Settle(r.DeletionPolicy())
	state.dropCredentials(gone)
	replaced := replacedIn(found, kept, known)
	if len(replaced) > 0 {
		response.Diagnostics.Append(replacedWarning(replaced, len(before)))
		state.dropCredentials(replaced)
	}
	if slices.ContainsFunc(replaced, func(id string) bool { return kept[id].App != nil }) {
		state.AuthCredentialsWOVersion = types.Int64Null()
	}
	for _, id := range append(gone, replaced...) {
		delete(kept, id)
	}
	for id, tracked := range kept {
		providerdata.Remember(r.Data, id, tracked)
	}
	for _, account := range found {
		known.learn(account)
	}
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(known.keep(ctx, response.Private, after)...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, after)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// read returns the accounts that exist, and false after an error.
func (o operations) read(ctx context.Context, ids []string, diagnostics *diag.Diagnostics) (map[string]*refold.LinkedAccount, bool) {
	if len(ids) == 0 {
		return nil, true
	}
	if !o.isRightScope(ctx, ids[0], diagnostics) {
		return nil, false
	}
	found := make(map[string]*refold.LinkedAccount, len(ids))
	var failures []result
	for id, lookup := range o.Client.ReadLinkedAccounts(ctx, ids, refold.ReadOptions{}) {
		if lookup.Err == nil {
			found[id] = lookup.Account
			continue
		}
		if problem := o.problem(id, lookup.Err); problem != nil {
			failures = append(failures, result{accountID: id, Outcome: reconcile.Outcome{Problems: diagnose.Problems{problem}}})
		}
		if len(failures) > mostReadFailures {
			break
		}
	}
	if len(failures) > 0 {
		slices.SortFunc(failures, func(a, b result) int { return cmp.Compare(a.accountID, b.accountID) })
		diagnostics.Append(readFailure(failures, len(ids)))
	}
	return found, len(failures) == 0
}

// isRightScope asks for the key's scope first: with a swapped key, each account would be missed one
// by one.
func (o operations) isRightScope(ctx context.Context, id string, diagnostics *diag.Diagnostics) bool {
	scope, err := o.Client.Scope(ctx, id)
	if err != nil {
		diagnostics.Append(diagnose.Failure(doingRead, diagnose.LinkedAccount(id), err))
		return false
	}
	if problem := diagnose.CheckScope(diagnose.LinkedAccount(id), o.state.scope(), scope); problem != nil {
		diagnostics.Append(problem)
		return false
	}
	return true
}

// problem is nil for an account that is certain to be gone.
func (o operations) problem(id string, err error) *diagnose.Problem {
	if refold.KindOf(err) == refold.AccountNotFound {
		return diagnose.CheckGone(diagnose.LinkedAccount(id), o.state.scope(), diagnose.SearchedScope(err), o.Advice.Forget)
	}
	return diagnose.Failure(doingRead, diagnose.LinkedAccount(id), err)
}

// replacedIn are the accounts that were made anew since. One that was given credentials counts as
// the account that has them.
func replacedIn(found map[string]*refold.LinkedAccount, kept map[string]tracked, known accountIDs) []string {
	var replaced []string
	for _, id := range sortedIDs(found) {
		if reconcile.WasReplaced(cmp.Or(kept[id].ID, known[id]), found[id]) {
			replaced = append(replaced, id)
		}
	}
	return replaced
}
