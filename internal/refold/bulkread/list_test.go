// SPDX-License-Identifier: MPL-2.0

package bulkread_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// all are the keys of whole documents, sorted, and of others.
func all(t *testing.T, reader *bulkread.Reader[thing]) (keys, rest []string) {
	t.Helper()
	documents, rest, err := reader.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		keys = append(keys, document.id)
	}
	slices.Sort(keys)
	return keys, rest
}

func TestAll(t *testing.T) {
	for name, test := range map[string]struct {
		edit  func(int, *bulkread.Page[thing]) error
		pages int
	}{
		"counted": {nil, 3}, "pages counted": {pagesOnly, 3}, "has a next": {nextOnly, 3},
		// An empty page is the end.
		"not counted": {withoutCounts, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(25, 10)
			s.edit = test.edit
			s.things[3].partial = true
			keys, rest := all(t, s.reader())
			if want := append(ids(0, 3), ids(4, 25)...); !slices.Equal(keys, want) || !slices.Equal(rest, []string{id(3)}) {
				t.Errorf("all %s, left %s", keys, rest)
			}
			expectPages(t, s, test.pages)
		})
	}
}

// TestAllWhileWritten leaves what was written to be read by itself.
func TestAllWhileWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		s.delay = time.Second
		reader := s.reader()
		time.AfterFunc(time.Second/2, func() { reader.MarkWritten(id(3)) })
		if keys, rest := all(t, reader); len(keys) != 24 || !slices.Equal(rest, []string{id(3)}) {
			t.Errorf("all %s, left %s", keys, rest)
		}
	})
}

// TestAllShifts: while the first pass was read, something slipped between its pages.
func TestAllShifts(t *testing.T) {
	s := newStore(25, 10)
	passes := 0
	s.edit = func(number int, page *bulkread.Page[thing]) error {
		if number == 1 {
			passes++
		}
		if number == 2 && passes < 3 {
			page.Documents[0].id = id(9)
		}
		return nil
	}
	if keys, _ := all(t, s.reader()); !slices.Equal(keys, ids(0, 25)) {
		t.Errorf("all %s", keys)
	}
	expectPages(t, s, 9)

	s.edit = onPage(2, func(page *bulkread.Page[thing]) { page.Documents[0].id = id(9) })
	_, _, err := s.reader().All(t.Context())
	expectText(t, err, "the list of things keeps changing while it is read (counted: 25, found: 24)")
	expectPages(t, s, 12)
}

// TestAllIsNew: it is not older than the call, and who asks at the same time shares.
func TestAllIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		reader := warm(t, s)
		s.delay = time.Second
		done := make(chan []string)
		ask := func() {
			go func() {
				keys, rest := all(t, reader)
				done <- append(keys, rest...)
			}()
			synctest.Wait()
		}
		ask()
		ask()
		expectPages(t, s, 1)
		// A third does not share, since a write came between.
		reader.MarkWritten(id(0))
		ask()
		for range 3 {
			if got := <-done; len(got) != 25 {
				t.Errorf("%d, want 25", len(got))
			}
		}
		expectPages(t, s, 5)
	})
}

// TestAllOfWhatIsPartial: for its own sake, a list is read whatever it lacks.
func TestAllOfWhatIsPartial(t *testing.T) {
	s := newStore(3, 10)
	for i := range s.things {
		s.things[i].partial = true
	}
	if keys, rest := all(t, s.reader()); keys != nil || len(rest) != 3 {
		t.Errorf("all %s, left %s", keys, rest)
	}
}

func TestAllEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		s.delay = time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, _, err := s.reader().All(ctx); err != context.DeadlineExceeded {
			t.Errorf("err = %v", err)
		}
		expectPages(t, s, 1)
		if _, _, err := s.reader().All(ctx); err != context.DeadlineExceeded {
			t.Errorf("err = %v", err)
		}
		expectPages(t, s, 0)
		time.Sleep(bulkread.SnapshotLife)
	})
}

// each reads a list to its end, or so many documents of it.
func each(t *testing.T, s *store, atMost int) ([]string, error) {
	t.Helper()
	var keys []string
	for documents, err := range s.list().Each(t.Context()) {
		if err != nil {
			return keys, err
		}
		for _, document := range documents {
			if keys = append(keys, document.id); len(keys) == atMost {
				return keys, nil
			}
		}
	}
	return keys, nil
}

func TestEach(t *testing.T) {
	s := newStore(25, 10)
	if keys, err := each(t, s, 0); err != nil || !slices.Equal(keys, ids(0, 25)) {
		t.Errorf("each %s, %v", keys, err)
	}
	expectPages(t, s, 3)
	if keys, err := each(t, s, 10); err != nil || !slices.Equal(keys, ids(0, 10)) {
		t.Errorf("each %s, %v", keys, err)
	}
	expectPages(t, s, 1)
}

