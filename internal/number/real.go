// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"math"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.Float64Typable                    = RealType{}
	_ basetypes.Float64ValuableWithSemanticEquals = Real{}
	_ xattr.ValidateableAttribute                 = Real{}
)

// RealType is the type of numbers with a fraction; use it as CustomType of an attribute of 64-bit
// floating-point numbers. Of what those cannot hold exactly, it takes the nearest.
type RealType struct{ basetypes.Float64Type }

// Equal implements attr.Type.
func (RealType) Equal(other attr.Type) bool {
	_, same := other.(RealType)
	return same
}

// String implements attr.Type.
func (RealType) String() string { return "number.RealType" }

// ValueType implements attr.Type.
func (RealType) ValueType(context.Context) attr.Value { return Real{} }

// ValueFromFloat64 implements basetypes.Float64Typable.
func (RealType) ValueFromFloat64(_ context.Context, value basetypes.Float64Value) (basetypes.Float64Valuable, diag.Diagnostics) {
	return Real{Float64Value: value}, nil
}

// ValueFromTerraform implements attr.Type. It converts every number.
func (t RealType) ValueFromTerraform(ctx context.Context, raw tftypes.Value) (attr.Value, error) {
	other, err := held(raw, isFloat64)
	if err != nil || other != nil {
		return Real{other: other}, err
	}
	value, err := t.Float64Type.ValueFromTerraform(ctx, raw)
	if err != nil {
		return nil, err
	}
	real, ok := value.(basetypes.Float64Value)
	if !ok {
		return nil, fmt.Errorf("expected a number, got %T", value)
	}
	return Real{Float64Value: real}, nil
}

// isFloat64 is false for what is too large, and for what is too small to be told from zero.
func isFloat64(number *big.Float) bool {
	near, accuracy := number.Float64()
	return !math.IsInf(near, 0) && (near != 0 || accuracy == big.Exact)
}

// Real is a number, or one beyond the range of those that is configured in its place. Validators
// see null for such.
type Real struct {
	basetypes.Float64Value
	other *big.Float
}

// Type implements attr.Value.
func (Real) Type(context.Context) attr.Type { return RealType{} }

// IsNull implements attr.Value.
func (r Real) IsNull() bool { return r.other == nil && r.Float64Value.IsNull() }

// Equal implements attr.Value.
func (r Real) Equal(compared attr.Value) bool {
	with, ok := compared.(Real)
	return ok && isSame(r.other, with.other) && r.Float64Value.Equal(with.Float64Value)
}

// String implements attr.Value.
func (r Real) String() string {
	if r.other != nil {
		return short(r.other)
	}
	return r.Float64Value.String()
}

// ToTerraformValue implements attr.Value.
func (r Real) ToTerraformValue(ctx context.Context) (tftypes.Value, error) {
	if r.other != nil {
		return tftypes.NewValue(tftypes.Number, r.other), nil
	}
	return r.Float64Value.ToTerraformValue(ctx)
}

// ToFloat64Value implements basetypes.Float64Valuable.
func (r Real) ToFloat64Value(context.Context) (basetypes.Float64Value, diag.Diagnostics) {
	return r.Float64Value, nil
}

// Float64SemanticEquals implements semantic equality for the framework.
func (r Real) Float64SemanticEquals(ctx context.Context, compared basetypes.Float64Valuable) (bool, diag.Diagnostics) {
	with, ok := compared.(Real)
	if !ok || r.other != nil || with.other != nil {
		return ok && r.Equal(with), nil
	}
	return r.Float64Value.Float64SemanticEquals(ctx, with.Float64Value)
}

// ValidateAttribute implements xattr.ValidateableAttribute.
func (r Real) ValidateAttribute(_ context.Context, request xattr.ValidateAttributeRequest, response *xattr.ValidateAttributeResponse) {
	if r.other != nil {
		response.Diagnostics.AddAttributeError(request.Path, "Not a usable number", fmt.Sprintf(
			"`%s` is %s, which is beyond the range of 64-bit floating-point numbers.", request.Path, short(r.other)))
	}
}
