// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// validationSituations are about a resource block, before anything is sent.
func validationSituations() []situation {
	text := func(values map[string]string) tftypes.Value {
		elements := map[string]tftypes.Value{}
		for name, value := range values {
			elements[name] = str(value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
	}
	app := func(values attributes) attributes {
		return attributes{"linked_account_id": str("user_1"), "your_app": yourApp(values)}
	}
	id := func(id string) attributes { return attributes{"linked_account_id": str(id)} }
	udf := func(value tftypes.Value) attributes {
		return attributes{"linked_account_id": str("user_1"), "udf": value}
	}
	list := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{str("a")})
	return []situation{
		{"An empty id", validating(id(""))},
		{"An id with a space at its end", validating(id("user_1 "))},
		{"An id of two dots", validating(id(".."))},
		{"An id with a line break", validating(id("user\n1"))},
		{"An empty name", validating(attributes{"linked_account_id": str("user_1"), "name": str("")})},
		{"User-defined fields that are a list", validating(udf(list))},
		{"A list within user-defined fields", validating(udf(tftypes.NewValue(
			tftypes.Object{AttributeTypes: map[string]tftypes.Type{"roles": list.Type()}}, attributes{"roles": list})))},
		{"No credentials in your_app", validating(app(nil))},
		{"Both forms of credentials", validating(app(attributes{
			"auth_credentials": text(map[string]string{"key": "a"}), "auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": number(1)}))},
		{"Write-only credentials without a version", validating(app(attributes{"auth_credentials_wo": text(map[string]string{"key": "a"})}))},
		{"An empty map of credentials", validating(app(attributes{"auth_credentials": text(nil)}))},
		{"A version without write-only credentials", validating(app(attributes{"auth_credentials": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": number(1)}))},
		{"A credential without a value", validating(app(attributes{"auth_credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"key": tftypes.NewValue(tftypes.String, nil)})}))},
		{"Credentials that differ only in case", validating(app(attributes{"auth_credentials": text(map[string]string{"key": "a", "KEY": "b"})}))},
		{"An empty app_id", validating(app(attributes{"app_id": str(""), "auth_credentials": text(map[string]string{"key": "a"})}))},
		{"A credential with an impossible name", validating(app(attributes{"auth_credentials": text(map[string]string{"..": "a"})}))},
	}
}

func validating(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
		if err != nil {
			t.Fatal(err)
		}
		schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			t.Fatal(err)
		}
		block := acctest.Object(schema.ResourceSchemas[accountType].ValueType(), values)
		encoded, err := tfprotov6.NewDynamicValue(block.Type(), block)
		if err != nil {
			t.Fatal(err)
		}
		response, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: accountType, Config: &encoded,
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		return response.Diagnostics
	}
}
