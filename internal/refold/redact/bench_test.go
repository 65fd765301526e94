// SPDX-License-Identifier: MPL-2.0

package redact_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

func manySecrets(count int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	secrets := make([]string, count)
	for i := range secrets {
		secrets[i] = randomSecret(random)
	}
	return secrets
}

// What it takes to redact a text, by how many secrets are known.
func BenchmarkRedact(b *testing.B) {
	for _, known := range []int{1, 1_000, 100_000} {
		store := redact.New()
		store.Add(manySecrets(known)...)
		for _, length := range []int{500, 1 << 16, 10 << 20} {
			b.Run(fmt.Sprintf("secrets=%d/length=%d", known, length), func(b *testing.B) {
				text := strings.Repeat("Linked Account with account id acme for org 42 in environment test not found. ", length/78+1)[:length]
				b.SetBytes(int64(length))
				for b.Loop() {
					store.RedactForeign(text)
				}
			})
		}
	}
}

// What it takes to meet the credentials of 10,000 accounts, and to meet them again.
func BenchmarkAdd(b *testing.B) {
	secrets := manySecrets(20_000)
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			redact.New().Add(secrets...)
		}
	})
	b.Run("known", func(b *testing.B) {
		store := redact.New()
		store.Add(secrets...)
		for b.Loop() {
			store.Add(secrets...)
		}
	})
}
