// SPDX-License-Identifier: MPL-2.0

package wholemap_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
	"github.com/gocobalt/terraform-provider-refold/internal/wholemap"
)

// seen is what a resource is given to plan.
type seen struct{ config, state, plan tftypes.Value }

// thing is a resource with whole maps that tells what it sees of a plan.
type thing struct {
	resource.Resource
	sees func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse)
}

func (t thing) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = request.ProviderTypeName + "_thing"
}

func (t thing) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	whole := wholemap.Of(types.StringType)
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"rows":     schema.MapAttribute{CustomType: whole, Required: true},
		"secrets":  schema.MapAttribute{CustomType: whole, Optional: true, WriteOnly: true},
		"more":     schema.MapAttribute{CustomType: whole, Optional: true},
		"computed": schema.StringAttribute{Computed: true},
	}}
}

func (t thing) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	t.sees(ctx, request, response)
}

// things is a provider of one resource.
type things struct {
	provider.Provider
	made thing
}

func (p things) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "some"
}

func (p things) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return p.made }}
}

func (p things) DataSources(context.Context) []func() datasource.DataSource { return nil }

// serve serves the resource, with whole maps out of the framework's sight or without.
func serve(made thing, isShortened bool) tfprotov6.ProviderServer {
	offered := things{made: made}
	framework := providerserver.NewProtocol6(offered)().(redactserver.Server)
	if !isShortened {
		return framework
	}
	return wholemap.NewServer(framework, "some", offered.Resources(context.Background()))
}

var (
	rows       = tftypes.Map{ElementType: tftypes.String}
	objectType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"rows": rows, "secrets": rows, "more": rows, "computed": tftypes.String}}
)

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func rowsOf(values ...string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for _, value := range values {
		elements["key "+value] = text(value)
	}
	return tftypes.NewValue(rows, elements)
}

func object(attributes map[string]tftypes.Value) tftypes.Value {
	complete := map[string]tftypes.Value{}
	for name, attributeType := range objectType.AttributeTypes {
		complete[name] = tftypes.NewValue(attributeType, nil)
	}
	for name, value := range attributes {
		complete[name] = value
	}
	return tftypes.NewValue(objectType, complete)
}

func encode(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(objectType, value)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func plan(t *testing.T, server tfprotov6.ProviderServer, config, state, proposed tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	t.Helper()
	response, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "some_thing", Config: encode(t, config), PriorState: encode(t, state), ProposedNewState: encode(t, proposed),
	})
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// A plan is the same, and so is what a resource sees of it, whether the framework has had its maps
// in hand or not.
func TestPlanIsTheFrameworks(t *testing.T) {
	none := tftypes.NewValue(objectType, nil)
	unknownRows := tftypes.NewValue(rows, tftypes.UnknownValue)
	partly := tftypes.NewValue(rows, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "b": tftypes.NewValue(tftypes.String, nil)})
	type attributes = map[string]tftypes.Value
	many := rowsOf("a", "b", "c", "d", "e", "f", "g", "h")
	for name, test := range map[string]struct{ config, state, proposed tftypes.Value }{
		"creation":           {object(attributes{"rows": many}), none, object(attributes{"rows": many})},
		"creation, empty":    {object(attributes{"rows": rowsOf()}), none, object(attributes{"rows": rowsOf()})},
		"creation, unknown":  {object(attributes{"rows": unknownRows}), none, object(attributes{"rows": unknownRows})},
		"creation, partly":   {object(attributes{"rows": partly}), none, object(attributes{"rows": partly})},
		"write-only":         {object(attributes{"rows": many, "secrets": rowsOf("s")}), none, object(attributes{"rows": many, "secrets": rowsOf("s")})},
		"two maps":           {object(attributes{"rows": many, "more": rowsOf("m")}), none, object(attributes{"rows": many, "more": rowsOf("m")})},
		"no change":          {object(attributes{"rows": many}), object(attributes{"rows": many, "computed": text("c")}), object(attributes{"rows": many, "computed": text("c")})},
		"change":             {object(attributes{"rows": rowsOf("a")}), object(attributes{"rows": rowsOf("b"), "computed": text("c")}), object(attributes{"rows": rowsOf("a"), "computed": text("c")})},
		"change to empty":    {object(attributes{"rows": rowsOf()}), object(attributes{"rows": many, "computed": text("c")}), object(attributes{"rows": rowsOf(), "computed": text("c")})},
		"change from empty":  {object(attributes{"rows": many}), object(attributes{"rows": rowsOf(), "computed": text("c")}), object(attributes{"rows": many, "computed": text("c")})},
		"change to unknown":  {object(attributes{"rows": unknownRows}), object(attributes{"rows": many, "computed": text("c")}), object(attributes{"rows": unknownRows, "computed": text("c")})},
		"one more, one less": {object(attributes{"rows": many, "more": rowsOf("m")}), object(attributes{"rows": many, "computed": text("c")}), object(attributes{"rows": many, "more": rowsOf("m"), "computed": text("c")})},
		"destruction":        {none, object(attributes{"rows": many, "computed": text("c")}), none},
	} {
		t.Run(name, func(t *testing.T) {
			var views [2]seen
			var planned [2]tftypes.Value
			for i, isShortened := range []bool{false, true} {
				made := thing{sees: func(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
					wholemap.Restore(ctx, &request, response)
					if !response.Plan.Raw.Equal(request.Plan.Raw) {
						t.Errorf("the response begins with %s", response.Plan.Raw)
					}
					views[i] = seen{request.Config.Raw, request.State.Raw, request.Plan.Raw}
				}}
				response := plan(t, serve(made, isShortened), test.config, test.state, test.proposed)
				if len(response.Diagnostics) > 0 {
					t.Fatal(response.Diagnostics[0].Detail)
				}
				value, err := response.PlannedState.Unmarshal(objectType)
				if err != nil {
					t.Fatal(err)
				}
				planned[i] = value
			}
			if !planned[0].Equal(planned[1]) {
				t.Errorf("the plan is %s, and not %s", planned[1], planned[0])
			}
			for what, pair := range map[string][2]tftypes.Value{
				"configuration": {views[0].config, views[1].config}, "state": {views[0].state, views[1].state}, "plan": {views[0].plan, views[1].plan},
			} {
				if !pair[0].Equal(pair[1]) {
					t.Errorf("of the %s the resource sees %s, and not %s", what, pair[1], pair[0])
				}
			}
		})
	}
}

