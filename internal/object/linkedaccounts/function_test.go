// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// The function as a CLI calls it: with the conversion of text and result.
func BenchmarkFunction(b *testing.B) {
	for _, lines := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			var csv strings.Builder
			csv.WriteString("linked_account_id,name,a,b,c,d,e,f,g,h\n")
			for line := range lines {
				fmt.Fprintf(&csv, "customer-%d,Customer %[1]d,1,2,3,4,5,6,7,8\n", line)
			}
			protocol := acctest.StartProtocol(b, set("api_key", acctest.Text(mockapi.TestKey)))
			for b.Loop() {
				if _, failure := protocol.CallFunction("parse_accounts_csv", acctest.Text(csv.String())); failure != nil {
					b.Fatal(failure.Text)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
		})
	}
}
