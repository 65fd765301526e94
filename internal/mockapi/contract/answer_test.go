// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	applicationJSON = "application/json; charset=utf-8"
	textHTML        = "text/html; charset=utf-8"
	stamps          = `"createdAt":"2026-05-22T11:24:06.840Z","updatedAt":"2026-05-22T11:24:06.840Z"`
	head            = `"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"o","account_id":"x","environment":"test",`
	document        = `{` + head + `"udf":[],` + stamps + `}`
)

// TestAnswers shows which answers are reported. want is a part of the report;
// empty: the answer is right.
func TestAnswers(t *testing.T) {
	loaded := load(t)
	entry := func(more string) string {
		return `{` + head + `"udf":[{"key_name":"k","key_value":1` + more + `}],` + stamps + `}`
	}
	integration := func(more string) string {
		return `{` + head + `"udf":[],"integrations":[{"type":"t","name":"n","app_id":null` + more + `}],` + stamps + `}`
	}
	page := func(envelope string, documents ...string) string {
		return `{"docs":[` + strings.Join(documents, ",") + `]` + envelope + `}`
	}
	const get, put, del, lists = http.MethodGet, http.MethodPut, http.MethodDelete, "list"
	for _, test := range []struct {
		name, method string
		status       int
		kind, body   string
		want         string
	}{
		{"account", get, 200, applicationJSON, document, ""},
		{"account with optional fields", get, 200, applicationJSON, `{"is_seed":false,"tenant_account_id":null,"scope":"s","name":null,"__v":1,"integrations":null,` + document[1:], ""},
		{"short udf entry", get, 200, applicationJSON, entry(""), ""},
		{"full udf entry", get, 200, applicationJSON, entry(`,"_id":"6992cc7e9d38bc6a2ae28d12",` + stamps), ""},
		{"full integration", get, 200, applicationJSON, integration(`,"identifier":{"a":1},"refresh_token_expired":true,"reauth_required":false`), ""},
		{"account without udf", get, 200, applicationJSON, `{` + head + stamps + `}`, `property "udf" is missing`},
		{"udf as object", get, 200, applicationJSON, `{` + head + `"udf":{},` + stamps + `}`, `at ["udf"]`},
		{"unknown field in udf", get, 200, applicationJSON, entry(`,"value":1`), `property "value" is unsupported`},
		{"bad date", get, 200, applicationJSON, strings.ReplaceAll(document, ".840Z", ""), `at ["createdAt"]`},
		{"credentials", get, 200, applicationJSON, `{"credentials":{},` + document[1:], `property "credentials" is unsupported`},
		{"auth_credentials", get, 200, applicationJSON, `{"auth_credentials":{},` + document[1:], `property "auth_credentials" is unsupported`},
		{"credentials of an integration", get, 200, applicationJSON, integration(`,"credentials":[]`), `property "credentials" is unsupported`},
		{"authTokens", get, 200, applicationJSON, integration(`,"authTokens":{}`), `property "authTokens" is unsupported`},
		{"connections", get, 200, applicationJSON, integration(`,"connections":[]`), `property "connections" is unsupported`},
		{"new_account on a read", get, 200, applicationJSON, `{"new_account":true,` + document[1:], `property "new_account" is unsupported`},
		{"success on a read", get, 200, applicationJSON, `{"success":true}`, "is missing"},
		{"page in place of an account", get, 200, textHTML, "<html></html>", "body: "},
		{"nothing in place of an account", get, 200, "", "", "body: "},
		{"status that is not documented", get, 202, applicationJSON, document, "answer 202: this status is not in the contract"},

		{"written account", put, 200, applicationJSON, `{"new_account":true,` + document[1:], ""},
		{"minimal account", put, 200, applicationJSON, `{"_id":"6992cc7e9d38bc6a2ae28d12","account_id":"x","environment":"test","integrations":null}`, ""},
		{"success", put, 200, applicationJSON, `{"success":true}`, ""},
		{"ok", put, 200, textHTML, "ok", ""},
		{"nothing", put, 200, "", "", ""},
		{"integrations on a write", put, 200, applicationJSON, `{"integrations":[],` + document[1:], "doesn't match any schema"},
		{"credentials on a write", put, 200, applicationJSON, `{"credentials":[],` + document[1:], "doesn't match any schema"},
		{"no success", put, 200, applicationJSON, `{"success":false}`, "doesn't match any schema"},
		{"error in a 200", put, 200, applicationJSON, `{"error":"x"}`, "doesn't match any schema"},
		{"other text", put, 200, textHTML, "okay", "answer 200: "},
		{"not found on a write", put, 404, applicationJSON, `{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"m"}`, "this status is not in the contract"},

		{"deleted", del, 200, applicationJSON, `{"message":"User deleted successfully"}`, ""},
		{"deleted as text", del, 200, textHTML, "ok", ""},
		{"deleted otherwise", del, 200, applicationJSON, `{"message":"gone"}`, `at ["message"]`},
		{"deleted with nothing", del, 200, "", "", "body: "},

		{"full page", lists, 200, applicationJSON, page(`,"totalDocs":32,"limit":10,"totalPages":4,"page":1,"pagingCounter":1,"hasPrevPage":false,"hasNextPage":true,"prevPage":null,"nextPage":2`, document), ""},
		{"page without envelope", lists, 200, applicationJSON, page("", document, document), ""},
		{"page of old documents", lists, 200, applicationJSON, page(`,"totalDocs":1`, `{"associated_org":"o","account_id":"x","environment":"test","name":"n"}`), ""},
		{"empty page", lists, 200, applicationJSON, page(`,"totalDocs":0`), ""},
		{"page without docs", lists, 200, applicationJSON, `{"totalDocs":0}`, `property "docs" is missing`},
		{"bare list", lists, 200, applicationJSON, `[` + document + `]`, "answer 200: "},
		{"page with schema", lists, 200, applicationJSON, page(`,"schema":{}`), `property "schema" is unsupported`},
		{"credentials on a page", lists, 200, applicationJSON, page("", `{"credentials":{},`+document[1:]), "doesn't match any schema"},
		{"not found on a page", lists, 404, applicationJSON, `{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"m"}`, "this status is not in the contract"},

		{"throttled", get, 429, "", "", ""},
		{"throttled with a page", get, 429, textHTML, "<html></html>", ""},
		{"E5", get, 404, applicationJSON, `{"message":"Server Error","error":"prose here"}`, "doesn't match any schema"},
		{"error as a page", get, 500, textHTML, "<html></html>", "body: "},
		{"401 that misses a comma", get, 401, applicationJSON, "{\n\"status_code\": 401,\n\"http_error_type\": \"UNAUTHORIZED\"\n\"error_code\": \"SERVER_ERROR\",\n\"message\": \"Invalid Credentials\"\n}", ""},
		{"401 that breaks off", get, 401, applicationJSON, `{"status_code": 401,`, "body: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := wrap(t, loaded, answers(test.status, test.kind, test.body))
			method, target, body := test.method, accountPath+"/x", ""
			switch method {
			case put:
				target, body = accountPath, `{"linked_account_id":"x"}`
			case lists:
				method, target = get, accountPath+"?page=1&limit=100"
			}
			status, got := w.send(method, target, body)
			if status != test.status || got != test.body {
				t.Errorf("the client got %d %q", status, got)
			}
			reported := w.take()
			if (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}

func TestReportsComeBeforeTheAnswerEnds(t *testing.T) {
	w := wrap(t, load(t), answers(200, applicationJSON, `{"success":false}`+strings.Repeat(" ", 1<<16)))
	for range 20 {
		w.send(http.MethodPut, accountPath, `{"linked_account_id":"x"}`)
		if w.take() == "" {
			t.Fatal("the client had its answer before the report")
		}
	}
}

func TestWrapChecksAnAnswerThatNobodyWrote(t *testing.T) {
	w := wrap(t, load(t), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	if status, body := w.send(http.MethodGet, accountPath+"/x", ""); status != http.StatusOK || body != "" {
		t.Errorf("the client got %d %q", status, body)
	}
	if reported := w.take(); !strings.Contains(reported, "answer 200: body: ") {
		t.Errorf("reported %q", reported)
	}
}

func TestWrapTellsTheSides(t *testing.T) {
	w := wrap(t, load(t), answers(202, "", ""))
	w.send(http.MethodGet, accountPath+"/x?a=b", "")
	if len(w.sides) != 2 || w.sides[0] != contract.RequestSide || w.sides[1] != contract.AnswerSide {
		t.Errorf("sides %v of %q", w.sides, w.take())
	}
}

func TestWrapPassesOnUnchanged(t *testing.T) {
	w := wrap(t, load(t), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		w.Header().Set("X-Seen", r.Method+" "+r.RequestURI+" "+r.Header.Get("X-Own")+" "+string(body))
		w.WriteHeader(http.StatusTeapot)
		if _, writeErr := io.WriteString(w, "te"); writeErr != nil || err != nil {
			t.Error(writeErr, err)
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		_, _ = io.WriteString(w, "a")
	}))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, w.url+accountPath+"/a%2Fb?c=%20d", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Own", "own")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || string(body) != "tea" || answer.StatusCode != http.StatusTeapot {
		t.Errorf("answer %d %q (%v)", answer.StatusCode, body, err)
	}
	if want := "PUT " + accountPath + "/a%2Fb?c=%20d own body"; answer.Header.Get("X-Seen") != want {
		t.Errorf("the handler saw %q, want %q", answer.Header.Get("X-Seen"), want)
	}
}

func TestWrapLetsAHandlerCutTheConnection(t *testing.T) {
	api := mockapi.New()
	api.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return true
		}
		_ = connection.Close()
		return true
	})
	collected := &reports{}
	server := httptest.NewServer(load(t).Wrap(api, collected.add))
	t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, server.URL+accountPath+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"X-Api-Key": {"k"}, "User-Agent": {userAgent}}
	if answer, err := http.DefaultClient.Do(request); !errors.Is(err, io.EOF) {
		t.Errorf("answer %v, error %v, want a connection that ends", answer, err)
	}
	server.Close()
	if reported := collected.take(); reported != "" {
		t.Error(reported)
	}
}
