// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"strconv"
	"time"
)

// AgeAt is how old an object was when Refold answered about it with an error, by the server's own
// clock and to the second: the first 8 digits of Refold's own ids are the second of their creation
// (FACTS 1.7). It is 0 where id or answer do not tell, and a second at least where they do.
func AgeAt(err error, id string) time.Duration {
	refusal, ok := errors.AsType[*Error](err)
	if !ok || refusal.Date.IsZero() || !objectID.MatchString(id) {
		return 0
	}
	seconds, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil {
		return 0
	}
	age := refusal.Date.Sub(time.Unix(seconds, 0))
	if age < 0 {
		return 0
	}
	return max(age, time.Second)
}
