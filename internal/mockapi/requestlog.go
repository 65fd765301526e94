// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Request is one request as it came in, with its answer. Header, Body and Answer
// hold what was on the wire, secrets included.
type Request struct {
	// Time is that of the arrival, on the server's clock.
	Time   time.Time
	Method string
	// Host is the Host header.
	Host string
	// Path is the escaped path as on the wire.
	Path     string
	RawQuery string
	Header   http.Header
	Body     []byte
	// Status is 0 while there is no answer, and for a connection that an
	// interceptor or a fault cut before the answer.
	Status int
	Answer []byte
	// Fault is what was injected, empty when nothing was. A request that the rate
	// limit rejected has none.
	Fault Fault
}

// requestLog keeps requests in the order of their arrival.
type requestLog struct {
	mu      sync.Mutex
	entries []*Request
}

func (l *requestLog) add(entry *Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, entry)
}

func (l *requestLog) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = nil
}

func (l *requestLog) all() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	requests := make([]Request, 0, len(l.entries))
	for _, entry := range l.entries {
		copied := *entry
		copied.Header = entry.Header.Clone()
		copied.Body = bytes.Clone(entry.Body)
		copied.Answer = bytes.Clone(entry.Answer)
		requests = append(requests, copied)
	}
	return requests
}

func (l *requestLog) count(method, pathPattern string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	count := 0
	for _, entry := range l.entries {
		if (method == "" || entry.Method == method) && matchesPath(entry.Path, pathPattern) {
			count++
		}
	}
	return count
}

func matchesPath(path, pattern string) bool {
	if pattern == "" {
		return true
	}
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(path, prefix)
	}
	return path == pattern
}

// Requests returns a copy of the log, in the order of arrival.
func (s *Server) Requests() []Request { return s.log.all() }

// ResetRequests empties the log.
func (s *Server) ResetRequests() { s.log.reset() }

// Count returns how many requests the log holds for a method ("" for any) and a
// path: exact and escaped as on the wire, a prefix with a trailing "*", or "" for all.
func (s *Server) Count(method, pathPattern string) int { return s.log.count(method, pathPattern) }

// loggedWriter notes an answer in the log before it goes on the wire, so that a
// client that has its answer finds it in the log.
type loggedWriter struct {
	http.ResponseWriter
	log   *requestLog
	entry *Request
	now   func() time.Time
}

// mark notes the fault that the request met.
func (w *loggedWriter) mark(fault Fault) {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	w.entry.Fault = fault
}

func (w *loggedWriter) WriteHeader(status int) {
	w.log.mu.Lock()
	if status >= 200 && w.entry.Status == 0 {
		w.entry.Status = status
	}
	w.log.mu.Unlock()
	w.Header().Set("Date", w.now().UTC().Format(http.TimeFormat))
	w.ResponseWriter.WriteHeader(status)
}

func (w *loggedWriter) Write(chunk []byte) (int, error) {
	if w.entry.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.log.mu.Lock()
	w.entry.Answer = append(w.entry.Answer, chunk...)
	w.log.mu.Unlock()
	return w.ResponseWriter.Write(chunk)
}

// Unwrap lets an interceptor use http.ResponseController, to cut a connection for example.
func (w *loggedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
