// SPDX-License-Identifier: MPL-2.0

package bulkread

import "time"

// Claim is what a list said of a document that nobody has written since.
type Claim[D Document] struct {
	// Document is what the list shows. It is shared: it must not be changed.
	Document D
	// IsAbsent is true where a complete list did not show the document, and this was taken for
	// proof. There is no Document then.
	IsAbsent bool
	// Asked is when the page was asked for that the claim rests on, the first one of an absence.
	Asked time.Time
}

// Claimed returns what was last answered, or would be, of a document from a list, whatever the
// list's age; false where that is nothing. Who reads or writes the document by itself can hold it
// against what is there, before the write is marked.
func (r *Reader[D]) Claimed(key string) (Claim[D], bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if found, isShown := r.current.documents[key]; isShown && r.isUsable(key, found.asked, question{}) && found.document.Suffices() {
		return Claim[D]{Document: found.document, Asked: found.asked.time}, true
	}
	asked, isAbsent := r.absent[r.list.Fold(key)]
	return Claim[D]{IsAbsent: isAbsent, Asked: asked}, isAbsent
}

// Distrust is for when a list was found to be wrong: from now on no list stands for a single read,
// neither for a document nor for the absence of one, and All leaves every document to be read by
// itself.
func (r *Reader[D]) Distrust() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.isDistrusted = true
}

// IsDistrusted reports whether Distrust was called.
func (r *Reader[D]) IsDistrusted() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.isDistrusted
}
