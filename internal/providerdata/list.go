// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
)

// Saying is a result of a list resource without an object, as for one that is left out. Terraform
// ends the list at the first error.
func Saying(diagnostic diag.Diagnostic) list.ListResult {
	return list.ListResult{Diagnostics: diag.Diagnostics{diagnostic}}
}

// AtMost ends the results of a list resource after as many objects as the limit says; zero is no
// limit. What is said beside them does not count.
func AtMost(limit int64, results iter.Seq[list.ListResult]) iter.Seq[list.ListResult] {
	return func(yield func(list.ListResult) bool) {
		var count int64
		for result := range results {
			if result.Identity != nil {
				count++
			}
			if !yield(result) || limit > 0 && count == limit {
				return
			}
		}
	}
}
