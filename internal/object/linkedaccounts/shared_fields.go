// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// sharesUDF reports whether others have user-defined fields beside the configured ones. Each udf of
// such a state holds those that were configured, and nothing else.
func (m model) sharesUDF() bool { return udf.IsShared(m.UDFExclusive) }

// sharing is whether the user-defined fields of a map are shared with others: by a plan, and by the
// state before it.
type sharing struct{ planned, state bool }

// differs reports whether what is managed of an account is not what the state holds. Fields that
// are no longer shared are written at once: the state does not hold those of others.
func (s sharing) differs(ctx context.Context, planned, state account) bool {
	if !s.planned {
		return planned.differs(state) || s.state && !planned.udf.IsNull()
	}
	if planned.hasOtherName(state) {
		return true
	}
	managed := s.fieldsToSend(ctx, planned, planned, state)
	return managed != nil && !udf.Compare(ctx, *managed, udf.KeysOf(*managed).Of(state.sendable())).IsEmpty()
}

// fieldsToSend are those of a planned account, which is written so in the configuration. It is nil
// where they are not managed.
func (s sharing) fieldsToSend(ctx context.Context, planned, written, state account) *refold.UDF {
	fields := planned.udfToSend()
	if fields == nil || !s.planned {
		return fields
	}
	managed := refold.UDF(udf.Managed(ctx, *fields, written.sendable(), state.sendable(), s.state))
	return &managed
}

// staying are the keys of fields that leave the state and not Refold, because nobody knows whether
// they are those of others.
func (s sharing) staying(planned, state account) []string {
	if !s.planned || s.state || planned.udf.IsNull() || planned.udf.IsUnknown() {
		return nil
	}
	return planned.keys().Left(state.sendable())
}

// withoutOthers is an account of a state that was not shared, as one holds it that is.
func (s sharing) withoutOthers(planned, state account) account {
	if !s.planned || s.state || state.udf.IsNull() {
		return state
	}
	keys, kept := planned.keys(), state.fields()
	maps.DeleteFunc(kept, func(key, _ string) bool { return !keys[key] })
	state.udf = fieldsValue(kept)
	return state
}

// warnOfSharing says what becomes of fields of others that a plan does not show, or shows
// otherwise.
func (r *accountsResource) warnOfSharing(ctx context.Context, plan, state model, before, after map[string]account, diagnostics *diag.Diagnostics) {
	s := sharing{planned: plan.sharesUDF(), state: state.sharesUDF()}
	if plan.UDFExclusive.IsUnknown() {
		diagnostics.Append(s.warningsOfUnknown(before, after)...)
		return
	}
	var stay, overwritten mistakes
	managed := map[string]udf.Keys{}
	for _, id := range sortedIDs(after) {
		known, isKept := before[id]
		if !isKept || after[id].udf.IsNull() {
			continue
		}
		if s.planned || s.state || known.udf.IsNull() {
			managed[id] = known.keys().With(slices.Collect(maps.Keys(after[id].keys()))...)
		}
		if keys := s.staying(after[id], known); len(keys) > 0 {
			stay.add(id, diagnose.Naming(keys))
		}
		if !s.planned || !s.state {
			continue
		}
		if keys := reconcile.Overwritten(ctx, r.Data, id, after[id].sendable(), known.keys()); len(keys) > 0 {
			overwritten.add(id, diagnose.Naming(keys))
		}
	}
	if len(stay.ids) > 0 {
		diagnostics.Append(fieldsStayWarning(stay, len(after)))
	}
	if len(overwritten.ids) > 0 {
		diagnostics.Append(othersOverwrittenWarning(overwritten, len(after)))
	}
	if !s.planned && len(managed) > 0 {
		r.warnOfOthers(ctx, managed, len(after), diagnostics)
	}
}

// warningsOfUnknown say what a plan cannot tell while udf_exclusive is not known.
func (s sharing) warningsOfUnknown(before, after map[string]account) diag.Diagnostics {
	if s.state {
		return diag.Diagnostics{othersPerhapsWarning()}
	}
	var stay mistakes
	begun := sharing{planned: true}
	for _, id := range sortedIDs(after) {
		if keys := begun.staying(after[id], before[id]); len(keys) > 0 {
			stay.add(id, diagnose.Naming(keys))
		}
	}
	if len(stay.ids) == 0 {
		return nil
	}
	return diag.Diagnostics{fieldsPerhapsStayWarning(stay, len(after))}
}

// warnOfOthers is about fields that a plan removes and does not show.
func (r *accountsResource) warnOfOthers(ctx context.Context, managed map[string]udf.Keys, all int, diagnostics *diag.Diagnostics) {
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if pending.HasError() {
		diagnostics.Append(othersUnknownWarning(sortedIDs(managed), all, pending[0].Detail()))
		return
	}
	others := reconciler.Others(ctx, managed)
	var have mistakes
	for _, id := range sortedIDs(others.Keys) {
		have.add(id, diagnose.Naming(others.Keys[id]))
	}
	if len(have.ids) > 0 {
		diagnostics.Append(othersGoWarning(have, all))
	}
	if unknown := sortedIDs(others.Unknown); len(unknown) > 0 {
		diagnostics.Append(othersUnknownWarning(unknown, all, others.Unknown[unknown[0]]))
	}
}
