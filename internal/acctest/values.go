// SPDX-License-Identifier: MPL-2.0

package acctest

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// Text is a text for a configuration.
func Text(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// Yes is true for a configuration.
func Yes() tftypes.Value { return tftypes.NewValue(tftypes.Bool, true) }
