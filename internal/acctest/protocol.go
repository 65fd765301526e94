// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Protocol drives the provider as a CLI does, but over the plugin protocol in
// this process: for what the CLIs at hand cannot do or do not show.
type Protocol struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
	// log is where the provider logs to, or nil.
	log io.Writer
}

// Instance is what a CLI keeps of one resource.
type Instance struct {
	State    tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
}

// StartProtocol configures the provider with the given attributes.
func StartProtocol(t testing.TB, attributes map[string]tftypes.Value, adjust ...func(*refold.Options)) *Protocol {
	t.Helper()
	return ServeProtocol(t, provider.NewServer("test", adjust...), attributes)
}

// ProtocolOver configures the provider for the Refold at the other end of a network, with the
// key of the test environment. Attributes of block come on top, or replace those.
func ProtocolOver(t testing.TB, network http.RoundTripper, block ...Attributes) *Protocol {
	t.Helper()
	attributes := Attributes{"base_url": Text("https://refold.test"), "api_key": Text(mockapi.TestKey)}
	for _, further := range block {
		maps.Copy(attributes, further)
	}
	return StartProtocol(t, attributes, func(o *refold.Options) { o.Transport = network })
}

// ServeProtocol configures the provider of any server with the given attributes.
func ServeProtocol(t testing.TB, server tfprotov6.ProviderServer, attributes map[string]tftypes.Value) *Protocol {
	t.Helper()
	p := unconfigured(t, server)
	p.succeeded("configure", p.Configure(attributes))
	return p
}

// UnconfiguredProtocol is the provider before a CLI has configured it.
func UnconfiguredProtocol(t testing.TB) *Protocol {
	t.Helper()
	return unconfigured(t, provider.NewServer("test"))
}

func unconfigured(t testing.TB, server tfprotov6.ProviderServer) *Protocol {
	t.Helper()
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return &Protocol{t: t, server: server, schema: schema}
}

// Configure configures the provider; attributes that are left out are null.
func (p *Protocol) Configure(attributes Attributes) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.ConfigureProvider(p.context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           p.encode(Object(p.schema.Provider.ValueType(), attributes)),
	})
	p.ran(err)
	return response.Diagnostics
}

// ValidateProvider checks a provider block; attributes that are left out are null.
func (p *Protocol) ValidateProvider(attributes Attributes) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.ValidateProviderConfig(p.context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: p.encode(Object(p.schema.Provider.ValueType(), attributes)),
	})
	p.ran(err)
	return response.Diagnostics
}

// Protocol configures the provider for this server.
func (r *Refold) Protocol(t testing.TB, adjust ...func(*refold.Options)) *Protocol {
	t.Helper()
	return StartProtocol(t, map[string]tftypes.Value{
		"base_url": tftypes.NewValue(tftypes.String, r.URL),
		"api_key":  tftypes.NewValue(tftypes.String, mockapi.TestKey),
	}, adjust...)
}

// Object makes a value of an object type; attributes that are left out are null.
func Object(objectType tftypes.Type, attributes map[string]tftypes.Value) tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, attributeType := range objectType.(tftypes.Object).AttributeTypes {
		values[name] = tftypes.NewValue(attributeType, nil)
	}
	for name, value := range attributes {
		values[name] = value
	}
	return tftypes.NewValue(objectType, values)
}

// Config makes a resource's configuration; attributes that are left out are null.
func (p *Protocol) Config(typeName string, attributes map[string]tftypes.Value) tftypes.Value {
	return Object(p.resourceType(typeName), attributes)
}

// Plan proposes a change of prior, which is nil for a new resource, to config.
func (p *Protocol) Plan(typeName string, prior *Instance, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	p.t.Helper()
	if prior == nil {
		prior = &Instance{State: tftypes.NewValue(p.resourceType(typeName), nil)}
	}
	return p.plan(typeName, *prior, config)
}

// PlanReplacement is the second planning call of a replacement: it creates, with the private state
// that the first one has planned.
func (p *Protocol) PlanReplacement(typeName string, first *tfprotov6.PlanResourceChangeResponse, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	p.t.Helper()
	none := tftypes.NewValue(p.resourceType(typeName), nil)
	return p.plan(typeName, Instance{State: none, Private: first.PlannedPrivate}, config)
}

