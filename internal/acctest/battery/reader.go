// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// reader is a registration of what asks Refold and keeps nothing in the state.
type reader interface {
	registration
	// attempt makes the registered call in a process.
	attempt(*bench, *acctest.Protocol, Attributes) diagnostics
	// config is the registered configuration, and invalid are some that are refused
	// before anything is sent.
	config() Attributes
	invalid() []Attributes
}

// readerCases are what all readers have in common.
func readerCases[R reader]() []testCase[R] {
	return []testCase[R]{
		{name: "bad configuration", run: badConfiguration[R]},
		{name: "refused key", run: refusedKey[R]},
		{name: "environment guard", run: guardedCall[R], live: true},
		{name: "unknown key", run: callWithUnknownKey[R]},
		{name: "server error", run: serverError[R]},
		{name: "call without proof", run: unprovenCall[R]},
		{name: "key nowhere", run: keyNowhere[R], live: true},
		{name: "key in echoes", run: echoedKey[R]},
	}
}

// badConfiguration is refused before Refold is asked.
func badConfiguration[R reader](b *bench, r R) {
	if len(r.invalid()) == 0 {
		b.Errorf("the registration has no bad configuration")
	}
	for _, attributes := range r.invalid() {
		b.failed("a bad configuration", r.attempt(b, b.process(), attributes))
	}
	if requests := b.wire.requests(); len(requests) > 0 {
		b.Errorf("with a bad configuration Refold was asked: %s %s", requests[0].method, requests[0].target)
	}
}

func refusedKey[R reader](b *bench, r R) {
	b.wire.treat(refusingKey)
	b.failed("a call with a key that Refold refuses", r.attempt(b, b.process(), r.config()), keyAdvice)
}

// guardedCall: neither is anything written in another environment than the guarded
// one, nor anything taken from it.
func guardedCall[R reader](b *bench, r R) {
	b.guardedAgainst("a call", r.attempt(b, b.guarded(), r.config()))
}

// callWithUnknownKey is one error, which says what is not known yet.
func callWithUnknownKey[R reader](b *bench, r R) {
	met := r.attempt(b, b.undecided(), r.config())
	b.failed("a call while the key is not known yet", met, "api_key")
	if len(met) > 1 {
		b.Errorf("a call while the key is not known yet says more than one thing:\n%s", acctest.List(met))
	}
}

// serverError is told with what Refold answered.
func serverError[R reader](b *bench, r R) {
	b.wire.treat(failing)
	b.failed("a call that the server fails", r.attempt(b, b.process(), r.config()), "503")
}

// keyNowhere: the key stands in no diagnostic, log or URL, also where Refold quotes it.
func keyNowhere[R reader](b *bench, r R) {
	log := &logged{}
	call := func() diagnostics {
		process := b.process()
		process.LogTo(log)
		return r.attempt(b, process, r.config())
	}
	met := call()
	b.wire.treat(quotingKey)
	// In another process: what the first one has read may serve it for a while.
	refused := call()
	b.failed("a call that Refold refuses", refused)
	b.kept(nil, slices.Concat(met, refused), log)
}

// echoedKey: nor where Refold quotes it in any form.
func echoedKey[R reader](b *bench, r R) {
	process, log := b.process(), &logged{}
	process.LogTo(log)
	b.echoed(nil, log, func(echo treatment) diagnostics {
		b.wire.treat(echo)
		return r.attempt(b, process, r.config())
	})
}

// quotingKey refuses every request, and quotes the key.
func quotingKey(w http.ResponseWriter, r *http.Request, _ http.Handler) {
	refuse(w, http.StatusBadRequest, "BAD_REQUEST", "refused: "+r.Header.Get("X-Api-Key")+r.Header.Get("Authorization"))
}
