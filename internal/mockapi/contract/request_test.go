// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// requestTest is a request that is reported, or not. want is a part of the
// report; empty: the request is right.
type requestTest struct {
	name, method, target, body string
	headers                    []string
	want                       string
}

func checkRequests(t *testing.T, tests []requestTest) {
	t.Helper()
	loaded := load(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			api := mockapi.New()
			api.Create("test", mockapi.Account{AccountID: "x"})
			w := wrap(t, loaded, api)
			w.send(test.method, test.target, test.body, test.headers...)
			reported := w.take()
			if (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
			path, _, _ := strings.Cut(test.target, "?")
			if test.want != "" && !strings.HasPrefix(reported, "contract: "+test.method+" "+path+": ") {
				t.Errorf("%q does not name the request", reported)
			}
		})
	}
}

func TestIDsInPathsAreDecodedOnce(t *testing.T) {
	loaded := load(t)
	api := mockapi.New()
	w := wrap(t, loaded, api)
	for _, id := range []string{"a@b", "a+b", "a/b", "100%", "a b", "ä", "%2F", "a,b", "a;b=c", "[a]", "{a}", ":a"} {
		body, err := json.Marshal(map[string]any{
			"linked_account_id": id, "your_app": map[string]any{"auth_credentials": map[string]string{"k": "v"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		escaped := url.PathEscape(id)
		for _, request := range [][3]string{
			{http.MethodPut, accountPath, string(body)},
			{http.MethodGet, accountPath + "/" + escaped, ""},
			{http.MethodPut, credentialPath + escaped + "?linked_account_id=" + url.QueryEscape(id), `{"value":"v"}`},
			{http.MethodDelete, credentialPath + escaped + "?linked_account_id=" + url.QueryEscape(id), ""},
			{http.MethodDelete, accountPath + "/" + escaped, ""},
		} {
			if status, answer := w.send(request[0], request[1], request[2]); status != http.StatusOK {
				t.Errorf("%s %s: answer %d: %s", request[0], request[1], status, answer)
			}
		}
	}
	if reported := w.take(); reported != "" {
		t.Error(reported)
	}
}

func TestReportsHoldNoSecret(t *testing.T) {
	loaded := load(t)
	const secret = "s3cret"
	w := wrap(t, loaded, mockapi.New())
	for _, body := range []string{
		`{"linked_account_id":"x","your_app":{"auth_credentials":"` + secret + `"}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":["` + secret + `"]}}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{},"` + secret + `":{"auth_credentials":"` + secret + `"}}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"` + secret + `}`,
	} {
		w.send(http.MethodPut, accountPath, body)
	}
	w.send(http.MethodPut, credentialPath+"k?linked_account_id=x", `{"value":["`+secret+`"]}`)
	w.send(http.MethodPut, keysPath+"zendesk?auth_type=keybased&linked_account_id=x", `{"api_token":["`+secret+`"],"email":{"`+secret+`":"`+secret+`"}}`, "linked_account_id", "x")
	w.send(http.MethodGet, accountPath+"/x", "", "x-api-key", secret+" "+secret)
	w.send(http.MethodPost, tokenPath+"/revoke?"+secret+"=1", "", "Authorization", "Bearer "+secret)
	reported := w.take()
	if strings.Count(reported, "\n") < 8 {
		t.Fatalf("reported only %q", reported)
	}
	if strings.Contains(reported, secret) || strings.Contains(reported, mockapi.TestKey) {
		t.Errorf("a secret is in %q", reported)
	}
}
