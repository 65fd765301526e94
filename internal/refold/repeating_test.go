// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// lost are attempts after which nobody knows whether they were carried out.
var lost = map[string]reply{
	"500":                     answer(500, `{"error":"SERVER_ERROR","message":"Server Error"}`),
	"502":                     answer(502, "<html>"),
	"503":                     answer(503, ""),
	"503 that names a wait":   answer(503, "", "Retry-After", "1"),
	"504":                     answer(504, ""),
	"reset":                   failure(syscall.ECONNRESET),
	"reset, of a connection":  failure(&net.OpError{Op: "read", Err: syscall.ECONNRESET}),
	"closed":                  failure(io.EOF),
	"answer broken off":       brokenOff(201, `{"_id":`),
	"refusal broken off":      brokenOff(429, `{"mess`),
	"answer cut short":        answer(200, `{"_id":`),
	"page in place of JSON":   answer(200, "<html>"),
	"nothing":                 answer(200, ""),
	"no answer":               silence,
	"no end of the body":      stalled,
	"too large":               tooLarge,
	"sent on after it worked": answer(303, "", "Location", "/somewhere"),
}

// notArrived are attempts that were certainly not carried out.
var notArrived = map[string]reply{
	"429":                     answer(429, `{"message":"slow down"}`),
	"403 that throttles":      answer(403, "", "X-RateLimit-Remaining", "0"),
	"connection refused":      failure(syscall.ECONNREFUSED),
	"no route":                failure(&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}),
	"no route from a proxy":   failure(&net.OpError{Op: "proxyconnect", Err: errors.New("Forbidden")}),
	"unknown host, for now":   failure(&net.DNSError{Err: "server misbehaving", Name: "refold.example", IsTemporary: true}),
	"connection times out":    failure(&net.OpError{Op: "dial", Err: syscall.ETIMEDOUT}),
	"429 that names its wait": answer(429, "", "Retry-After", "60"),
}

// refused are attempts that no other follows, and that were not carried out either.
var refused = map[string]reply{
	"400":                       answer(400, `{"message":"bad"}`),
	"401":                       answer(401, `{"message":"Invalid Credentials"}`),
	"403":                       answer(403, `{"message":"missing role"}`),
	"404 of a proxy":            answer(404, "<html>"),
	"200 with an error":         answer(200, `{"error":"no"}`),
	"200 without success":       answer(200, `{"success":false,"message":"no"}`),
	"500 that is a bad request": answer(500, `{"http_error_type":"BAD_REQUEST","message":"A valid app_id is required"}`),
	"redirect":                  answer(302, "", "Location", "https://login.example"),
	"untrusted certificate":     failure(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}),
	"http instead of https":     failure(http.ErrSchemeMismatch),
}

// TestWhatIsNotRepeatable is sent again only as long as no attempt may have arrived.
func TestWhatIsNotRepeatable(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for name, operation := range withOnce(true) {
		t.Run(name, func(t *testing.T) { testNotRepeatable(t, operation) })
	}
}

func testNotRepeatable(t *testing.T, operation operation) {
	created := operation.works()
	for name, play := range lost {
		// What came before does not matter, nor that the server works again.
		for before, plays := range map[string][]reply{"": {play, created}, "429, then ": {answer(429, ""), play, created}} {
			t.Run(before+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					net := newNetwork(t, plays...)
					err := operation.do(t.Context(), newClient(t, net))
					if err == nil {
						t.Fatalf("it was repeated although it may have arrived, or takes an answer for a success that is none: %s", net.methods())
					}
					if arrived, repeatable := outcomeOf(t, err); !arrived || repeatable || !refold.IsUncertain(fmt.Errorf("create: %w", err)) {
						t.Errorf("arrived %v, repeatable %v: %v", arrived, repeatable, err)
					}
					if got := len(net.requests()); got != len(plays)-1 {
						t.Errorf("%d requests, want %d", got, len(plays)-1)
					}
				})
			})
		}
	}
	for name, play := range notArrived {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, play, play, created)
				if err := operation.do(t.Context(), newClient(t, net)); err != nil || net.methods() != "POST POST POST" {
					t.Errorf("%v after %s", err, net.methods())
				}
				err := operation.do(t.Context(), newClient(t, newNetwork(t, play)))
				if arrived, repeatable := outcomeOf(t, err); arrived || repeatable || refold.IsUncertain(err) {
					t.Errorf("arrived %v, repeatable %v: %v", arrived, repeatable, err)
				}
			})
		})
	}
	for name, play := range refused {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, play)
				err := operation.do(t.Context(), newClient(t, net))
				if arrived, repeatable := outcomeOf(t, err); arrived || repeatable || refold.IsUncertain(err) || net.methods() != "POST" {
					t.Errorf("arrived %v, repeatable %v: %v after %s", arrived, repeatable, err, net.methods())
				}
			})
		})
	}
}

// TestWhatIsRepeatable: all other operations say so, also where they may have arrived.
func TestWhatIsRepeatable(t *testing.T) {
	for name, operation := range withOnce(false) {
		for playName, play := range map[string]reply{"fault": answer(503, ""), "reset": failure(syscall.ECONNRESET), "refused": answer(400, `{"message":"bad"}`), "page": answer(200, "<html>")} {
			err := operation.do(t.Context(), newClient(t, newNetwork(t, play), withoutRetries))
			arrived, repeatable := outcomeOf(t, err)
			if !repeatable || refold.IsUncertain(err) || arrived != (playName != "refused") {
				t.Errorf("%s, %s: arrived %v, repeatable %v: %v", name, playName, arrived, repeatable, err)
			}
		}
	}
}

// TestStopOfWhatIsNotRepeatable: what was not sent yet is not uncertain.
func TestStopOfWhatIsNotRepeatable(t *testing.T) {
	for name, test := range map[string]struct {
		plays     []reply
		uncertain bool
	}{
		"while it is under way":     {[]reply{silence}, true},
		"while it waits for a turn": {[]reply{answer(429, "", "Retry-After", "60")}, false},
		"before it":                 {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				if test.plays == nil {
					cancel()
				}
				time.AfterFunc(5*time.Second, cancel)
				net := newNetwork(t, test.plays...)
				err := newClient(t, net).CreateWithoutKey(ctx)
				if !errors.Is(err, context.Canceled) || refold.IsUncertain(err) != test.uncertain || len(net.requests()) != len(test.plays) {
					t.Errorf("uncertain %v: %v after %s", refold.IsUncertain(err), err, net.methods())
				}
			})
		})
	}
}

func TestIsUncertainOfOtherErrors(t *testing.T) {
	for _, err := range []error{nil, errors.New("another"), &refold.EnvironmentError{Written: true}} {
		if refold.IsUncertain(err) {
			t.Errorf("%v is uncertain", err)
		}
	}
}

// outcomeOf reads MayHaveArrived and Repeatable from either kind of error.
func outcomeOf(t *testing.T, err error) (arrived, repeatable bool) {
	t.Helper()
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		return refusal.MayHaveArrived, refusal.Repeatable
	}
	silence, ok := errors.AsType[*refold.UnreachableError](err)
	if !ok {
		t.Fatalf("err = %v, want one of the client's", err)
	}
	return silence.MayHaveArrived, silence.Repeatable
}
