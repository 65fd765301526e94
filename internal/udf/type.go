// SPDX-License-Identifier: MPL-2.0

// Package udf is the Terraform type of a linked account's user-defined fields: a dynamic attribute
// that holds a map or an object of primitive values and compares by meaning.
package udf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
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
	dynamic, err := jsonvalue.DynamicFromTerraform(ctx, raw)
	if err != nil {
		return nil, err
	}
	return Value{dynamic}, nil
}

// KeepEqualState is a plan modifier that plans the stored value when the configured one means the
// same, so that rewriting an object as a map is no change.
func KeepEqualState() planmodifier.Dynamic { return jsonvalue.KeepEqualState() }
