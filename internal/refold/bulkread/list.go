// SPDX-License-Identifier: MPL-2.0

package bulkread

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// passes is how often a list that shifts is read before that is an error.
const passes = 4

// List is a list of documents, and how it is read.
type List[D Document] struct {
	// Noun names the documents in messages, in the plural.
	Noun string
	// Page reads one page.
	Page PageFunc[D]
	// Fold gives the same text for keys that the server may take for the same one.
	Fold func(key string) string
	// Owner is the key of what a document lives and dies with, in another list. Nil where documents
	// stand for themselves.
	Owner func(key string) string
	// IsFinal reports whether an error of Page would meet every other read as well, as
	// a key that belongs elsewhere does.
	IsFinal func(error) bool
}

// Error says that pages are of no use, or do not fit together.
type Error struct{ message string }

// Error implements error.
func (e *Error) Error() string { return e.message }

func unusable(format string, values ...any) error {
	return &Error{message: fmt.Sprintf(format, values...)}
}

func (l List[D]) keepsChanging(last *snapshot[D]) error {
	message := fmt.Sprintf("the list of %s keeps changing while it is read", l.Noun)
	if last.total != Unknown {
		message += fmt.Sprintf(" (counted: %d, found: %d)", last.total, len(last.documents))
	}
	return &Error{message}
}

// Each yields what each page shows for the first time, and asks for nothing more once
// the caller stops. Where pages shift, the list is read again for what slipped
// through, a few times. An error is the last that is yielded: of Page as it stands, or
// an *Error. What was yielded before stays right.
func (l List[D]) Each(ctx context.Context) iter.Seq2[[]D, error] {
	return func(yield func([]D, error) bool) {
		seen := map[string]bool{}
		var last *snapshot[D]
		for range passes {
			last = newSnapshot(l)
			for page, err := range last.read(ctx) {
				if err != nil {
					yield(nil, err)
					return
				}
				if !yield(unseen(seen, page.Documents), nil) {
					return
				}
			}
			if last.isConsistent() {
				return
			}
		}
		yield(nil, l.keepsChanging(last))
	}
}

// Once yields page after page, once, whatever shifts meanwhile, and asks for nothing more once the
// caller stops. Errors are as of Each. What slips from one page to another may come twice, or not
// at all.
func (l List[D]) Once(ctx context.Context) iter.Seq2[Page[D], error] {
	return newSnapshot(l).read(ctx)
}

// read takes in page after page, and yields each.
func (s *snapshot[D]) read(ctx context.Context) iter.Seq2[Page[D], error] {
	return func(yield func(Page[D], error) bool) {
		s.isWhole = true
		for number := 1; !s.isEnded; number++ {
			asked := moment{time: time.Now()}
			page, err := s.list.Page(ctx, number)
			if err == nil {
				err = s.add(number, asked, page)
			}
			if err != nil {
				yield(Page[D]{}, err)
				return
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// unseen adds documents to those that were seen, and returns the new ones.
func unseen[D Document](seen map[string]bool, documents []D) []D {
	var found []D
	for _, document := range documents {
		if key := document.Key(); key != "" && !seen[key] {
			seen[key] = true
			found = append(found, document)
		}
	}
	return found
}