// The framework has no whole map in hand.
func TestFrameworkSeesStandIns(t *testing.T) {
	var before tftypes.Value
	made := thing{sees: func(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
		before = request.Plan.Raw
		wholemap.Restore(ctx, &request, response)
	}}
	proposed := object(map[string]tftypes.Value{"rows": rowsOf("a", "b")})
	plan(t, serve(made, true), proposed, tftypes.NewValue(objectType, nil), proposed)
	if strings.Contains(before.String(), "key a") {
		t.Errorf("the framework sees %s", before)
	}
}

// A plan that fails shows what was proposed, and one made without the maps is refused.
func TestPlanWithoutRestore(t *testing.T) {
	proposed := object(map[string]tftypes.Value{"rows": rowsOf("a", "b")})
	forgetful := thing{sees: func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {}}
	request := &tfprotov6.PlanResourceChangeRequest{
		TypeName: "some_thing", Config: encode(t, proposed), PriorState: encode(t, tftypes.NewValue(objectType, nil)), ProposedNewState: encode(t, proposed),
	}
	if _, err := serve(forgetful, true).PlanResourceChange(t.Context(), request); err == nil || !strings.Contains(err.Error(), "some_thing") {
		t.Errorf("a plan that nobody gave its maps: %v", err)
	}
	destruction := &tfprotov6.PlanResourceChangeRequest{TypeName: "some_thing", Config: request.PriorState, PriorState: request.Config, ProposedNewState: request.PriorState}
	if _, err := serve(forgetful, true).PlanResourceChange(t.Context(), destruction); err == nil {
		t.Error("a destruction that nobody gave its maps is no error")
	}
	failing := thing{sees: func(_ context.Context, _ resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
		response.Diagnostics = diag.Diagnostics{diag.NewErrorDiagnostic("no", "not today")}
	}}
	response, err := serve(failing, true).PlanResourceChange(t.Context(), request)
	if err != nil || len(response.Diagnostics) != 1 {
		t.Fatal(response, err)
	}
	value, err := response.PlannedState.Unmarshal(objectType)
	if err != nil || !strings.Contains(value.String(), "key a") {
		t.Errorf("the plan that failed shows %s (%v)", value, err)
	}
}
