// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// silent is the error of a request that got no answer, for this cause.
func silent(mayHaveArrived, repeatable bool, cause error) error {
	return fmt.Errorf("%w: %w", &refold.UnreachableError{Delivery: refold.Delivery{MayHaveArrived: mayHaveArrived, Repeatable: repeatable}}, cause)
}

// TestUncertain: whoever applies again after a request that may have created an
// object, and that must not be sent twice, makes a second one. So the advice ends
// with how to look, and says nothing else of applying again.
func TestUncertain(t *testing.T) {
	const (
		fallback = "The request may have been carried out all the same. Before you apply again, look at Refold whether the webhook is there: another apply would make a second one."
		find     = "List the webhooks of https://acme.example, and import the one that is there."
	)
	for name, err := range map[string]error{
		"silence":                silent(true, false, syscall.ECONNRESET),
		"refused in between":     silent(true, false, syscall.ECONNREFUSED),
		"timeout":                silent(true, false, refold.ErrRequestTimeout),
		"stop":                   silent(true, false, context.Canceled),
		"too large an answer":    silent(true, false, refold.ErrAnswerTooLarge),
		"fault of Refold":        &refold.Error{Status: 500, Delivery: refold.Delivery{MayHaveArrived: true}},
		"fault of a proxy":       &refold.Error{Status: 502, NotRefold: true, Delivery: refold.Delivery{MayHaveArrived: true}},
		"fault that asks a wait": &refold.Error{Status: 503, RetryAfter: time.Hour, Delivery: refold.Delivery{MayHaveArrived: true}},
		"page in place of JSON":  &refold.Error{Status: http.StatusOK, NotRefold: true, Delivery: refold.Delivery{MayHaveArrived: true}},
		"redirect":               &refold.Error{Status: http.StatusSeeOther, Delivery: refold.Delivery{MayHaveArrived: true}},
		"odd answer":             &refold.Error{Status: http.StatusConflict, Delivery: refold.Delivery{MayHaveArrived: true}},
	} {
		t.Run(name, func(t *testing.T) {
			webhook := diagnose.Subject{Noun: "webhook", Name: "https://acme.example"}
			untold := diagnose.Failure("create", webhook, err).Next
			if !strings.HasSuffix(untold, fallback) || strings.Count(strings.ToLower(untold), "apply") != 2 {
				t.Errorf("advice: %s", untold)
			}
			webhook.Find = find
			told := diagnose.Failure("create", webhook, err).Next
			if !strings.HasSuffix(told, "carried out all the same. "+find) || strings.Contains(strings.ToLower(told), "apply") {
				t.Errorf("advice: %s", told)
			}
		})
	}
}

// TestAgain: a request that Refold takes as often as it comes may do harm at a later time. So the
// advice says what to look at, and nothing of applying again, unless the request has not arrived.
func TestAgain(t *testing.T) {
	const look = "The request may have been carried out all the same. Look whether the customer is back."
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"silence":         {silent(true, true, syscall.ECONNRESET), look},
		"timeout":         {silent(true, true, refold.ErrRequestTimeout), look},
		"stop":            {silent(true, true, context.Canceled), look},
		"fault of Refold": {&refold.Error{Status: 500, Delivery: refold.Delivery{MayHaveArrived: true, Repeatable: true}}, look},
		"not sent":        {silent(false, true, syscall.EHOSTUNREACH), "Applying again is safe: the request did not arrive."},
		"refused":         {&refold.Error{Status: 400, Delivery: refold.Delivery{Repeatable: true}}, ", then apply again."},
	} {
		t.Run(name, func(t *testing.T) {
			app := diagnose.Subject{Noun: "app", Name: "slack", Again: "Look whether the customer is back."}
			got := diagnose.Failure("remove", app, test.err).Next
			if !strings.HasSuffix(got, test.want) || test.want == look && strings.Contains(strings.ToLower(got), "apply") {
				t.Errorf("advice is %q, want it to end with %q", got, test.want)
			}
		})
	}
}

// TestCertain: where nothing is left open, the advice is to apply again.
func TestCertain(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"repeatable, and may have arrived":    {silent(true, true, syscall.ECONNRESET), "Applying again is safe, whether or not the request arrived."},
		"not repeatable, and has not arrived": {silent(false, false, syscall.EHOSTUNREACH), "Applying again is safe: the request did not arrive."},
		"nobody listens":                      {silent(false, false, syscall.ECONNREFUSED), "Applying again is safe."},
		"a stop before it was sent":           {silent(false, false, context.Canceled), "Run the same command again: what was done is recognised, the rest is done. (After terraform destroy, an apply would create anew what is gone.)"},
		"a refusal":                           {&refold.Error{Status: 400}, ", then apply again."},
		"a fault that can be repeated":        {&refold.Error{Status: 500, Delivery: refold.Delivery{MayHaveArrived: true, Repeatable: true}}, "Run the same command again later (a saved plan has to be made anew); if it stays, pass the message above to Refold's support."},
		"a long wait":                         {&refold.Error{Status: 429, RetryAfter: time.Hour}, "Run the same command again later (a saved plan has to be made anew)."},
	} {
		t.Run(name, func(t *testing.T) {
			got := diagnose.Failure("create", diagnose.Subject{Noun: "webhook", Name: "https://acme.example", Find: "Look."}, test.err).Next
			if !strings.HasSuffix(got, test.want) {
				t.Errorf("advice is %q, want it to end with %q", got, test.want)
			}
		})
	}
}
