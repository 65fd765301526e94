// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// What is left is revoked at the pace of the client, and no longer than there is time.
func TestRevokeOpenTokens(t *testing.T) {
	for name, test := range map[string]struct {
		answer        reply
		tokens        int
		revoked, left int
	}{
		"nothing":                  {answer(200, `{"success":true,"revoked_count":1}`), 0, 0, 0},
		"some":                     {answer(200, `{"success":true,"revoked_count":1}`), 5, 5, 0},
		"more than the pace":       {answer(200, `{"success":true,"revoked_count":1}`), 100, 31, 69},
		"a server without answers": {silence, 5, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var tokens refold.OpenTokens
				net := newNetwork(t, test.answer)
				client := newClient(t, net, func(o *refold.Options) { o.OpenTokens, o.RequestsPerSecond, o.Burst = &tokens, 20, 5 })
				opening, stop := context.WithCancel(t.Context())
				for number := range test.tokens {
					tokens.Add(opening, client, "user", fmt.Sprintf("token-%d", number))
				}
				stop()
				begin := time.Now()
				ending, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
				defer cancel()
				left := tokens.Revoke(ending)
				if took := time.Since(begin); left != test.left || len(net.requests()) != test.revoked || took > 1500*time.Millisecond {
					t.Errorf("%d requests in %s, and %d left; want %d and %d", len(net.requests()), took, left, test.revoked, test.left)
				}
			})
		})
	}
}
