// SPDX-License-Identifier: MPL-2.0

// Package linkedaccounts offers many of Refold's linked accounts at once to
// Terraform: as one resource, and from a CSV file.
package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

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

// Metadata implements resource.Resource. The identity names the accounts, and
// so changes with them.
func (r *accountsResource) Metadata(ctx context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	r.Resource.Metadata(ctx, request, response)
	response.ResourceBehavior.MutableIdentity = true
}

// Schema implements resource.Resource.
func (r *accountsResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = resourceSchema()
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *accountsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = resourceIdentitySchema()
}

func (r *accountsResource) reconciler(diagnostics *diag.Diagnostics) reconcile.Reconciler {
	return reconcile.Reconciler{Data: r.Data, Client: r.Client(diagnostics), Advice: advice()}
}
