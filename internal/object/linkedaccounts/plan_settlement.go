// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// planSettlement plans an update of credentials that an earlier one left uncertain, where nothing
// else shows that there is something to do.
func planSettlement(ctx context.Context, before, after map[string]account, state, configured model, kept map[string]tracked, response *resource.ModifyPlanResponse) {
	if !configured.hasCredentialsOf(state) {
		return
	}
	left := newCredentialComparison(state, configured).unsettled(before, after, kept)
	if len(left) == 0 {
		return
	}
	response.Diagnostics.Append(uncertainWarning(left))
	response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("organization_id"), types.StringUnknown())...)
}
