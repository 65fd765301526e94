// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/number"
)

func parsed(t *testing.T, text string) tftypes.Value {
	t.Helper()
	value, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	return tftypes.NewValue(tftypes.Number, value)
}

// Every number is converted, there and back, and only those that do not fit are refused.
func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, fits := range map[string]struct{ whole, real bool }{
		"0": {true, true}, "-7": {true, true}, "9223372036854775807": {true, true},
		"9223372036854775808": {false, true}, "1.5": {false, true}, "1e300": {false, true}, "0.1": {false, true},
		"1e400": {false, false}, "-1e400": {false, false}, "1e-400": {false, false},
	} {
		raw := parsed(t, text)
		for attributeType, want := range map[attr.Type]bool{number.WholeType{}: fits.whole, number.RealType{}: fits.real} {
			value, err := attributeType.ValueFromTerraform(t.Context(), raw)
			if err != nil {
				t.Errorf("%s as %s: %v", text, attributeType, err)
				continue
			}
			back, err := value.ToTerraformValue(t.Context())
			if err != nil || !back.Equal(raw) {
				t.Errorf("%s as %s comes back as %s, %v", text, attributeType, back, err)
			}
			if refused := refusal(t, value); (refused == "") != want || !want && !strings.HasPrefix(refused, "`pace` is "+value.String()) {
				t.Errorf("%s as %s is refused with %q", text, attributeType, refused)
			}
			if value.IsNull() || value.IsUnknown() || !value.Type(t.Context()).Equal(attributeType) {
				t.Errorf("%s as %s is %s", text, attributeType, value)
			}
		}
	}
}

// refusal is the error about a value, and empty for none.
func refusal(t *testing.T, value attr.Value) string {
	t.Helper()
	var response xattr.ValidateAttributeResponse
	value.(xattr.ValidateableAttribute).ValidateAttribute(t.Context(), xattr.ValidateAttributeRequest{Path: path.Root("pace")}, &response)
	if !response.Diagnostics.HasError() {
		return ""
	}
	return response.Diagnostics[0].Detail()
}

func TestNullAndUnknown(t *testing.T) {
	t.Parallel()
	for _, attributeType := range []attr.Type{number.WholeType{}, number.RealType{}} {
		for _, raw := range []tftypes.Value{tftypes.NewValue(tftypes.Number, nil), tftypes.NewValue(tftypes.Number, tftypes.UnknownValue)} {
			value, err := attributeType.ValueFromTerraform(t.Context(), raw)
			if err != nil || value.IsNull() != raw.IsNull() || value.IsUnknown() == raw.IsKnown() || refusal(t, value) != "" {
				t.Errorf("%s as %s is %s, %v", raw, attributeType, value, err)
			}
		}
		if _, err := attributeType.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.String, "1")); err == nil {
			t.Errorf("%s takes a text", attributeType)
		}
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, attributeType := range []attr.Type{number.WholeType{}, number.RealType{}} {
		of := func(text string) attr.Value {
			value, err := attributeType.ValueFromTerraform(t.Context(), parsed(t, text))
			if err != nil {
				t.Fatal(err)
			}
			return value
		}
		if !of("2").Equal(of("2")) || of("2").Equal(of("3")) || !of("1e400").Equal(of("1e400")) || of("1e400").Equal(of("1e401")) || of("1e400").Equal(of("2")) {
			t.Errorf("%s compares otherwise", attributeType)
		}
		if of("2").Equal(types.StringValue("2")) || attributeType.Equal(types.NumberType) {
			t.Errorf("%s equals another type", attributeType)
		}
	}
	if !number.WholeOf(2).Equal(number.Whole{Int64Value: types.Int64Value(2)}) {
		t.Error("a whole number is another")
	}
}
