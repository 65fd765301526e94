// SPDX-License-Identifier: MPL-2.0

// Package number is the Terraform types of attributes that are numbers. The framework refuses what
// its own types cannot hold, such as 1.5 for a whole number, as a mistake of the provider, before
// anything of the provider is asked. These types hold whatever is configured, and refuse it
// themselves.
package number

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.Int64Typable      = WholeType{}
	_ basetypes.Int64Valuable     = Whole{}
	_ xattr.ValidateableAttribute = Whole{}
	_ planmodifier.Int64          = refuseOthers{}
)

// WholeType is the type of whole numbers; use it as CustomType of an attribute of 64-bit integers,
// in a resource with RefuseOthers among its plan modifiers.
type WholeType struct{ basetypes.Int64Type }

// Equal implements attr.Type.
func (WholeType) Equal(other attr.Type) bool {
	_, same := other.(WholeType)
	return same
}

// String implements attr.Type.
func (WholeType) String() string { return "number.WholeType" }

// ValueType implements attr.Type.
func (WholeType) ValueType(context.Context) attr.Value { return Whole{} }

// ValueFromInt64 implements basetypes.Int64Typable.
func (WholeType) ValueFromInt64(_ context.Context, value basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return Whole{Int64Value: value}, nil
}

// ValueFromTerraform implements attr.Type. It converts every number.
func (t WholeType) ValueFromTerraform(ctx context.Context, raw tftypes.Value) (attr.Value, error) {
	other, err := held(raw, func(number *big.Float) bool { return number.IsInt() && isInt64(number) })
	if err != nil || other != nil {
		return Whole{other: other}, err
	}
	value, err := t.Int64Type.ValueFromTerraform(ctx, raw)
	if err != nil {
		return nil, err
	}
	whole, ok := value.(basetypes.Int64Value)
	if !ok {
		return nil, fmt.Errorf("expected an integer, got %T", value)
	}
	return Whole{Int64Value: whole}, nil
}

func isInt64(number *big.Float) bool {
	_, accuracy := number.Int64()
	return accuracy == big.Exact
}

// held is the number of a value where that is not what fits, and nil where it is, or where the
// value is null or not known.
func held(raw tftypes.Value, fits func(*big.Float) bool) (*big.Float, error) {
	if raw.IsNull() || !raw.IsKnown() {
		return nil, nil
	}
	var number big.Float
	if err := raw.As(&number); err != nil {
		return nil, fmt.Errorf("read a number: %w", err)
	}
	if fits(&number) {
		return nil, nil
	}
	return &number, nil
}

// Whole is a whole number, or another one that is configured in its place. Validators and plan
// modifiers see null for such.
type Whole struct {
	basetypes.Int64Value
	other *big.Float
}

// WholeOf is a whole number.
func WholeOf(number int64) Whole { return Whole{Int64Value: basetypes.NewInt64Value(number)} }

// Type implements attr.Value.
func (Whole) Type(context.Context) attr.Type { return WholeType{} }

// IsNull implements attr.Value.
func (w Whole) IsNull() bool { return w.other == nil && w.Int64Value.IsNull() }

// Equal implements attr.Value.
func (w Whole) Equal(compared attr.Value) bool {
	with, ok := compared.(Whole)
	return ok && isSame(w.other, with.other) && w.Int64Value.Equal(with.Int64Value)
}

func isSame(a, b *big.Float) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cmp(b) == 0
}

// String implements attr.Value.
func (w Whole) String() string {
	if w.other != nil {
		return short(w.other)
	}
	return w.Int64Value.String()
}

// ToTerraformValue implements attr.Value.
func (w Whole) ToTerraformValue(ctx context.Context) (tftypes.Value, error) {
	if w.other != nil {
		return tftypes.NewValue(tftypes.Number, w.other), nil
	}
	return w.Int64Value.ToTerraformValue(ctx)
}

// ToInt64Value implements basetypes.Int64Valuable.
func (w Whole) ToInt64Value(context.Context) (basetypes.Int64Value, diag.Diagnostics) {
	return w.Int64Value, nil
}

// ValidateAttribute implements xattr.ValidateableAttribute.
func (w Whole) ValidateAttribute(_ context.Context, request xattr.ValidateAttributeRequest, response *xattr.ValidateAttributeResponse) {
	if w.other != nil {
		response.Diagnostics.AddAttributeError(request.Path, "Not a whole number", fmt.Sprintf(
			"`%s` is %s. It has to be a whole number: floor() or ceil() make one of a fraction, and a number of more than 18 digits is too large.", request.Path, short(w.other)))
	}
}

// RefuseOthers is a plan modifier that refuses what is no whole number and was not known before the
// plan.
func RefuseOthers() planmodifier.Int64 { return refuseOthers{} }

type refuseOthers struct{}

// Description implements planmodifier.Describer.
func (refuseOthers) Description(context.Context) string { return "Refuses what is no whole number." }

// MarkdownDescription implements planmodifier.Describer.
func (m refuseOthers) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyInt64 implements planmodifier.Int64.
func (refuseOthers) PlanModifyInt64(ctx context.Context, request planmodifier.Int64Request, response *planmodifier.Int64Response) {
	var configured Whole
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, request.Path, &configured)...)
	var checked xattr.ValidateAttributeResponse
	configured.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: request.Path}, &checked)
	response.Diagnostics.Append(checked.Diagnostics...)
}

// short is a number as people read it.
func short(number *big.Float) string { return number.Text('g', 10) }
