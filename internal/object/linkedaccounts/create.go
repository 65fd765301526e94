// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Create implements resource.Resource. It never returns a state together with an error: Terraform
// would mark the resource as tainted, and replace it, which means delete the accounts, in the next
// run. What was created until then is taken over by the next apply, because it equals the
// configuration and is new.
func (r *accountsResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	reconciler := r.reconciler(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	configured := plan.withWriteOnly(config)
	configured.checkSentValues(model{}, sortedIDs(readAccounts(plan.Accounts)), &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	work := operations{Reconciler: reconciler, owner: providerdata.KeepOwner(ctx, response.Private, "", &response.Diagnostics), desired: configured.desired(ctx, plan, model{}), adopt: plan.AdoptExisting.ValueBool(), kept: map[string]tracked{}}
	ids := sortedIDs(work.desired)
	absent, refused, ok := work.lookUp(ctx, ids, &response.Diagnostics)
	if !ok {
		return
	}
	if len(refused) > 0 {
		response.Diagnostics.Append(existingError(refused, len(ids), adoptAdvice+" "+importAdvice(sortedIDs(refused))))
		return
	}
	work.absent = absent
	results := runBatch(ctx, ids, work.create)
	response.Diagnostics.Append(report(results, leftByCreate)...)
	if response.Diagnostics.HasError() {
		return
	}
	work.track(results, configured.credentialsVersion())
	plan.learnScope(scopeOf(results))
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(keepTracked(ctx, response.Private, work.kept)...)
	made := readAccounts(plan.Accounts)
	known := accountIDs{}
	known.learnFrom(results)
	response.Diagnostics.Append(known.keep(ctx, response.Private, made)...)
	response.Diagnostics.Append(handedOver().Keep(ctx, response.Private, nil)...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, made)...)
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// lookUp finds out, from the list, which accounts do not exist, and which do and are refused, with
// the reason. A create refuses the latter before the first write, since one that fails half-way
// leaves no state.
func (o operations) lookUp(ctx context.Context, ids []string, diagnostics *diag.Diagnostics) (absent absence, refused map[string]string, ok bool) {
	absent = absence{ids: map[string]bool{}, since: time.Now(), isNewTold: &atomic.Bool{}}
	refused = map[string]string{}
	var unseen []string
	for _, id := range ids {
		if o.Data.IsMissed(id) {
			absent.ids[id] = true
		} else {
			unseen = append(unseen, id)
		}
	}
	for id, lookup := range o.Client.ReadLinkedAccounts(ctx, unseen, refold.ReadOptions{TrustAbsence: true}) {
		if refold.KindOf(lookup.Err) == refold.AccountNotFound {
			absent.ids[id] = true
			continue
		}
		if lookup.Err != nil {
			diagnostics.Append(diagnose.Failure("create", diagnose.LinkedAccount(id), lookup.Err))
			return absence{}, nil, false
		}
		if o.isElsewhere(id, lookup.Account, diagnostics) {
			return absence{}, nil, false
		}
		if verdict := o.Judge(ctx, o.desired[id], o.adopt, lookup.Account); verdict.Fate == reconcile.Refused {
			refused[id] = verdict.Reason
		}
	}
	return absent, refused, true
}

// isElsewhere refuses an account that a list shows in another environment than that of the state.
func (o operations) isElsewhere(id string, account *refold.LinkedAccount, diagnostics *diag.Diagnostics) bool {
	problem := diagnose.CheckScope(diagnose.LinkedAccount(id), o.state.scope(), account.Scope())
	if problem != nil {
		diagnostics.Append(problem)
	}
	return problem != nil
}

// track takes down what results say of credentials, which were of this version. Some of them may
// have been set up before the first account showed the id of the organization's own app.
func (o operations) track(results []result, version *credentials.Version) {
	for _, result := range results {
		if result.notTried || result.heldBack {
			continue
		}
		if result.App == nil {
			delete(o.kept, result.accountID)
			continue
		}
		now := o.kept[result.accountID]
		now.App = result.App.WithOwnAppID(o.Data)
		// An account that was made anew keeps its old id until it has all of its credentials again:
		// the next read then sees that it was replaced.
		if result.Account != nil && result.Account.ID != "" && (now.ID == "" || result.sentAll) {
			now.ID = result.Account.ID
		}
		if result.Complete {
			now.Version = version
		}
		o.kept[result.accountID] = now
	}
}

// scopeOf is the first scope that an answer shows.
func scopeOf(results []result) refold.Scope {
	for _, result := range results {
		if result.Account != nil && result.Account.Scope().IsKnown() {
			return result.Account.Scope()
		}
	}
	return refold.Scope{}
}
