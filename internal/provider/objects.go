// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/object/application"
	"github.com/gocobalt/terraform-provider-refold/internal/object/config"
	"github.com/gocobalt/terraform-provider-refold/internal/object/connecturl"
	"github.com/gocobalt/terraform-provider-refold/internal/object/integration"
	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccount"
	"github.com/gocobalt/terraform-provider-refold/internal/object/linkedaccounts"
	"github.com/gocobalt/terraform-provider-refold/internal/object/sessiontoken"
	"github.com/gocobalt/terraform-provider-refold/internal/object/variablevalue"
	"github.com/gocobalt/terraform-provider-refold/internal/object/workflow"
)

// Resources implements provider.Provider.
func (p *refoldProvider) Resources(context.Context) []func() resource.Resource {
	return movement.WatchAll(TypeName, []func() resource.Resource{
		linkedaccount.NewResource,
		linkedaccounts.NewResource,
		integration.NewResource,
		config.NewResource,
		variablevalue.NewResource,
	})
}

// DataSources implements provider.Provider.
func (p *refoldProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		linkedaccount.NewDataSource,
		linkedaccounts.NewDataSource,
		application.NewDataSource,
		application.NewManyDataSource,
		config.NewDataSource,
		workflow.NewDataSource,
	}
}

// ListResources implements provider.ProviderWithListResources.
func (p *refoldProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		linkedaccount.NewListResource,
		integration.NewListResource,
		config.NewListResource,
		variablevalue.NewListResource,
	}
}

// Functions implements provider.ProviderWithFunctions.
func (p *refoldProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		linkedaccounts.NewParseAccountsCSV,
	}
}

// EphemeralResources implements provider.ProviderWithEphemeralResources.
func (p *refoldProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		sessiontoken.NewEphemeralResource,
		connecturl.NewEphemeralResource,
	}
}

// Actions implements provider.ProviderWithActions.
func (p *refoldProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		integration.NewDisconnectAction,
	}
}
