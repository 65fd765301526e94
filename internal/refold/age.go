// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/http"
	"time"
)

// deploymentTolerance is how far the clocks of one deployment may be apart: one machine dates an
// account, another one the answer that shows it.
const deploymentTolerance = time.Minute

// Age is how old the account was when the server showed it, by the server's own clock: CreatedAt
// against AnsweredAt, so that it counts in whole seconds. It is not known where either is missing,
// or where they contradict each other by more than a minute. An account from a list was shown when
// its page was read, which may be up to SnapshotLife ago.
func (a *LinkedAccount) Age() (age time.Duration, known bool) {
	return sinceUntil(a.CreatedAt, a.AnsweredAt)
}

// precedes reports whether a date of the account is before a moment of this machine's clock, of
// which only the time since then counts: clocks differ.
func (a *LinkedAccount) precedes(date string, moment time.Time) (precedes, known bool) {
	return isDatedBefore(date, a.AnsweredAt, moment)
}

// isDatedBefore is precedes for a date that an answer of this time shows.
func isDatedBefore(date string, answered, moment time.Time) (precedes, known bool) {
	elapsed, known := sinceUntil(date, answered)
	return elapsed > time.Since(moment)+deploymentTolerance, known
}

// sinceUntil is the time from a date (FACTS 1.7) to the answer that shows it.
func sinceUntil(date string, answered time.Time) (elapsed time.Duration, known bool) {
	since, err := time.Parse(time.RFC3339, date)
	if err != nil || answered.IsZero() {
		return 0, false
	}
	elapsed = answered.Sub(since)
	return max(0, elapsed), elapsed >= -deploymentTolerance
}

// serverDate is the Date of an answer, zero where it has none.
func serverDate(header http.Header) time.Time {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return date.UTC()
}
