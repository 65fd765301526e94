// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
	AuthType        types.String `tfsdk:"auth_type"`
}

type removal struct{ accountID, slug, authType string }

func (m model) removal() removal {
	return removal{m.LinkedAccountID.ValueString(), m.Slug.ValueString(), m.AuthType.ValueString()}
}

// judge compares what was connected before and after; it is nil where the removal did what it was
// to do.
func (r removal) judge(before, after []refold.Integration) diag.Diagnostic {
	if r.isAmong(after) {
		return r.stillConnectedWarning()
	}
	if !r.isAmong(before) {
		return r.notConnectedWarning(before)
	}
	return nil
}

func (r removal) isAmong(integrations []refold.Integration) bool {
	return slices.ContainsFunc(integrations, func(known refold.Integration) bool { return known.Slug() == r.slug })
}
