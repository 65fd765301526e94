// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// identity is what names the resource to Terraform.
type identity struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
}

func setIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, linkedAccountID types.String) diag.Diagnostics {
	if target == nil {
		return nil
	}
	return target.Set(ctx, identity{LinkedAccountID: linkedAccountID})
}
