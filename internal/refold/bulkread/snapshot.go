// SPDX-License-Identifier: MPL-2.0

package bulkread

import "time"

// mostPages bounds a list. At the published pace, more could not be read within SnapshotLife.
const mostPages = 5000

// moment is when a page was asked for. What it shows is not older.
type moment struct {
	time time.Time
	// writes is how many writes had ended by then.
	writes int
}

// shown is a document as the newest page that shows it does.
type shown[D Document] struct {
	// document is empty once it was written (release), which makes it unusable.
	document D
	asked    moment
}

// snapshot is what the pages of one list show, as far as they were loaded. All
// its fields belong to the mutex of its Reader.
type snapshot[D Document] struct {
	list List[D]
	// gets is how many reads were sent out by themselves so far, because loading the
	// rest of the list was not worth it.
	gets int
	// pages is how many were loaded, lastPage the last one's number, if known.
	pages, lastPage int
	// total is what the first page counts, or Unknown.
	total     int
	documents map[string]shown[D]
	// folded has the keys as fold makes them, once the snapshot is complete.
	folded map[string]bool
	// oldest is when the first of all pages was asked for.
	oldest moment
	// born is when the last load began. A snapshot without pages has no age.
	born time.Time
	// hasUnnamed: a document shows no key.
	hasUnnamed bool
	// isShifted: pages do not fit together, so a document may have slipped
	// from one that was not read yet to one that had been.
	isShifted bool
	// hasMoved: two counts that are known differ, so as many documents may have come
	// between pages as one page shows. The number of the last page is known then.
	hasMoved bool
	// isEnded: there is nothing left to load, or it is not worth trying.
	isEnded bool
	// err is why loading failed.
	err error
	// loading is closed when the load under way ends; nil when there is none.
	loading chan struct{}
	// toEnd: a load does not stop after the first page.
	toEnd bool
	// isWhole: the list is loaded for its own sake, whatever its documents
	// lack. It began after so many writes.
	isWhole bool
	begun   int
}

func newSnapshot[D Document](list List[D]) *snapshot[D] {
	return &snapshot[D]{list: list, total: Unknown, lastPage: Unknown, documents: map[string]shown[D]{}}
}

// add takes in a page. It returns an error when the list is of no use.
func (s *snapshot[D]) add(number int, asked moment, page Page[D]) error {
	s.pages++
	if number == 1 {
		s.total, s.lastPage, s.oldest = page.Total, page.lastPage(), asked
	}
	if s.lastPage == Unknown && page.isLast() {
		s.lastPage = number
	}
	isFalseEnd := number == s.lastPage && page.HasNext != nil && *page.HasNext
	s.isShifted = s.isShifted || page.Total != s.total || isFalseEnd
	s.hasMoved = s.hasMoved || s.total != Unknown && page.Total != Unknown && page.Total != s.total
	isNew := s.merge(asked, page.Documents)
	switch {
	case number > 1 && len(page.Documents) > 0 && !isNew && !s.hasMoved:
		return unusable("page %d of the list of %s shows only what others show", number, s.list.Noun)
	case s.lastPage > mostPages || number >= mostPages && s.lastPage == Unknown:
		return unusable("the list of %s has more than %d pages", s.list.Noun, mostPages)
	case number == 1 && page.isUseless() && !s.isWhole:
		return unusable("listed %s lack fields", s.list.Noun)
	}
	if s.pages == s.lastPage {
		s.end()
	}
	return nil
}

// merge reports whether a document is shown for the first time.
func (s *snapshot[D]) merge(asked moment, documents []D) bool {
	isNew := false
	for _, document := range documents {
		key := document.Key()
		before, isKnown := s.documents[key]
		s.isShifted = s.isShifted || isKnown || key == ""
		s.hasUnnamed = s.hasUnnamed || !document.IsNamed()
		if key == "" || (isKnown && before.asked.time.After(asked.time)) {
			continue
		}
		isNew = isNew || !isKnown
		s.documents[key] = shown[D]{document: document, asked: asked}
	}
	return isNew
}

// release keeps of a document only that it was shown: it was written since, so it is of no use any
// more, and after changes to all of thousands it is memory that the state needs.
func (s *snapshot[D]) release(key string) {
	if held, isShown := s.documents[key]; isShown {
		s.documents[key] = shown[D]{asked: held.asked}
	}
}

func (s *snapshot[D]) end() {
	s.isEnded = true
	if !s.isComplete() {
		return
	}
	s.folded = make(map[string]bool, len(s.documents))
	for key := range s.documents {
		s.folded[s.list.Fold(key)] = true
	}
}

// isConsistent reports whether all pages were loaded and fit together as far as they say.
func (s *snapshot[D]) isConsistent() bool {
	return s.isEnded && s.err == nil && !s.isShifted && (s.total == Unknown || s.total == len(s.documents))
}

// isComplete reports whether what the snapshot does not show does not exist:
// each page counts as many documents as all of them show. A document that is
// created in the very moment in which another is deleted can hide a third.
func (s *snapshot[D]) isComplete() bool {
	return s.isConsistent() && s.total != Unknown && !s.hasUnnamed
}

// nextPages are the pages to load next: the rest, or one where nothing says how many there are.
func (s *snapshot[D]) nextPages() (from, to int) {
	if s.lastPage == Unknown {
		return s.pages + 1, s.pages + 1
	}
	return s.pages + 1, s.lastPage
}

// listCost is the number of requests of the list, or the least that it can be.
// A first page for a single read never pays.
func (s *snapshot[D]) listCost() int {
	if s.lastPage != Unknown {
		return s.lastPage
	}
	return max(2, s.pages+1)
}
