// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// attributes is a plan or a state.
type attributes interface {
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

// SetIdentity copies each attribute of an identity from the one of the same name in a plan or a
// state. Identity is nil for a CLI that knows of none.
func SetIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, from attributes) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	var diagnostics diag.Diagnostics
	for name := range identity.Schema.GetAttributes() {
		var value attr.Value
		diagnostics.Append(from.GetAttribute(ctx, path.Root(name), &value)...)
		if diagnostics.HasError() {
			return diagnostics
		}
		diagnostics.Append(identity.SetAttribute(ctx, path.Root(name), value)...)
	}
	return diagnostics
}

// ImportState imports what a single attribute identifies: by its value as import id, and by
// identity. It refuses what valid refuses.
func ImportState(ctx context.Context, attribute string, valid validator.String, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	at := path.Root(attribute)
	resource.ImportStatePassthroughWithIdentity(ctx, at, at, request, response)
	var id types.String
	response.Diagnostics.Append(response.State.GetAttribute(ctx, at, &id)...)
	if response.Diagnostics.HasError() {
		return
	}
	var checked validator.StringResponse
	valid.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: types.StringValue(id.ValueString())}, &checked)
	for _, problem := range checked.Diagnostics {
		// Without the path: nobody wrote the attribute in a configuration.
		response.Diagnostics.AddError(problem.Summary(), problem.Detail())
	}
}
