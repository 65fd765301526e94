// SPDX-License-Identifier: MPL-2.0

package diagnose

import "fmt"

// ImportBlock is an import block to copy, with NAME for the resource's own name, which no provider
// knows. The type is given without the provider's name in front.
func ImportBlock(typeName, id string) string {
	return fmt.Sprintf("import {\n  to = refold_%s.NAME\n  id = %s\n}", typeName, QuoteHCL(id))
}