func (p *Protocol) plan(typeName string, prior Instance, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	p.t.Helper()
	response, err := p.server.PlanResourceChange(p.context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:         typeName,
		Config:           p.encode(config),
		PriorState:       p.encode(prior.State),
		PriorPrivate:     prior.Private,
		PriorIdentity:    prior.Identity,
		ProposedNewState: p.encode(p.proposed(typeName, prior.State, config)),
	})
	p.ran(err)
	return response
}

// Apply plans and applies. A config that is null destroys.
func (p *Protocol) Apply(typeName string, prior *Instance, config tftypes.Value) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	plan := p.Plan(typeName, prior, config)
	if HasFailure(plan.Diagnostics) {
		return Instance{}, plan.Diagnostics
	}
	return p.ApplyPlanned(typeName, prior, plan, config)
}

// ApplyPlanned applies a plan with a config that may by now be known better.
func (p *Protocol) ApplyPlanned(typeName string, prior *Instance, plan *tfprotov6.PlanResourceChangeResponse, config tftypes.Value) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	planned := p.decode(typeName, plan.PlannedState)
	if !config.IsNull() {
		planned = p.nowKnown(typeName, planned, config)
	}
	priorState := tftypes.NewValue(p.resourceType(typeName), nil)
	if prior != nil {
		priorState = prior.State
	}
	result, diagnostics := p.change(typeName, &tfprotov6.ApplyResourceChangeRequest{
		TypeName:        typeName,
		PriorState:      p.encode(priorState),
		PlannedState:    p.encode(planned),
		Config:          p.encode(config),
		PlannedPrivate:  plan.PlannedPrivate,
		PlannedIdentity: plan.PlannedIdentity,
	})
	if !HasFailure(diagnostics) {
		p.asPlanned(planned, result.State)
	}
	return result, diagnostics
}

// asPlanned is Terraform's rule for a change that succeeded: what was known in the plan comes out,
// and all is known.
func (p *Protocol) asPlanned(planned, applied tftypes.Value) {
	p.t.Helper()
	if planned.IsNull() {
		return
	}
	after := attributesOf(p.t, applied)
	for name, value := range attributesOf(p.t, planned) {
		if value.IsFullyKnown() && !value.Equal(after[name]) {
			p.t.Errorf("%s was planned as %s and became %s", name, value, after[name])
		}
		if !after[name].IsFullyKnown() {
			p.t.Errorf("%s is unknown after the apply", name)
		}
	}
}

// Delete deletes without a plan of the deletion, as a replacement does.
func (p *Protocol) Delete(typeName string, current Instance) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	none := p.encode(tftypes.NewValue(p.resourceType(typeName), nil))
	return p.change(typeName, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: p.encode(current.State), PlannedState: none, Config: none, PlannedPrivate: current.Private,
	})
}

func (p *Protocol) change(typeName string, request *tfprotov6.ApplyResourceChangeRequest) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	response, err := p.server.ApplyResourceChange(p.context(), request)
	p.ran(err)
	return Instance{State: p.decode(typeName, response.NewState), Private: response.Private, Identity: response.NewIdentity}, response.Diagnostics
}

// nowKnown replaces what a plan did not know of the configuration.
func (p *Protocol) nowKnown(typeName string, planned, config tftypes.Value) tftypes.Value {
	p.t.Helper()
	known := attributesOf(p.t, planned)
	for name, value := range attributesOf(p.t, config) {
		if !known[name].IsKnown() && !value.IsNull() {
			known[name] = value
		}
	}
	return tftypes.NewValue(p.resourceType(typeName), known)
}

// Read refreshes an instance. Its state is null when the object is gone.
func (p *Protocol) Read(typeName string, current Instance) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	response, err := p.server.ReadResource(p.context(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: p.encode(current.State), Private: current.Private, CurrentIdentity: current.Identity,
	})
	p.ran(err)
	return Instance{State: p.decode(typeName, response.NewState), Private: response.Private, Identity: response.NewIdentity}, response.Diagnostics
}

