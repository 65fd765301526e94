// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// sharesUDF reports whether others have user-defined fields beside the configured ones. The udf of
// such a state holds those that were configured, and nothing else.
func (m model) sharesUDF() bool { return udf.IsShared(m.UDFExclusive) }

// endsSharing reports whether fields are no longer shared with this plan. Its udf is not known then
// where none is configured.
func (m model) endsSharing(state model) bool {
	return state.sharesUDF() && !m.UDFExclusive.IsUnknown() && !m.sharesUDF()
}

// takesOverFields reports whether fields that others have are to be removed with this plan, because
// the udf of its configuration becomes the whole set.
func (m model) takesOverFields(config, state model) bool {
	return !config.UDF.IsNothing() && m.endsSharing(state)
}

// withTakenOver puts a udf that becomes the whole set into what is configured. The plan has
// announced that, whatever lifecycle's ignore_changes keeps of it as the state has it.
func (m model) withTakenOver(plan, state model) model {
	if plan.UDF.IsSet() && plan.endsSharing(state) {
		m.UDF = plan.UDF
	}
	return m
}

// fields are those of udf, none where it is null or cannot be sent.
func (m model) fields() map[string]any {
	fields, err := m.UDF.ToJSON()
	if err != nil {
		return nil
	}
	return fields
}

// change is what an update asks Refold for, and whether name or fields are not what the state
// holds.
func (m model) change(ctx context.Context, config, state model, diagnostics *diag.Diagnostics) (reconcile.Desired, bool) {
	desired := m.desired(ctx, diagnostics)
	if desired.UDF == nil || !m.sharesUDF() {
		return desired, m.fieldsDiffer(state)
	}
	managed := refold.UDF(udf.Managed(ctx, *desired.UDF, config.fields(), state.fields(), state.sharesUDF()))
	desired.UDF = &managed
	isSame := udf.Compare(ctx, managed, udf.KeysOf(managed).Of(state.fields())).IsEmpty()
	return desired, m.hasOtherName(state) || !isSame
}

// fieldsInDoubt are keys of fields, as of reconcile.Outcome, that the next read shows if they are
// there.
func fieldsInDoubt() providerdata.PrivateState[[]string] {
	return providerdata.PrivateState[[]string]{Key: "fields_in_doubt", About: "user-defined fields"}
}

// readFieldsInDoubt returns those of a state.
func readFieldsInDoubt(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) []string {
	kept, problems := fieldsInDoubt().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return nil
	}
	return *kept
}

// keepFieldsInDoubt keeps those of an update beside those that no read has settled.
func keepFieldsInDoubt(ctx context.Context, private providerdata.PrivateWriter, before, now []string) diag.Diagnostics {
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(before, now))))
	if len(all) == 0 {
		return fieldsInDoubt().Keep(ctx, private, nil)
	}
	return fieldsInDoubt().Keep(ctx, private, &all)
}

// refreshShared is refresh with fields in doubt. It returns those that are in doubt after it: all
// that the state had, where it cannot hold what Refold stores.
func (m *model) refreshShared(ctx context.Context, account *refold.LinkedAccount, inDoubt []string, diagnostics *diag.Diagnostics) []string {
	managed := slices.Collect(maps.Keys(m.UDF.Keys().With(inDoubt...)))
	m.refresh(ctx, m.managedOf(account, inDoubt...), diagnostics)
	if m.sharesUDF() && m.UDF.IsNothing() {
		return managed
	}
	return nil
}

// managedOf is the account with those of its fields that are managed: the state has them, or they
// are in doubt.
func (m model) managedOf(account *refold.LinkedAccount, inDoubt ...string) *refold.LinkedAccount {
	if !m.sharesUDF() || account.UDF == nil {
		return account
	}
	managed := *account
	managed.UDF = m.UDF.Keys().With(inDoubt...).Of(account.UDF)
	return &managed
}

