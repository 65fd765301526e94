// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const example = "`{ sync_interval = 30, regions = [\"eu\", \"us\"] }`"

// Validator refuses, at plan time, what can be no fields: anything but an object or a map, ids that
// no request can name, and values that JSON cannot hold. It is no part of the type, because a
// server may hold more, which still has to be readable.
func Validator() validator.Dynamic { return fieldsValidator{} }

type fieldsValidator struct{}

// Description implements validator.Describer.
func (fieldsValidator) Description(context.Context) string {
	return "must be an object or a map of field ids to values"
}

// MarkdownDescription implements validator.Describer.
func (f fieldsValidator) MarkdownDescription(ctx context.Context) string { return f.Description(ctx) }

// ValidateDynamic implements validator.Dynamic.
func (fieldsValidator) ValidateDynamic(_ context.Context, request validator.DynamicRequest, response *validator.DynamicResponse) {
	v := Value{request.ConfigValue}
	if !v.IsSet() {
		return
	}
	elements, isObject := jsonvalue.Fields(v).Elements()
	if !isObject {
		response.Diagnostics.AddAttributeError(request.Path, "Fields must be an object or a map",
			fmt.Sprintf("`fields` is %s. Write it as an object of field ids and their values, for example %s.", jsonvalue.KindOf(v.UnderlyingValue()), example))
		return
	}
	for _, id := range v.Keys() {
		if err := refold.CheckFieldID(id); err != nil {
			response.Diagnostics.AddAttributeError(request.Path, "A field id cannot be used",
				fmt.Sprintf("`fields` key %q cannot be the id of a field: %s. The data source `refold_config` shows the ids.", id, err))
			continue
		}
		at := jsonvalue.Fields(v).PathOf(request.Path, id)
		if err := checkValue(elements[id]); err != nil {
			response.Diagnostics.AddAttributeError(at, "A field cannot be sent as JSON",
				fmt.Sprintf("`fields` key %q cannot be sent: %s. Where the field takes a text, write it as one, for example with `jsonencode(...)`.", id, err))
			continue
		}
		if place, isChanged := changedByDouble(elements[id]); isChanged {
			response.Diagnostics.AddAttributeWarning(at, "A field may be stored rounded",
				fmt.Sprintf("In `fields` key %q, the number%s has more digits than 64-bit floating point holds, in which most programs keep the numbers of JSON. It is sent exactly; if Refold rounds it, every plan shows a difference. Round a fraction here, for example with floor(), or, where the field takes a text, write the number as text, for example with format(\"%%.2f\", ...) or tostring().", id, place))
		}
	}
}

// checkValue says why a field cannot be sent, or returns nil. What a store of JSON makes of a
// number is not documented (FACTS 2.7); one that most of them read as infinity would come back as
// null.
func checkValue(value attr.Value) error {
	if err := jsonvalue.CheckField(value); err != nil {
		return err
	}
	for place, number := range jsonvalue.Numbers(value) {
		if jsonvalue.IsBeyondDouble(number) {
			return fmt.Errorf("the number%s is larger than 64-bit floating point holds, in which most programs keep the numbers of JSON", place)
		}
	}
	return nil
}

// changedByDouble is where the first number stands that would be stored rounded.
func changedByDouble(value attr.Value) (place string, isChanged bool) {
	for place, number := range jsonvalue.Numbers(value) {
		if jsonvalue.IsChangedByDouble(number) {
			return place, true
		}
	}
	return "", false
}
