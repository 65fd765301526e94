// SPDX-License-Identifier: MPL-2.0

package bulkread_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// TestPrice: pages are asked for as soon as single reads have cost as much.
func TestPrice(t *testing.T) {
	for name, test := range map[string]struct {
		things, size int
		// calls are numbers of keys that are read at once, one after the other; pages
		// and left are what each of them costs.
		calls, pages, left []int
	}{
		"one":                     {10, 10, []int{1}, []int{0}, []int{1}},
		"the second, of one page": {10, 10, []int{1, 1, 1}, []int{0, 1, 0}, []int{1, 0, 0}},
		"two at once":             {10, 10, []int{2}, []int{1}, []int{0}},
		"of three pages":          {30, 10, []int{1, 1, 1, 1}, []int{0, 1, 2, 0}, []int{1, 1, 0, 0}},
		"fewer than pages":        {100, 10, []int{3, 4}, []int{1, 0}, []int{3, 4}},
		"more than pages, later":  {100, 10, []int{3, 7}, []int{1, 9}, []int{3, 0}},
		"as many as pages":        {100, 10, []int{10}, []int{10}, []int{0}},
		"all at once":             {100, 10, []int{100}, []int{10}, []int{0}},
		"none exist":              {0, 10, []int{2, 2}, []int{1, 0}, []int{2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(test.things, test.size)
			reader := s.reader()
			// The last ones, which the first page does not show by the way.
			next := 1000
			if test.things > 0 {
				next = test.things
			}
			for i, count := range test.calls {
				_, rest := lookUp(t, reader, bulkread.Options{}, ids(next-count, next)...)
				if len(rest) != test.left[i] {
					t.Errorf("call %d left %d, want %d", i, len(rest), test.left[i])
				}
				expectPages(t, s, test.pages[i])
				next -= count
			}
		})
	}
}

// TestBound draws lists, servers and readers of all kinds, many at a time: all reads
// together take at most twice what whoever knew them in advance would need.
func TestBound(t *testing.T) {
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) {
			chance := rand.New(rand.NewPCG(seed, 1))
			s := newStore(chance.IntN(400)/(1+chance.IntN(12)), []int{100, 50, 10, 3}[chance.IntN(4)])
			s.delay = time.Duration(chance.IntN(100)) * time.Millisecond
			if chance.IntN(3) == 0 {
				s.edit = withoutCounts
			}
			isTrusted := s.edit == nil && chance.IntN(2) == 0
			reads, missing, calls := 0, 0, make(chan []string, 100)
			for range 1 + chance.IntN(100) {
				keys := map[string]bool{}
				for range 1 + max(0, chance.IntN(60)-40) {
					keys[id(chance.IntN(1+len(s.things)*4/3))] = true
				}
				reads += len(keys)
				for key := range keys {
					if key >= id(len(s.things)) && !isTrusted {
						missing++
					}
				}
				calls <- slices.Collect(maps.Keys(keys))
			}
			close(calls)
			var left atomic.Int64
			var group sync.WaitGroup
			reader := s.reader()
			for range 1 + chance.IntN(40) {
				group.Go(func() {
					for keys := range calls {
						_, rest := lookUp(t, reader, bulkread.Options{TrustAbsence: isTrusted}, keys...)
						left.Add(int64(len(rest)))
						time.Sleep(s.delay)
					}
				})
			}
			group.Wait()
			pages := max(1, (len(s.things)+s.size-1)/s.size)
			if cost, most := int(left.Load())+s.pages(), 2*min(reads, pages+missing); cost > most {
				t.Errorf("seed %d: %d requests for %d reads, %d of what does not exist, of %d pages; at most %d are fair", seed, cost, reads, missing, pages, most)
			}
		})
	}
}