// planSharedFields says what becomes of fields of others that a plan does not show, or shows
// otherwise. Of fields that are shared and not configured, the state holds none: those that it had
// would count as managed later.
func (r *accountResource) planSharedFields(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	if request.Plan.Raw.IsNull() || !r.sharesIn(ctx, request, response) {
		return
	}
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	if !request.State.Raw.IsNull() {
		response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	}
	if response.Diagnostics.HasError() {
		return
	}
	if config.UDF.IsNothing() && (plan.UDFExclusive.IsUnknown() || plan.endsSharing(state)) {
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("udf"), udf.Unknown())...)
		return
	}
	isLeft := plan.sharesUDF() && config.UDF.IsNothing()
	if isLeft {
		plan.UDF = udf.Empty()
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("udf"), plan.UDF)...)
	}
	if request.State.Raw.IsNull() || !plan.LinkedAccountID.Equal(state.LinkedAccountID) || response.Diagnostics.HasError() {
		return
	}
	if plan.UDFExclusive.IsUnknown() {
		response.Diagnostics.Append(warningsOfUnknownSharing(plan, state)...)
	}
	if plan.takesOverFields(config, state) {
		r.warnOfOthers(ctx, plan, state, &response.Diagnostics)
	}
	r.warnOfOverwritten(ctx, plan, state, &response.Diagnostics)
	if stay := plan.UDF.Keys().Left(state.fields()); len(stay) > 0 && (isLeft || plan.sharesUDF() && !state.sharesUDF() && plan.UDF.IsSet()) {
		response.Diagnostics.Append(fieldsStayWarning(plan.LinkedAccountID.ValueString(), stay))
	}
}

// warningsOfUnknownSharing say what a plan of a udf cannot tell while udf_exclusive is not known.
func warningsOfUnknownSharing(plan, state model) diag.Diagnostics {
	id := plan.LinkedAccountID.ValueString()
	if state.sharesUDF() {
		return diag.Diagnostics{othersPerhapsWarning(id)}
	}
	if keys := plan.UDF.Keys().Left(state.fields()); plan.UDF.IsSet() && len(keys) > 0 {
		return diag.Diagnostics{fieldsPerhapsStayWarning(id, keys)}
	}
	return nil
}

// sharesIn reports whether fields are shared by a plan, or may be, or by the state before it.
func (r *accountResource) sharesIn(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) bool {
	var planned, stored types.Bool
	response.Diagnostics.Append(request.Plan.GetAttribute(ctx, path.Root("udf_exclusive"), &planned)...)
	if !request.State.Raw.IsNull() {
		response.Diagnostics.Append(request.State.GetAttribute(ctx, path.Root("udf_exclusive"), &stored)...)
	}
	return planned.IsUnknown() || udf.IsShared(planned) || udf.IsShared(stored)
}

// warnOfOthers names the fields that a plan removes and does not show.
func (r *accountResource) warnOfOthers(ctx context.Context, plan, state model, diagnostics *diag.Diagnostics) {
	id := plan.LinkedAccountID.ValueString()
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if pending.HasError() {
		diagnostics.Append(othersUnknownWarning(id, pending[0].Detail()))
		return
	}
	others := reconciler.Others(ctx, map[string]udf.Keys{id: state.UDF.Keys().With(slices.Collect(maps.Keys(plan.UDF.Keys()))...)})
	if reason, isUnknown := others.Unknown[id]; isUnknown {
		diagnostics.Append(othersUnknownWarning(id, reason))
	}
	if keys := others.Keys[id]; len(keys) > 0 {
		diagnostics.Append(othersGoWarning(id, keys))
	}
}

// warnOfOverwritten names the fields of others that a plan makes Terraform's.
func (r *accountResource) warnOfOverwritten(ctx context.Context, plan, state model, diagnostics *diag.Diagnostics) {
	if !plan.sharesUDF() || !state.sharesUDF() {
		return
	}
	id := plan.LinkedAccountID.ValueString()
	if keys := reconcile.Overwritten(ctx, r.Data, id, plan.fields(), state.UDF.Keys()); len(keys) > 0 {
		diagnostics.Append(othersOverwrittenWarning(id, keys))
	}
}
