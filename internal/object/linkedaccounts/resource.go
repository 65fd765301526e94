// SPDX-License-Identifier: MPL-2.0

// Package linkedaccounts offers many of Refold's linked accounts at once to Terraform: as one
// resource, and from a CSV file.
package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
)

const typeName = "linked_accounts"

var (
	_ resource.ResourceWithConfigure      = (*accountsResource)(nil)
	_ resource.ResourceWithIdentity       = (*accountsResource)(nil)
	_ resource.ResourceWithImportState    = (*accountsResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*accountsResource)(nil)
	_ resource.ResourceWithValidateConfig = (*accountsResource)(nil)
)

type accountsResource struct{ providerdata.Resource }

// NewResource makes the resource refold_linked_accounts.
func NewResource() resource.Resource { return &accountsResource{providerdata.Resource{Name: typeName}} }

// Metadata implements resource.Resource. The identity names the accounts, and so changes with them.
func (r *accountsResource) Metadata(ctx context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	r.Resource.Metadata(ctx, request, response)
	response.ResourceBehavior.MutableIdentity = true
}

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
		// The framework takes an empty list for no identity at all, and fails. No account has this
		// id.
		ids = []string{""}
	}
	return target.Set(ctx, identity{LinkedAccountIDs: ids})
}

func (r *accountsResource) reconciler(diagnostics *diag.Diagnostics) reconcile.Reconciler {
	return reconcile.Reconciler{Data: r.Data, Client: r.Client(diagnostics), Advice: advice()}
}