// TestAbsence: a list proves it only where all of it is known to be there.
func TestAbsence(t *testing.T) {
	trust := bulkread.Options{TrustAbsence: true}
	for name, test := range map[string]struct {
		edit     func(number int, page *bulkread.Page[thing]) error
		key      string
		options  bulkread.Options
		written  string
		isAbsent bool
	}{
		"trusted":              {nil, "nobody", trust, "", true},
		"not trusted":          {nil, "nobody", bulkread.Options{}, "", false},
		"written since":        {nil, "nobody", trust, "Nobody", false},
		"another was written":  {nil, "nobody", trust, "somebody", true},
		"in another case":      {nil, strings.ToUpper(id(3)), trust, "", false},
		"totals unknown":       {withoutCounts, "nobody", trust, "", false},
		"pages counted only":   {pagesOnly, "nobody", trust, "", false},
		"fewer than counted":   {total(26), "nobody", trust, "", false},
		"counts differ":        {onPage(2, func(page *bulkread.Page[thing]) { page.Total++ }), "nobody", trust, "", false},
		"shown twice":          {onPage(2, func(page *bulkread.Page[thing]) { page.Documents[0].id = id(0) }), "nobody", trust, "", false},
		"unreadable":           {onPage(2, func(page *bulkread.Page[thing]) { page.Documents[0].id = "" }), "nobody", trust, "", false},
		"unnamed":              {onPage(2, func(page *bulkread.Page[thing]) { page.Documents[0].unnamed = true }), "nobody", trust, "", false},
		"one more page":        {onPage(3, func(page *bulkread.Page[thing]) { page.HasNext = new(true) }), "nobody", trust, "", false},
		"partial, but counted": {onPage(2, func(page *bulkread.Page[thing]) { page.Documents[0].partial = true }), "nobody", trust, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(25, 10)
			s.edit = test.edit
			reader := warm(t, s)
			if test.written != "" {
				reader.MarkWritten(test.written)
			}
			served, rest := lookUp(t, reader, test.options, test.key)
			if found := served[test.key]; found.IsAbsent != test.isAbsent || test.isAbsent && found.Among != 25 || test.isAbsent == (len(rest) == 1) {
				t.Errorf("served %+v, left %s", served, rest)
			}
			expectPages(t, s, 0)
		})
	}
}

func total(count int) func(int, *bulkread.Page[thing]) error {
	return func(_ int, page *bulkread.Page[thing]) error {
		page.Total = count
		return nil
	}
}

// onPage changes one page.
func onPage(only int, change func(*bulkread.Page[thing])) func(int, *bulkread.Page[thing]) error {
	return func(number int, page *bulkread.Page[thing]) error {
		if number == only {
			change(page)
		}
		return nil
	}
}

// TestPartialDocuments are read by themselves, whatever else the list shows.
func TestPartialDocuments(t *testing.T) {
	s := newStore(25, 10)
	s.things[12].partial = true
	reader := warm(t, s)
	for number, want := range map[int]bool{11: true, 12: false} {
		if isServed(t, reader, bulkread.Options{}, id(number)) != want {
			t.Errorf("%s: served %v", id(number), !want)
		}
	}
}

// TestListOfNoUse: where a first page shows nothing whole, none is asked for again,
// however much later.
func TestListOfNoUse(t *testing.T) {
	for name, edit := range map[string]func(int, *bulkread.Page[thing]) error{
		"partial": func(_ int, page *bulkread.Page[thing]) error {
			for i := range page.Documents {
				page.Documents[i].partial = true
			}
			return nil
		},
		"fault": func(int, *bulkread.Page[thing]) error { return errFault },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStore(25, 10)
				s.edit = edit
				reader := s.reader()
				for range 3 {
					if _, rest := lookUp(t, reader, bulkread.Options{}, ids(0, 25)...); len(rest) != 25 {
						t.Errorf("%d left, want all", len(rest))
					}
					time.Sleep(bulkread.SnapshotLife + 1)
				}
				expectPages(t, s, 1)
			})
		})
	}
}

// TestFaultInTheMiddle: what was shown before stays usable.
func TestFaultInTheMiddle(t *testing.T) {
	s := newStore(25, 10)
	s.edit = func(number int, _ *bulkread.Page[thing]) error { return map[int]error{3: errFault}[number] }
	reader := warm(t, s)
	if !isServed(t, reader, bulkread.Options{}, id(0)) || isServed(t, reader, bulkread.Options{TrustAbsence: true}, id(24)) {
		t.Error("the first page serves, and the third proves nothing")
	}
}

