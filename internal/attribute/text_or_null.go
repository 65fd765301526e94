// SPDX-License-Identifier: MPL-2.0

package attribute

import "github.com/hashicorp/terraform-plugin-framework/types"

// TextOrNull is null for an empty text: what Refold leaves out is not known.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
