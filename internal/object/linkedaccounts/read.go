// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
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
	inDoubt := readFieldsInDoubt(ctx, request.Private, &response.Diagnostics)
	deleting := readDeleting(ctx, request.Private, &response.Diagnostics)
	work := operations{Reconciler: r.reconciler(&response.Diagnostics), state: state, kept: kept, accountIDs: known}
	if response.Diagnostics.HasError() {
		return
	}
	before := readAccounts(state.Accounts)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, before)...)
	found, missing, ok := work.read(ctx, sortedIDs(before), deleting, &response.Diagnostics)
	if !ok {
		return
	}
	after := make(map[string]account, len(found))
	var notShown mistakes
	unsettled := map[string][]string{}
	for _, id := range sortedIDs(found) {
		var managed udf.Keys
		if state.sharesUDF() {
			managed = before[id].keys().With(inDoubt[id]...)
		}
		refreshed, err := before[id].refreshed(found[id], managed)
		if err != nil {
			notShown.add(id, err.Error())
			if managed != nil {
				unsettled[id] = slices.Sorted(maps.Keys(managed))
			}
		}
		after[id] = refreshed
	}
	if len(notShown.ids) > 0 {
		response.Diagnostics.Append(notShownWarning(notShown))
	}
	gone := sortedIDs(missing)
	if len(gone) > 0 {
		response.Diagnostics.Append(missingWarning(missing, len(before)))
	}
	state.Accounts = accountsValue(after)
	state.UDFExclusive = types.BoolValue(!state.sharesUDF())
	state.Settle(r.DeletionPolicy())
	state.dropCredentials(gone)
	replaced := replacedIn(found, kept, known)
	former := providerdata.FormerIDs{}
	for _, id := range replaced {
		former[id] = cmp.Or(kept[id].ID, known[id])
	}
	if len(replaced) > 0 {
		response.Diagnostics.Append(replacedWarning(replaced, len(before)))
		state.dropCredentials(replaced)
	}
	if slices.ContainsFunc(replaced, func(id string) bool { return kept[id].App != nil }) {
		state.AuthCredentialsWOVersion = types.StringNull()
	}
	for _, id := range append(gone, replaced...) {
		delete(kept, id)
	}
	for id, tracked := range kept {
		providerdata.Remember(r.Data, id, tracked)
	}
	for id, account := range found {
		known.learn(account)
		providerdata.Remember(r.Data, id, refoldID(known[id]))
	}
	work.remember(found)
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(known.keep(ctx, response.Private, after)...)
	response.Diagnostics.Append(r.KeepFormerIDs(ctx, response.Private, maps.Keys(found), former)...)
	response.Diagnostics.Append(keepDeleting(ctx, response.Private, nil)...)
	response.Diagnostics.Append(keepFieldsInDoubt(ctx, response.Private, unsettled, nil)...)
	response.Diagnostics.Append(handedOver().Keep(ctx, response.Private, nil)...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, after)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// read returns the accounts that exist and those that do not, and false after an error. Deleting
// are those that an earlier run may have deleted.
func (o operations) read(ctx context.Context, ids []string, deleting map[string]bool, diagnostics *diag.Diagnostics) (map[string]*refold.LinkedAccount, map[string]diagnose.Missing, bool) {
	if len(ids) == 0 {
		return nil, nil, true
	}
	if !o.isRightScope(ctx, ids[0], diagnostics) {
		return nil, nil, false
	}
	found, missing := make(map[string]*refold.LinkedAccount, len(ids)), map[string]diagnose.Missing{}
	var failures []result
	for id, lookup := range o.Client.ReadLinkedAccounts(ctx, ids, refold.ReadOptions{}) {
		problem := o.problem(id, lookup)
		switch {
		case problem != nil:
			failures = append(failures, result{accountID: id, Outcome: reconcile.Outcome{Problems: diagnose.Problems{problem}}})
		case lookup.Err == nil:
			found[id] = lookup.Account
		default:
			missing[id] = diagnose.Missing{
				Searched: diagnose.SearchedScope(lookup.Err), Age: refold.AgeAt(lookup.Err, cmp.Or(o.kept[id].ID, o.accountIDs[id])), DeletionBegun: deleting[id],
			}
		}
		if len(failures) > mostReadFailures {
			break
		}
	}
	if len(failures) > 0 {
		slices.SortFunc(failures, func(a, b result) int { return cmp.Compare(a.accountID, b.accountID) })
		diagnostics.Append(readFailure(failures, len(ids)))
	}
	return found, missing, len(failures) == 0
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

// problem is nil for an account of the state's own environment, and for one that is certain to be
// gone there.
func (o operations) problem(id string, lookup refold.Lookup) *diagnose.Problem {
	subject := diagnose.LinkedAccount(id)
	switch {
	case lookup.Err == nil:
		return diagnose.CheckScope(subject, o.state.scope(), lookup.Account.Scope())
	case refold.KindOf(lookup.Err) == refold.AccountNotFound:
		return diagnose.CheckGone(subject, o.state.scope(), diagnose.SearchedScope(lookup.Err), o.Advice.Forget)
	}
	return diagnose.Failure(doingRead, subject, lookup.Err)
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