// TestFinalError meets everybody from then on.
func TestFinalError(t *testing.T) {
	s := newStore(25, 10)
	s.edit = func(int, *bulkread.Page[thing]) error { return fmt.Errorf("page: %w", errFinal) }
	reader := s.reader()
	for range 2 {
		if _, _, err := reader.Lookup(t.Context(), ids(0, 25), bulkread.Options{}); !errors.Is(err, errFinal) {
			t.Errorf("err = %v", err)
		}
		if _, _, err := reader.All(t.Context()); !errors.Is(err, errFinal) {
			t.Errorf("err = %v", err)
		}
	}
	expectPages(t, s, 1)
}

// TestWrites: what was asked for before a write ended does not answer after it.
func TestWrites(t *testing.T) {
	s := newStore(25, 10)
	reader := warm(t, s)
	reader.MarkWritten(strings.ToUpper(id(7)))
	if isServed(t, reader, bulkread.Options{}, id(7)) || !isServed(t, reader, bulkread.Options{}, id(8)) {
		t.Error("what was written is read by itself, and nothing else is")
	}
	expectPages(t, s, 0)
}

// After changes to all of thousands, what the list showed of them would be memory for nothing.
func TestWrittenDocumentIsNotHeld(t *testing.T) {
	s := newStore(40, 10)
	var mutex sync.Mutex
	bodies := map[string]weak.Pointer[[64]byte]{}
	s.edit = func(_ int, page *bulkread.Page[thing]) error {
		mutex.Lock()
		defer mutex.Unlock()
		for i := range page.Documents {
			document := &page.Documents[i]
			document.body = new([64]byte)
			bodies[document.id] = weak.Make(document.body)
		}
		return nil
	}
	reader := warm(t, s)
	reader.MarkWritten(id(3))
	runtime.GC()
	if bodies[id(3)].Value() != nil || bodies[id(4)].Value() == nil {
		t.Errorf("held of the written document: %t, of another one: %t", bodies[id(3)].Value() != nil, bodies[id(4)].Value() != nil)
	}
	if isServed(t, reader, bulkread.Options{}, id(3)) || !isServed(t, reader, bulkread.Options{}, id(4)) {
		t.Error("the written document is served, or another one is not")
	}
}

func TestWriteWhileAPageIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(10, 10)
		s.delay = time.Second
		reader := s.reader()
		time.AfterFunc(time.Second/2, func() { reader.MarkWritten(id(1)) })
		served, rest := lookUp(t, reader, bulkread.Options{}, id(1), id(2))
		if len(served) != 1 || served[id(2)].Document.id != id(2) || len(rest) != 1 {
			t.Errorf("served %+v, left %s", served, rest)
		}
	})
}

// TestWriteBetweenPages: a write shifts the pages that follow, so the first is read
// again with them.
func TestWriteBetweenPages(t *testing.T) {
	s := newStore(30, 10)
	reader := s.reader()
	lookUp(t, reader, bulkread.Options{}, id(0))
	lookUp(t, reader, bulkread.Options{}, id(29))
	expectPages(t, s, 1)
	s.things = s.things[1:]
	reader.MarkWritten(id(0))
	if _, rest := lookUp(t, reader, bulkread.Options{TrustAbsence: true}, ids(10, 20)...); len(rest) != 0 {
		t.Errorf("left %s", rest)
	}
	expectPages(t, s, 3)
}

// TestAge: a list that is too old is loaded anew, and the counting starts again.
func TestAge(t *testing.T) {
	for name, test := range map[string]struct {
		age, most time.Duration
		served    bool
	}{
		"young":           {bulkread.SnapshotLife, 0, true},
		"old":             {bulkread.SnapshotLife + 1, 0, false},
		"young enough":    {time.Second, time.Second, true},
		"too old":         {time.Second + 1, time.Second, false},
		"more than whole": {bulkread.SnapshotLife + 1, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStore(25, 10)
				reader := warm(t, s)
				time.Sleep(test.age)
				if served := isServed(t, reader, bulkread.Options{MaxAge: test.most}, id(3)); served != test.served {
					t.Errorf("served: %v", served)
				}
				expectPages(t, s, 0)
			})
		})
	}
}

