// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestRequestsAreLogged(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"a/b"}`).ok()
	answer := c.get("a%2Fb?x=%20y")
	requests := c.api.Requests()
	equal(t, "number", len(requests), 2)
	equal(t, "body", string(requests[0].Body), `{"linked_account_id":"a/b"}`)
	got := requests[1]
	equal(t, "method", got.Method, http.MethodGet)
	equal(t, "path", got.Path, accountPath+"/a%2Fb")
	equal(t, "query", got.RawQuery, "x=%20y")
	equal(t, "host", "http://"+got.Host, c.url)
	equal(t, "key", got.Header.Get("x-api-key"), mockapi.TestKey)
	equal(t, "status", got.Status, 200)
	equal(t, "answer", string(got.Answer), answer.body)

	got.Header.Set("x-api-key", "changed")
	got.Answer[0] = 'X'
	equal(t, "key in the log", c.api.Requests()[1].Header.Get("x-api-key"), mockapi.TestKey)
	equal(t, "answer in the log", string(c.api.Requests()[1].Answer), answer.body)

	c.api.ResetRequests()
	equal(t, "number after the reset", len(c.api.Requests()), 0)
}

func TestCount(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`)
	c.get("x")
	c.get("y")
	c.send(http.MethodGet, accountPath, "")
	for _, test := range []struct {
		method, pattern string
		want            int
	}{
		{"", "", 4},
		{"GET", "", 3},
		{"PUT", "", 1},
		{"DELETE", "", 0},
		{"GET", accountPath, 1},
		{"", accountPath, 2},
		{"GET", accountPath + "/*", 2},
		{"GET", accountPath + "*", 3},
		{"GET", accountPath + "/x", 1},
	} {
		equal(t, fmt.Sprintf("Count(%q, %q)", test.method, test.pattern), c.api.Count(test.method, test.pattern), test.want)
	}
}

func TestInterceptor(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		body, err := io.ReadAll(r.Body)
		if err != nil || !strings.Contains(string(body), "fault") {
			return false
		}
		c.api.Create("test", mockapi.Account{AccountID: "from the interceptor"})
		http.Error(w, "busy", http.StatusTooManyRequests)
		return true
	})
	equal(t, "status", c.upsert(`{"linked_account_id":"fault"}`).status, 429)
	c.upsert(`{"linked_account_id":"x"}`).ok().has("account_id", "x")
	c.account("from the interceptor")
	first := c.api.Requests()[0]
	equal(t, "logged status", first.Status, 429)
	equal(t, "logged answer", string(first.Answer), "busy\n")
	equal(t, "logged body", string(first.Body), `{"linked_account_id":"fault"}`)

	c.api.Intercept(nil)
	c.upsert(`{"linked_account_id":"fault"}`).ok()
}

func TestInterceptorMayCutTheConnection(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Errorf("take over the connection: %v", err)
			return false
		}
		_ = connection.Close()
		return true
	})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+accountPath, nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.DefaultClient.Do(request); err == nil {
		_ = answer.Body.Close()
		t.Errorf("answer %d over a cut connection", answer.StatusCode)
	}
	equal(t, "logged status", c.api.Requests()[0].Status, 0)
}

func TestServerMayBeUsedByManyAtOnce(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 10 {
				id := fmt.Sprintf("w%d-%d", worker, i)
				c.upsert(`{"linked_account_id":"` + id + `","udf":{"a":1}}`)
				c.get(id)
				c.api.Change("test", id, func(a *mockapi.Account) { a.SetUDF("a", 2) })
				c.api.Behave(func(b *mockapi.Behaviour) { b.List.MaxLimit = 50 })
				c.api.Requests()
			}
		})
	}
	group.Wait()
	equal(t, "accounts", len(c.api.Accounts("test")), 80)
	equal(t, "requests", c.api.Count("", ""), 160)
}

// Only the race detector sees that this holds.
func TestInterceptorsOfCutConnectionsAreOrdered(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	var calls int
	c.api.Intercept(func(http.ResponseWriter, *http.Request) bool {
		calls++
		panic(http.ErrAbortHandler)
	})
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for range 200 {
		if answer, err := client.Get(c.url); err == nil {
			t.Fatalf("a connection that is cut answered: %s", answer.Status)
		}
	}
	c.api.Intercept(nil)
	equal(t, "calls", calls, 200)
}
