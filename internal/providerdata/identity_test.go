// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func emptyState(t *testing.T) tfsdk.State {
	t.Helper()
	attributes := schema.Schema{Attributes: map[string]schema.Attribute{
		"key":     schema.StringAttribute{Required: true},
		"version": schema.Int64Attribute{Required: true},
		"other":   schema.StringAttribute{Optional: true},
	}}
	return tfsdk.State{Schema: attributes, Raw: tftypes.NewValue(attributes.Type().TerraformType(t.Context()), nil)}
}

func emptyIdentity(t *testing.T) *tfsdk.ResourceIdentity {
	t.Helper()
	attributes := identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"key":     identityschema.StringAttribute{RequiredForImport: true},
		"version": identityschema.Int64Attribute{OptionalForImport: true},
	}}
	return &tfsdk.ResourceIdentity{Schema: attributes, Raw: tftypes.NewValue(attributes.Type().TerraformType(t.Context()), nil)}
}

func TestSetIdentity(t *testing.T) {
	state, identity := emptyState(t), emptyIdentity(t)
	state.SetAttribute(t.Context(), path.Root("key"), "a")
	state.SetAttribute(t.Context(), path.Root("version"), 2)
	if diagnostics := providerdata.SetIdentity(t.Context(), identity, state); diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
	var named struct {
		Key     types.String `tfsdk:"key"`
		Version types.Int64  `tfsdk:"version"`
	}
	if diagnostics := identity.Get(t.Context(), &named); diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
	if named.Key.ValueString() != "a" || named.Version.ValueInt64() != 2 {
		t.Errorf("identity %+v", named)
	}
}

func TestSetIdentityWhereNoneIsKnown(t *testing.T) {
	if diagnostics := providerdata.SetIdentity(t.Context(), nil, emptyState(t)); diagnostics != nil {
		t.Error(diagnostics)
	}
}

func TestSetIdentityOfOtherAttributes(t *testing.T) {
	identity := emptyIdentity(t)
	identity.Schema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"absent": identityschema.StringAttribute{}}}
	if diagnostics := providerdata.SetIdentity(t.Context(), identity, emptyState(t)); !diagnostics.HasError() {
		t.Error("an attribute that the state has not was copied")
	}
}

func TestImportState(t *testing.T) {
	for name, test := range map[string]struct {
		id, identity, refused string
	}{
		"by id":                 {id: "a"},
		"by identity":           {identity: "a"},
		"by an unusable id":     {id: " a", refused: "white space"},
		"by unusable identity":  {identity: " a", refused: "white space"},
		"by nothing in a block": {identity: "", refused: "it is empty"},
	} {
		request := resource.ImportStateRequest{ID: test.id, Identity: emptyIdentity(t)}
		request.Identity.SetAttribute(t.Context(), path.Root("key"), test.identity)
		response := resource.ImportStateResponse{State: emptyState(t), Identity: emptyIdentity(t)}
		providerdata.ImportState(t.Context(), "key", attribute.LinkedAccountID(), request, &response)
		if test.refused != "" {
			if response.Diagnostics.ErrorsCount() != 1 || !strings.Contains(response.Diagnostics[0].Detail(), test.refused) {
				t.Errorf("%s: %v", name, response.Diagnostics)
			}
			continue
		}
		var imported string
		response.Diagnostics.Append(response.State.GetAttribute(t.Context(), path.Root("key"), &imported)...)
		if response.Diagnostics.HasError() || imported != "a" {
			t.Errorf("%s: imported %q, %v", name, imported, response.Diagnostics)
		}
	}
}
