// SPDX-License-Identifier: MPL-2.0

package acctest

import "github.com/hashicorp/terraform-plugin-go/tftypes"

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
