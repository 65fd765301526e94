// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"time"
)

// StopGrace is how long what is begun may go on after a stop, as at a Ctrl-C. It
// is well below what CI systems leave a job between the first signal and the next
// (GitHub 7.5 s, Docker 10 s), at which Terraform ends without writing its state.
const StopGrace = 5 * time.Second

var errGraceOver = errors.New("the time to end after a stop is over")

// Finishing makes a context for what must not be left half done: a write that was sent, since
// nobody knows of one that is cut off whether it was carried out, and what has to follow it. It
// goes on for StopGrace after its parent was cancelled, but not beyond the parent's deadline, and
// one that is made of another ends with that one. It is to be made before the work begins.
func Finishing(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(parent))
	detach := context.AfterFunc(parent, func() {
		select {
		case <-ctx.Done():
		case <-time.After(graceOf(parent)):
		}
		cancel(errGraceOver)
	})
	return ctx, func() {
		detach()
		cancel(context.Canceled)
	}
}

func graceOf(parent context.Context) time.Duration {
	if !errors.Is(parent.Err(), context.Canceled) || errors.Is(context.Cause(parent), errGraceOver) {
		return 0
	}
	if deadline, ok := parent.Deadline(); ok {
		return min(StopGrace, time.Until(deadline))
	}
	return StopGrace
}