// TestEachShifts: what slipped through comes in the next pass, and nothing twice.
func TestEachShifts(t *testing.T) {
	s := newStore(25, 10)
	passes := 0
	s.edit = func(number int, page *bulkread.Page[thing]) error {
		if number == 1 {
			passes++
		}
		if number == 2 && passes == 1 {
			page.Documents[0].id = id(9)
		}
		return nil
	}
	keys, err := each(t, s, 0)
	if want := slices.Concat(ids(0, 10), ids(11, 25), ids(10, 11)); err != nil || !slices.Equal(keys, want) {
		t.Errorf("each %s, %v", keys, err)
	}
	expectPages(t, s, 6)
}

// TestEachWhileCountsMove: one that is created between two pages may leave the second
// with nothing new.
func TestEachWhileCountsMove(t *testing.T) {
	s := newStore(11, 10)
	passes := 0
	s.edit = func(number int, page *bulkread.Page[thing]) error {
		if number == 1 {
			passes++
		}
		if number == 2 && passes == 1 {
			page.Documents[0].id = id(9)
			page.Total++
		}
		return nil
	}
	if keys, err := each(t, s, 0); err != nil || !slices.Equal(keys, ids(0, 11)) {
		t.Errorf("each %s, %v", keys, err)
	}
}

func TestEachOfWhatIsPartial(t *testing.T) {
	s := newStore(1, 10)
	s.things[0].partial = true
	if keys, err := each(t, s, 0); err != nil || len(keys) != 1 {
		t.Errorf("each %s, %v", keys, err)
	}
}

func TestEachFails(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(int, *bulkread.Page[thing]) error
		keys int
		says string
	}{
		"a fault":        {func(number int, _ *bulkread.Page[thing]) error { return map[int]error{2: errFault}[number] }, 10, "a fault"},
		"keeps changing": {total(26), 25, "the list of things keeps changing while it is read (counted: 26, found: 25)"},
		"changes, no counts": {func(_ int, page *bulkread.Page[thing]) error {
			page.Total = bulkread.Unknown
			page.Documents[0].id = ""
			return nil
		}, 22, "the list of things keeps changing while it is read"},
		"the same once more":  {onPage(2, func(page *bulkread.Page[thing]) { page.Documents = []thing{{id: id(0)}} }), 10, "page 2 of the list of things shows only what others show"},
		"too many pages":      {total(10*5000 + 1), 0, "the list of things has more than 5000 pages"},
		"no end of documents": {endless, 4999 * 10, "the list of things has more than 5000 pages"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(25, 10)
			s.edit = test.edit
			keys, err := each(t, s, 0)
			if len(keys) != test.keys {
				t.Errorf("%d before the error, want %d", len(keys), test.keys)
			}
			expectText(t, err, test.says)
			if _, isOwn := errors.AsType[*bulkread.Error](err); isOwn == errors.Is(err, errFault) {
				t.Errorf("err = %#v", err)
			}
		})
	}
}

func endless(number int, page *bulkread.Page[thing]) error {
	page.Documents = nil
	for _, key := range ids((number-1)*10, number*10) {
		page.Documents = append(page.Documents, thing{id: key})
	}
	return withoutCounts(number, page)
}

// once are the keys of all pages of one pass, and how it ends.
func once(t *testing.T, list bulkread.List[thing], most int) (keys []string, err error) {
	t.Helper()
	for page, err := range list.Once(t.Context()) {
		if err != nil {
			return keys, err
		}
		for _, document := range page.Documents {
			keys = append(keys, document.id)
		}
		if most--; most == 0 {
			return keys, nil
		}
	}
	return keys, nil
}

func TestOnce(t *testing.T) {
	for name, test := range map[string]struct {
		edit        func(int, *bulkread.Page[thing]) error
		most, pages int
		want        []string
		says        string
	}{
		"counted":     {nil, 9, 3, ids(0, 25), ""},
		"not counted": {withoutCounts, 9, 4, ids(0, 25), ""},
		"stopped":     {nil, 2, 2, ids(0, 20), ""},
		// Each would read it again.
		"shifted": {func(number int, page *bulkread.Page[thing]) error {
			page.Total += number
			return nil
		}, 9, 3, ids(0, 25), ""},
		"a fault": {func(number int, _ *bulkread.Page[thing]) error {
			if number == 2 {
				return errFault
			}
			return nil
		}, 9, 2, ids(0, 10), "a fault"},
		"one page for ever": {func(_ int, page *bulkread.Page[thing]) error {
			page.Documents, page.HasNext = []thing{{id: id(0)}}, new(true)
			return nil
		}, 9, 2, ids(0, 1), "page 2 of the list of things shows only what others show"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(25, 10)
			s.edit = test.edit
			keys, err := once(t, s.list(), test.most)
			if !slices.Equal(keys, test.want) {
				t.Errorf("%s, want %s", keys, test.want)
			}
			expectPages(t, s, test.pages)
			if test.says != "" {
				expectText(t, err, test.says)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}
