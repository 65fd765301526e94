// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestFinishing stops after a second.
func TestFinishing(t *testing.T) {
	const stop = time.Second
	for name, test := range map[string]struct {
		parent func(context.Context) (context.Context, context.CancelFunc)
		want   time.Duration
	}{
		"after a stop": {context.WithCancel, stop + refold.StopGrace},
		"within another": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return refold.Finishing(ctx)
		}, stop + refold.StopGrace},
		"deadline before the stop": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, stop/2)
		}, stop / 2},
		"deadline after the stop": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 2*stop)
		}, 2 * stop},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, cancel := context.WithCancel(t.Context())
				parent, release := test.parent(run)
				defer release()
				finishing, done := refold.Finishing(parent)
				defer done()
				time.AfterFunc(stop, cancel)
				start := time.Now()
				<-finishing.Done()
				if lasted := time.Since(start); lasted != test.want {
					t.Errorf("it went on for %s, want %s", lasted, test.want)
				}
			})
		})
	}
}
