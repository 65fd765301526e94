// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/object/connecturl"
	"github.com/gocobalt/terraform-provider-refold/internal/object/integration"
	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccount"
	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccounts"
	"github.com/gocobalt/terraform-provider-refold/internal/object/sessiontoken"
)

// objectList holds the constructors of everything that the provider offers.
type objectList struct {
	resources     []func() resource.Resource
	dataSources   []func() datasource.DataSource
	listResources []func() list.ListResource
	functions     []func() function.Function
	ephemeral     []func() ephemeral.EphemeralResource
	actions       []func() action.Action
}

// objects is the list of all objects.
func objects() objectList {
	return objectList{
		resources: []func() resource.Resource{
			linkedaccount.NewResource,
			linkedaccounts.NewResource,
		},
		dataSources: []func() datasource.DataSource{
			linkedaccount.NewDataSource,
			linkedaccounts.NewDataSource,
		},
		listResources: []func() list.ListResource{
			linkedaccount.NewListResource,
		},
		functions: []func() function.Function{
			linkedaccounts.NewParseAccountsCSV,
		},
		ephemeral: []func() ephemeral.EphemeralResource{
			sessiontoken.NewEphemeralResource,
			connecturl.NewEphemeralResource,
		},
		actions: []func() action.Action{
			integration.NewDisconnectAction,
		},
	}
}
