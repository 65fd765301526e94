// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// A validator of a library puts the value that it refuses into its error, and the
// value may hold a secret: a URL with a token, a header. So only this provider's
// own validators look at texts, and at what is made of texts.
func TestValidatorsDoNotEchoTexts(t *testing.T) {
	for name, schema := range schemasOfAll(t) {
		for _, problem := range echoProblems("", schema) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestEchoesAreFound(t *testing.T) {
	lengths := []validator.String{attribute.NotEmpty("Then nothing happens."), stringvalidator.LengthAtMost(8)}
	within := map[string]resourceschema.Attribute{"token": resourceschema.StringAttribute{Validators: lengths}}
	for name, careless := range map[string]resourceschema.Attribute{
		"text": resourceschema.StringAttribute{Validators: lengths},
		"map": resourceschema.MapAttribute{ElementType: types.StringType, Validators: []validator.Map{
			mapvalidator.ValueStringsAre(lengths...),
		}},
		"object":         resourceschema.SingleNestedAttribute{Attributes: within},
		"map of objects": resourceschema.MapNestedAttribute{NestedObject: resourceschema.NestedAttributeObject{Attributes: within}},
	} {
		problems := echoProblems("", resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{"url": careless}})
		if len(problems) != 1 || !strings.HasPrefix(problems[0], "url") || !strings.Contains(problems[0], "may print the value") {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

// echoProblems names the validators from elsewhere of all attributes of a schema,
// or of an object within one, that can hold text.
func echoProblems(prefix string, schema any) []string {
	var problems []string
	for at, attribute := range attributesOf(prefix, schema) {
		for _, kind := range []string{"String", "Map", "List", "Set", "Object", "Dynamic"} {
			validators := answer(attribute, kind+"Validators")
			for i := 0; validators.IsValid() && i < validators.Len(); i++ {
				if checks := validators.Index(i).Elem().Type(); !isOurs(checks) {
					problems = append(problems, fmt.Sprintf("%s is checked by %s, which may print the value: write a validator that does not", at, checks))
				}
			}
		}
	}
	return problems
}

// attributesOf are all attributes of a schema, or of an object within one, by their paths.
func attributesOf(prefix string, schema any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		attributes := answer(schema, "GetAttributes")
		for _, key := range attributes.MapKeys() {
			at, attribute := prefix+key.String(), attributes.MapIndex(key).Interface()
			if !yield(at, attribute) {
				return
			}
			nested := answer(attribute, "GetNestedObject")
			if !nested.IsValid() {
				continue
			}
			for within, one := range attributesOf(at+".", nested.Interface()) {
				if !yield(within, one) {
					return
				}
			}
		}
	}
}

// answer is what a method without arguments returns. It is the zero value where
// there is no such method: schemas and attributes of each kind are types of their
// own, and have only their methods in common.
func answer(object any, method string) reflect.Value {
	found := reflect.ValueOf(object).MethodByName(method)
	if !found.IsValid() {
		return reflect.Value{}
	}
	return found.Call(nil)[0]
}

func isOurs(validator reflect.Type) bool {
	if validator.Kind() == reflect.Pointer {
		validator = validator.Elem()
	}
	module, _, _ := strings.Cut(reflect.TypeFor[refoldProvider]().PkgPath(), "/internal/")
	return strings.HasPrefix(validator.PkgPath(), module+"/")
}

// schemasOfAll are the schemas of the provider and of all of its objects.
func schemasOfAll(t *testing.T) map[string]any {
	t.Helper()
	var ofProvider provider.SchemaResponse
	offered := &refoldProvider{}
	offered.Schema(t.Context(), provider.SchemaRequest{}, &ofProvider)
	schemas := map[string]any{"provider": ofProvider.Schema}
	for _, construct := range offered.Resources(t.Context()) {
		var response resource.SchemaResponse
		construct().Schema(t.Context(), resource.SchemaRequest{}, &response)
		schemas[fmt.Sprintf("%T", construct())] = response.Schema
	}
	for _, construct := range offered.DataSources(t.Context()) {
		var response datasource.SchemaResponse
		construct().Schema(t.Context(), datasource.SchemaRequest{}, &response)
		schemas[fmt.Sprintf("%T", construct())] = response.Schema
	}
	for _, construct := range offered.ListResources(t.Context()) {
		var response list.ListResourceSchemaResponse
		construct().ListResourceConfigSchema(t.Context(), list.ListResourceSchemaRequest{}, &response)
		schemas[fmt.Sprintf("%T", construct())] = response.Schema
	}
	for _, construct := range offered.EphemeralResources(t.Context()) {
		var response ephemeral.SchemaResponse
		construct().Schema(t.Context(), ephemeral.SchemaRequest{}, &response)
		schemas[fmt.Sprintf("%T", construct())] = response.Schema
	}
	for _, construct := range offered.Actions(t.Context()) {
		var response action.SchemaResponse
		construct().Schema(t.Context(), action.SchemaRequest{}, &response)
		schemas[fmt.Sprintf("%T", construct())] = response.Schema
	}
	return schemas
}
