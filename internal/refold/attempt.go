// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// maxBodyBytes bounds every answer; 10,000 accounts with generous udf fit.
const maxBodyBytes = 10 << 20

var (
	// ErrAnswerTooLarge is in the chain of an error for an answer whose body is larger than 10 MiB.
	ErrAnswerTooLarge = fmt.Errorf("the answer is larger than %d MiB", maxBodyBytes>>20)
	// ErrRequestTimeout is in the chain of an error for a request that took longer
	// than Options.RequestTimeout.
	ErrRequestTimeout = errors.New("request timeout")

	errOutOfTime = errors.New("no time is left")
)

// attemptTransport is one attempt at one request: it waits for its turn, limits its time, and reads
// the answer whole, so that an answer which breaks off is a failed attempt like any other.
type attemptTransport struct {
	next    http.RoundTripper
	pacer   *pacer
	timeout time.Duration
	trace   func(context.Context, Attempt)
	secrets *redact.Secrets
	guard   *environmentGuard
	contact *contact
	proxy   func(*http.Request) (*url.URL, error)
}

// RoundTrip implements http.RoundTripper.
func (t *attemptTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	caller, record := request.Context(), recordFrom(request.Context())
	ctx, cancel := record.bound(caller)
	defer cancel()
	if err := t.pacer.wait(ctx); err != nil {
		if record.ranOut(ctx, caller, err) {
			return nil, errOutOfTime
		}
		return nil, fmt.Errorf("wait for a turn under the rate limit: %w", err)
	}
	if record.call.isGuarded() && t.guard.isBroken() {
		return nil, errHeldBack
	}
	if err := record.recheck(ctx); err != nil {
		return nil, err
	}
	start := time.Now()
	record.begin(start)
	t.contact.begin(start)
	onWire, done := ctx, context.CancelFunc(func() {})
	if request.Method != http.MethodGet {
		onWire, done = Finishing(ctx)
	}
	defer done()
	response, err := t.exchange(request.WithContext(onWire))
	if err != nil && record.ranOut(ctx, caller, err) {
		err = fmt.Errorf("no answer before the end: %w", errOutOfTime)
	}
	record.finish(response, err)
	t.adapt(response, err, start)
	t.report(caller, request, response, record.attempts, time.Since(start))
	return response, err
}

// adapt tells the pacer what the server thinks of the pace.
func (t *attemptTransport) adapt(response *http.Response, err error, sent time.Time) {
	switch {
	case err != nil:
	case isThrottled(response.StatusCode, response.Header):
		t.pacer.rejected(sent, time.Now(), retryAfter(response.StatusCode, response.Header))
	default:
		t.pacer.accepted(sent, time.Now())
	}
}

func (t *attemptTransport) exchange(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(request.Context(), t.timeout)
	defer cancel()
	response, err := t.next.RoundTrip(request.WithContext(ctx))
	if err != nil {
		return nil, t.explain(request.Context(), t.blameProxy(request, err))
	}
	t.contact.reach()
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBodyBytes+1))
	if err != nil {
		return nil, t.explain(request.Context(), fmt.Errorf("read the answer: %w", err))
	}
	if len(body) > maxBodyBytes {
		return nil, ErrAnswerTooLarge
	}
	response.Body = &buffered{Reader: bytes.NewReader(body), content: body}
	return response, nil
}

// explain tells a request that took too long from one that the caller gave up.
func (t *attemptTransport) explain(caller context.Context, err error) error {
	if caller.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within the %w of %s", ErrRequestTimeout, t.timeout)
	}
	return err
}

func (t *attemptTransport) report(ctx context.Context, request *http.Request, response *http.Response, number int, took time.Duration) {
	if t.trace == nil {
		return
	}
	attempt := Attempt{Method: request.Method, Path: t.secrets.Redact(request.URL.EscapedPath()), Number: number, Duration: took}
	if response != nil {
		attempt.Status = response.StatusCode
	}
	t.trace(ctx, attempt)
}

// Attempt describes one attempt for a log. It carries nothing secret: no
// header, no body, no query, no error text.
type Attempt struct {
	Method string
	// Path is percent-encoded, and redacted.
	Path string
	// Number counts the attempts of one request, from 1.
	Number int
	// Status is the HTTP status, or 0 when no answer arrived.
	Status int
	// Duration is the time on the wire, without the wait for the rate limit.
	Duration time.Duration
}

// buffered is a body that was read already and can be looked at twice.
type buffered struct {
	*bytes.Reader
	content []byte
}

// Close implements io.Closer; there is nothing left to close.
func (b *buffered) Close() error { return nil }

// bufferedBody is of an answer that came through attemptTransport.
func bufferedBody(response *http.Response) []byte { return response.Body.(*buffered).content }
