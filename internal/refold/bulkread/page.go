// SPDX-License-Identifier: MPL-2.0

package bulkread

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
)

// Document is one entry of a page.
type Document interface {
	// Key is the natural key, by which single reads ask. Where IsNamed is false, it only tells the
	// document from others; if it is empty, nothing does.
	Key() string
	// IsNamed is false for a document that shows no key. It may be that of any key, so that a list
	// with it proves no absence.
	IsNamed() bool
	// Suffices reports whether the document can stand for the answer to a single read.
	Suffices() bool
}

// PageFunc reads a page, counted from 1, always of the same limit.
type PageFunc[D Document] func(ctx context.Context, number int) (Page[D], error)

// Unknown is a count that the envelope of a page does not give.
const Unknown = -1

// Page is one page of a list (FACTS 1.5). The server may use a lower limit than was
// asked for, so a page that is not the last may be short.
type Page[D Document] struct {
	Documents []D
	// Total is the number of documents on all pages, or Unknown.
	Total int
	// TotalPages is what the server says, or Unknown.
	TotalPages int
	// HasNext is nil where the server does not say.
	HasNext *bool
}

// ErrNoList says that an answer is no page.
var ErrNoList = errors.New("not a list in JSON")

// DecodePage reads the envelope of a page, and its documents one by one. Samples leave out every
// field but docs, so each other may be missing (FACTS 1.5). Its error is ErrNoList.
func DecodePage[D Document](body []byte, decode func(json.RawMessage) D) (Page[D], error) {
	var wire struct {
		Documents  []json.RawMessage `json:"docs"`
		Total      json.RawMessage   `json:"totalDocs"`
		TotalPages json.RawMessage   `json:"totalPages"`
		HasNext    json.RawMessage   `json:"hasNextPage"`
	}
	if json.Unmarshal(body, &wire) != nil || wire.Documents == nil {
		return Page[D]{}, ErrNoList
	}
	page := Page[D]{
		Documents:  make([]D, 0, len(wire.Documents)),
		Total:      decodeCount(wire.Total),
		TotalPages: decodeCount(wire.TotalPages),
		HasNext:    decodeFlag(wire.HasNext),
	}
	for _, document := range wire.Documents {
		page.Documents = append(page.Documents, decode(document))
	}
	return page, nil
}

// decodeCount reads a number that may be written as a text. It keeps to 31
// bits, so that no product of counts overflows.
func decodeCount(raw json.RawMessage) int {
	count, err := strconv.ParseInt(string(bytes.Trim(raw, `"`)), 10, 32)
	if err != nil || count < 0 {
		return Unknown
	}
	return int(count)
}

func decodeFlag(raw json.RawMessage) *bool {
	switch string(bytes.Trim(raw, `"`)) {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	return nil
}

// isUseless reports whether there are documents, and none that can stand for
// the answer to a single read.
func (p Page[D]) isUseless() bool {
	return len(p.Documents) > 0 && !slices.ContainsFunc(p.Documents, D.Suffices)
}

// isLast reports whether the page says by itself that none follows.
func (p Page[D]) isLast() bool {
	return len(p.Documents) == 0 || (p.HasNext != nil && !*p.HasNext)
}

// lastPage is the number of the last page as the first page tells it, or Unknown. A
// page that shows a part of all documents is full, so its size is the limit that is
// in force, whatever was asked for.
func (p Page[D]) lastPage() int {
	size := len(p.Documents)
	switch {
	case p.isLast():
		return 1
	case p.Total != Unknown:
		return max(1, (p.Total+size-1)/size)
	case p.TotalPages != Unknown:
		return max(1, p.TotalPages)
	}
	return Unknown
}
