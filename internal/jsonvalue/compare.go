// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// Same reports whether two values are one in JSON: an object equals a map, a tuple equals a list
// and a set, null equals null of another type, numbers compare by value, texts to the byte, and 5
// is not "5". What is null in an object is not the same as what is absent. Anything unknown, also
// deep inside, is different from everything.
func Same(a, b attr.Value) bool {
	a, b = Plain(a), Plain(b)
	switch {
	case a.IsUnknown() || b.IsUnknown():
		return false
	case a.IsNull() || b.IsNull():
		return a.IsNull() && b.IsNull()
	}
	if first, isNumber := numberOf(a); isNumber {
		second, isNumberToo := numberOf(b)
		return isNumberToo && sameNumber(first, second)
	}
	if items, isList := itemsOf(a); isList {
		others, isListToo := itemsOf(b)
		return isListToo && slices.EqualFunc(items, others, Same)
	}
	if elements, isObject := elementsOf(a); isObject {
		others, isObjectToo := elementsOf(b)
		return isObjectToo && maps.EqualFunc(elements, others, Same)
	}
	return a.Equal(b)
}

// SameJSON is Same for fields in JSON. What Terraform cannot hold is different from everything.
func SameJSON(ctx context.Context, a, b any) bool {
	first, err := FromJSON(ctx, a)
	if err != nil {
		return false
	}
	second, err := FromJSON(ctx, b)
	return err == nil && Same(first, second)
}
