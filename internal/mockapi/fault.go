// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Defaults of Faults.
const (
	DefaultFaultDelay      = 2 * time.Second
	DefaultFaultRetryAfter = time.Second
)

// Faults says which requests go wrong, and how. The zero value is none.
//
// Whether and how a request goes wrong follows from the seed, from the request (method, path, query
// and body) and from how often that same request came before. Requests that differ do not influence
// each other, so that the order in which concurrent ones arrive does not matter.
type Faults struct {
	Seed uint64
	// Rate is the share of requests that go wrong, from 0 to 1.
	Rate float64
	// Kinds are drawn from with equal chances. Empty: all whose answer ends by itself, which leaves
	// FaultEndless out; FaultRedirectElsewhere is among them when Elsewhere is set.
	Kinds []Fault
	// Only, when set, spares the requests for which it is false. It may read the
	// body. The server holds no lock during the call.
	Only func(*http.Request) bool
	// Delay is that of FaultSlow; 0 means DefaultFaultDelay.
	Delay time.Duration
	// RetryAfter is the wait that throttled answers ask for, rounded up to full
	// seconds; 0 means DefaultFaultRetryAfter.
	RetryAfter time.Duration
	// Elsewhere is the base URL that FaultRedirectElsewhere leads to, without a slash at its end.
	Elsewhere string
}

// faultPlan is Faults in force.
type faultPlan struct {
	Faults
	// seen counts equal requests.
	seen map[[sha256.Size]byte]uint64
}

// Inject replaces the faults in force and forgets which requests came before;
// the zero value ends them. It panics on values that make no sense.
//
// Faults stand in front of everything that answers for Refold: where the work is done,
// authentication, interceptors and switches have their say as usual. A rate limit stands in front
// of faults. A fault's answer is no answer of Refold's, so it is disowned: an http.ResponseWriter
// around the server's that has a method Disown(), as that of contract.Wrap does, is called and
// passes it on unchecked, wherever it stands. The request was checked by then.
func (s *Server) Inject(faults Faults) {
	plan := newFaultPlan(faults)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = plan
}

func newFaultPlan(faults Faults) *faultPlan {
	if !(faults.Rate >= 0 && faults.Rate <= 1) || faults.Delay < 0 || faults.RetryAfter < 0 {
		panic("mockapi: Faults needs a Rate from 0 to 1, and neither Delay nor RetryAfter may be negative")
	}
	if faults.Rate == 0 {
		return nil
	}
	faults.Kinds = slices.Clone(faults.Kinds)
	if len(faults.Kinds) == 0 {
		faults.Kinds = slices.DeleteFunc(AllFaults(), func(kind Fault) bool {
			return kind == FaultEndless || kind == FaultRedirectElsewhere && faults.Elsewhere == ""
		})
	}
	for _, kind := range faults.Kinds {
		if kind.rule().kind == FaultRedirectElsewhere && faults.Elsewhere == "" {
			panic("mockapi: FaultRedirectElsewhere needs Faults.Elsewhere")
		}
	}
	if faults.Delay == 0 {
		faults.Delay = DefaultFaultDelay
	}
	if faults.RetryAfter == 0 {
		faults.RetryAfter = DefaultFaultRetryAfter
	}
	return &faultPlan{Faults: faults, seen: map[[sha256.Size]byte]uint64{}}
}

// disturb answers a request that goes wrong; handled is false for the others.
func (s *Server) disturb(w *loggedWriter, r *http.Request, bodyErr error) (handled bool) {
	s.mu.Lock()
	plan := s.faults
	s.mu.Unlock()
	if plan == nil {
		return false
	}
	if plan.Only != nil {
		r.Body = io.NopCloser(bytes.NewReader(w.entry.Body))
		if !plan.Only(r) {
			return false
		}
	}
	s.mu.Lock()
	chance := plan.chance(w.entry)
	s.mu.Unlock()
	if chance.Float64() >= plan.Rate {
		return false
	}
	kind := plan.Kinds[chance.IntN(len(plan.Kinds))]
	w.mark(kind)
	d := &disturbance{server: s, faults: plan.Faults, chance: chance, w: w, r: r, bodyErr: bodyErr}
	kind.rule().act(d)
	return true
}

// chance returns the source of everything that is drawn for one request.
func (p *faultPlan) chance(entry *Request) *rand.Rand {
	same := sha256.Sum256(fingerprint(entry.Method, entry.Path, entry.RawQuery, string(entry.Body)))
	numbers := binary.BigEndian.AppendUint64(nil, p.Seed)
	numbers = binary.BigEndian.AppendUint64(numbers, p.seen[same])
	p.seen[same]++
	drawn := sha256.Sum256(append(numbers, same[:]...))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(drawn[:8]), binary.BigEndian.Uint64(drawn[8:16])))
}

// fingerprint keeps parts apart: ("a", "b") is not ("ab", "").
func fingerprint(parts ...string) []byte {
	var joined strings.Builder
	for _, part := range parts {
		length := binary.BigEndian.AppendUint64(nil, uint64(len(part)))
		joined.Write(length)
		joined.WriteString(part)
	}
	return []byte(joined.String())
}
