// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// call is one request of the API, whatever number of attempts it takes. It is made
// by get or write.
type call struct {
	// method is set by get.
	method string
	// segments are appended to the base URL, each percent-encoded once.
	segments path
	query    url.Values
	header   http.Header
	body     any
	// accountID is the linked account that the call is about or belongs to, whose
	// not-found message is recognised, or empty.
	accountID string
	// meanings are the refusals that mean something of their own to this call.
	meanings []meaning
	// bearer is a session token that goes in place of the API key (FACTS 1.3).
	bearer string
	// secrets are further values of this call that no error may show.
	secrets []string
	// repeating has to be declared by every write. It is set by get.
	repeating repeating
	// keepsAccount is true for writes that change nothing which a read of the account
	// shows.
	keepsAccount bool
	// expectsJSON is true for calls whose answer is what they are made for, so that
	// they are made again when it cannot be read. It is set by get.
	expectsJSON bool
}

// repeating says whether a request may be sent again once it may have arrived:
// unanswered, cut off, or failed at the server. Until then any request may.
type repeating int

const (
	// notRepeatable is a request that would take effect twice, as a POST that
	// creates. It is what a call is that declares nothing.
	notRepeatable repeating = iota
	// repeatable is a request whose effect is the same however often it arrives, as
	// a PUT or DELETE of a natural key.
	repeatable
)

// path is that of an endpoint, without the slashes.
type path []string

func (p path) join(segments ...string) path { return slices.Concat(p, segments) }

// answer is a 2xx answer without an error inside.
type answer struct {
	status int
	body   []byte
	// clean redacts what is quoted from the body.
	clean redactor
	// arrivedBefore is true when an earlier attempt may have been carried out.
	arrivedBefore bool
	isRepeatable  bool
	// attempts and elapsed are the effort that it took.
	attempts int
	elapsed  time.Duration
}

// get makes a call that changes nothing. Its errors are *Error, *UnreachableError,
// or *EnvironmentError when a refusal shows that the key is the wrong one.
func (c *Client) get(ctx context.Context, call call) (answer, error) {
	call.method, call.expectsJSON, call.repeating = http.MethodGet, true, repeatable
	received, err := c.send(ctx, call)
	return received, c.observeRefusal(err)
}

// send is for get and write. Its errors are *Error or *UnreachableError.
func (c *Client) send(ctx context.Context, call call) (answer, error) {
	clean := newRedactor(append([]string{c.apiKey, call.bearer}, call.secrets...))
	request, err := c.newRequest(call)
	if err != nil {
		return answer{}, &UnreachableError{reason: clean.clean(err.Error()), Repeatable: call.repeating == repeatable}
	}
	record := &callRecord{call: call}
	start := time.Now()
	attempts := retrying{retries: c.retries, first: c.retryWait, record: record}
	response, err := attempts.client(c.http).Do(request.WithContext(withRecord(ctx, record)))
	if errors.Is(err, errOutOfTime) {
		// What came of the last attempt says more.
		response, err = record.last, record.lastErr
	}
	if err != nil {
		return answer{}, unreachable(err, record, time.Since(start), clean)
	}
	body := bufferedBody(response)
	if isSuccess(response, body) {
		return answer{
			status: response.StatusCode, body: body, clean: clean,
			arrivedBefore: record.arrivedBefore, isRepeatable: call.repeating == repeatable,
			attempts: record.attempts, elapsed: time.Since(start),
		}, nil
	}
	refusal := decodeError(response, body, call, clean)
	refusal.Attempts = record.attempts
	refusal.Elapsed = time.Since(start)
	refusal.OutOfTime = record.outOfTime
	refusal.MayHaveArrived = record.mayHaveArrived()
	refusal.Repeatable = call.repeating == repeatable
	refusal.BySessionToken = call.bearer != ""
	return answer{}, refusal
}

func (c *Client) newRequest(call call) (*retryablehttp.Request, error) {
	target := c.base.String()
	for _, segment := range call.segments {
		target += "/" + escapeSegment(segment)
	}
	if len(call.query) > 0 {
		target += "?" + call.query.Encode()
	}
	// A nil interface, not a nil slice: that would be a body of unknown length.
	var body any
	if call.body != nil {
		encoded, err := json.Marshal(call.body)
		if err != nil {
			return nil, fmt.Errorf("encode the request: %w", err)
		}
		body = encoded
	}
	request, err := retryablehttp.NewRequest(call.method, target, body)
	if err != nil {
		return nil, fmt.Errorf("prepare the request: %w", err)
	}
	for name, values := range call.header {
		request.Header[name] = values
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.userAgent)
	if call.bearer != "" {
		request.Header.Set("Authorization", "Bearer "+call.bearer)
		return request, nil
	}
	request.Header.Set("X-Api-Key", c.apiKey)
	return request, nil
}

func unreachable(err error, record *callRecord, elapsed time.Duration, clean redactor) *UnreachableError {
	return &UnreachableError{
		Attempts:       record.attempts,
		Elapsed:        elapsed,
		OutOfTime:      record.outOfTime,
		MayHaveArrived: record.mayHaveArrived(),
		Repeatable:     record.call.repeating == repeatable,
		reason:         clean.quote(reasonOf(err), messageLimit),
		cause:          err,
	}
}

// isSuccess looks into 2xx answers too: an HTML page comes from something else
// than Refold, and some refusals are sent with 200 (FACTS 0.4).
func isSuccess(response *http.Response, body []byte) bool {
	if response.StatusCode < 200 || response.StatusCode > 299 || looksLikeHTML(body) {
		return false
	}
	// The types are as loose as Refold's answers: a field of an unexpected one
	// must not make an error a success.
	var verdict struct {
		Success    any `json:"success"`
		Error      any `json:"error"`
		StatusCode any `json:"status_code"`
	}
	if json.Unmarshal(body, &verdict) != nil {
		return true
	}
	failed := verdict.Success == false || verdict.Success == "false"
	hasError := verdict.Error != nil && verdict.Error != false && verdict.Error != ""
	status, err := strconv.Atoi(fmt.Sprint(verdict.StatusCode))
	return !failed && !hasError && (err != nil || status < http.StatusBadRequest)
}
