// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

// resourceSecrets: secrets stand in requests, those that are not write-only in the
// state, and nowhere else, also where Refold quotes them.
func resourceSecrets(b *bench, r Resource) {
	secrets := slices.Concat(r.Secrets, r.WriteOnly)
	process, log := b.process(), &logged{}
	process.LogTo(log)
	created, met := b.apply(process, r, nil, r.Config)
	b.succeeded("create", met)
	b.wire.treat(refusingWrites)
	_, all := b.apply(process, r, nil, r.Config)
	_, met = b.apply(process, r, &created, r.Changed)
	all = slices.Concat(all, met)
	b.failed("an update that Refold refuses", met)
	_, met = process.Delete(r.Type, created)
	all = slices.Concat(all, met)
	b.reached(secrets)
	b.holdsNone("the state", created.State.String()+string(created.Private), r.WriteOnly)
	b.kept(secrets, all, log)
}

// echoedSecrets: whatever request Refold fails, it quotes a secret that it met in another one, in
// any form. None is shown: neither by an update that sends none itself, nor by a read, nor by a
// look at what was written.
func echoedSecrets(b *bench, r Resource) {
	shortrun.WithoutRaceDetector(b)
	created, log := b.created(r), &logged{}
	// Each change has a process, which meets the secrets by checking the configuration.
	process := func() *acctest.Protocol {
		process := b.process()
		process.LogTo(log)
		b.succeeded("validation", process.Validate(r.Type, b.configOf(process, r, r.Config)))
		return process
	}
	unsecret := r.Changed.with(r.Config, r.NotReadBack)
	b.echoed(slices.Concat(r.Secrets, r.WriteOnly), log, func(echo treatment) diagnostics {
		b.wire.treat(echo)
		_, read := process().Read(r.Type, created)
		b.wire.treat(ofWrites(echo))
		_, changed := b.apply(process(), r, &created, r.Changed)
		_, renamed := b.apply(process(), r, &created, unsecret)
		_, made := b.apply(process(), r, nil, r.Config)
		_, deleted := process().Delete(r.Type, created)
		b.wire.treat(acceptingBriefly(echo))
		_, unread := b.apply(process(), r, &created, unsecret)
		return slices.Concat(read, changed, renamed, made, deleted, unread)
	})
}

// echoed makes calls at a Refold that quotes the key or a secret in one form after the other, and
// checks what they say.
func (b *bench) echoed(secrets []string, log *logged, calls func(echo treatment) diagnostics) {
	b.Helper()
	for _, secret := range append(slices.Clone(secrets), mockapi.TestKey) {
		for _, encoding := range redacttest.Encodings() {
			text := encoding.Encode(secret)
			met := acctest.List(calls(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
				refuse(w, http.StatusBadRequest, "BAD_REQUEST", "refused: "+text)
			}))
			if strings.Contains(met, text) || acctest.HoldsSecret(met, secret) {
				b.Errorf("a diagnostic holds the secret %q, %s", secret, encoding.Name)
			}
		}
	}
	b.holdsNone("the log", log.String(), append(secrets, mockapi.TestKey))
}

// reached checks that each secret was sent, without which its absence elsewhere proves nothing.
func (b *bench) reached(secrets []string) {
	b.Helper()
	for _, secret := range secrets {
		if !slices.ContainsFunc(b.wire.requests(), func(one sent) bool { return acctest.HoldsSecret(string(one.body), secret) }) {
			b.Errorf("the secret %q of the registration never reaches Refold, so that its absence proves nothing", secret)
		}
	}
}

// kept checks that no secret, nor the key, stands in a diagnostic, a log or a URL.
func (b *bench) kept(secrets []string, met diagnostics, log *logged) {
	b.Helper()
	secrets = append(slices.Clone(secrets), mockapi.TestKey)
	b.holdsNone("a diagnostic", acctest.List(met), secrets)
	if log.String() == "" {
		b.Errorf("nothing is logged, so that the absence of secrets proves nothing")
	}
	b.holdsNone("the log", log.String(), secrets)
	for _, one := range b.wire.requests() {
		b.holdsNone("a URL", one.target, secrets)
	}
}

func (b *bench) holdsNone(place, text string, secrets []string) {
	b.Helper()
	for _, secret := range secrets {
		if acctest.HoldsSecret(text, secret) {
			b.Errorf("%s holds the secret %q", place, secret)
		}
	}
}

// logged is a log that may be written by many goroutines.
type logged struct {
	mutex sync.Mutex
	text  strings.Builder
}

// Write implements io.Writer.
func (l *logged) Write(chunk []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(chunk)
}

// String is what was written so far.
func (l *logged) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}
