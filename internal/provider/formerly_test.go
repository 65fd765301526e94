// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// formerly is the folder with the states of other providers.
var formerly = filepath.Join("testdata", "formerly")

// formerProvider stands in for a provider that has managed accounts before, with as much of its
// schema as was recorded. It reads what the state has. It neither plans nor applies anything, so
// that a migration that has it do so fails.
type formerProvider struct {
	// The calls that are not below panic: no migration makes them.
	tfprotov6.ProviderServer

	Source               string
	Resource             string
	Version              int64
	Provider, Attributes map[string]recordedType
}

// recordedType is a type in the JSON of a schema.
type recordedType struct{ tftypes.Type }

func (r *recordedType) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return r.readPrimitive(strings.Trim(string(text), `"`))
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil || len(parts) != 2 {
		return fmt.Errorf("no type: %s: %w", text, err)
	}
	if string(parts[0]) == `"object"` {
		return r.readObject(parts[1])
	}
	var element recordedType
	if err := json.Unmarshal(parts[1], &element); err != nil {
		return err
	}
	switch string(parts[0]) {
	case `"list"`:
		r.Type = tftypes.List{ElementType: element.Type}
	case `"set"`:
		r.Type = tftypes.Set{ElementType: element.Type}
	case `"map"`:
		r.Type = tftypes.Map{ElementType: element.Type}
	default:
		return fmt.Errorf("no type: %s", text)
	}
	return nil
}

func (r *recordedType) readPrimitive(name string) error {
	primitives := map[string]tftypes.Type{
		"string": tftypes.String, "number": tftypes.Number, "bool": tftypes.Bool, "dynamic": tftypes.DynamicPseudoType,
	}
	if r.Type = primitives[name]; r.Type == nil {
		return fmt.Errorf("no type: %q", name)
	}
	return nil
}

func (r *recordedType) readObject(text []byte) error {
	var attributes map[string]recordedType
	err := json.Unmarshal(text, &attributes)
	r.Type = objectOf(attributes)
	return err
}

func objectOf(attributes map[string]recordedType) tftypes.Object {
	types := make(map[string]tftypes.Type, len(attributes))
	for name, attribute := range attributes {
		types[name] = attribute.Type
	}
	return tftypes.Object{AttributeTypes: types}
}

func schemaOf(version int64, attributes map[string]recordedType) *tfprotov6.Schema {
	block := &tfprotov6.SchemaBlock{}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		block.Attributes = append(block.Attributes, &tfprotov6.SchemaAttribute{Name: name, Type: attributes[name].Type, Optional: true, Computed: true})
	}
	return &tfprotov6.Schema{Version: version, Block: block}
}

func (p *formerProvider) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	provider := schemaOf(0, p.Provider)
	for _, attribute := range provider.Block.Attributes {
		attribute.Computed = false
	}
	return &tfprotov6.GetProviderSchemaResponse{
		Provider:        provider,
		ResourceSchemas: map[string]*tfprotov6.Schema{p.Resource: schemaOf(p.Version, p.Attributes)},
	}, nil
}

func (p *formerProvider) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (p *formerProvider) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (p *formerProvider) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (p *formerProvider) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (p *formerProvider) UpgradeResourceState(_ context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	state, err := request.RawState.Unmarshal(objectOf(p.Attributes))
	if err != nil {
		return nil, err
	}
	upgraded, err := tfprotov6.NewDynamicValue(objectOf(p.Attributes), state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &upgraded}, err
}

func (p *formerProvider) ReadResource(_ context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

func (p *formerProvider) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return nil, fmt.Errorf("%s is to plan a change of its own", p.Source)
}

func (p *formerProvider) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return nil, fmt.Errorf("%s is to apply a change of its own", p.Source)
}

// readFormer reads what was recorded of a provider.
func readFormer(t *testing.T, name string) *formerProvider {
	t.Helper()
	former := &formerProvider{}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(formerly, name+".schema.json"))), former); err != nil {
		t.Fatalf("the schema of %s: %v", name, err)
	}
	return former
}

// writeFormerState gives a workspace the state that another provider has left.
func writeFormerState(t *testing.T, workspace *cli.Workspace, name string) {
	t.Helper()
	state := read(t, filepath.Join(formerly, name+".state.json"))
	acctest.WriteFile(t, workspace, "terraform.tfstate", strings.ReplaceAll(state, cli.Terraform.RegistryHost(), workspace.CLI.Product.RegistryHost()))
}

// Where the former provider is not to be had, its resources are forgotten by hand, which asks
// nobody. What follows is the import of accounts that exist.
func TestWithoutTheFormerProvider(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, "guides/existing-organization")
	if acctest.IsRefused(t, workspace) {
		return
	}
	writeFormerState(t, workspace, "restapi")
	locks := filepath.Join(workspace.Folder, ".terraform.lock.hcl")
	if err := os.Rename(locks, locks+".away"); err != nil {
		t.Fatal(err)
	}
	succeed(t, workspace, "state", "rm", "restapi_object.customer")
	if err := os.Rename(locks+".away", locks); err != nil {
		t.Fatal(err)
	}
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	checkMigrated(t, workspace, refold)
}
