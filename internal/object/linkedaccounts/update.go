// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// Update implements resource.Resource. Where some accounts fail, the state holds what was done for
// the others.
func (r *accountsResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	known := readAccountIDs(ctx, request.Private, &response.Diagnostics)
	former := providerdata.ReadFormerIDs(ctx, request.Private, &response.Diagnostics)
	inDoubt := readFieldsInDoubt(ctx, request.Private, &response.Diagnostics)
	deleting := readDeleting(ctx, request.Private, &response.Diagnostics)
	owner := providerdata.Owner(ctx, request.Private, &response.Diagnostics)
	reconciler := r.reconciler(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	configured := plan.withWriteOnly(config).withoutIgnored(config, state)
	configured.checkSentValues(state, without(readAccounts(plan.Accounts), readAccounts(state.Accounts)), &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	work := operations{
		Reconciler: reconciler, owner: providerdata.KeepOwner(ctx, response.Private, owner, &response.Diagnostics), state: state, kept: kept, accountIDs: known, formerIDs: former, inDoubt: inDoubt,
		desired: configured.desired(ctx, config, state), adopt: plan.AdoptExisting.ValueBool(),
		changes: planChanges(ctx, state, configured, kept),
		before:  readAccounts(state.Accounts), after: readAccounts(configured.Accounts),
		policy: state.OnRemovalBy(plan.PolicyAttributes, r.DeletionPolicy()),
	}
	plan.Settle(r.DeletionPolicy())
	if !work.isAllowed(ctx, plan.MaxDeletions.ValueInt64(), &response.Diagnostics) {
		return
	}
	absent, _, ok := work.lookUp(ctx, work.changes.create, &response.Diagnostics)
	if !ok {
		return
	}
	work.absent = absent
	results := work.run(ctx)
	response.Diagnostics.Append(report(results, leftByUpdate)...)
	left := work.stateAfter(plan, results)
	work.track(results, configured.credentialsVersion())
	work.trackUnchanged(configured)
	left.learnScope(state.scope())
	left.learnScope(scopeOf(results))
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	known.learnFrom(results)
	for id := range work.desired {
		delete(former, id)
	}
	response.Diagnostics.Append(r.LeaveFormerIDs(ctx, response.Private, former)...)
	accounts := readAccounts(left.Accounts)
	response.Diagnostics.Append(known.keep(ctx, response.Private, accounts)...)
	response.Diagnostics.Append(keepFieldsInDoubt(ctx, response.Private, inDoubt, results)...)
	response.Diagnostics.Append(keepDeleting(ctx, response.Private, afterDeletions(deleting, results))...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, accounts)...)
	response.Diagnostics.Append(response.State.Set(ctx, &left)...)
}

// isAllowed repeats what the plan checked, for what was not known then, and makes sure that
// the key still selects what the state was made in.
func (o operations) isAllowed(ctx context.Context, maxDeletions int64, diagnostics *diag.Diagnostics) bool {
	removed := o.changes.remove
	diagnostics.Append(removalErrors(o.policy, removed, len(o.before), maxDeletions)...)
	if diagnostics.HasError() {
		return false
	}
	if o.changes.sendNothing(o.policy) || !o.state.scope().IsKnown() {
		return true
	}
	if len(o.before) == 0 {
		return o.isRightScope(ctx, o.changes.create[0], diagnostics)
	}
	// An old server tells the scope of no account but one that exists.
	if problem := o.CheckKey(ctx, "update", sortedIDs(o.before)[0], o.state.scope()); problem != nil {
		diagnostics.Append(problem)
		return false
	}
	return true
}

// run writes before it deletes, and deletes only when everything was written: an account that got
// another id exists under the new one first, and a key that may no longer write is not used to
// delete.
func (o operations) run(ctx context.Context) []result {
	results := o.createAll(ctx)
	if slices.ContainsFunc(results, func(r result) bool { return r.notTried }) {
		results = append(results, notTried(o.changes.update)...)
	} else {
		results = append(results, runBatch(ctx, o.changes.update, o.update)...)
	}
	if slices.ContainsFunc(results, result.failed) {
		for _, id := range o.changes.remove {
			results = append(results, result{accountID: id, heldBack: true})
		}
		return results
	}
	return append(results, runBatch(ctx, o.changes.remove, o.remove)...)
}

// createAll begins with one account where nothing but the answer to a write shows what the key
// selects: an old server, and no account in the state.
func (o operations) createAll(ctx context.Context) []result {
	ids := o.changes.create
	if len(ids) == 0 || len(o.before) > 0 || !o.state.scope().IsKnown() {
		return runBatch(ctx, ids, o.create)
	}
	first := runBatch(ctx, ids[:1], o.create)
	if first[0].failed() {
		return append(first, notTried(ids[1:])...)
	}
	return append(first, runBatch(ctx, ids[1:], o.create)...)
}

// trackUnchanged takes down the version of credentials that did not have to be sent.
func (o operations) trackUnchanged(configured model) {
	if !configured.hasCredentialValues() {
		return
	}
	for id, change := range o.changes.credentials {
		if now, isTracked := o.kept[id]; isTracked && change.IsEmpty() {
			now.Version = configured.credentialsVersion()
			o.kept[id] = now
		}
	}
}

// stateAfter is what the state holds after the results: the plan, but for what failed. Of
// credentials that are then uncertain, the private state knows.
func (o operations) stateAfter(plan model, results []result) model {
	accounts := readAccounts(plan.Accounts)
	plain, priorPlain := plan.AuthCredentials.Elements(), o.state.AuthCredentials.Elements()
	left := plan
	shared := sharing{planned: plan.sharesUDF(), state: o.state.sharesUDF()}
	for _, result := range results {
		if !result.failed() {
			continue
		}
		id := result.accountID
		prior, existed := o.before[id]
		if _, stays := o.after[id]; existed && !stays && !o.state.ForceDestroy.ValueBool() {
			// A deletion that was refused is not to go through when the same apply is tried again.
			left.ForceDestroy = o.state.ForceDestroy
		}
		if !existed {
			delete(accounts, id)
		} else if !result.asConfigured {
			accounts[id] = shared.withoutOthers(o.after[id], prior)
		}
		if existed && result.Complete {
			continue
		}
		delete(plain, id)
		if credentials, had := priorPlain[id]; had {
			plain[id] = credentials
		}
		if change := o.changes.credentials[id]; !change.IsEmpty() {
			left.AppID = o.state.AppID
			if !plan.AuthCredentialsWOVersion.Equal(o.state.AuthCredentialsWOVersion) {
				// What was sent to the others is known for each of them.
				left.AuthCredentialsWOVersion = types.StringNull()
			}
		}
	}
	left.Accounts = accountsValue(accounts)
	if !plan.AuthCredentials.IsNull() || len(plain) > 0 {
		left.AuthCredentials = types.MapValueMust(credentialsType(), plain)
	}
	return left
}
