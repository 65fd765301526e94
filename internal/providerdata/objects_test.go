// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// TestConfigure: an object of each kind gets the data that the provider made, and
// says what it got instead of it.
func TestConfigure(t *testing.T) {
	data := providerdata.Pending([]string{"api_key"})
	for kind, configure := range map[string]func(providerData any) (got *providerdata.Data, failed bool){
		"resource": func(providerData any) (*providerdata.Data, bool) {
			var object providerdata.Resource
			var response resource.ConfigureResponse
			object.Configure(t.Context(), resource.ConfigureRequest{ProviderData: providerData}, &response)
			return object.Data, response.Diagnostics.HasError()
		},
		"data source": func(providerData any) (*providerdata.Data, bool) {
			var object providerdata.DataSource
			var response datasource.ConfigureResponse
			object.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: providerData}, &response)
			return object.Data, response.Diagnostics.HasError()
		},
		"ephemeral resource": func(providerData any) (*providerdata.Data, bool) {
			var object providerdata.EphemeralResource
			var response ephemeral.ConfigureResponse
			object.Configure(t.Context(), ephemeral.ConfigureRequest{ProviderData: providerData}, &response)
			return object.Data, response.Diagnostics.HasError()
		},
		"action": func(providerData any) (*providerdata.Data, bool) {
			var object providerdata.Action
			var response action.ConfigureResponse
			object.Configure(t.Context(), action.ConfigureRequest{ProviderData: providerData}, &response)
			return object.Data, response.Diagnostics.HasError()
		},
	} {
		if got, failed := configure(data); got != data || failed {
			t.Errorf("%s: %p, error %t", kind, got, failed)
		}
		if got, failed := configure(nil); got != nil || failed {
			t.Errorf("%s before the provider is configured: %p, error %t", kind, got, failed)
		}
		if got, failed := configure(1); got != nil || !failed {
			t.Errorf("%s with other data: %p, error %t", kind, got, failed)
		}
	}
}

func TestMetadata(t *testing.T) {
	var ofResource resource.MetadataResponse
	(&providerdata.Resource{Name: "a"}).Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "refold"}, &ofResource)
	var ofDataSource datasource.MetadataResponse
	(&providerdata.DataSource{Name: "b"}).Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "refold"}, &ofDataSource)
	var ofEphemeral ephemeral.MetadataResponse
	(&providerdata.EphemeralResource{Name: "c"}).Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: "refold"}, &ofEphemeral)
	var ofAction action.MetadataResponse
	(&providerdata.Action{Name: "d"}).Metadata(t.Context(), action.MetadataRequest{ProviderTypeName: "refold"}, &ofAction)
	for want, got := range map[string]string{
		"refold_a": ofResource.TypeName, "refold_b": ofDataSource.TypeName, "refold_c": ofEphemeral.TypeName, "refold_d": ofAction.TypeName,
	} {
		if got != want {
			t.Errorf("type name %q, want %q", got, want)
		}
	}
}
