// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
)

// lookForExisting says what the apply will do with accounts of a plan that exist already, so that a
// review sees it, and refuses what the apply would refuse. Without an answer the plan goes on.
func (r *accountsResource) lookForExisting(ctx context.Context, config, plan, state model, ids []string, diagnostics *diag.Diagnostics) {
	if len(ids) == 0 {
		return
	}
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if pending.HasError() {
		diagnostics.Append(notLookedUpWarning(ids, pending[0].Detail()))
		return
	}
	found := existing{hasState: !state.Accounts.IsNull()}
	prospects := reconciler.Foresee(ctx, state.scope(), plan.creations(ctx, config, ids))
	for _, id := range sortedIDs(prospects) {
		found.add(id, prospects[id])
	}
	diagnostics.Append(found.diagnostics(len(ids))...)
	created := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		_, mayExist := prospects[id]
		return mayExist
	})
	if problem := reconcile.CheckNewIDs(created); problem != nil {
		diagnostics.Append(problem.InPlan().At(path.Root("accounts")))
	}
}

// existing are accounts that a plan creates and that exist, or may exist, by what becomes of them.
type existing struct {
	takenOver, adopted, undecided, unknown []string
	// refused has the reason for each.
	refused map[string]string
	// why says why nobody can tell of those that are unknown.
	why string
	// hasState is true where the resource is there already.
	hasState bool
}

func (e *existing) add(id string, prospect reconcile.Prospect) {
	switch {
	case prospect.Existing == nil:
		e.unknown, e.why = append(e.unknown, id), prospect.Unknown
	case prospect.IsOpen:
		e.undecided = append(e.undecided, id)
	case prospect.Verdict.Fate == reconcile.Adopted:
		e.adopted = append(e.adopted, id)
	case prospect.Verdict.Fate == reconcile.TakenOver:
		e.takenOver = append(e.takenOver, id)
	default:
		if e.refused == nil {
			e.refused = map[string]string{}
		}
		e.refused[id] = prospect.Verdict.Reason
	}
}

// diagnostics are about so many accounts that are new to the state.
func (e *existing) diagnostics(all int) diag.Diagnostics {
	if len(e.refused) > 0 {
		return diag.Diagnostics{existingInPlanError(e.refused, all, e.hasState)}
	}
	var said diag.Diagnostics
	if len(e.takenOver) > 0 {
		said.Append(takeOverWarning(e.takenOver))
	}
	if len(e.adopted) > 0 {
		said.Append(adoptionWarning(e.adopted))
	}
	if len(e.undecided) > 0 {
		said.Append(existPerhapsWarning(e.undecided))
	}
	if len(e.unknown) > 0 {
		said.Append(notLookedUpWarning(e.unknown, e.why))
	}
	return said
}

// creations are what a plan knows of accounts that it creates. Of credentials their names are
// enough.
func (m model) creations(ctx context.Context, config model, ids []string) map[string]reconcile.Creation {
	planned := m.withWriteOnly(config)
	desired := planned.desired(ctx, m, model{})
	adopt := m.AdoptExisting.ValueBool()
	isOpen := m.AdoptExisting.IsUnknown() || m.UDFExclusive.IsUnknown() || m.AppID.IsUnknown() || planned.Configured().IsUnknown()
	elements, credentials := m.Accounts.Elements(), planned.Configured().Elements()
	creations := make(map[string]reconcile.Creation, len(ids))
	for _, id := range ids {
		ofAccount, hasCredentials := credentials[id]
		creations[id] = reconcile.Creation{
			Desired: desired[id], Adopt: adopt,
			IsOpen: !adopt && (isOpen || !isKnown(elements[id]) || hasCredentials && ofAccount.IsUnknown()),
		}
	}
	return creations
}

// isKnown reports whether a plan knows all of an element of the attribute accounts.
func isKnown(element attr.Value) bool {
	account := readAccount(element)
	if element.IsUnknown() || account.name.IsUnknown() || account.udf.IsUnknown() {
		return false
	}
	for _, field := range account.udf.Elements() {
		if field.IsUnknown() {
			return false
		}
	}
	return true
}
