// SPDX-License-Identifier: MPL-2.0

package bulkread_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// TestClaimed: what a list said of a document stands until the document is written.
func TestClaimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(5, 10)
		s.things[3].partial = true
		reader := warm(t, s)
		asked := time.Now()
		expectClaim(t, reader, "nobody", false, time.Time{})
		lookUp(t, reader, bulkread.Options{TrustAbsence: true}, "nobody")
		expectClaim(t, reader, "nobody", true, asked)
		expectClaim(t, reader, id(2), true, asked)
		expectClaim(t, reader, id(3), false, time.Time{})

		// Another list at another time does not take back what was answered from the first.
		time.Sleep(2 * bulkread.SnapshotLife)
		lookUp(t, reader, bulkread.Options{}, id(0))
		expectClaim(t, reader, "nobody", true, asked)
		reader.MarkWritten("NOBODY")
		expectClaim(t, reader, "nobody", false, time.Time{})

		lookUp(t, reader, bulkread.Options{}, id(0))
		expectClaim(t, reader, id(2), true, time.Now())
		reader.MarkWritten(id(2))
		expectClaim(t, reader, id(2), false, time.Time{})
	})
}

func expectClaim(t *testing.T, reader *bulkread.Reader[thing], key string, isClaimed bool, asked time.Time) {
	t.Helper()
	claim, ok := reader.Claimed(key)
	if ok != isClaimed || !claim.Asked.Equal(asked) || ok && claim.IsAbsent == (claim.Document.id == key) {
		t.Errorf("%s: claimed %t: %+v, want %t at %s", key, ok, claim, isClaimed, asked)
	}
}

// TestDistrust: a list that was wrong once stands for nothing any more.
func TestDistrust(t *testing.T) {
	s := newStore(25, 10)
	reader := warm(t, s)
	reader.Distrust()
	served, rest := lookUp(t, reader, bulkread.Options{TrustAbsence: true}, id(0), id(1), "nobody")
	if len(served) > 0 || len(rest) != 3 {
		t.Errorf("%+v were served from a list, %s are left", served, rest)
	}
	expectPages(t, s, 0)
	documents, rest, err := reader.All(t.Context())
	if err != nil || len(documents) > 0 || len(rest) != 25 || !reader.IsDistrusted() {
		t.Errorf("%d documents of a list, %d to be read, %v", len(documents), len(rest), err)
	}
}

// TestDistrustWhileAListIsUnderWay: who waits for it does not take it either.
func TestDistrustWhileAListIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(5, 10)
		s.delay = time.Second
		reader := s.reader()
		time.AfterFunc(s.delay/2, reader.Distrust)
		if served, _ := lookUp(t, reader, bulkread.Options{TrustAbsence: true}, id(0), "nobody"); len(served) > 0 {
			t.Errorf("%+v were served from a list", served)
		}
		expectPages(t, s, 1)
	})
}
