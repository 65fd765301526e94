// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// longestBackoff bounds the waits that this client chooses by itself.
	longestBackoff = 30 * time.Second
	// LongestRetryAfter bounds the waits that a server may ask for; a request
	// that should wait longer fails instead of hanging.
	LongestRetryAfter = 2 * time.Minute
)

// shouldRetry decides by FACTS 1.4 and 2.1.6. All operations of this client
// are safe to repeat: reads, upserts and deletions.
func shouldRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		if errors.Is(err, errBodyTooLarge) {
			return false, nil
		}
		return retryablehttp.DefaultRetryPolicy(ctx, response, err)
	}
	if retryAfter(response.StatusCode, response.Header) > LongestRetryAfter {
		return false, nil
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true, nil
	case http.StatusForbidden:
		return isThrottled(response.StatusCode, response.Header), nil
	case http.StatusInternalServerError:
		return !isFinal500(bufferedBody(response)), nil
	}
	return false, nil
}

// isFinal500 recognises refusals that older servers send as a 500: not found
// (FACTS 2.1.6), and bad requests that name themselves so (FACTS 2.1.2).
func isFinal500(body []byte) bool {
	found, _ := parseEnvelope(body)
	return isNotFoundMessage(body) || found.errorType == "BAD_REQUEST"
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
func backoff(shortest, longest time.Duration, attempt int, response *http.Response) time.Duration {
	if response != nil {
		if wait := retryAfter(response.StatusCode, response.Header); wait > 0 {
			return wait
		}
	}
	wait := shortest << min(attempt, 16)
	if wait <= 0 || wait > longest {
		wait = longest
	}
	return wait/2 + rand.N(wait/2+1)
}

// retryAfter is the wait that a throttled or unavailable answer asks for: the
// Retry-After header in seconds or as a date, else X-RateLimit-Reset in epoch
// seconds (FACTS 1.4). 0 when there is none.
func retryAfter(status int, header http.Header) time.Duration {
	if !isThrottled(status, header) && status != http.StatusServiceUnavailable {
		return 0
	}
	value := header.Get("Retry-After")
	// Out of range, ParseInt gives the nearest end of the range: still too long.
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil || errors.Is(err, strconv.ErrRange) {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(date))
	}
	if header.Get("X-RateLimit-Remaining") == "0" {
		if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			return max(0, time.Until(time.Unix(reset, 0)))
		}
	}
	return 0
}
