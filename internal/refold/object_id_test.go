// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// The age of what is missing goes by the server's clock alone.
func TestAgeAt(t *testing.T) {
	const id = "6992cc7e9d38bc6a2ae28d12"
	created := time.Unix(0x6992cc7e, 0)
	for name, test := range map[string]struct {
		err  error
		id   string
		want time.Duration
	}{
		"later":                  {&refold.Error{Date: created.Add(90 * time.Second)}, id, 90 * time.Second},
		"in the same second":     {&refold.Error{Date: created}, id, time.Second},
		"before it was created":  {&refold.Error{Date: created.Add(-time.Minute)}, id, 0},
		"an answer without date": {&refold.Error{}, id, 0},
		"no answer":              {errors.New("silence"), id, 0},
		"no id of Refold's":      {&refold.Error{Date: created}, "user_1", 0},
		"no id":                  {&refold.Error{Date: created}, "", 0},
	} {
		if got := refold.AgeAt(test.err, test.id); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
