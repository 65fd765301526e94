// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// described is a provider that is nothing but its description.
type described struct {
	schemas    *tfprotov6.GetProviderSchemaResponse
	identities *tfprotov6.GetResourceIdentitySchemasResponse
	err        error
}

func (d described) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return d.schemas, d.err
}

func (d described) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return d.identities, d.err
}

// everyKind offers one object of each kind, and every property that a schema can have.
func everyKind() described {
	return described{
		schemas: &tfprotov6.GetProviderSchemaResponse{
			Provider:                 schemaOf("The provider.", text("region")),
			ResourceSchemas:          map[string]*tfprotov6.Schema{"refold_thing": {Version: 3, Block: richBlock()}},
			DataSourceSchemas:        map[string]*tfprotov6.Schema{"refold_thing": schemaOf("Reads a thing.", text("name"))},
			EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"refold_token": schemaOf("Mints a token.", text("name"))},
			ListResourceSchemas:      map[string]*tfprotov6.Schema{"refold_thing": schemaOf("Lists things.", text("search"))},
			StateStoreSchemas:        map[string]*tfprotov6.Schema{"refold_store": schemaOf("Stores states.", text("path"))},
			ActionSchemas:            map[string]*tfprotov6.ActionSchema{"refold_poke": {Schema: schemaOf("Pokes a thing.", text("name"))}},
			Functions: map[string]*tfprotov6.Function{"join": {
				Summary: "Joins.", Description: "Joins parts.", DeprecationMessage: "Use join().",
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "by", Description: "Separator.", AllowNullValue: true, Type: tftypes.String}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "parts", Description: "What to join.", Type: tftypes.DynamicPseudoType},
				Return:            &tfprotov6.FunctionReturn{Type: tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.Bool}}},
			}},
		},
		identities: &tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{
			"refold_thing": {Version: 2, IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
				{Name: "name", Type: tftypes.String, Description: "Its name.", RequiredForImport: true},
				{Name: "region", Type: tftypes.String, OptionalForImport: true},
			}},
		}},
	}
}

func schemaOf(description string, attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Description: description, Attributes: attributes}}
}

func text(name string) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Required: true}
}

func richBlock() *tfprotov6.SchemaBlock {
	return &tfprotov6.SchemaBlock{
		Description: "A *thing*.", DescriptionKind: tfprotov6.StringKindMarkdown, Deprecated: true,
		Attributes: []*tfprotov6.SchemaAttribute{
			{Name: "secret", Type: tftypes.String, Optional: true, Sensitive: true, WriteOnly: true, Description: "Hidden.", DescriptionKind: tfprotov6.StringKindMarkdown},
			{Name: "old", Type: tftypes.Set{ElementType: tftypes.Number}, Optional: true, Computed: true, Deprecated: true},
			{Name: "sizes", Type: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"width": tftypes.Number}}, Computed: true},
			{Name: "parts", Optional: true, NestedType: &tfprotov6.SchemaObject{
				Nesting: tfprotov6.SchemaObjectNestingModeMap, Attributes: []*tfprotov6.SchemaAttribute{text("kind")},
			}},
		},
		BlockTypes: []*tfprotov6.SchemaNestedBlock{{
			TypeName: "timeouts", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MinItems: 1, MaxItems: 2,
			Block: schemaOf("How long.", text("create")).Block,
		}},
	}
}

func TestReadSchemaKeepsEverything(t *testing.T) {
	schema, err := readSchema(t.Context(), everyKind())
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/every_kind.json")
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff(decode(t, golden), decode(t, encode(t, schema))); difference != "" {
		t.Errorf("the schema is not that of testdata/every_kind.json:\n%s", difference)
	}
}

func TestReadSchemaReportsErrors(t *testing.T) {
	broken := errors.New("broken pipe")
	tests := map[string]struct {
		spoil func(*described)
		want  string
	}{
		"no answer": {func(d *described) { d.err = broken }, "ask the provider for its schemas: broken pipe"},
		"a diagnostic": {func(d *described) {
			d.schemas.Diagnostics = []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Invalid", Detail: "no type"}}
		}, "ask the provider for its schemas: Invalid: no type"},
		"a diagnostic of the identities": {func(d *described) {
			d.identities.Diagnostics = []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Invalid", Detail: "no type"}}
		}, "ask the provider for its identity schemas: Invalid: no type"},
		"no provider schema": {func(d *described) { d.schemas.Provider = nil }, "there is no schema"},
		"no type in a block": {func(d *described) {
			d.schemas.ResourceSchemas["refold_thing"].Block.BlockTypes[0].Block.Attributes[0].Type = nil
		}, "refold_thing: timeouts: create: there is no type"},
		"no return type": {func(d *described) { d.schemas.Functions["join"].Return = nil }, "join: the function returns nothing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := everyKind()
			test.spoil(&server)
			if _, err := readSchema(t.Context(), server); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v does not say %q", err, test.want)
			}
		})
	}
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func decode(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}
