// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestTypeFromTerraform(t *testing.T) {
	object1 := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}
	tests := map[string]struct {
		raw  tftypes.Value
		want udf.Value
	}{
		"null":       {tftypes.NewValue(tftypes.DynamicPseudoType, nil), udf.Null()},
		"unknown":    {tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue), unknown()},
		"object":     {tftypes.NewValue(object1, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "x")}), object(fields{"a": text("x")})},
		"typed null": {tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil), value(types.MapNull(types.StringType))},
	}
	for name, test := range tests {
		got, err := udf.Type{}.ValueFromTerraform(t.Context(), test.raw)
		if err != nil || !got.Equal(test.want) {
			t.Errorf("%s: got %v, %v, want %s", name, got, err, test.want)
			continue
		}
		// And back again: what was sent must be stored.
		back, err := got.ToTerraformValue(t.Context())
		if err != nil || !back.Equal(test.raw) {
			t.Errorf("%s: went back as %s, %v, want %s", name, back, err, test.raw)
		}
	}
	if got, err := (udf.Type{}).ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.DynamicPseudoType, "x")); err == nil {
		t.Errorf("a value without a type became %v", got)
	}
}

func TestType(t *testing.T) {
	if (udf.Type{}).Equal(types.DynamicType) || types.DynamicType.Equal(udf.Type{}) || !(udf.Type{}).Equal(udf.Type{}) {
		t.Error("the type is not equal to itself alone")
	}
	if !udf.Null().Type(t.Context()).Equal(udf.Type{}) || !(udf.Type{}).ValueType(t.Context()).Type(t.Context()).Equal(udf.Type{}) {
		t.Error("value and type do not belong together")
	}
	if got := (udf.Type{}).String(); got != "udf.Type" {
		t.Errorf("String = %s", got)
	}
	dynamic := object(fields{"a": text("x")})
	if got, diagnostics := (udf.Type{}).ValueFromDynamic(t.Context(), dynamic.DynamicValue); diagnostics.HasError() || !got.Equal(dynamic) {
		t.Errorf("ValueFromDynamic = %v, %v", got, diagnostics)
	}
}
