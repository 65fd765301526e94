// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func TestFormerIDs(t *testing.T) {
	t.Parallel()
	data, state := providerdata.Ready(nil), privateState{}
	former := providerdata.FormerIDs{"b": "old"}
	read := func(private privateState) providerdata.FormerIDs {
		var diagnostics diag.Diagnostics
		kept := providerdata.ReadFormerIDs(t.Context(), private, &diagnostics)
		if diagnostics.HasError() {
			t.Error(diagnostics)
		}
		return kept
	}
	if diagnostics := data.KeepFormerIDs(t.Context(), state, slices.Values([]string{"a", "b"}), former); diagnostics != nil || !maps.Equal(read(state), former) {
		t.Errorf("kept are %v, %v", read(state), diagnostics)
	}
	creation := privateState{}
	if diagnostics := data.HandOverFormerIDs(t.Context(), creation, []string{"a", "b", "c"}); diagnostics != nil || !maps.Equal(read(creation), former) {
		t.Errorf("handed over are %v, %v", read(creation), diagnostics)
	}
	planned := maps.Clone(state)
	var diagnostics diag.Diagnostics
	if told := providerdata.Ready(nil).PlanFormerIDs(t.Context(), nil, state, planned, &diagnostics); !maps.Equal(told, former) || !maps.Equal(read(planned), former) {
		t.Errorf("planned by the same run are %v, told %v", read(planned), told)
	}
	if told := providerdata.Ready(nil).StartedBy(-1).PlanFormerIDs(t.Context(), nil, state, planned, &diagnostics); len(told) > 0 || len(planned) > 0 {
		t.Errorf("planned by a later run are %v, told %v", read(planned), told)
	}
	// Terraform 1.11 plans what left the configuration by the state from before the refresh.
	if told := data.PlanFormerIDs(t.Context(), []string{"b"}, privateState{}, planned, &diagnostics); !maps.Equal(told, former) {
		t.Errorf("told of a state from before the refresh are %v", told)
	}
	if diagnostics != nil {
		t.Error(diagnostics)
	}
	if diagnostics := data.KeepFormerIDs(t.Context(), state, slices.Values([]string{"a", "b"}), nil); diagnostics != nil || len(state) > 0 {
		t.Errorf("kept are %v, %v", read(state), diagnostics)
	}
	if diagnostics := data.HandOverFormerIDs(t.Context(), creation, []string{"a", "b"}); diagnostics != nil || len(creation) > 0 {
		t.Errorf("handed over are %v, %v", read(creation), diagnostics)
	}
}
