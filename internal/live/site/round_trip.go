// SPDX-License-Identifier: MPL-2.0

package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

const (
	// throttles is how often a request is sent again that came too soon.
	throttles = 6
	// maxWait bounds what a server may ask for.
	maxWait = time.Minute
	// maxAnswer bounds an answer in bytes.
	maxAnswer = 32 << 20
	// patience is for one request.
	patience = 30 * time.Second
)

// RoundTrip implements http.RoundTripper: it sends a request with the API key, or with the session
// token that it has already, if it may be sent. A request that came too soon was not carried out,
// and is sent again.
func (s *Site) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := bodyOf(r)
	if err != nil {
		return nil, err
	}
	path := s.pathOf(r)
	if err := s.gate.admit(r, path, body); err != nil {
		return nil, fmt.Errorf("%s %s was not sent: %w", r.Method, path, err)
	}
	s.gate.begin(r, path, body)
	for repeated := 0; ; repeated++ {
		if err := s.pace.Wait(r.Context()); err != nil {
			return nil, fmt.Errorf("keep the pace: %w", err)
		}
		response, err := s.exchange(r, body)
		if err != nil {
			return nil, err
		}
		if response.StatusCode != http.StatusTooManyRequests || repeated == throttles {
			return response, nil
		}
		if err := pause(r.Context(), waitFor(response, repeated)); err != nil {
			return nil, err
		}
	}
}

func bodyOf(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	return body, nil
}

// exchange sends once. The answer was read whole.
func (s *Site) exchange(r *http.Request, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	sent := r.Clone(ctx)
	sent.Body, sent.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	sent.Header.Del("X-Api-Key")
	if bearerOf(sent) == "" {
		sent.Header.Set("X-Api-Key", s.key)
	}
	response, err := s.network.RoundTrip(sent)
	if err != nil {
		return nil, fmt.Errorf("send the request: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	s.gate.learn(r, s.pathOf(r), body, response.StatusCode, answer)
	// Whoever gets the answer may show it.
	answer = bytes.ReplaceAll(answer, []byte(s.key), []byte(redact.Redacted))
	response.Body = io.NopCloser(bytes.NewReader(answer))
	response.ContentLength = int64(len(answer))
	return response, nil
}

// waitFor is what a server asks for in seconds, or two seconds that double.
func waitFor(response *http.Response, repeated int) time.Duration {
	wait := 2 * time.Second << repeated
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
		wait = max(time.Duration(seconds)*time.Second, time.Second)
	}
	return min(wait, maxWait)
}

func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
