// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// errorsOfSuccess are bodies that come with the status of a success, and are an error.
var errorsOfSuccess = []string{`{"status":"error","message":"Nothing was done."}`, `{"errors":[{"message":"Nothing was done."}]}`, `{"ok":false}`, `{"error":"Nothing was done."}`}

// nothings come with the status of a success, and show nothing.
var nothings = []string{``, `null`, `{}`}

// answering does nothing, and answers requests with 200 and a body: all of them, or those that
// would change something.
func answering(body string, which func(*http.Request) bool) treatment {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !which(r) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body)) // a client that went away is not the server's business
	}
}

func isAny(*http.Request) bool { return true }

// unprovenCreate: what no answer shows is not in the state.
func unprovenCreate(b *bench, r Resource) {
	for _, body := range slices.Concat(nothings, errorsOfSuccess) {
		b.wire.treat(answering(body, isWrite))
		left, met := b.apply(b.process(), r, nil, r.Config)
		b.failed("a create that is answered with 200 and `"+body+"`", met)
		if !r.isCollection() && !isGone(left) {
			b.Errorf("a create that is answered with 200 and `%s` leaves a state, which Terraform would taint:\n%s", body, left.State)
		}
	}
	b.wire.treat(nil)
	b.repaired("creates that were answered without being carried out", r, acctest.Instance{}, r.Config)
}

// unprovenRead: what no answer shows is not gone, and not changed.
func unprovenRead(b *bench, r Resource) {
	created := b.created(r)
	for _, body := range slices.Concat(nothings, errorsOfSuccess) {
		b.wire.treat(answering(body, isAny))
		read, met := b.process().Read(r.Type, created)
		b.failed("a read that is answered with 200 and `"+body+"`", met)
		if !read.State.Equal(created.State) {
			b.Errorf("a read that is answered with 200 and `%s` changes the state:\n%s\nbefore:\n%s", body, read.State, created.State)
		}
	}
}

// unprovenUpdate is planned again.
func unprovenUpdate(b *bench, r Resource) {
	known := b.created(r)
	for _, body := range slices.Concat(nothings, errorsOfSuccess) {
		// What was made a moment ago is not taken for what this update made.
		time.Sleep(time.Hour)
		b.wire.treat(answering(body, isWrite))
		left, met := b.apply(b.process(), r, &known, r.Changed)
		b.failed("an update that is answered with 200 and `"+body+"`", met)
		b.wire.treat(nil)
		if isGone(left) {
			b.Fatalf("an update that is answered with 200 and `%s` has lost the state", body)
		}
		known = b.read(r, left)
		if b.changes(b.plan(b.process(), r, &known, r.Changed), known) == "" {
			b.Errorf("an update that is answered with 200 and `%s` is not planned again", body)
		}
	}
	b.repaired("updates that were answered without being carried out", r, known, r.Changed)
}

// unprovenDeletion leaves what there is in the state.
func unprovenDeletion(b *bench, r Resource) {
	known := b.created(r)
	for _, body := range slices.Concat(nothings, errorsOfSuccess) {
		b.wire.treat(answering(body, isWrite))
		left, met := b.process().Delete(r.Type, known)
		b.failed("a deletion that is answered with 200 and `"+body+"`", met)
		if isGone(left) {
			b.Fatalf("a deletion that is answered with 200 and `%s` takes the object out of the state", body)
		}
		known = left
	}
	b.wire.treat(nil)
	_, met := b.process().Delete(r.Type, known)
	b.succeeded("the deletion after some that were answered without being carried out", met)
	b.counts("after deletions that were answered without being carried out", 0)
}

// unprovenCall: what asks Refold and keeps nothing fails as well.
func unprovenCall[R reader](b *bench, r R) {
	for _, body := range slices.Concat(nothings, errorsOfSuccess) {
		b.wire.treat(answering(body, isAny))
		b.failed("a call that is answered with 200 and `"+body+"`", r.attempt(b, b.process(), r.config()))
	}
}
