// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
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
	tests := map[string]struct {
		play    reply
		operate string
	}{
		"read":             {answer(200, document("user")), "GET"},
		"read, not found":  {answer(404, notFound("user")), "GET"},
		"upsert":           {answer(200, complete(`,"udf":[]`)), "PUT"},
		"delete not found": {answer(404, notFound("user")), "DELETE"},
		"upsert not found": {answer(404, notFound("user")), "PUT"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, test.play)
			client := newClient(t, net)
			if err := operations[test.operate](t.Context(), client); err != nil && refold.KindOf(err) != refold.AccountNotFound {
				t.Fatal(err)
			}
			scope, err := client.Scope(t.Context(), "user")
			if err != nil || scope != testScope {
				t.Errorf("Scope = %+v, %v", scope, err)
			}
			expect(t, net.methods(), test.operate)
		})
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

var writes = []string{"PUT", "DELETE", "PUT credential", "DELETE credential"}

func TestGuardLetsTheRightKeyWrite(t *testing.T) {
	for name, probe := range map[string]reply{
		"account exists":          answer(200, document("user")),
		"account does not exist":  answer(404, notFound("user")),
		"organization not told":   answer(200, without("associated_org", document("user"))),
		"account unknown, by 500": answer(500, notFound("user")),
	} {
		for _, write := range writes {
			t.Run(name+" "+write, func(t *testing.T) {
				net := newNetwork(t, probe, answer(200, complete(`,"udf":[]`)))
				if err := operations[write](t.Context(), newClient(t, net, guarding("test"))); err != nil {
					t.Fatal(err)
				}
				method, _, _ := strings.Cut(write, " ")
				expect(t, net.methods(), "GET "+method)
			})
		}
	}
}

// TestGuardAsksOnce: one look-up serves a whole run.
func TestGuardAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(time.Second, answer(404, notFound("user"))), answer(200, complete(`,"udf":[]`)))
		client := newClient(t, net, guarding("test"))
		var group sync.WaitGroup
		for _, write := range append(writes, writes...) {
			group.Go(func() {
				if err := operations[write](t.Context(), client); err != nil {
					t.Errorf("%s: %v", write, err)
				}
			})
		}
		group.Wait()
		if methods := net.methods(); strings.Count(methods, "GET") != 1 || !strings.HasPrefix(methods, "GET ") || len(net.requests()) != 9 {
			t.Errorf("requests: %s, want one GET before eight writes", methods)
		}
	})
}

func TestGuardStopsTheWrongKey(t *testing.T) {
	for name, probe := range map[string]reply{
		"account exists":         answer(200, document("user")),
		"account does not exist": answer(404, notFound("user")),
		"organization not told":  answer(200, without("associated_org", document("user"))),
	} {
		for _, write := range writes {
			t.Run(name+" "+write, func(t *testing.T) {
				net := newNetwork(t, probe)
				client := newClient(t, net, guarding("production"))
				for range 2 {
					err := operations[write](t.Context(), client)
					wrong, ok := errors.AsType[*refold.EnvironmentError](err)
					if !ok || *wrong != (refold.EnvironmentError{Want: "production", Got: "test"}) {
						t.Errorf("err = %v, want an EnvironmentError", err)
					}
				}
				if methods := net.methods(); strings.Trim(methods, "GET ") != "" {
					t.Errorf("requests: %s", methods)
				}
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
		for _, write := range writes {
			t.Run(name+" "+write, func(t *testing.T) {
				net := newNetwork(t, probe)
				if err := operations[write](t.Context(), newClient(t, net, guarding("test"), withoutRetries)); err == nil {
					t.Error("it was let through")
				}
				expect(t, net.methods(), "GET")
			})
		}
	}
}

func TestGuardOnReads(t *testing.T) {
	for name, play := range map[string]reply{"found": answer(200, document("user")), "not found": answer(404, notFound("user"))} {
		_, err := newClient(t, newNetwork(t, play), guarding("production")).LinkedAccount(t.Context(), "user")
		if wrong, ok := errors.AsType[*refold.EnvironmentError](err); !ok || wrong.Got != "test" {
			t.Errorf("%s: err = %v, want an EnvironmentError", name, err)
		}
	}
	account, err := newClient(t, newNetwork(t, answer(200, document("user"))), guarding("test")).LinkedAccount(t.Context(), "user")
	if err != nil || account == nil {
		t.Errorf("account = %+v, err = %v", account, err)
	}
}

// TestGuardOnUpsertAnswer: the key was swapped at the server between look-up
// and write. The write happened, which the error says.
func TestGuardOnUpsertAnswer(t *testing.T) {
	elsewhere := strings.Replace(complete(`,"udf":[]`), `"test"`, `"production"`, 1)
	net := newNetwork(t, answer(404, notFound("user")), answer(200, elsewhere))
	_, err := newClient(t, net, guarding("test")).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
	if wrong, ok := errors.AsType[*refold.EnvironmentError](err); !ok || wrong.Got != "production" || !wrong.Written {
		t.Errorf("err = %v, want an EnvironmentError after the write", err)
	}
}

func TestWithoutGuardNothingIsLookedUp(t *testing.T) {
	for _, write := range writes {
		net := newNetwork(t, answer(200, complete(`,"udf":[]`)))
		if err := operations[write](t.Context(), newClient(t, net)); err != nil {
			t.Fatal(err)
		}
		method, _, _ := strings.Cut(write, " ")
		expect(t, net.methods(), method)
	}
}

func TestEnvironmentErrorText(t *testing.T) {
	expect(t, (&refold.EnvironmentError{Want: "production", Got: "test"}).Error(), `the API key belongs to environment "test", not "production"`)
	expect(t, fmt.Sprint(&refold.EnvironmentError{Want: "production"}), `Refold's answer does not say which environment the API key belongs to, so it cannot be confirmed as "production"`)
}
