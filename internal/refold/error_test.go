// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestErrorText(t *testing.T) {
	tests := map[string]refold.Error{
		"HTTP 404 Not Found (SERVER_ERROR): gone": {Status: 404, Code: "SERVER_ERROR", Message: "gone"},
		"HTTP 400 Bad Request: bad":               {Status: 400, Message: "bad", Delivery: refold.Delivery{Attempts: 1, Elapsed: time.Second}},
		"HTTP 599: odd":                           {Status: 599, Message: "odd"},
		"HTTP 500 Internal Server Error (X): y [request id r1] (the last of 3 attempts in 4.2s)": {
			Status: 500, Code: "X", Message: "y", RequestID: "r1", Delivery: refold.Delivery{Attempts: 3, Elapsed: 4217 * time.Millisecond},
		},
	}
	for want, refusal := range tests {
		expect(t, refusal.Error(), want)
	}
}

func TestKindOf(t *testing.T) {
	refusal := &refold.Error{Kind: refold.DuplicateCredential}
	for _, test := range []struct {
		err  error
		want refold.Kind
	}{
		{nil, refold.Other},
		{errors.New("x"), refold.Other},
		{&refold.UnreachableError{}, refold.Other},
		{refusal, refold.DuplicateCredential},
		{fmt.Errorf("create: %w", refusal), refold.DuplicateCredential},
	} {
		if got := refold.KindOf(test.err); got != test.want {
			t.Errorf("KindOf(%v) = %v, want %v", test.err, got, test.want)
		}
	}
}

// The server's clock counts, where it is known.
func TestEndOf(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	if got := refold.EndOf(fmt.Errorf("save: %w", &refold.Error{Date: date})); !got.Equal(date) {
		t.Errorf("by the server's clock it ended %s", got)
	}
	for _, failed := range []error{errors.New("no answer"), &refold.Error{}} {
		if got := refold.EndOf(failed); time.Since(got) > time.Minute {
			t.Errorf("by this machine's clock it ended %s", got)
		}
	}
}

func TestIsLater(t *testing.T) {
	t.Parallel()
	const noon = "2026-11-27T12:00:00Z"
	for name, test := range map[string]struct {
		shown, than      string
		isLater, isKnown bool
	}{
		"earlier":              {"2026-11-27T11:00:00Z", noon, false, true},
		"as clocks may differ": {"2026-11-27T12:01:00.000Z", noon, false, true},
		"later":                {"2026-11-27T12:01:00.001Z", noon, true, true},
		"not shown":            {"", noon, false, false},
		"not known":            {noon, "", false, false},
	} {
		if isLater, isKnown := refold.IsLater(test.shown, test.than, refold.ClockTolerance); isLater != test.isLater || isKnown != test.isKnown {
			t.Errorf("%s: %t, %t", name, isLater, isKnown)
		}
	}
}
