// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var testScope = refold.Scope{OrganizationID: organization, Environment: "test"}

// without drops a field from a document.
func without(field, document string) string {
	return strings.Replace(document, `"`+field+`":`, `"`+field+`_":`, 1)
}

const shortNotFound = `{"error":"SERVER_ERROR","message":"Linked Account with account id user not found"}`

func TestScopeIsKnown(t *testing.T) {
	for scope, want := range map[refold.Scope]bool{
		{}:                    false,
		{OrganizationID: "o"}: false,
		{Environment: "test"}: false,
		{OrganizationID: "o", Environment: "test"}: true,
	} {
		if scope.IsKnown() != want {
			t.Errorf("%+v.IsKnown() = %v", scope, scope.IsKnown())
		}
	}
}

func TestScopeIsLookedUpOnce(t *testing.T) {
	for name, play := range map[string]reply{
		"from an account":               answer(200, document("user")),
		"from the not-found message":    answer(404, notFound("user")),
		"from an old not-found message": answer(500, notFound("user")),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, after(time.Second, play))
				client := newClient(t, net)
				var group sync.WaitGroup
				for range 50 {
					group.Go(func() {
						if scope, err := client.Scope(t.Context(), "user"); err != nil || scope != testScope {
							t.Errorf("Scope = %+v, %v", scope, err)
						}
					})
				}
				group.Wait()
				if scope, err := client.Scope(t.Context(), "another"); err != nil || scope != testScope {
					t.Errorf("Scope = %+v, %v", scope, err)
				}
				expect(t, net.methods(), "GET")
			})
		})
	}
}

func TestScopeFromEarlierAnswers(t *testing.T) {
	for name, operation := range operations {
		if !operation.showsAccount() {
			continue
		}
		net := newNetwork(t, operation.works())
		client := newClient(t, net)
		if err := operation.do(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		expectScope(t, client)
		expect(t, name+": "+net.methods(), name+": "+operation.requests)
	}
}

// TestScopeFromRefusals: also of a write that an account's absence refuses.
func TestScopeFromRefusals(t *testing.T) {
	for name, operation := range operations {
		if operation.asks == noList || operation.isOfNoAccount {
			continue
		}
		net := newNetwork(t, answer(404, notFound("user")))
		client := newClient(t, net)
		if err := operation.do(t.Context(), client); err != nil && refold.KindOf(err) != refold.AccountNotFound {
			t.Errorf("%s: %v", name, err)
		}
		expectScope(t, client)
		expect(t, name+": "+net.methods(), name+": "+operation.method())
	}
}

func expectScope(t *testing.T, client *refold.Client) {
	t.Helper()
	if scope, err := client.Scope(t.Context(), "user"); err != nil || scope != testScope {
		t.Errorf("Scope = %+v, %v", scope, err)
	}
}

func TestScopeThatNobodyTells(t *testing.T) {
	tests := map[string]struct {
		play reply
		want refold.Scope
	}{
		"short message":        {answer(404, shortNotFound), refold.Scope{}},
		"without both":         {answer(200, without("environment", without("associated_org", document("user")))), refold.Scope{}},
		"without organization": {answer(200, without("associated_org", document("user"))), refold.Scope{Environment: "test"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, test.play)
			client := newClient(t, net)
			for range 2 {
				scope, err := client.Scope(t.Context(), "user")
				if err != nil || scope != test.want || scope.IsKnown() {
					t.Errorf("Scope = %+v, %v, want %+v", scope, err, test.want)
				}
			}
			expect(t, net.methods(), "GET GET")
		})
	}
}

