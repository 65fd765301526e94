// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// mostPages bounds a list. At the published pace, more could not be read
// within SnapshotLife.
const mostPages = 5000

// moment is when a page was asked for. What it shows is not older.
type moment struct {
	time time.Time
	// writes is how many writes of this client had ended.
	writes int
}

// shown is an account as the newest page that shows it does. Its account is
// nil when the document cannot stand for the answer to a GET.
type shown struct {
	account *LinkedAccount
	asked   moment
}

// snapshot is what the pages of one list show, as far as they were loaded. All
// its fields belong to the mutex of the bulkReader.
type snapshot struct {
	// gets is how many reads were sent out as GETs so far, because loading the
	// rest of the list was not worth it.
	gets int
	// pages is how many were loaded, lastPage the last one's number, if known.
	pages, lastPage int
	// total is what the first page counts, or unknownCount.
	total    int
	accounts map[string]shown
	// folded has the ids as foldCase makes them, once the snapshot is complete.
	folded map[string]bool
	// oldest is when the first of all pages was asked for.
	oldest moment
	// born is when the last load began. A snapshot without pages has no age.
	born time.Time
	// isShifted: pages do not fit together, so an account may have slipped
	// from one that was not read yet to one that had been.
	isShifted bool
	// hasMoved: two counts that are known differ, so as many accounts may have come
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

func newSnapshot() *snapshot {
	return &snapshot{total: unknownCount, lastPage: unknownCount, accounts: map[string]shown{}}
}

// add takes in a page. It returns an error when the list is of no use.
func (s *snapshot) add(number int, asked moment, page listPage) error {
	s.pages++
	if number == 1 {
		s.total, s.lastPage, s.oldest = page.total, page.lastPage(), asked
	}
	if s.lastPage == unknownCount && page.isLast() {
		s.lastPage = number
	}
	isFalseEnd := number == s.lastPage && page.hasNext != nil && *page.hasNext
	s.isShifted = s.isShifted || page.total != s.total || isFalseEnd
	s.hasMoved = s.hasMoved || s.total != unknownCount && page.total != unknownCount && page.total != s.total
	isNew := s.merge(asked, page.documents)
	switch {
	case number > 1 && len(page.documents) > 0 && !isNew && !s.hasMoved:
		return &Error{Status: http.StatusOK, Message: fmt.Sprintf("page %d of the list of linked accounts shows only what others show", number)}
	case s.lastPage > mostPages || number >= mostPages && s.lastPage == unknownCount:
		return &Error{Status: http.StatusOK, Message: fmt.Sprintf("the list of linked accounts has more than %d pages", mostPages)}
	case number == 1 && page.isUseless() && !s.isWhole:
		return &Error{Status: http.StatusOK, Message: "listed accounts lack fields"}
	}
	if s.pages == s.lastPage {
		s.end()
	}
	return nil
}

// merge reports whether a document shows an account for the first time.
func (s *snapshot) merge(asked moment, documents []listed) bool {
	isNew := false
	for _, document := range documents {
		before, isKnown := s.accounts[document.accountID]
		s.isShifted = s.isShifted || isKnown || document.accountID == ""
		if document.accountID == "" || (isKnown && before.asked.time.After(asked.time)) {
			continue
		}
		isNew = isNew || !isKnown
		s.accounts[document.accountID] = shown{account: document.account, asked: asked}
	}
	return isNew
}

func (s *snapshot) end() {
	s.isEnded = true
	if !s.isComplete() {
		return
	}
	s.folded = make(map[string]bool, len(s.accounts))
	for id := range s.accounts {
		s.folded[foldCase(id)] = true
	}
}

// isConsistent reports whether all pages were loaded and fit together as far
// as they say.
func (s *snapshot) isConsistent() bool {
	return s.isEnded && s.err == nil && !s.isShifted && (s.total == unknownCount || s.total == len(s.accounts))
}

// isComplete reports whether what the snapshot does not show does not exist:
// each page counts as many accounts as all of them show. An account that is
// created in the very moment in which another is deleted can hide a third.
func (s *snapshot) isComplete() bool { return s.isConsistent() && s.total != unknownCount }

// nextPages are the pages to load next: the rest, or one where nothing says
// how many there are.
func (s *snapshot) nextPages() (from, to int) {
	if s.lastPage == unknownCount {
		return s.pages + 1, s.pages + 1
	}
	return s.pages + 1, s.lastPage
}

// listCost is the number of requests of the list, or the least that it can be.
// A first page for a single read never pays.
func (s *snapshot) listCost() int {
	if s.lastPage != unknownCount {
		return s.lastPage
	}
	return max(2, s.pages+1)
}

// foldCase maps texts that differ in case only to the same one. Servers may take
// such ids for the same account (FACTS 4.9).
func foldCase(text string) string { return strings.Map(foldRune, text) }

func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}
