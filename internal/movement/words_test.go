// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values differ in their words wherever Terraform would show a difference.
func TestWords(t *testing.T) {
	t.Parallel()
	text := func(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
	number := func(value int64) tftypes.Value {
		return tftypes.NewValue(tftypes.Number, new(big.Float).SetInt64(value))
	}
	list := func(items ...tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, items)
	}
	mapOf := func(elements map[string]tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
	}
	planned := func(value tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"value": value.Type()}}, map[string]tftypes.Value{"value": value})
	}
	seen := map[string]tftypes.Value{}
	for _, value := range []tftypes.Value{
		text(""), text("25"), text("null,"), number(25), number(1 << 60), number(1<<60 + 1), tftypes.NewValue(tftypes.Bool, true), tftypes.NewValue(tftypes.String, nil),
		list(), list(text("a"), text("b")), list(text("b"), text("a")), list(text(`a",tftypes.String "b`)),
		mapOf(nil), mapOf(map[string]tftypes.Value{"a": text("b")}), mapOf(map[string]tftypes.Value{"b": text("a")}),
	} {
		words := wordsOf(planned(value))["value"]
		if other, isSeen := seen[words]; isSeen || words != wordsOf(planned(value))["value"] {
			t.Errorf("%s has the words of %s, or other ones each time", value, other)
		}
		seen[words] = value
	}
	late := wordsOf(planned(list(text("a"), tftypes.NewValue(tftypes.String, tftypes.UnknownValue))))
	if len(late) > 0 {
		t.Errorf("what is not known has words: %v", late)
	}
}
