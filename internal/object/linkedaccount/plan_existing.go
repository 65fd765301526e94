// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// lookForExisting says what the apply will do with an account that exists already, so that a review
// sees it, and refuses what the apply would refuse. Without an answer the plan goes on.
func (r *accountResource) lookForExisting(ctx context.Context, config, plan model, state refold.Scope, diagnostics *diag.Diagnostics) {
	id := plan.LinkedAccountID.ValueString()
	creation := plan.creation(ctx, config, diagnostics)
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if diagnostics.HasError() {
		return
	}
	if pending.HasError() {
		diagnostics.Append(notLookedUpWarning(id, pending[0].Detail()))
		return
	}
	prospect, mayExist := reconciler.Foresee(ctx, state, map[string]reconcile.Creation{id: creation})[id]
	if mayExist {
		diagnostics.Append(sayWhatExists(id, prospect, r.Movements().IsFirst))
		return
	}
	if problem := reconcile.CheckNewIDs([]string{id}); problem != nil {
		diagnostics.Append(problem.InPlan().At(path.Root("linked_account_id")))
	}
}

// existence is the topic of errors about accounts that exist, which one plan explains once.
type existence struct{}

func sayWhatExists(id string, prospect reconcile.Prospect, isFirst func(topic any) bool) diag.Diagnostic {
	switch {
	case prospect.Existing == nil:
		return notLookedUpWarning(id, prospect.Unknown)
	case prospect.IsOpen:
		return existsPerhapsWarning(prospect.Existing)
	case prospect.Verdict.Fate == reconcile.Adopted:
		return adoptionWarning(prospect.Existing)
	case prospect.Verdict.Fate == reconcile.TakenOver:
		return takeOverWarning(prospect.Existing)
	}
	if !isFirst(existence{}) {
		return existsTooError(prospect.Existing, prospect.Verdict.Reason)
	}
	return existsInPlanError(prospect.Existing, prospect.Verdict.Reason)
}

// creation is what a plan knows of an account that it creates. Of credentials their names are
// enough.
func (m model) creation(ctx context.Context, config model, diagnostics *diag.Diagnostics) reconcile.Creation {
	if m.AdoptExisting.ValueBool() {
		return reconcile.Creation{Adopt: true}
	}
	configured := m.configured(ctx, config, diagnostics)
	app := readYourApp(ctx, configured.YourApp, diagnostics)
	if m.AdoptExisting.IsUnknown() || m.UDFExclusive.IsUnknown() || !configured.isKnown(ctx, app) {
		return reconcile.Creation{IsOpen: true}
	}
	configured.YourApp = noYourApp()
	desired := configured.desired(ctx, diagnostics)
	if app != nil {
		desired.AppID = app.AppID.ValueString()
		desired.Credentials = map[string]string{}
		for name := range app.Configured().Elements() {
			desired.Credentials[name] = ""
		}
	}
	return reconcile.Creation{Desired: desired}
}

// isKnown reports whether a plan knows all that tells an account that exists from others.
func (m model) isKnown(ctx context.Context, app *yourApp) bool {
	fields, err := m.UDF.ToTerraformValue(ctx)
	if err != nil || !fields.IsFullyKnown() || m.Name.IsUnknown() || m.YourApp.IsUnknown() {
		return false
	}
	return app == nil || !app.AppID.IsUnknown() && !app.Configured().IsUnknown()
}
