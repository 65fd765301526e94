// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// elsewhere is a document of another environment than the one that tests guard.
func elsewhere(document string) string {
	return strings.Replace(document, `"environment":"test"`, `"environment":"production"`, 1)
}

// TestBrokenGuardStaysBroken: the key was swapped at the server after its environment was looked
// up. One answer that shows it is enough, of a write or of a read, and also where later ones do
// not.
func TestBrokenGuardStaysBroken(t *testing.T) {
	for name, shows := range map[string]struct {
		play reply
		by   string
	}{
		"answer to an upsert": {answer(200, elsewhere(complete(`,"udf":[]`))), "UpsertLinkedAccount"},
		"part of an account":  {answer(200, elsewhere(minimal)), "UpsertLinkedAccount"},
		"answer to a read":    {answer(200, elsewhere(document("user"))), "LinkedAccount"},
		"page of a list":      {answer(200, `{"docs":[`+elsewhere(document("user"))+`],"totalDocs":1}`), "AllLinkedAccounts"},
		"refusal":             {answer(404, strings.Replace(notFound("user"), " test ", " production ", 1)), "DeleteLinkedAccount"},
	} {
		for operationName, operation := range guarded() {
			net := newNetwork(t, answer(200, document("user")), shows.play, operation.works())
			client := newClient(t, net, guarding("test"))
			if _, err := client.Scope(t.Context(), "user"); err != nil {
				t.Fatal(err)
			}
			if err := operations[shows.by].do(t.Context(), client); !isEnvironmentError(err) {
				t.Fatalf("%s: %v", name, err)
			}
			before := len(net.requests())
			for range 2 {
				err := operation.do(t.Context(), client)
				if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || *mismatch != (refold.EnvironmentError{Want: "test", Got: "production"}) {
					t.Errorf("%s after the %s: %v", operationName, name, err)
				}
			}
			if sent := len(net.requests()) - before; sent != 0 {
				t.Errorf("%s after the %s: %d requests", operationName, name, sent)
			}
		}
	}
}

// TestBrokenGuardStopsWhoWaits: many writes wait for their turn when the first answer comes.
func TestBrokenGuardStopsWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const took = 200 * time.Millisecond
		net := newNetwork(t, answer(404, notFound("user")), after(took, answer(200, elsewhere(complete(`,"udf":[]`)))))
		client := newClient(t, net, guarding("test"), func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 20, 5 })
		var group sync.WaitGroup
		for range 30 {
			group.Go(func() {
				if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"}); !isEnvironmentError(err) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		writes := net.requests()[1:]
		for _, write := range writes {
			if late := write.At - writes[0].At - took; late > 0 {
				t.Errorf("a write was sent %s after the answer that broke the guard", late)
			}
		}
		if len(writes) == 30 {
			t.Error("all writes were sent before the first answer, so that this shows nothing")
		}
	})
}

// TestBrokenGuardEndsRepetitions: what came of the write so far is what there is to say of it.
func TestBrokenGuardEndsRepetitions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, about(404, notFound), answer(503, `{"message":"busy"}`), answer(200, elsewhere(document("other"))), answer(200, `{"success":true}`))
		client := newClient(t, net, guarding("test"))
		done := make(chan error)
		go func() { done <- client.PutCredential(t.Context(), "user", "k", "v", nil) }()
		synctest.Wait()
		time.Sleep(100 * time.Millisecond)
		if _, err := client.LinkedAccount(t.Context(), "other"); !isEnvironmentError(err) {
			t.Error(err)
		}
		if err := <-done; err == nil || !strings.Contains(err.Error(), "busy") || net.methods() != "GET PUT GET" {
			t.Errorf("%v after %s", err, net.methods())
		}
	})
}

// TestBrokenGuardLetsTokensEnd: a token that was issued before is still revoked.
func TestBrokenGuardLetsTokensEnd(t *testing.T) {
	net := newNetwork(t, answer(200, elsewhere(document("user"))), answer(200, `{"success":true,"revoked_count":1}`))
	client := newClient(t, net, guarding("test"))
	if _, err := client.LinkedAccount(t.Context(), "user"); !isEnvironmentError(err) {
		t.Error(err)
	}
	if err := client.RevokeSessionToken(t.Context(), "user", jwt); err != nil {
		t.Error(err)
	}
}
