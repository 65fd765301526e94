// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
)

// validationSituations are about a resource block, before anything is sent.
func validationSituations() []diagnosticspage.Situation {
	text := func(values map[string]string) tftypes.Value {
		elements := map[string]tftypes.Value{}
		for name, value := range values {
			elements[name] = acctest.Text(value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
	}
	app := func(values acctest.Attributes) acctest.Attributes {
		return acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "your_app": yourApp(values)}
	}
	id := func(id string) acctest.Attributes { return acctest.Attributes{"linked_account_id": acctest.Text(id)} }
	udf := func(value tftypes.Value) acctest.Attributes {
		return acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "udf": value}
	}
	list := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{acctest.Text("a")})
	return []diagnosticspage.Situation{
		{Name: "An empty id", Mended: validating(id("user_1")), Meet: validating(id(""))},
		{Name: "An id with a space at its end", Mended: validating(id("user_1")), Meet: validating(id("user_1 "))},
		{Name: "An id of two dots", Mended: validating(id("user.1")), Meet: validating(id(".."))},
		{Name: "An id with a line break", Mended: validating(id("user_1")), Meet: validating(id("user\n1"))},
		{Name: "An empty name", Mended: validating(id("user_1")), Meet: validating(acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("")})},
		{Name: "User-defined fields that are a list", Mended: validating(udf(text(map[string]string{"plan": "pro"}))), Meet: validating(udf(list))},
		{Name: "A list within user-defined fields", Mended: validating(udf(text(map[string]string{"roles": `["a"]`}))), Meet: validating(udf(tftypes.NewValue(
			tftypes.Object{AttributeTypes: map[string]tftypes.Type{"roles": list.Type()}}, acctest.Attributes{"roles": list})))},
		{Name: "A number that takes too long to be written out", Mended: validating(udf(text(map[string]string{"seats": "1e10000"}))), Meet: validating(udf(tftypes.NewValue(
			tftypes.Map{ElementType: tftypes.Number}, acctest.Attributes{"seats": tftypes.NewValue(tftypes.Number, new(big.Float).SetMantExp(big.NewFloat(1), 10_000))})))},
		{Name: "No credentials in your_app", Mended: validating(app(acctest.Attributes{"auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": acctest.Version(1)})), Advice: diagnosticspage.Advice{Tests: "TestOwnAppThatIsOnlyNamed"}, Meet: validating(app(nil))},
		{Name: "Both forms of credentials", Mended: validating(app(acctest.Attributes{"auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": acctest.Version(1)})), Meet: validating(app(acctest.Attributes{
			"auth_credentials": text(map[string]string{"key": "a"}), "auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": acctest.Version(1)}))},
		{Name: "Write-only credentials without a version", Mended: validating(app(acctest.Attributes{"auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": acctest.Version(1)})), Meet: validating(app(acctest.Attributes{"auth_credentials_wo": text(map[string]string{"key": "a"})}))},
		{Name: "An empty map of credentials", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"auth_credentials": text(nil)}))},
		{Name: "A number that may be stored rounded", Mended: validating(udf(text(map[string]string{"serial": "9007199254740993"}))), Meet: validating(acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "udf": fields(map[string]tftypes.Value{"serial": tftypes.NewValue(tftypes.Number, int64(9007199254740993))})})},
		{Name: "A version without write-only credentials", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": acctest.Version(1)}))},
		{Name: "A credential without a value", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"auth_credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"key": tftypes.NewValue(tftypes.String, nil)})}))},
		{Name: "Credentials that differ only in case", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a", "KEY": "b"})}))},
		{Name: "An empty app_id", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"app_id": acctest.Text(""), "auth_credentials": text(map[string]string{"key": "a"})}))},
		{Name: "A credential with an impossible name", Mended: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"key": "a"})})), Meet: validating(app(acctest.Attributes{"auth_credentials": text(map[string]string{"..": "a"})}))},
	}
}

func validating(values acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		provider := acctest.UnconfiguredProtocol(t)
		return provider.Validate(typeName, provider.Config(typeName, values))
	}
}
