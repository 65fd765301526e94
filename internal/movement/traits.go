// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// TraitsOf are those of an object with the attributes name and udf.
func TraitsOf(attributes map[string]tftypes.Value) ownership.Traits {
	name, _ := Text(attributes["name"])
	return ownership.Traits{Name: name, Fields: fieldsText(attributes["udf"])}
}

// fieldsText writes fields in one text, empty for none. Numbers and booleans are written as the
// texts that they become in a collection. It is empty, too, where one is not known.
func fieldsText(udf tftypes.Value) string {
	fields := Attributes(udf)
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		value := fields[key]
		if value.IsKnown() && value.IsNull() {
			continue
		}
		written, ok := primitiveText(value)
		if !ok {
			return ""
		}
		fmt.Fprintf(&text, "%q=%q\n", key, written)
	}
	return text.String()
}

func primitiveText(value tftypes.Value) (text string, ok bool) {
	if !value.IsKnown() {
		return "", false
	}
	var number big.Float
	var yes bool
	switch {
	case value.As(&text) == nil:
		return text, true
	case value.As(&number) == nil:
		return number.Text('g', -1), true
	case value.As(&yes) == nil:
		return fmt.Sprint(yes), true
	}
	return "", false
}
