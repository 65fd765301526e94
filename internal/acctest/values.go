// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Attributes are values for a configuration, by the names of attributes.
type Attributes = map[string]tftypes.Value

// Text is a text for a configuration.
func Text(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// OfAccount are the attributes linked_account_id, and more that are true.
func OfAccount(id string, flags ...string) map[string]tftypes.Value {
	values := map[string]tftypes.Value{"linked_account_id": Text(id)}
	for _, flag := range flags {
		values[flag] = Yes()
	}
	return values
}

// Yes is true for a configuration.
func Yes() tftypes.Value { return tftypes.NewValue(tftypes.Bool, true) }

// Number is a number for a configuration.
func Number(number int) tftypes.Value { return tftypes.NewValue(tftypes.Number, number) }

// Version is one of write-only credentials, whose attribute is a text.
func Version(number int) tftypes.Value { return Text(strconv.Itoa(number)) }

// WithKey is the API key in a provider block.
func WithKey(key string) Attributes { return Attributes{"api_key": Text(key)} }
