// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccount"
	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccounts"
)

// objectList holds the constructors of everything that the provider offers.
type objectList struct {
	resources     []func() resource.Resource
	dataSources   []func() datasource.DataSource
	listResources []func() list.ListResource
	functions     []func() function.Function
}

// objects is the list of all objects; conformance_test.go walks it.
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
	}
}