// TestScopeWithoutAnAccount is asked for by what knows of no account.
func TestScopeWithoutAnAccount(t *testing.T) {
	none := strings.Replace(shortNotFound, "user", "no-such-linked-account", 1)
	fourFields := `{"docs":[{"associated_org":"` + organization + `","account_id":"user","environment":"test","name":"Acme Inc."}],"totalDocs":1}`
	tests := map[string]struct {
		plays    []reply
		want     refold.Scope
		requests string
	}{
		"the message tells":        {[]reply{answer(404, notFound("no-such-linked-account"))}, testScope, "GET"},
		"there is such an account": {[]reply{answer(200, document("no-such-linked-account"))}, testScope, "GET"},
		"a listed account tells":   {[]reply{answer(404, none), answer(200, fourFields)}, testScope, "GET GET"},
		"nobody tells, as of old":  {[]reply{answer(404, none), answer(200, `{"docs":[],"totalDocs":0}`)}, refold.Scope{}, "GET GET"},
		"a part of it is told":     {[]reply{answer(404, none), answer(200, without("associated_org", fourFields))}, refold.Scope{Environment: "test"}, "GET GET"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, test.plays...)
			client := newClient(t, net)
			// Once per run, whether or not it is told.
			for range 3 {
				if scope, err := client.Scope(t.Context()); err != nil || scope != test.want {
					t.Errorf("Scope = %+v, %v, want %+v", scope, err, test.want)
				}
			}
			expect(t, net.methods(), test.requests)
			expect(t, net.requests()[0].URI, accountsPath+"/no-such-linked-account")
			if len(net.requests()) > 1 {
				expect(t, net.requests()[1].URI, accountsPath+"?limit=1&page=1")
			}
		})
	}
}

// TestScopeWithoutAnAccountFails: a failure is not remembered.
func TestScopeWithoutAnAccountFails(t *testing.T) {
	none := answer(404, strings.Replace(shortNotFound, "user", "no-such-linked-account", 1))
	for name, plays := range map[string][]reply{
		"account": {answer(401, `{"message":"Invalid Credentials"}`)},
		"list":    {none, answer(403, `{"message":"missing role"}`)},
	} {
		client := newClient(t, newNetwork(t, append(plays, answer(404, notFound("no-such-linked-account")))...))
		if scope, err := client.Scope(t.Context()); err == nil || scope != (refold.Scope{}) {
			t.Errorf("%s: Scope = %+v, %v, want an error", name, scope, err)
		}
		if scope, err := client.Scope(t.Context()); err != nil || scope != testScope {
			t.Errorf("%s: Scope = %+v, %v", name, scope, err)
		}
	}
}

// TestGuardOfWhatHasNoAccount looks the environment up all the same.
func TestGuardOfWhatHasNoAccount(t *testing.T) {
	for environment, wantErr := range map[string]bool{"test": false, "production": true} {
		net := newNetwork(t, answer(404, notFound("no-such-linked-account")), answer(201, `{"_id":"1"}`))
		err := newClient(t, net, guarding(environment)).CreateWithoutKey(t.Context())
		if _, isMismatch := errors.AsType[*refold.EnvironmentError](err); isMismatch != wantErr || (err != nil) != wantErr {
			t.Errorf("%s: %v", environment, err)
		}
		expect(t, net.methods(), map[bool]string{false: "GET POST", true: "GET"}[wantErr])
	}
}

func TestScopeCannotBeLookedUp(t *testing.T) {
	for name, play := range map[string]reply{
		"refused":            answer(401, `{"message":"Invalid Credentials"}`),
		"missing header":     answer(404, `{"error":"MISSING_REQUIRED_FIELD","message":"Missing API Key"}`),
		"wrong URL":          answer(404, "<html>"),
		"network":            failure(syscall.ECONNREFUSED),
		"not about the user": answer(404, notFound("somebody")),
	} {
		client := newClient(t, newNetwork(t, play, answer(200, document("user"))), withoutRetries)
		if scope, err := client.Scope(t.Context(), "user"); err == nil || scope != (refold.Scope{}) {
			t.Errorf("%s: Scope = %+v, %v, want an error", name, scope, err)
		}
		// The failure is not remembered.
		if scope, err := client.Scope(t.Context(), "user"); err != nil || scope != testScope {
			t.Errorf("%s: Scope = %+v, %v", name, scope, err)
		}
	}
}