// TestWaitersShare: one load serves all who ask meanwhile, and who gives up takes nobody along.
func TestWaitersShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		s.delay = time.Minute
		reader := s.reader()
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		given := make(chan error)
		go func() {
			_, _, err := reader.Lookup(impatient, ids(0, 25), bulkread.Options{})
			given <- err
		}()
		synctest.Wait()
		got := make(chan int)
		for number := range 5 {
			go func() {
				served, _ := lookUp(t, reader, bulkread.Options{}, ids(number, 25)...)
				got <- len(served)
			}()
		}
		if err := <-given; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v, want the deadline", err)
		}
		served := 0
		for range 5 {
			served += <-got
		}
		if served != 25+24+23+22+21 {
			t.Errorf("%d were served", served)
		}
		expectPages(t, s, 3)
	})
}

// TestWhoWantsItNewer does not take a list away from those who wait for it.
func TestWhoWantsItNewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		s.delay = time.Minute
		reader := s.reader()
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
		defer cancel()
		time.AfterFunc(90*time.Second, func() {
			if _, _, err := reader.Lookup(ctx, ids(0, 25), bulkread.Options{MaxAge: time.Second}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("err = %v, want the deadline", err)
			}
		})
		if served, _ := lookUp(t, reader, bulkread.Options{}, ids(0, 25)...); len(served) != 25 {
			t.Errorf("%d were served", len(served))
		}
		expectPages(t, s, 3)
	})
}

// TestLoadIsBounded: a server that takes too long is given up.
func TestLoadIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(25, 10)
		s.delay = time.Hour
		start := time.Now()
		if _, rest := lookUp(t, s.reader(), bulkread.Options{}, ids(0, 25)...); len(rest) != 25 || time.Since(start) != bulkread.SnapshotLife {
			t.Errorf("left %d after %s", len(rest), time.Since(start))
		}
	})
}

// TestOwnerIsWritten: what an owner has goes out of date with it, and nothing else.
func TestOwnerIsWritten(t *testing.T) {
	s := newStore(20, 30)
	list := s.list()
	list.Owner = func(key string) string { return "Owner" + key[len(key)-1:] }
	reader := bulkread.NewReader(list)
	lookUp(t, reader, bulkread.Options{}, ids(0, 20)...)
	for _, key := range ids(0, 20) {
		if !isServed(t, reader, bulkread.Options{}, key) {
			t.Errorf("%s is not served", key)
		}
	}
	reader.MarkWritten("OWNER3")
	for _, key := range ids(0, 20) {
		if isServed(t, reader, bulkread.Options{}, key) == strings.HasSuffix(key, "3") {
			t.Errorf("%s after a write of owner 3", key)
		}
	}
	if isServed(t, reader, bulkread.Options{TrustAbsence: true}, id(93)) || !isServed(t, reader, bulkread.Options{TrustAbsence: true}, id(94)) {
		t.Error("what owner 3 does not have is out of date too, and what owner 4 does not have is not")
	}
}

// TestPreferList: where a single read is as dear as the list, none is left that the list answers.
func TestPreferList(t *testing.T) {
	s := newStore(100, 10)
	s.things[99].partial = true
	reader := s.reader()
	if isServed(t, reader, bulkread.Options{}, id(0)) {
		t.Error("a list for one read")
	}
	expectPages(t, s, 0)
	reader.PreferList()
	if !isServed(t, reader, bulkread.Options{}, id(50)) {
		t.Error("the list is not preferred")
	}
	expectPages(t, s, 10)
	if isServed(t, reader, bulkread.Options{}, id(99)) {
		t.Error("a partial document is served")
	}
	expectPages(t, s, 0)
}
