// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// call is one request of the API, whatever number of attempts it takes. It is made by get or write.
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
	// secrets are further values of this call that nothing may show from now on.
	secrets []string
	// repeating has to be declared by every write. It is set by get.
	repeating repeating
	// hidesScope is true for reads whose answer does not name the environment that it comes
	// from (FACTS 2.11), so that the guard asks before them.
	hidesScope bool
	// keepsAccount is true for writes that change nothing which a read of the account shows.
	keepsAccount bool
	recheck      Recheck
	// hidesBody is true for calls whose answers hold values or payloads of customers, so that
	// errors describe them and quote nothing but Refold's own messages.
	hidesBody bool
	// hidesValues is true for calls about a value that nothing may show: what their answers name
	// `value` is secret from then on, as the ciphertext of FACTS 2.9.
	hidesValues bool
	// expectsJSON is true for calls whose answer is what they are made for, so that
	// they are made again when it cannot be read. It is set by get.
	expectsJSON bool
}

// Recheck is asked before an attempt that leaves later than what its call was decided by: a further
// one, or one that had to wait for its turn. Arrived is true where an earlier attempt may have been
// carried out, so that what has changed may be this call's own doing. An error ends the call.
type Recheck func(ctx context.Context, arrived bool) error

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

func (c call) isRepeatable() bool { return c.repeating == repeatable }

// isGuarded is true for what Options.Environment holds back. What goes with a session token is let
// through: what the key selects says nothing of it, and to issue the token was a write too.
func (c call) isGuarded() bool { return c.method != http.MethodGet && c.bearer == "" }

// path is that of an endpoint, without the slashes.
type path []string

func (p path) join(segments ...string) path { return slices.Concat(p, segments) }

// answer is a 2xx answer without an error inside.
type answer struct {
	status int
	body   []byte
	// asked is when the call began, and date the server's time of the answer, zero where it does
	// not say.
	asked, date time.Time
	// says is never failed.
	says verdict
	// clean redacts what is quoted from the body.
	clean redactor
	// delivery is how the request was sent; what is answered has arrived.
	delivery Delivery
	// arrivedBefore is true when an earlier attempt may have been carried out.
	arrivedBefore bool
}

func (a answer) describe() string { return describeBody(a.status, nil, a.body, a.clean) }

// get makes a call that changes nothing. Its errors are *Error, *UnreachableError,
// or *EnvironmentError when the key is the wrong one: as a refusal shows, or the guard,
// which is asked before a call with hidesScope.
func (c *Client) get(ctx context.Context, call call) (answer, error) {
	call.method, call.expectsJSON, call.repeating = http.MethodGet, true, repeatable
	if call.hidesScope {
		if err := c.checkEnvironment(ctx, call); err != nil {
			return answer{}, err
		}
	}
	received, err := c.send(ctx, call)
	return received, c.observeRefusal(err)
}

// write is the only way to make a call that changes something at Refold or hands out a secret. With
// Options.Environment set, nothing is sent before an answer has confirmed it, nor after one has
// shown another. However the call ends, what lists show of its account is out of date.
//
// Of a successful answer, settle makes what the write results in. It has what is left
// of the grace after a stop (Finishing), and an *EnvironmentError of it is marked as
// too late. Other errors are as of get.
func write[T any](ctx context.Context, c *Client, call call, settle func(context.Context, answer) (T, error)) (T, error) {
	var none T
	if err := c.checkEnvironment(ctx, call); err != nil {
		return none, err
	}
	if call.accountID != "" && !call.keepsAccount {
		defer c.markWritten(call.accountID)
	}
	finishing, done := Finishing(ctx)
	defer done()
	received, err := c.send(ctx, call)
	if errors.Is(err, errHeldBack) {
		return none, c.guard.broken()
	}
	if err != nil {
		return none, c.observeRefusal(err)
	}
	result, err := settle(finishing, received)
	if isEnvironmentError(err) {
		return none, afterWrite(err)
	}
	return result, err
}

// afterWrite marks an *EnvironmentError in err's chain as too late, and returns it alone.
func afterWrite(err error) error {
	if mismatch, ok := errors.AsType[*EnvironmentError](err); ok {
		return &EnvironmentError{Want: mismatch.Want, Got: mismatch.Got, Written: true}
	}
	return err
}

// markWritten makes out of date what reads have kept of an account.
func (c *Client) markWritten(accountID string) {
	c.bulk.MarkWritten(accountID)
	c.variables.markAccountWritten(accountID)
	c.applications.markWritten(accountID)
}

// accepted settles a write whose answer is looked into by the caller.
func accepted(_ context.Context, received answer) (answer, error) { return received, nil }

// confirmed settles a write of which nothing but its own answer can show that it was done.
func confirmed(_ context.Context, received answer) (answer, error) {
	if received.says != succeeded {
		return answer{}, unproven(received, "the answer does not show that the request was carried out: "+received.describe(), nil)
	}
	return received, nil
}

// send is for get and write. Its errors are *Error or *UnreachableError, or what recheck returned.
func (c *Client) send(ctx context.Context, call call) (answer, error) {
	c.secrets.Add(call.bearer)
	c.secrets.Add(call.secrets...)
	clean := redactor{c.secrets}
	request, err := c.newRequest(call)
	if err != nil {
		return answer{}, &UnreachableError{Delivery: Delivery{Repeatable: call.isRepeatable()}, reason: clean.clean(err.Error())}
	}
	start := time.Now()
	record := &callRecord{call: call, retries: c.retries, firstWait: c.retryWait, asked: start, contact: c.contact}
	response, err := record.client(c.http).Do(request.WithContext(context.WithValue(ctx, recordKey{}, record)))
	if errors.Is(err, errOutOfTime) || errors.Is(err, errHeldBack) && record.attempts > 0 {
		// What came of the last attempt says more.
		response, err = record.last, record.lastErr
	}
	delivery := record.delivery(time.Since(start))
	if ended, ok := errors.AsType[*recheckError](err); ok {
		ended.delivery = delivery
		return answer{}, ended
	}
	if err != nil {
		return answer{}, &UnreachableError{Delivery: delivery, reason: clean.quote(reasonOf(err), messageLimit), cause: err}
	}
	body := bufferedBody(response)
	if call.hidesValues {
		c.secrets.Add(valuesIn(body)...)
	}
	if isSuccess(response, body) {
		return ofAccount(answer{
			status: response.StatusCode, body: body, asked: start, date: serverDate(response.Header), says: judge(response.StatusCode, response.Header, body),
			clean: clean, delivery: delivery, arrivedBefore: record.arrivedBefore,
		}, call)
	}
	if call.hidesBody {
		// A refusal may hold what is refused, or what is there, beside the message that quotes it.
		c.secrets.Add(valuesIn(body)...)
	}
	refusal := decodeError(response, body, call, clean)
	refusal.Delivery, refusal.BySessionToken = delivery, call.bearer != ""
	refusal.Date = serverDate(response.Header)
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
	maps.Copy(request.Header, call.header)
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

// isSuccess looks into 2xx answers too: an HTML page comes from something else than Refold, and
// some refusals are sent with 200 (FACTS 0.4).
func isSuccess(response *http.Response, body []byte) bool {
	return response.StatusCode >= 200 && response.StatusCode <= 299 && judge(response.StatusCode, response.Header, body) != failed
}