// TestCancelledScopeDoesNotPoison: who gives up takes nobody along.
func TestCancelledScopeDoesNotPoison(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(time.Minute, answer(404, notFound("user"))), after(time.Second, answer(404, notFound("user"))))
		client := newClient(t, net, func(o *refold.Options) { o.RequestTimeout = time.Hour })
		first, cancelFirst := context.WithCancel(t.Context())
		second, cancelSecond := context.WithCancel(t.Context())
		start := time.Now()
		time.AfterFunc(2*time.Second, cancelSecond)
		time.AfterFunc(5*time.Second, cancelFirst)

		var group sync.WaitGroup
		ask := func(name string, ctx context.Context, wantTime time.Duration, wantCancelled bool) {
			group.Go(func() {
				scope, err := client.Scope(ctx, "user")
				if wantCancelled != errors.Is(err, context.Canceled) || wantCancelled == (scope == testScope) {
					t.Errorf("%s: Scope = %+v, %v", name, scope, err)
				}
				if took := time.Since(start); took != wantTime {
					t.Errorf("%s: it took %s, want %s", name, took, wantTime)
				}
			})
			synctest.Wait()
		}
		ask("looks up", first, 5*time.Second, true)
		ask("waits, gives up", second, 2*time.Second, true)
		ask("waits", t.Context(), 6*time.Second, false)
		group.Wait()
		expect(t, net.methods(), "GET GET")
	})
}

func withoutOrganization(id string) string { return without("associated_org", document(id)) }

func TestGuardLetsTheRightKeyThrough(t *testing.T) {
	for name, probe := range map[string]reply{
		"account exists":          about(200, document),
		"account does not exist":  about(404, notFound),
		"organization not told":   about(200, withoutOrganization),
		"account unknown, by 500": about(500, notFound),
	} {
		for operationName, operation := range guarded() {
			t.Run(name+" "+operationName, func(t *testing.T) {
				net := newNetwork(t, probe, operation.works())
				if err := operation.do(t.Context(), newClient(t, net, guarding("test"))); err != nil {
					t.Fatal(err)
				}
				expect(t, net.methods(), "GET "+operation.requests)
			})
		}
	}
}

// TestGuardAsksOnce: one look-up serves a whole run.
func TestGuardAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(time.Second, about(404, notFound)), answer(200, fine))
		client := newClient(t, net, guarding("test"))
		want := 1
		var group sync.WaitGroup
		for name, operation := range guarded() {
			if operation.body != "" {
				continue // nobody answers it here
			}
			for range 2 {
				want += len(strings.Fields(operation.requests))
				group.Go(func() {
					if err := operation.do(t.Context(), client); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				})
			}
		}
		group.Wait()
		requests := net.requests()
		if len(requests) != want || !requests[0].isLookUp() || slices.ContainsFunc(requests[1:], sent.isLookUp) {
			t.Errorf("requests: %s, want one look-up before %d others", net.methods(), want-1)
		}
	})
}

func TestGuardStopsTheWrongKey(t *testing.T) {
	for name, probe := range map[string]reply{
		"account exists":         about(200, document),
		"account does not exist": about(404, notFound),
		"organization not told":  about(200, withoutOrganization),
	} {
		for operationName, operation := range guarded() {
			t.Run(name+" "+operationName, func(t *testing.T) {
				net := newNetwork(t, probe)
				client := newClient(t, net, guarding("production"))
				for range 2 {
					err := operation.do(t.Context(), client)
					mismatch, ok := errors.AsType[*refold.EnvironmentError](err)
					if !ok || *mismatch != (refold.EnvironmentError{Want: "production", Got: "test"}) {
						t.Errorf("err = %v, want an EnvironmentError", err)
					}
				}
				onlyLooksUp(t, operation, net)
			})
		}
	}
}

func TestGuardStopsWhatItCannotConfirm(t *testing.T) {
	for name, probe := range map[string]reply{
		"short message":       answer(404, shortNotFound),
		"account tells none":  answer(200, without("environment", document("user"))),
		"case differs":        answer(200, strings.Replace(document("user"), `"test"`, `"Test"`, 1)),
		"refused":             answer(401, `{"message":"Invalid Credentials"}`),
		"another 404":         answer(404, `{"error":"MISSING_REQUIRED_FIELD","message":"Missing API Key"}`),
		"wrong URL":           answer(404, "<html>"),
		"unreachable":         failure(syscall.ECONNREFUSED),
		"success without any": answer(200, `{"success":true}`),
	} {
		for operationName, operation := range guarded() {
			t.Run(name+" "+operationName, func(t *testing.T) {
				net := newNetwork(t, probe)
				if err := operation.do(t.Context(), newClient(t, net, guarding("test"), withoutRetries)); err == nil {
					t.Error("it was let through")
				}
				expect(t, net.methods(), "GET")
				onlyLooksUp(t, operation, net)
			})
		}
	}
}

