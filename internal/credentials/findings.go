// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Findings are what Refold would refuse of the credentials of one account, or what is likely to be
// a mistake.
type Findings struct {
	// IsEmpty is true without any credential (FACTS 2.1.1).
	IsEmpty bool
	// Unusable explains keys that no request can name, in a sentence for each.
	Unusable []string
	// WithoutValue are keys whose value is null.
	WithoutValue []string
	// Twins explains keys that differ only in case, in a sentence for each pair: Refold may refuse
	// them as duplicates (FACTS 4.5).
	Twins []string
}

// Find looks at credentials by key. Of what is not known yet, nothing is found.
func Find(credentials types.Map) Findings {
	if credentials.IsUnknown() {
		return Findings{}
	}
	values := credentials.Elements()
	found := Findings{IsEmpty: len(values) == 0}
	folded := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := refold.CheckCredentialName(name); err != nil {
			found.Unusable = append(found.Unusable, fmt.Sprintf("Key %q cannot be used: %s.", name, err))
		}
		if values[name].IsNull() {
			found.WithoutValue = append(found.WithoutValue, name)
		}
		lower := strings.ToLower(name)
		if twin, ok := folded[lower]; ok {
			found.Twins = append(found.Twins, fmt.Sprintf(
				"Refold treats %q and %q as two credentials, or refuses them as duplicates. Is one of them a typing error?", twin, name))
		}
		folded[lower] = name
	}
	return found
}
