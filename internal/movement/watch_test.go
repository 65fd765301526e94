// SPDX-License-Identifier: MPL-2.0

package movement_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	refoldprovider "github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// setting is a resource with two parts in its identity, of which one is configured, and with all
// that a resource may have.
type setting struct {
	providerdata.Resource
	asked map[string]bool
}

func newSetting() *setting {
	return &setting{providerdata.Resource{Name: "app_setting"}, map[string]bool{}}
}

func (s *setting) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{Version: 1, Attributes: map[string]schema.Attribute{
		"app":   schema.StringAttribute{Required: true},
		"key":   schema.StringAttribute{Required: true},
		"value": schema.StringAttribute{Optional: true},
	}}
}

func (s *setting) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"app": identityschema.StringAttribute{RequiredForImport: true}, "key": identityschema.StringAttribute{RequiredForImport: true},
	}}
}

func (s *setting) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (s *setting) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (s *setting) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (s *setting) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func (s *setting) ImportState(context.Context, resource.ImportStateRequest, *resource.ImportStateResponse) {
}

func (s *setting) ModifyPlan(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {
	s.asked["ModifyPlan"] = true
}

func (s *setting) ValidateConfig(context.Context, resource.ValidateConfigRequest, *resource.ValidateConfigResponse) {
	s.asked["ValidateConfig"] = true
}

func (s *setting) ConfigValidators(context.Context) []resource.ConfigValidator {
	s.asked["ConfigValidators"] = true
	return nil
}

func (s *setting) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	s.asked["UpgradeState"] = true
	return nil
}

func (s *setting) UpgradeIdentity(context.Context) map[int64]resource.IdentityUpgrader {
	s.asked["UpgradeIdentity"] = true
	return nil
}

func (s *setting) MoveState(context.Context) []resource.StateMover {
	s.asked["MoveState"] = true
	return nil
}

// bare has only what every resource must have.
type bare struct {
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
}

func (b bare) Metadata(ctx context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	b.ResourceWithConfigure.Metadata(ctx, request, response)
}

func (b bare) Schema(ctx context.Context, request resource.SchemaRequest, response *resource.SchemaResponse) {
	b.ResourceWithConfigure.Schema(ctx, request, response)
}

func (b bare) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (b bare) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (b bare) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (b bare) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// What the framework asks a resource for by further methods reaches it.
func TestFurtherMethodsReachTheResource(t *testing.T) {
	t.Parallel()
	inner := newSetting()
	askEverything(t, movement.Watch("refold", func() resource.Resource { return inner })())
	for _, method := range []string{"ModifyPlan", "ValidateConfig", "ConfigValidators", "UpgradeState", "UpgradeIdentity", "MoveState"} {
		if !inner.asked[method] {
			t.Errorf("%s does not reach the resource", method)
		}
	}
	askEverything(t, movement.Watch("refold", func() resource.Resource { return bare{inner, inner, inner} })())
}

func askEverything(t *testing.T, watched resource.Resource) {
	t.Helper()
	watched.(resource.ResourceWithModifyPlan).ModifyPlan(t.Context(), resource.ModifyPlanRequest{}, &resource.ModifyPlanResponse{})
	watched.(resource.ResourceWithValidateConfig).ValidateConfig(t.Context(), resource.ValidateConfigRequest{}, &resource.ValidateConfigResponse{})
	watched.(resource.ResourceWithConfigValidators).ConfigValidators(t.Context())
	watched.(resource.ResourceWithUpgradeState).UpgradeState(t.Context())
	watched.(resource.ResourceWithUpgradeIdentity).UpgradeIdentity(t.Context())
	if movers := watched.(resource.ResourceWithMoveState).MoveState(t.Context()); len(movers) != 1 {
		t.Errorf("%d ways to move a state", len(movers))
	}
}

// A rule about objects has to find what lacks an identity, so it does not get one here.
func TestResourceWithoutIdentityIsLeftAlone(t *testing.T) {
	t.Parallel()
	incomplete := struct{ resource.Resource }{newSetting()}
	if made := movement.Watch("refold", func() resource.Resource { return incomplete })(); !reflect.DeepEqual(made, incomplete) {
		t.Errorf("it became %T", made)
	}
}

// offering is the provider with another resource.
type offering struct{ provider.Provider }

func (o offering) Resources(context.Context) []func() resource.Resource {
	return movement.WatchAll("refold", []func() resource.Resource{func() resource.Resource { return newSetting() }})
}

// Any resource takes part by the attributes of its identity, all of them together.
func TestIdentityOfSeveralParts(t *testing.T) {
	t.Parallel()
	const typeName = "refold_app_setting"
	run := acctest.ServeProtocol(t, providerserver.NewProtocol6(offering{refoldprovider.New("test")()})(), acctest.Attributes{"api_key": acctest.Text("tk-1")})
	at := func(app, key tftypes.Value) tftypes.Value {
		return run.Config(typeName, acctest.Attributes{"app": app, "key": key})
	}
	held := acctest.Instance{State: at(acctest.Text("crm"), acctest.Text("color"))}
	acctest.WantNoDiagnostics(t, run.Plan(typeName, &held, tftypes.NewValue(held.State.Type(), nil)).Diagnostics)
	acctest.WantNoDiagnostics(t, run.Plan(typeName, nil, at(acctest.Text("crm"), acctest.Text("size"))).Diagnostics)
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	acctest.WantDiagnostic(t, run.Plan(typeName, nil, at(acctest.Text("crm"), unknown)).Diagnostics, acctest.Warning, "The id of a new app setting is not known yet")
	acctest.WantDiagnostic(t, run.Plan(typeName, nil, held.State).Diagnostics, acctest.Failure, "The same app setting at two addresses", `app setting "crm/color"`, "from = refold_app_setting.OLD")
}

// A record that is damaged is an error that changes nothing.
func TestDamagedRecord(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	account := o.single("a")
	account.Private = []byte(`{"movement":"WzFd"}`)
	run := o.run()
	met := deleting(singleType, account)(run)
	acctest.WantDiagnostic(t, met, acctest.Failure, "Unreadable private state")
	if left, met := o.run().Delete(singleType, account); !acctest.HasFailure(met) || left.State.IsNull() {
		t.Errorf("it was deleted:\n%s", acctest.List(met))
	}
}