func (s sent) isLookUp() bool {
	return s.Method == http.MethodGet && strings.HasPrefix(s.URI, accountsPath+"/")
}

// onlyLooksUp checks that the guard has let nothing of an operation through.
func onlyLooksUp(t *testing.T, o operation, net *network) {
	t.Helper()
	for _, request := range net.requests() {
		if !request.isLookUp() {
			t.Errorf("the guard was not asked before %s %s (%s)", request.Method, request.URI, o.guardAdvice())
		}
	}
}

// guardAdvice says what an operation lacks that passes the guard by.
func (o operation) guardAdvice() string {
	switch {
	case o.writes():
		return "a write goes through write, which asks the guard"
	case o.hidesScope:
		return "its operation says hidesScope, so its call has to say it too"
	}
	return "its answer names the environment, which has to go to Client.observe; or it names none, then its call and its operation say hidesScope"
}

// TestGuardOnReads: the answer tells whether the key is the right one.
func TestGuardOnReads(t *testing.T) {
	for name, operation := range operations {
		if operation.writes() || operation.hidesScope {
			continue
		}
		plays := map[string]reply{"found": operation.works(), "not found": answer(404, notFound("user"))}
		if operation.asks == noList || operation.isOfNoAccount {
			delete(plays, "not found")
		}
		for what, play := range plays {
			err := operation.do(t.Context(), newClient(t, newNetwork(t, play), guarding("production")))
			if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || mismatch.Got != "test" {
				t.Errorf("%s, %s: err = %v, want an EnvironmentError (%s)", name, what, err, operation.guardAdvice())
			}
		}
		if err := operation.do(t.Context(), newClient(t, newNetwork(t, operation.works()), guarding("test"))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGuardOnUpsertAnswer: the key was swapped at the server between look-up
// and write. The write happened, which the error says.
func TestGuardOnUpsertAnswer(t *testing.T) {
	elsewhere := strings.Replace(complete(`,"udf":[]`), `"test"`, `"production"`, 1)
	net := newNetwork(t, answer(404, notFound("user")), answer(200, elsewhere))
	_, err := newClient(t, net, guarding("test")).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
	if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || mismatch.Got != "production" || !mismatch.Written {
		t.Errorf("err = %v, want an EnvironmentError after the write", err)
	}
}

func TestWithoutGuardNothingIsLookedUp(t *testing.T) {
	for _, operation := range guarded() {
		net := newNetwork(t, operation.works())
		if err := operation.do(t.Context(), newClient(t, net)); err != nil {
			t.Fatal(err)
		}
		expect(t, net.methods(), operation.requests)
	}
}

// TestGuardOnRefusals: the key was swapped at the server since it was confirmed, and
// what refuses the write says so.
func TestGuardOnRefusals(t *testing.T) {
	elsewhere := strings.Replace(notFound("user"), "environment test", "environment production", 1)
	for write, operation := range guarded() {
		if operation.isOfNoAccount {
			continue
		}
		net := newNetwork(t, answer(404, notFound("user")), answer(404, elsewhere))
		err := operation.do(t.Context(), newClient(t, net, guarding("test")))
		if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || *mismatch != (refold.EnvironmentError{Want: "test", Got: "production"}) {
			t.Errorf("%s: err = %v, want an EnvironmentError", write, err)
		}
		expect(t, write+": "+net.methods(), write+": GET "+operation.method())
	}
}

// TestGuardLetsSessionTokensThrough: the key does not say where they belong.
func TestGuardLetsSessionTokensThrough(t *testing.T) {
	for name, operation := range operations {
		if !operation.byToken {
			continue
		}
		net := newNetwork(t, operation.works())
		if err := operation.do(t.Context(), newClient(t, net, guarding("production"))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		expect(t, net.methods(), operation.requests)
	}
}

func TestEnvironmentErrorText(t *testing.T) {
	expect(t, (&refold.EnvironmentError{Want: "production", Got: "test"}).Error(), `the API key belongs to environment "test", not "production"`)
	expect(t, fmt.Sprint(&refold.EnvironmentError{Want: "production"}), `Refold's answer does not say which environment the API key belongs to, so it cannot be confirmed as "production"`)
}
