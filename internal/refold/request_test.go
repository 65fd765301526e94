// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// escapes gives each difficult id as one path segment, written out by hand.
var escapes = map[string]string{
	"user_12345":             "user_12345",
	"A-Za-z0-9-_.~":          "A-Za-z0-9-_.~",
	"jane.doe@example.com":   "jane.doe%40example.com",
	"a+b":                    "a%2Bb",
	"a/b":                    "a%2Fb",
	"/":                      "%2F",
	"../x":                   "..%2Fx",
	"100%":                   "100%25",
	"%2F":                    "%252F",
	"a b":                    "a%20b",
	"ä":                      "%C3%A4",
	"日":                      "%E6%97%A5",
	"account:1":              "account%3A1",
	"a?b=c":                  "a%3Fb%3Dc",
	"a#b":                    "a%23b",
	"a;b":                    "a%3Bb",
	"a&b":                    "a%26b",
	"a\\b\"c'":               "a%5Cb%22c%27",
	"!$*(),[]|":              "%21%24%2A%28%29%2C%5B%5D%7C",
	"all @ + / % ä . : ? #;": "all%20%40%20%2B%20%2F%20%25%20%C3%A4%20.%20%3A%20%3F%20%23%3B",
}

// TestEscapesOnTheWire looks at the request line that a real server receives.
func TestEscapesOnTheWire(t *testing.T) {
	prefixes := map[string]string{"": "", "/": "", "/refold": "/refold", "/a/refold/": "/a/refold", "/a%2Fb": "/a%2Fb"}
	for suffix, prefix := range prefixes {
		for id, segment := range escapes {
			t.Run(fmt.Sprintf("%s %s", suffix, id), func(t *testing.T) {
				var uri atomic.Value
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					uri.Store(r.Method + " " + r.RequestURI)
					io.WriteString(w, `{"success":true}`)
				}))
				defer server.Close()
				client := newClientAt(t, server.URL+suffix, withoutRetries, func(o *refold.Options) { o.RequestsPerSecond = 1e6 })

				// The answer is not an account; only the request matters here.
				_, _ = client.LinkedAccount(t.Context(), id)
				expect(t, uri.Load(), "GET "+prefix+accountsPath+"/"+segment)

				if err := client.DeleteLinkedAccount(t.Context(), id, nil); err != nil {
					t.Error(err)
				}
				expect(t, uri.Load(), "DELETE "+prefix+accountsPath+"/"+segment)

				if err := client.DeleteCredential(t.Context(), "user", id, nil); err != nil {
					t.Error(err)
				}
				expect(t, uri.Load(), "DELETE "+prefix+accountsPath+"/default-app/auth-credentials/"+segment+"?linked_account_id=user")

				if err := client.PutCredential(t.Context(), id, "key", "value", nil); err != nil {
					t.Error(err)
				}
				// A query may write a space as a plus sign.
				expect(t, uri.Load(), "PUT "+prefix+accountsPath+"/default-app/auth-credentials/key?linked_account_id="+strings.ReplaceAll(segment, "%20", "+"))
			})
		}
	}
}

func expect(t *testing.T, got any, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}

// accountHeader is not in net/http's usual form, and must not be (FACTS 1.3).
var accountHeader = "linked_account_id"

