// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// identity is what names the resource to Terraform. It changes with the map.
type identity struct {
	LinkedAccountIDs []string `tfsdk:"linked_account_ids"`
}

func setIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, accounts map[string]account) diag.Diagnostics {
	if target == nil {
		return nil
	}
	ids := sortedIDs(accounts)
	if len(ids) == 0 {
		// The framework takes an empty list for no identity at all, and fails. No
		// account has this id.
		ids = []string{""}
	}
	return target.Set(ctx, identity{LinkedAccountIDs: ids})
}
