// SPDX-License-Identifier: MPL-2.0

package bulkread_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// thing is a document. One that is partial needs a read by itself.
type thing struct {
	id               string
	partial, unnamed bool
	body             *[64]byte
}

// Key implements bulkread.Document.
func (t thing) Key() string { return t.id }

// IsNamed implements bulkread.Document.
func (t thing) IsNamed() bool { return !t.unnamed }

// Suffices implements bulkread.Document.
func (t thing) Suffices() bool { return !t.partial }

var (
	errFault = errors.New("a fault")
	errFinal = errors.New("the key belongs elsewhere")
)

// store is a list of things behind a page function.
type store struct {
	things []thing
	// size is the limit that is in force, whatever is asked for.
	size int
	// delay passes before an answer, with what it shows settled before.
	delay time.Duration
	// edit changes what page number shows; the error is that of the page.
	edit func(number int, page *bulkread.Page[thing]) error

	mutex sync.Mutex
	asked []int
}

func newStore(things, size int) *store {
	s := &store{size: size}
	for number := range things {
		s.things = append(s.things, thing{id: id(number)})
	}
	return s
}

func id(number int) string { return fmt.Sprintf("t%05d", number) }

func ids(from, to int) []string {
	var found []string
	for number := from; number < to; number++ {
		found = append(found, id(number))
	}
	return found
}

func (s *store) page(ctx context.Context, number int) (bulkread.Page[thing], error) {
	s.mutex.Lock()
	s.asked = append(s.asked, number)
	from := min((number-1)*s.size, len(s.things))
	to := min(from+s.size, len(s.things))
	page := bulkread.Page[thing]{
		Documents:  slices.Clone(s.things[from:to]),
		Total:      len(s.things),
		TotalPages: (len(s.things) + s.size - 1) / s.size,
		HasNext:    new(to < len(s.things)),
	}
	s.mutex.Unlock()
	select {
	case <-ctx.Done():
		return bulkread.Page[thing]{}, ctx.Err()
	case <-time.After(s.delay):
	}
	if s.edit != nil {
		return page, s.edit(number, &page)
	}
	return page, nil
}

func (s *store) list() bulkread.List[thing] {
	return bulkread.List[thing]{
		Noun:    "things",
		Page:    s.page,
		Fold:    strings.ToLower,
		IsFinal: func(err error) bool { return errors.Is(err, errFinal) },
	}
}

func (s *store) reader() *bulkread.Reader[thing] { return bulkread.NewReader(s.list()) }

// pages is how many were asked for since the last time.
func (s *store) pages() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	count := len(s.asked)
	s.asked = nil
	return count
}

// withoutCounts is a server whose envelope has neither totals nor hasNextPage.
func withoutCounts(_ int, page *bulkread.Page[thing]) error {
	page.Total, page.TotalPages, page.HasNext = bulkread.Unknown, bulkread.Unknown, nil
	return nil
}

func pagesOnly(_ int, page *bulkread.Page[thing]) error {
	page.Total = bulkread.Unknown
	return nil
}

func nextOnly(_ int, page *bulkread.Page[thing]) error {
	page.Total, page.TotalPages = bulkread.Unknown, bulkread.Unknown
	return nil
}

// lookUp returns what was served, and the keys that are left.
func lookUp(t *testing.T, reader *bulkread.Reader[thing], options bulkread.Options, keys ...string) (map[string]bulkread.Found[thing], []string) {
	t.Helper()
	served, rest, err := reader.Lookup(t.Context(), keys, options)
	if err != nil {
		t.Fatalf("look up %s: %v", keys, err)
	}
	for key, found := range served {
		if found.IsAbsent == (found.Document.id == key) {
			t.Errorf("%s: %+v", key, found)
		}
	}
	if len(served)+len(rest) != len(keys) {
		t.Errorf("%d served and %d left of %d", len(served), len(rest), len(keys))
	}
	return served, rest
}

// warm has loaded the whole list.
func warm(t *testing.T, s *store) *bulkread.Reader[thing] {
	t.Helper()
	reader := s.reader()
	lookUp(t, reader, bulkread.Options{}, ids(0, max(2, len(s.things)))...)
	s.pages()
	return reader
}

func isServed(t *testing.T, reader *bulkread.Reader[thing], options bulkread.Options, key string) bool {
	t.Helper()
	served, _ := lookUp(t, reader, options, key)
	return len(served) == 1
}

func expectPages(t *testing.T, s *store, want int) {
	t.Helper()
	if got := s.pages(); got != want {
		t.Errorf("%d pages were asked for, want %d", got, want)
	}
}

func expectText(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || err.Error() != want {
		t.Errorf("err = %v, want %s", err, want)
	}
}
