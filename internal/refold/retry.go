// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// longestBackoff bounds the waits that this client chooses by itself.
	longestBackoff = 30 * time.Second
	// LongestRetryAfter bounds the waits that a server may ask for; a request
	// that should wait longer fails instead of hanging.
	LongestRetryAfter = 2 * time.Minute
	// LongestCall bounds all attempts of one call with the waits in between,
	// counted from the moment that the first attempt is sent.
	LongestCall = 5 * time.Minute
	// garbledRetries is how often an answer is asked for again that should be
	// JSON and is not: more often it is no accident.
	garbledRetries = 2
)

// isGarbled recognises a successful answer that is not JSON: cut short, or a page of a proxy.
func isGarbled(response *http.Response) bool {
	return response.StatusCode >= 200 && response.StatusCode <= 299 && !json.Valid(bufferedBody(response))
}

func (c call) isTemporary(ctx context.Context, response *http.Response, err error) (bool, error) {
	if err != nil {
		_, isLate := errors.AsType[*tooLateError](err)
		_, isEnded := errors.AsType[*recheckError](err)
		if isLate || isEnded || errors.Is(err, ErrAnswerTooLarge) || errors.Is(err, errOutOfTime) || errors.Is(err, errHeldBack) || errors.Is(err, http.ErrSchemeMismatch) {
			return false, nil
		}
		if refused, isByProxy := errors.AsType[*ProxyError](err); isByProxy && !refused.isTemporary() {
			return false, nil
		}
		return retryablehttp.DefaultRetryPolicy(ctx, response, err)
	}
	switch status := response.StatusCode; {
	case retryAfter(status, response.Header) > LongestRetryAfter:
		return false, nil
	case isThrottled(status, response.Header) || isUnavailable(status):
		return true, nil
	default:
		return status == http.StatusInternalServerError && !c.isFinal500(bufferedBody(response)), nil
	}
}

// isUnavailable recognises the answers of a server, or of what stands in front of it, that is down
// for a while.
func isUnavailable(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// mayHaveArrived reports whether an attempt may have been carried out: by what the
// server answered, or by how far a request without an answer may have come.
func (c call) mayHaveArrived(response *http.Response, err error) bool {
	if err != nil {
		return !isBeforeSending(err)
	}
	body := bufferedBody(response)
	switch {
	case response.StatusCode >= http.StatusInternalServerError:
		return !c.isFinal500(body)
	case response.StatusCode == http.StatusSeeOther:
		// It answers a request that was carried out (RFC 9110, section 15.4.4).
		return true
	case response.StatusCode >= 200 && response.StatusCode <= 299:
		_, isReadable := parseEnvelope(body)
		return isSuccess(response, body) || !isReadable
	}
	return false
}

// isBeforeSending recognises errors that come before anything is sent: there was no
// connection, or none that could be trusted.
func isBeforeSending(err error) bool {
	_, isUntrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, isByProxy := errors.AsType[*ProxyError](err)
	return isDialing(err) || isUntrusted || isByProxy || errors.Is(err, http.ErrSchemeMismatch)
}

// isDialing recognises errors for the lack of a connection.
func isDialing(err error) bool {
	operation, isOperation := errors.AsType[*net.OpError](err)
	_, isUnresolved := errors.AsType[*net.DNSError](err)
	return isOperation && (operation.Op == "dial" || operation.Op == "proxyconnect") || isUnresolved || errors.Is(err, syscall.ECONNREFUSED)
}

// isFinal500 recognises refusals that older servers send as a 500: not found (FACTS 2.1.6), bad
// requests that name themselves so (FACTS 2.1.2), and what the call knows.
func (c call) isFinal500(body []byte) bool {
	found, _ := parseEnvelope(body)
	kind, _ := c.classify(http.StatusInternalServerError, found.message)
	return kind != Other || isAccountNotFound(found.message) || found.errorType == "BAD_REQUEST"
}

// isThrottled reports whether an answer means "slow down": 429, or a 403 with a
// header that says so. A plain 403 is a missing permission (FACTS 1.4).
func isThrottled(status int, header http.Header) bool {
	switch status {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return header.Get("Retry-After") != "" || header.Get("X-RateLimit-Remaining") == "0"
	}
	return false
}

// backoff waits as long as the server asks, else exponentially with jitter.
func backoff(first time.Duration, failures int, response *http.Response) time.Duration {
	if response != nil {
		if wait := retryAfter(response.StatusCode, response.Header); wait > 0 {
			return wait
		}
	}
	wait := min(first<<min(failures, 16), longestBackoff)
	return wait/2 + rand.N(wait/2+1)
}

// retryAfter is the wait that a throttled or unavailable answer asks for: the
// Retry-After header in seconds or as a date; a throttled one without it may
// name X-RateLimit-Reset in epoch seconds (FACTS 1.4). 0 when there is none.
// Both are times of the server's clock, which its Date header tells.
func retryAfter(status int, header http.Header) time.Duration {
	throttled := isThrottled(status, header)
	if !throttled && !isUnavailable(status) {
		return 0
	}
	value := header.Get("Retry-After")
	// Out of range, ParseInt gives the nearest end of the range: still too long.
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil || errors.Is(err, strconv.ErrRange) {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(serverTime(header)))
	}
	if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil && throttled {
		return max(0, time.Unix(reset, 0).Sub(serverTime(header)))
	}
	return 0
}

func serverTime(header http.Header) time.Time {
	if date := serverDate(header); !date.IsZero() {
		return date
	}
	return time.Now()
}
