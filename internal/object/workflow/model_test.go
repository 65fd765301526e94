// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	if got := (model{Enabled: types.BoolValue(true)}).filter(); got != (refold.WorkflowFilter{}) {
		t.Errorf("the filter of what Refold cannot select by is %+v", got)
	}
	got := model{Slug: types.StringValue("hubspot"), Published: types.BoolValue(false)}.filter()
	if got.Slug != "hubspot" || got.IsPublished == nil || *got.IsPublished {
		t.Errorf("the filter is %+v", got)
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	workflows := []refold.Workflow{
		{ID: "w1", Name: "Sync contacts", Description: "Each hour", Slug: "hubspot", IsPublished: new(true), IsEnabled: true},
		{ID: "w2", IsPublished: new(false)},
		{ID: "w3"},
	}
	for _, test := range []struct {
		enabled types.Bool
		want    []string
	}{
		{types.BoolNull(), []string{"w1", "w2", "w3"}},
		{types.BoolValue(true), []string{"w1"}},
		{types.BoolValue(false), []string{"w2", "w3"}},
	} {
		data := model{Enabled: test.enabled}
		data.show(workflows)
		var got []string
		for _, one := range data.Workflows {
			got = append(got, one.ID.ValueString())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("enabled %s: %q, want %q", test.enabled, got, test.want)
		}
	}
	all := model{}
	all.show(workflows)
	text := types.StringValue
	if want := (shown{text("w1"), text("Sync contacts"), text("Each hour"), text("hubspot"), types.BoolValue(true), types.BoolValue(true)}); all.Workflows[0] != want {
		t.Errorf("shown is %+v, want %+v", all.Workflows[0], want)
	}
	if last := all.Workflows[2]; !last.Name.IsNull() || !last.Description.IsNull() || !last.Slug.IsNull() || !last.Published.IsNull() || last.Enabled.ValueBool() {
		t.Errorf("what Refold does not say is shown as %+v", last)
	}
	none := model{}
	none.show(nil)
	if none.Workflows == nil {
		t.Error("no workflows are null")
	}
}