// ImportByIdentity imports and reads, as a CLI of 1.12 or later does.
func (p *Protocol) ImportByIdentity(typeName string, identity tftypes.Value) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	return p.importAs(&tfprotov6.ImportResourceStateRequest{
		TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: p.encode(identity)},
	})
}

// Import imports by id and reads.
func (p *Protocol) Import(typeName, id string) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	return p.importAs(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
}

func (p *Protocol) importAs(request *tfprotov6.ImportResourceStateRequest) (Instance, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	response, err := p.server.ImportResourceState(p.context(), request)
	p.ran(err)
	if len(response.ImportedResources) != 1 || HasFailure(response.Diagnostics) {
		return Instance{}, response.Diagnostics
	}
	imported := response.ImportedResources[0]
	read, diagnostics := p.Read(request.TypeName, Instance{State: p.decode(request.TypeName, imported.State), Private: imported.Private, Identity: imported.Identity})
	return read, slices.Concat(response.Diagnostics, diagnostics)
}

// proposed is what a CLI proposes: the configuration, and for what is not
// configured and may be computed the prior value.
func (p *Protocol) proposed(typeName string, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || prior.IsNull() {
		return config
	}
	before, after := attributesOf(p.t, prior), maps.Clone(attributesOf(p.t, config))
	for _, attribute := range p.schema.ResourceSchemas[typeName].Block.Attributes {
		if attribute.Computed && after[attribute.Name].IsNull() {
			after[attribute.Name] = before[attribute.Name]
		}
	}
	return tftypes.NewValue(p.resourceType(typeName), after)
}

// Attribute reads one top-level attribute of a state.
func (i Instance) Attribute(t testing.TB, name string) tftypes.Value {
	t.Helper()
	return attributesOf(t, i.State)[name]
}

func attributesOf(t testing.TB, object tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	if err := object.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes
}

func (p *Protocol) resourceType(typeName string) tftypes.Type {
	schema, ok := p.schema.ResourceSchemas[typeName]
	if !ok {
		p.t.Fatalf("the provider has no resource %s", typeName)
	}
	return schema.ValueType()
}

func (p *Protocol) encode(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		p.t.Fatal(err)
	}
	return &encoded
}

func (p *Protocol) decode(typeName string, encoded *tfprotov6.DynamicValue) tftypes.Value {
	p.t.Helper()
	value, err := encoded.Unmarshal(p.resourceType(typeName))
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// Schema is what the provider offers.
func (p *Protocol) Schema() *tfprotov6.GetProviderSchemaResponse { return p.schema }

// LogTo writes down what the provider logs from now on, at its most talkative, as lines of JSON.
func (p *Protocol) LogTo(log io.Writer) { p.log = log }

func (p *Protocol) context() context.Context {
	if p.log == nil {
		return p.t.Context()
	}
	return tflogtest.RootLogger(p.t.Context(), p.log)
}

func (p *Protocol) ran(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *Protocol) succeeded(what string, diagnostics []*tfprotov6.Diagnostic) {
	p.t.Helper()
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityError {
			p.t.Fatalf("%s: %s: %s", what, diagnostic.Summary, diagnostic.Detail)
		}
	}
}

// Upgrade reads a state as it is stored, of the resource's present schema version.
func (p *Protocol) Upgrade(typeName, stored string) (tftypes.Value, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	response, err := p.server.UpgradeResourceState(p.context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: typeName, Version: p.schema.ResourceSchemas[typeName].Version, RawState: &tfprotov6.RawState{JSON: []byte(stored)},
	})
	p.ran(err)
	if HasFailure(response.Diagnostics) {
		return tftypes.Value{}, response.Diagnostics
	}
	return p.decode(typeName, response.UpgradedState), response.Diagnostics
}

// Move moves an instance to another type of resource, as a moved block asks for.
func (p *Protocol) Move(from, to string, current Instance) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.MoveResourceState(p.context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: provider.Address, SourceTypeName: from, TargetTypeName: to,
		SourceState: &tfprotov6.RawState{JSON: []byte("{}")}, SourcePrivate: current.Private,
	})
	p.ran(err)
	return response.Diagnostics
}
