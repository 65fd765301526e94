// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

const example = "`{ plan = \"pro\", seats = 20, beta = true }`"

// Validator refuses, at plan time, what Refold cannot store: anything but a map
// or an object of simple values. It is no part of the type, because a server
// may hold more, which still has to be readable.
func Validator() validator.Dynamic { return valueValidator{} }

type valueValidator struct{}

// Description implements validator.Describer.
func (valueValidator) Description(context.Context) string {
	return "must be a map or an object of strings, numbers and booleans"
}

// MarkdownDescription implements validator.Describer.
func (d valueValidator) MarkdownDescription(ctx context.Context) string { return d.Description(ctx) }

// ValidateDynamic implements validator.Dynamic.
func (valueValidator) ValidateDynamic(_ context.Context, request validator.DynamicRequest, response *validator.DynamicResponse) {
	v := Value{request.ConfigValue}
	if !v.IsSet() {
		return
	}
	elements, ok := jsonvalue.Fields(v).Elements()
	if !ok {
		response.Diagnostics.AddAttributeError(request.Path, "User-defined fields must be a map or an object",
			fmt.Sprintf("`udf` is %s. Write it as an object of simple values, for example %s.", jsonvalue.KindOf(v.UnderlyingValue()), example))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		value := jsonvalue.Plain(elements[key])
		if value.IsNull() || value.IsUnknown() {
			continue
		}
		if number, isNumber := value.(basetypes.NumberValue); isNumber {
			checkNumber(key, number, jsonvalue.Fields(v).PathOf(request.Path, key), &response.Diagnostics)
		}
		if isPrimitive(value) {
			continue
		}
		response.Diagnostics.AddAttributeError(jsonvalue.Fields(v).PathOf(request.Path, key), "A user-defined field must be a simple value",
			fmt.Sprintf("`udf` key %q is %s. Refold stores a string, a number or a boolean per key. "+
				"Give each part a key of its own, or store the whole as text with `jsonencode(...)`. Where Refold has the field so already, leave `udf` out as a whole: all fields then stay as they are.", key, jsonvalue.KindOf(value)))
	}
}

// checkNumber refuses what would be read back as a field that Terraform cannot hold, and warns of
// what Refold may not hold: it is sent to its last digit, and what a store of JSON makes of it is
// not documented (FACTS 2.1).
func checkNumber(key string, number basetypes.NumberValue, at path.Path, diagnostics *diag.Diagnostics) {
	if err := jsonvalue.CheckNumber(number.ValueBigFloat()); err != nil {
		diagnostics.AddAttributeError(at, "A user-defined field is no usable number",
			fmt.Sprintf("The number of `udf` key %q %s. Store it as text.", key, err))
		return
	}
	if jsonvalue.IsChangedByDouble(number.ValueBigFloat()) {
		diagnostics.AddAttributeWarning(at, "A user-defined field may be stored rounded",
			fmt.Sprintf("The number of `udf` key %q has more digits than 64-bit floating point holds, in which most programs keep the numbers of JSON. It is sent exactly; if Refold rounds it, every plan shows a difference. Round a fraction here, for example with floor(), or store the number as text, for example with format(\"%%.2f\", ...) or tostring().", key))
	}
}

func isPrimitive(value attr.Value) bool {
	switch value.(type) {
	case basetypes.StringValue, basetypes.NumberValue, basetypes.BoolValue:
		return true
	}
	return false
}
