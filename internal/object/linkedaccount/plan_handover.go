// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// handOver plans a creation with what the deletion of a tainted account of the same id needs to
// know: where the creation replaces it, that gets no other private state. An account that is
// replaced for another reason has its own here already. A tainted one of another id is not deleted:
// see package movement.
func (r *accountResource) handOver(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	var id types.String
	response.Diagnostics.Append(request.Plan.GetAttribute(ctx, path.Root("linked_account_id"), &id)...)
	if app, isKnown := providerdata.Recall[credentials.DefaultApp](r.Data, id.ValueString()); kept == nil && isKnown {
		response.Diagnostics.Append(defaultApp().Keep(ctx, response.Private, &app)...)
	}
	response.Diagnostics.Append(r.HandOverFormerIDs(ctx, response.Private, []string{id.ValueString()})...)
}
