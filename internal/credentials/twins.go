// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"fmt"
	"strings"
)

// Twins explains keys that differ only in case, in a sentence for each
// pair. Refold may refuse them as duplicates (FACTS 4.5).
func Twins(names []string) []string {
	var explanations []string
	folded := map[string]string{}
	for _, name := range names {
		lower := strings.ToLower(name)
		if twin, ok := folded[lower]; ok {
			explanations = append(explanations, fmt.Sprintf(
				"Refold treats %q and %q as two credentials, or refuses them as duplicates. Is one of them a typing error?", twin, name))
		}
		folded[lower] = name
	}
	return explanations
}
