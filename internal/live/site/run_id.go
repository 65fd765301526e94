// SPDX-License-Identifier: MPL-2.0

package site

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"time"
)

// An id of a run's account is tf-live-, the second in which the run began, in UTC, 8 hex digits
// that no other run has, and whatever the run adds: tf-live-20260724T093000Z-1c0ffee1-acme.
const (
	idMark   = "tf-live-"
	timeForm = "20060102T150405Z"
)

var runID = regexp.MustCompile(`^` + idMark + `(\d{8}T\d{6}Z)-[0-9a-f]{8}-`)

// abandonedAfter is from when on a run is over, also one that could not tidy up. No run takes half
// as long.
const abandonedAfter = 6 * time.Hour

func newPrefix(now time.Time) string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // it never fails
	return idMark + now.UTC().Format(timeForm) + "-" + hex.EncodeToString(random[:]) + "-"
}

// isAbandoned reports whether an id is of a run that is over.
func isAbandoned(id string, now time.Time) bool {
	found := runID.FindStringSubmatch(id)
	if found == nil {
		return false
	}
	began, err := time.Parse(timeForm, found[1])
	return err == nil && now.Sub(began) > abandonedAfter
}
