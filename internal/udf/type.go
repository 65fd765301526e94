// SPDX-License-Identifier: MPL-2.0

// Package udf is the Terraform type of a linked account's user-defined fields: a dynamic attribute
// that holds a map or an object of primitive values and compares by meaning.
package udf

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var _ basetypes.DynamicTypable = Type{}

// Type is the attribute type; use it as CustomType of a dynamic attribute.
type Type struct{ basetypes.DynamicType }

// Equal implements attr.Type.
func (t Type) Equal(other attr.Type) bool {
	_, same := other.(Type)
	return same
}

// String implements attr.Type.
func (t Type) String() string { return "udf.Type" }

// ValueType implements attr.Type.
func (t Type) ValueType(context.Context) attr.Value { return Value{} }

// ValueFromDynamic implements basetypes.DynamicTypable.
func (t Type) ValueFromDynamic(_ context.Context, dynamic basetypes.DynamicValue) (basetypes.DynamicValuable, diag.Diagnostics) {
	return Value{dynamic}, nil
}

// ValueFromTerraform implements attr.Type.
func (t Type) ValueFromTerraform(ctx context.Context, raw tftypes.Value) (attr.Value, error) {
	value, err := t.DynamicType.ValueFromTerraform(ctx, raw)
	if err != nil {
		return nil, err
	}
	dynamic, ok := value.(basetypes.DynamicValue)
	if !ok {
		return nil, fmt.Errorf("expected a dynamic value, got %T", value)
	}
	return Value{dynamic}, nil
}

// KeepEqualState is a plan modifier that plans the stored value when the configured one means the
// same, so that rewriting an object as a map is no change.
func KeepEqualState() planmodifier.Dynamic { return keepEqualState{} }

type keepEqualState struct{}

// Description implements planmodifier.Describer.
func (keepEqualState) Description(context.Context) string {
	return "Keeps the stored value when the configured one has the same meaning."
}

// MarkdownDescription implements planmodifier.Describer.
func (m keepEqualState) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyDynamic implements planmodifier.Dynamic.
func (keepEqualState) PlanModifyDynamic(_ context.Context, request planmodifier.DynamicRequest, response *planmodifier.DynamicResponse) {
	stored, planned := Value{request.StateValue}, Value{response.PlanValue}
	if stored.IsSet() && planned.IsSet() && planned.Means(stored) {
		response.PlanValue = request.StateValue
	}
}
