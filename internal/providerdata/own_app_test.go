// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"context"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// The first answer serves all, also the answer that there is no own app. One that
// cannot tell serves nobody.
func TestLearnOwnAppID(t *testing.T) {
	data, asked := providerdata.Pending(nil), 0
	answer := func(id string, ok bool) func(context.Context) (string, bool) {
		return func(context.Context) (string, bool) { asked++; return id, ok }
	}
	data.LearnOwnAppID(t.Context(), answer("unreliable", false))
	if id, known := data.OwnAppID(); id != "" || known {
		t.Errorf("from one that cannot tell: %q, %t", id, known)
	}
	data.LearnOwnAppID(t.Context(), answer("", true))
	data.LearnOwnAppID(t.Context(), answer("late", true))
	if id, known := data.OwnAppID(); id != "" || !known || asked != 2 {
		t.Errorf("%q, %t, after %d questions", id, known, asked)
	}
}

// While one asks, another waits, and no longer than its run.
func TestLearnOwnAppIDOnceAtATime(t *testing.T) {
	data := providerdata.Pending(nil)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	data.LearnOwnAppID(t.Context(), func(context.Context) (string, bool) {
		data.LearnOwnAppID(stopped, func(context.Context) (string, bool) {
			t.Error("two asked at once")
			return "second", true
		})
		return "first", true
	})
	if id, known := data.OwnAppID(); id != "first" || !known {
		t.Errorf("%q, %t", id, known)
	}
}
