// SPDX-License-Identifier: MPL-2.0

package accountview_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestForClient(t *testing.T) {
	filter := accountview.Filter{
		Search: types.StringValue("a"), Scope: types.StringValue("b"), EnvVariableName: types.StringValue("c"),
		EnvVariableValue: types.StringValue("d"), IDPrefix: types.StringValue("e"), ConnectedApp: types.StringValue("f"),
	}
	want := refold.ListFilter{Search: "a", Scope: "b", EnvVariableName: "c", EnvVariableValue: "d", IDPrefix: "e", ConnectedApp: "f"}
	if got := filter.ForClient(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := (accountview.Filter{}).ForClient(); got != (refold.ListFilter{}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestCheck(t *testing.T) {
	for name, test := range map[string]struct {
		filter accountview.Filter
		isBad  bool
	}{
		"nothing":                    {accountview.Filter{}, false},
		"name":                       {accountview.Filter{EnvVariableName: types.StringValue("n")}, false},
		"both":                       {accountview.Filter{EnvVariableName: types.StringValue("n"), EnvVariableValue: types.StringValue("v")}, false},
		"name that is not known yet": {accountview.Filter{EnvVariableName: types.StringUnknown(), EnvVariableValue: types.StringValue("v")}, false},
		"value":                      {accountview.Filter{EnvVariableValue: types.StringValue("v")}, true},
		"value not known yet":        {accountview.Filter{EnvVariableValue: types.StringUnknown()}, true},
	} {
		var diagnostics diag.Diagnostics
		test.filter.Check(&diagnostics)
		if diagnostics.HasError() != test.isBad {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

func TestAttributesAreTheSameEverywhere(t *testing.T) {
	read, listed := accountview.DataSourceAttributes(), accountview.ListAttributes()
	if names := slices.Sorted(maps.Keys(read)); !slices.Equal(names, slices.Sorted(maps.Keys(listed))) || len(names) != 6 {
		t.Errorf("attributes %q", names)
	}
	for name, attribute := range read {
		if !attribute.IsOptional() || attribute.GetMarkdownDescription() != listed[name].GetMarkdownDescription() {
			t.Errorf("%s differs", name)
		}
	}
}
