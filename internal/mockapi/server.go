// SPDX-License-Identifier: MPL-2.0

// Package mockapi is an in-memory Refold: an [http.Handler] that answers as
// internal/refold/FACTS.md describes it, keeps a log of requests, and lets a test act behind the
// client's back. [Behaviour] holds a switch for everything that the facts leave open; [Faults] and
// [RateLimit] make it fail. A [Server] may be used by many goroutines at once.
package mockapi

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

// Sample keys in the documented form (FACTS 1.3), and the organization of both.
const (
	TestKey        = "tk8f14e45f-ceea-467f-a9d8-3c1b7e0d52aa"
	ProductionKey  = "pkc9f0f895-fb98-4b91-b5d2-6e0a4c7f13bb"
	OrganizationID = "6500a1b2c3d4e5f6a7b8c9d0"
)

// Names of the two environments that TestKey and ProductionKey select.
const (
	EnvironmentTest       = "test"
	EnvironmentProduction = "production"
)

// Key is an API key with the organization and environment that it selects (FACTS 1.3).
type Key struct {
	Value          string
	OrganizationID string
	// Environment is any name (FACTS 4.23).
	Environment string
}

// Server is an in-memory Refold. Make it with [New].
//
// Its methods that take an environment act behind the client's back: nothing is
// logged, no switch applies, and reads see the result at once. The environment is
// the name of one ("test"); where keys of several organizations share the name, the
// first key's is meant, and an API key's value names the others.
type Server struct {
	log   requestLog
	clock func() time.Time
	skew  time.Duration

	mu        sync.Mutex
	keys      []Key
	stores    map[storeKey]any
	behaviour Behaviour
	endpoints *route.Table[endpoint]
	intercept Interceptor
	faults    *faultPlan
	allowance allowance
	lastWrite time.Time
	sequence  uint64
}

// Option changes what [New] makes.
type Option func(*Server)

// WithKeys replaces the known API keys, which are TestKey and ProductionKey.
func WithKeys(keys ...Key) Option {
	return func(s *Server) { s.keys = keys }
}

// WithClock replaces time.Now. Times of writes still move by at least a millisecond.
func WithClock(clock func() time.Time) Option {
	return func(s *Server) { s.clock = clock }
}

// WithClockSkew puts the times that the server tells about now (Date,
// Retry-After as a date, X-RateLimit-Reset) ahead of its clock, or behind for a
// negative skew. Times of accounts keep to the clock.
func WithClockSkew(skew time.Duration) Option {
	return func(s *Server) { s.skew = skew }
}

// WithBehaviour sets the switches from the start.
func WithBehaviour(behaviour Behaviour) Option {
	return func(s *Server) { s.behaviour = behaviour }
}

// New returns an empty Refold. It panics when an option makes no sense.
func New(options ...Option) *Server {
	s := &Server{
		keys: []Key{
			{TestKey, OrganizationID, EnvironmentTest},
			{ProductionKey, OrganizationID, EnvironmentProduction},
		},
		stores: map[storeKey]any{},
		clock:  time.Now,
	}
	for _, option := range options {
		option(s)
	}
	for _, key := range s.keys {
		if key.Value == "" || key.OrganizationID == "" || key.Environment == "" {
			panic("mockapi: a Key needs a value, an organization and an environment")
		}
	}
	s.endpoints = s.behaviour.endpoints()
	return s
}

// RotateKey replaces an API key by another one, which ends the former at once (FACTS 1.3). It
// panics when there is no such key, or the other is taken.
func (s *Server) RotateKey(former, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	is := func(value string) func(Key) bool { return func(key Key) bool { return key.Value == value } }
	at := slices.IndexFunc(s.keys, is(former))
	if at < 0 || value == "" || slices.ContainsFunc(s.keys, is(value)) {
		panic("mockapi: RotateKey: there is no such key, or the other is empty or taken")
	}
	// The keys of an option are the test's own.
	s.keys = slices.Clone(s.keys)
	s.keys[at].Value = value
}

// Behave changes switches at run time.
func (s *Server) Behave(change func(*Behaviour)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.behaviour)
	s.endpoints = s.behaviour.endpoints()
}

// Intercept puts an interceptor before all endpoints; nil removes it. Its
// answers are logged like all others.
func (s *Server) Intercept(interceptor func(w http.ResponseWriter, r *http.Request) (handled bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.intercept = interceptor
}

// ServeHTTP logs and answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	limit := cmp.Or(s.behaviour.BodyLimit, defaultBodyLimit)
	s.mu.Unlock()

	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, limit))
	entry := &Request{
		Time: s.clock(), Method: r.Method, Host: r.Host, Path: route.Path(r), RawQuery: r.URL.RawQuery,
		Header: r.Header.Clone(), Body: body,
	}
	s.log.add(entry)
	logged := &loggedWriter{ResponseWriter: w, log: &s.log, entry: entry, now: s.shownTime}
	if s.limitRate(logged, r) || s.disturb(logged, r, err) {
		return
	}
	s.serve(logged, r, entry, err)
}

// serve answers for Refold: what the rate limit and faults let through.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, entry *Request, bodyErr error) {
	if !s.intercepted(w, r, entry) {
		s.respond(r, entry, bodyErr).send(w)
	}
}

func (s *Server) intercepted(w http.ResponseWriter, r *http.Request, entry *Request) bool {
	s.mu.Lock()
	intercept := s.intercept
	s.mu.Unlock()
	if intercept == nil {
		return false
	}
	// A connection that is cut orders nothing, while the client may already send again.
	defer s.order()
	r.Body = io.NopCloser(bytes.NewReader(entry.Body))
	return intercept(w, r)
}

// order lets what was done before happen before what a later request does.
func (s *Server) order() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

// shownTime is the time that the server tells, see WithClockSkew.
func (s *Server) shownTime() time.Time { return s.clock().Add(s.skew) }

func (s *Server) respond(r *http.Request, entry *Request, bodyErr error) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	var tooLarge *http.MaxBytesError
	if errors.As(bodyErr, &tooLarge) {
		return s.failed(fail(http.StatusRequestEntityTooLarge, codeServerError, "request entity too large"))
	}
	if bodyErr != nil {
		return s.failed(fail(http.StatusBadRequest, codeServerError, "request aborted"))
	}
	found, parameters, ok := s.endpoints.Find(entry.Method, entry.Path)
	if !ok {
		return expressPage(http.StatusNotFound, fmt.Sprintf("Cannot %s %s", entry.Method, entry.Path))
	}
	if parameters == nil {
		return expressPage(http.StatusBadRequest, "URIError: Failed to decode param")
	}
	who, err := s.authenticate(r, found.auth)
	if err != nil {
		return s.failed(err)
	}
	made, err := found.handle(s, &call{
		identity: who, parameters: parameters, query: r.URL.Query(), header: r.Header, body: entry.Body,
	})
	if err != nil {
		return s.failed(err)
	}
	return made
}

// send sends what Refold itself answers.
func (a answer) send(w http.ResponseWriter) {
	w.Header().Set("X-Powered-By", "Express")
	a.write(w)
}

func (a answer) write(w http.ResponseWriter) {
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	// A client that went away before its answer is the client's business.
	_, _ = w.Write(a.body)
}
