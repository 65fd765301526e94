// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resource is embedded in every resource. It has the Data from Configure on.
type Resource struct {
	*Data
	// Name is the type of the resource without that of the provider, for example "linked_account".
	Name string
}

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = typeName(request.ProviderTypeName, r.Name)
}

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, request resource.ConfigureRequest, response *resource.ConfigureResponse) {
	r.Data = From(request.ProviderData, &response.Diagnostics)
}

// ListResource is embedded in every list resource, which is asked for the same as a resource.
type ListResource = Resource

// DataSource is embedded in every data source, as Resource is.
type DataSource struct {
	*Data
	// Name is the type of the data source without that of the provider.
	Name string
}

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, request datasource.MetadataRequest, response *datasource.MetadataResponse) {
	response.TypeName = typeName(request.ProviderTypeName, d.Name)
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(_ context.Context, request datasource.ConfigureRequest, response *datasource.ConfigureResponse) {
	d.Data = From(request.ProviderData, &response.Diagnostics)
}

// EphemeralResource is embedded in every ephemeral resource, as Resource is.
type EphemeralResource struct {
	*Data
	// Name is the type of the ephemeral resource without that of the provider.
	Name string
}

// Metadata implements ephemeral.EphemeralResource.
func (e *EphemeralResource) Metadata(_ context.Context, request ephemeral.MetadataRequest, response *ephemeral.MetadataResponse) {
	response.TypeName = typeName(request.ProviderTypeName, e.Name)
}

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *EphemeralResource) Configure(_ context.Context, request ephemeral.ConfigureRequest, response *ephemeral.ConfigureResponse) {
	e.Data = From(request.ProviderData, &response.Diagnostics)
}

// Action is embedded in every action, as Resource is.
type Action struct {
	*Data
	// Name is the type of the action without that of the provider.
	Name string
}

// Metadata implements action.Action.
func (a *Action) Metadata(_ context.Context, request action.MetadataRequest, response *action.MetadataResponse) {
	response.TypeName = typeName(request.ProviderTypeName, a.Name)
}

// Configure implements action.ActionWithConfigure.
func (a *Action) Configure(_ context.Context, request action.ConfigureRequest, response *action.ConfigureResponse) {
	a.Data = From(request.ProviderData, &response.Diagnostics)
}

func typeName(provider, object string) string { return provider + "_" + object }
