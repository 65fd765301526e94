// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"sync"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// longAfter is longer than clocks may be apart: nobody takes what comes then for what came before.
const longAfter = time.Hour

// putInAfterPlan: a deletion is carried out as it was planned, with a state of before.
func putInAfterPlan(b *bench, r Resource) {
	if !r.NaturalKey {
		return
	}
	created := b.created(r)
	<-time.After(longAfter)
	isThere := b.putIn()
	left, met := b.process().Delete(r.Type, created)
	b.keepsTheirs("a deletion that was planned before", isThere, left, met)
}

// putInAfterOpenUpdate: an update without answers leaves open what Refold holds, but not whose it
// is what comes long after it.
func putInAfterOpenUpdate(b *bench, r Resource) {
	if !r.NaturalKey {
		return
	}
	created := b.created(r)
	b.wire.treat(losing(always))
	open, _ := b.apply(b.process(), r, &created, r.Changed)
	b.wire.treat(nil)
	<-time.After(longAfter)
	isThere := b.putIn()
	left, met := b.process().Delete(r.Type, open)
	b.keepsTheirs("a deletion after an update that was left open", isThere, left, met)
}

// putInBetweenAttempts: a deletion that is sent again looks at what it deletes before.
func putInBetweenAttempts(b *bench, r Resource) {
	if !r.NaturalKey {
		return
	}
	created := b.created(r)
	<-time.After(longAfter)
	isThere := func() bool { return false }
	var putIn sync.Once
	failing := failingOnce()
	b.wire.treat(ofWrites(func(w http.ResponseWriter, request *http.Request, next http.Handler) {
		putIn.Do(func() { isThere = b.putIn() })
		failing(w, request, next)
	}))
	left, met := b.process().Delete(r.Type, created)
	b.wire.treat(nil)
	b.keepsTheirs("a deletion whose first attempt failed", isThere, left, met)
}

func (b *bench) putIn() (isThere func() bool) {
	b.Helper()
	if b.PutIn == nil {
		b.Fatalf("the registration does not say what of the customer's a deletion would lose: its World lacks PutIn")
	}
	return b.PutIn()
}

// keepsTheirs checks that a deletion was refused, and has left the customer's.
func (b *bench) keepsTheirs(what string, isThere func() bool, left acctest.Instance, met diagnostics) {
	b.Helper()
	if !isThere() {
		b.Errorf("%s deletes what the customer has put in since", what)
	}
	b.failed(what+", and meets what the customer has put in since,", met)
	if isGone(left) {
		b.Errorf("%s, and meets what the customer has put in since, leaves no state", what)
	}
}