// What would arrive in the header as another id goes in the query alone.
func TestCredentialHeaderOnlyWhereItArrives(t *testing.T) {
	tests := map[string]bool{
		"user_12345": true, "jane@example.com": true, "a/b%c+d~!": true, "a b": true, "a  b c": true,
		" a": false, "a ": false, "a\tb": false, "a\u00a0b": false, "\x7f": false, "ä": false, "日": false,
	}
	for id, inHeader := range tests {
		net := newNetwork(t, answer(200, `{"success":true}`))
		client := newClient(t, net)
		if err := client.PutCredential(t.Context(), id, "key", "value", nil); err != nil {
			t.Fatal(err)
		}
		if err := client.DeleteCredential(t.Context(), id, "key", nil); err != nil {
			t.Fatal(err)
		}
		for _, request := range net.requests() {
			// As it stands in the map, because net/http writes the name unchanged.
			values := request.Header[accountHeader]
			if inHeader && (len(values) != 1 || values[0] != id) {
				t.Errorf("%s for %q: header linked_account_id = %q", request.Method, id, values)
			}
			if !inHeader && values != nil {
				t.Errorf("%s for %q: header linked_account_id = %q, want none", request.Method, id, values)
			}
			if !strings.Contains(request.URI, "?linked_account_id=") {
				t.Errorf("%s for %q: no query in %s", request.Method, id, request.URI)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	net := newNetwork(t, answer(200, document("user")))
	client := newClient(t, net, func(o *refold.Options) { o.UserAgent = "terraform-provider-refold/1.2.3 Terraform/1.11.0" })
	if _, err := client.LinkedAccount(t.Context(), "user"); err != nil {
		t.Fatal(err)
	}
	if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"}); err != nil {
		t.Fatal(err)
	}
	requests := net.requests()
	for _, request := range requests {
		expect(t, request.Header.Get("X-Api-Key"), testKey)
		expect(t, request.Header.Get("User-Agent"), "terraform-provider-refold/1.2.3 Terraform/1.11.0")
		expect(t, request.Header.Get("Accept"), "application/json")
		if request.Header[accountHeader] != nil {
			t.Errorf("%s carries the linked_account_id header", request.Method)
		}
		if strings.Contains(request.URI, testKey) {
			t.Errorf("the key is in the URL %s", request.URI)
		}
	}
	expect(t, requests[0].Header.Get("Content-Type"), "")
	expect(t, requests[0].Body, "")
	expect(t, requests[1].Header.Get("Content-Type"), "application/json")
}

// TestNoBodyWithoutOne looks at the framing: a GET or DELETE with a body of
// unknown length is refused by some proxies.
func TestNoBodyWithoutOne(t *testing.T) {
	inspected := 0
	client := newClient(t, roundTripper(func(request *http.Request) (*http.Response, error) {
		inspected++
		if request.Body != nil && request.Body != http.NoBody {
			t.Errorf("%s has a body", request.Method)
		}
		return answer(200, fine)(request)
	}))
	if _, err := client.LinkedAccount(t.Context(), "user"); err != nil {
		t.Error(err)
	}
	if err := client.DeleteLinkedAccount(t.Context(), "user", nil); err != nil {
		t.Error(err)
	}
	if err := client.DeleteCredential(t.Context(), "user", "key", nil); err != nil {
		t.Error(err)
	}
	if inspected != 3 {
		t.Errorf("saw %d requests, want 3", inspected)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

func TestUpsertBody(t *testing.T) {
	tests := map[string]struct {
		upsert refold.Upsert
		want   string
	}{
		"id only": {
			refold.Upsert{AccountID: "user"},
			`{"linked_account_id":"user"}`,
		},
		"difficult id": {
			refold.Upsert{AccountID: "a@b+c/d%e ä\"\\"},
			`{"linked_account_id":"a@b+c/d%e ä\"\\"}`,
		},
		"name": {
			refold.Upsert{AccountID: "user", Name: new("Acme Inc.")},
			`{"linked_account_id":"user","name":"Acme Inc."}`,
		},
		"empty name is sent": {
			refold.Upsert{AccountID: "user", Name: new("")},
			`{"linked_account_id":"user","name":""}`,
		},
		"empty udf is sent": {
			refold.Upsert{AccountID: "user", UDF: &refold.UDF{}},
			`{"linked_account_id":"user","udf":{}}`,
		},
		"udf of every type": {
			refold.Upsert{AccountID: "user", UDF: &refold.UDF{"plan": "pro", "seats": json.Number("20"), "beta": true, "gone": nil}},
			`{"linked_account_id":"user","udf":{"beta":true,"gone":null,"plan":"pro","seats":20}}`,
		},
		"numbers to the letter": {
			refold.Upsert{AccountID: "user", UDF: &refold.UDF{
				"a": json.Number("123456789012345678901234567890"), "b": json.Number("0.1"), "c": json.Number("1e400"), "d": json.Number("-0.0"), "e": json.Number("1.0"),
			}},
			`{"linked_account_id":"user","udf":{"a":123456789012345678901234567890,"b":0.1,"c":1e400,"d":-0.0,"e":1.0}}`,
		},
		"credentials": {
			refold.Upsert{AccountID: "user", YourApp: &refold.YourApp{AuthCredentials: map[string]string{"secret": "s", "api_key": "k"}}},
			`{"linked_account_id":"user","your_app":{"auth_credentials":{"api_key":"k","secret":"s"}}}`,
		},
		"app id": {
			refold.Upsert{AccountID: "user", YourApp: &refold.YourApp{AppID: "6a05", AuthCredentials: map[string]string{"api_key": "k"}}},
			`{"linked_account_id":"user","your_app":{"app_id":"6a05","auth_credentials":{"api_key":"k"}}}`,
		},
		"everything": {
			refold.Upsert{AccountID: "user", Name: new("A"), UDF: &refold.UDF{"x": "y"}, YourApp: &refold.YourApp{AuthCredentials: map[string]string{"k": "v"}}},
			`{"linked_account_id":"user","name":"A","udf":{"x":"y"},"your_app":{"auth_credentials":{"k":"v"}}}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			id, err := json.Marshal(test.upsert.AccountID)
			if err != nil {
				t.Fatal(err)
			}
			net := newNetwork(t, answer(200, strings.Replace(complete(`,"udf":[]`), `"user"`, string(id), 1)))
			if _, err := newClient(t, net).UpsertLinkedAccount(t.Context(), test.upsert); err != nil {
				t.Fatal(err)
			}
			first := net.requests()[0]
			expect(t, first.Method+" "+first.URI, "PUT "+accountsPath)
			expect(t, first.Body, test.want)
		})
	}
}

func TestPutCredentialBody(t *testing.T) {
	for value, want := range map[string]string{
		"s3cr3t":      `{"value":"s3cr3t"}`,
		"":            `{"value":""}`,
		"a\"b\\c\nd":  `{"value":"a\"b\\c\nd"}`,
		"ä 日 \u2028x": `{"value":"ä 日 \u2028x"}`,
	} {
		net := newNetwork(t, answer(200, `{"success":true,"message":"Auth credential 'k' added successfully","action":"added"}`))
		if err := newClient(t, net).PutCredential(t.Context(), "user", "k", value, nil); err != nil {
			t.Fatal(err)
		}
		expect(t, net.requests()[0].Body, want)
	}
}

// TestUnencodableRequest has nothing to send: JSON knows no infinity.
func TestUnencodableRequest(t *testing.T) {
	net := newNetwork(t, answer(200, `{"success":true}`))
	_, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user", UDF: &refold.UDF{"x": math.Inf(1)}})
	if err == nil || !strings.Contains(err.Error(), "encode the request") {
		t.Errorf("err = %v", err)
	}
	if len(net.requests()) != 0 {
		t.Error("something was sent")
	}
}
