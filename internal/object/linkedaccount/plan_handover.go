// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// handedOver is the account whose private state a creation was planned with.
func handedOver() providerdata.PrivateState[string] {
	return providerdata.PrivateState[string]{Key: "handed_over", About: "the account that it replaces"}
}

// handOver plans a creation with what the deletion of a tainted account of the same id needs to
// know: where the creation replaces it, that gets no other private state. An account that is
// replaced for another reason has its own here already.
func (r *accountResource) handOver(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	var id types.String
	response.Diagnostics.Append(request.Plan.GetAttribute(ctx, path.Root("linked_account_id"), &id)...)
	app, isKnown := providerdata.Recall[credentials.DefaultApp](r.Data, id.ValueString())
	if kept != nil || !isKnown {
		return
	}
	response.Diagnostics.Append(defaultApp().Keep(ctx, response.Private, &app)...)
	response.Diagnostics.Append(handedOver().Keep(ctx, response.Private, id.ValueStringPointer())...)
}

// readHandedOver is the private state that the deletion of an account receives, unless it is that
// of another account.
func readHandedOver(ctx context.Context, from providerdata.PrivateReader, accountID string, diagnostics *diag.Diagnostics) *credentials.DefaultApp {
	kept, problems := defaultApp().Read(ctx, from)
	diagnostics.Append(problems...)
	of, problems := handedOver().Read(ctx, from)
	diagnostics.Append(problems...)
	if of != nil && *of != accountID {
		return nil
	}
	return kept
}
