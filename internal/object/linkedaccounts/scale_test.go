// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// sizes show whether time grows with the number of accounts, or its square.
var sizes = []int{1000, 10000}

// BenchmarkRead refreshes through the protocol and the list.
func BenchmarkRead(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			server, _, instance := manyAccounts(b, size)
			for b.Loop() {
				provider := server.Protocol(b, acctest.Unpaced)
				if _, diagnostics := provider.Read(typeName, instance); len(diagnostics) > 0 {
					b.Fatal(diagnostics[0].Detail)
				}
			}
		})
	}
}

// BenchmarkPlan plans a change of one account.
func BenchmarkPlan(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			_, provider, instance := manyAccounts(b, size)
			changed := many(size)
			changed[id(0)] = account("Renamed", fields("pro"))
			config := provider.Config(typeName, map[string]tftypes.Value{"accounts": accounts(changed)})
			for b.Loop() {
				if plan := provider.Plan(typeName, &instance, config); len(plan.Diagnostics) > 0 {
					b.Fatal(plan.Diagnostics[0].Detail)
				}
			}
		})
	}
}

// manyAccounts are accounts that exist and are in a state.
func manyAccounts(t testing.TB, size int) (*acctest.Refold, *acctest.Protocol, acctest.Instance) {
	t.Helper()
	server := &acctest.Refold{Server: mockapi.New()}
	server.URL = acctest.Serve(t, server.Server)
	provider := server.Protocol(t, acctest.Unpaced)
	config := provider.Config(typeName, map[string]tftypes.Value{"accounts": accounts(many(size))})
	instance, diagnostics := provider.Apply(typeName, nil, config)
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics[0].Detail)
	}
	return server, provider, instance
}
