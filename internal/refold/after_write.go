// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"time"
)

// readBackWaits are the pauses between looks at what was written a moment ago; whether Refold reads
// its own writes is not documented (FACTS 4.21).
var readBackWaits = [...]time.Duration{250 * time.Millisecond, time.Second, 2 * time.Second}

// AfterWrite asks Refold about something that was written a moment ago, and again for a while,
// about 3 seconds, where the answer may be of before the write.
func AfterWrite[T any](ctx context.Context, ask func(context.Context) (T, error), isBefore func(T, error) bool) (T, error) {
	answer, err := ask(ctx)
	for _, wait := range readBackWaits {
		if !isBefore(answer, err) {
			break
		}
		select {
		case <-ctx.Done():
			return answer, err
		case <-time.After(wait):
		}
		answer, err = ask(ctx)
	}
	return answer, err
}
