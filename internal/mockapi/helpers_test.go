// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	accountPath    = "/api/v2/public/linked-account"
	credentialPath = accountPath + "/default-app/auth-credentials/"
	tokenPath      = "/api/v2/public/session-token"
)

// object is a decoded JSON object; its numbers are json.Number.
type object = map[string]any

// reply is an answer from the wire.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// client sends requests to a mock over real HTTP.
type client struct {
	t   *testing.T
	api *mockapi.Server
	url string
}

func start(t *testing.T, behaviour mockapi.Behaviour, options ...mockapi.Option) client {
	t.Helper()
	api := mockapi.New(append(options, mockapi.WithBehaviour(behaviour))...)
	server := httptest.NewServer(checked(t, api))
	t.Cleanup(server.Close)
	return client{t, api, server.URL}
}

// checked holds the answers to requests that are as the contract wants them
// against the contract. The mock answers other requests too.
func checked(t *testing.T, api http.Handler) http.Handler {
	loaded, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		isOurs := true
		loaded.Wrap(api, func(err error) {
			violation, _ := errors.AsType[*contract.Violation](err)
			isOurs = isOurs && violation.Side == contract.AnswerSide
			if isOurs {
				t.Error(err)
			}
		}).ServeHTTP(w, r)
	})
}

// send sends with the test key. Headers are pairs of name and value; an empty
// value takes the header away.
func (c client) send(method, target, body string, headers ...string) reply {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+target, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = http.Header{"X-Api-Key": {mockapi.TestKey}, "User-Agent": {"terraform-provider-refold/1.2.3 Terraform/1.14.0"}}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Del(headers[i])
		if headers[i+1] != "" {
			request.Header.Set(headers[i], headers[i+1])
		}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return reply{c.t, answer.StatusCode, answer.Header, string(read)}
}

func (c client) upsert(body string) reply {
	c.t.Helper()
	return c.send(http.MethodPut, accountPath, body)
}

func (c client) get(id string) reply {
	c.t.Helper()
	return c.send(http.MethodGet, accountPath+"/"+id, "")
}

func (c client) account(id string) mockapi.Account {
	c.t.Helper()
	account, ok := c.api.Account("test", id)
	if !ok {
		c.t.Fatalf("there is no account %q", id)
	}
	return account
}

func (r reply) json() object {
	r.t.Helper()
	decoder := json.NewDecoder(strings.NewReader(r.body))
	decoder.UseNumber()
	var decoded object
	if err := decoder.Decode(&decoded); err != nil {
		r.t.Fatalf("answer %d is no JSON object: %q", r.status, r.body)
	}
	return decoded
}

func (r reply) ok() reply {
	r.t.Helper()
	if r.status != http.StatusOK {
		r.t.Fatalf("answer %d: %s", r.status, r.body)
	}
	return r
}

// fails asserts an error in the default envelope E3.
func (r reply) fails(status int, code, message string) {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("answer %d: %s, want status %d", r.status, r.body, status)
	}
	got := r.json()
	if got["error"] != code || got["message"] != message || fmt.Sprint(got["status_code"]) != fmt.Sprint(status) {
		r.t.Errorf("error %s, want code %s and message %q", r.body, code, message)
	}
}

// failsE4 asserts an error in the envelope E4.
func (r reply) failsE4(status int, code, message string) {
	r.t.Helper()
	got := r.json()
	if r.status != status || got["error_code"] != code || got["message"] != message || fmt.Sprint(got["status_code"]) != fmt.Sprint(status) {
		r.t.Errorf("error %d %s, want status %d, code %s and message %q", r.status, r.body, status, code, message)
	}
}

func (r reply) has(name string, want any) {
	r.t.Helper()
	if got := r.json()[name]; !reflect.DeepEqual(got, want) {
		r.t.Errorf("%s is %#v, want %#v", name, got, want)
	}
}

// udf returns the fields of an answer as they were shown, by key.
func (r reply) udf() object {
	r.t.Helper()
	fields := object{}
	for _, entry := range r.json()["udf"].([]any) {
		fields[entry.(object)["key_name"].(string)] = entry.(object)["key_value"]
	}
	return fields
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is %#v, want %#v", what, got, want)
	}
}

// fixedClock always tells the same time.
func fixedClock() time.Time { return time.Date(2026, 7, 24, 9, 30, 17, 525_900_000, time.UTC) }
