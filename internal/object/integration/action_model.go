// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// disconnection is the action as configuration.
type disconnection struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
	AuthType        types.String `tfsdk:"auth_type"`
}

type removal struct{ accountID, slug, authType string }

func (d disconnection) removal() removal {
	return removal{d.LinkedAccountID.ValueString(), d.Slug.ValueString(), d.AuthType.ValueString()}
}

// shown is what Refold shows of the apps of an account.
type shown struct {
	apps []refold.Integration
	// isHidden is true where its answer said nothing of apps.
	isHidden bool
}

func (s shown) has(slug string) bool {
	return slices.ContainsFunc(s.apps, func(app refold.Integration) bool { return app.Slug() == slug })
}

// judge compares what was connected before and after; it is nil where the removal did what it was
// to do.
func (r removal) judge(before, after shown) diag.Diagnostic {
	switch {
	case after.has(r.slug):
		return r.stillConnectedWarning()
	case before.has(r.slug):
		return nil
	case before.isHidden:
		return r.notShownWarning()
	}
	return r.notConnectedWarning(before)
}
