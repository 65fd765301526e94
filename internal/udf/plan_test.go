// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestKeepEqualState(t *testing.T) {
	asObject, asMap := object(fields{"a": text("x")}), mapOf(types.StringType, fields{"a": text("x")})
	withNull := object(fields{"a": text("x"), "b": types.StringNull()})
	tests := map[string]struct {
		state, plan udf.Value
		kept        bool
	}{
		"the same":            {asObject, asObject, true},
		"map for an object":   {asObject, asMap, true},
		"object for a map":    {asMap, asObject, true},
		"null for absent":     {asObject, withNull, true},
		"changed":             {asObject, object(fields{"a": text("y")}), false},
		"number for text":     {object(fields{"a": text("5")}), object(fields{"a": number(t, "5")}), false},
		"emptied":             {asObject, object(fields{}), false},
		"create":              {udf.Null(), asObject, false},
		"no longer set":       {asObject, udf.Null(), false},
		"unknown":             {asObject, unknown(), false},
		"unknown in it":       {asObject, object(fields{"a": types.StringUnknown()}), false},
		"null, twice":         {udf.Null(), udf.Null(), false},
		"null for typed null": {value(types.MapNull(types.StringType)), udf.Null(), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			response := planmodifier.DynamicResponse{PlanValue: test.plan.DynamicValue}
			udf.KeepEqualState().PlanModifyDynamic(t.Context(), planmodifier.DynamicRequest{
				StateValue: test.state.DynamicValue, ConfigValue: test.plan.DynamicValue, PlanValue: test.plan.DynamicValue,
			}, &response)
			want := test.plan
			if test.kept {
				want = test.state
			}
			if !response.PlanValue.Equal(want.DynamicValue) || response.Diagnostics.HasError() {
				t.Errorf("planned %s, want %s", response.PlanValue, want)
			}
		})
	}
}

func TestKeepEqualStateDescribesItself(t *testing.T) {
	modifier := udf.KeepEqualState()
	if modifier.Description(t.Context()) == "" || modifier.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}
