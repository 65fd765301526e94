// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// refusalOf sends one GET for id, without retries, and returns how it was refused.
func refusalOf(t *testing.T, id string, play reply) *refold.Error {
	t.Helper()
	account, err := newClient(t, newNetwork(t, play), withoutRetries).LinkedAccount(t.Context(), id)
	refusal, ok := errors.AsType[*refold.Error](err)
	if !ok || account != nil {
		t.Fatalf("account = %+v, err = %v, want *refold.Error", account, err)
	}
	return refusal
}

// TestEnvelopes covers FACTS 1.6.
func TestEnvelopes(t *testing.T) {
	tests := map[string]struct {
		status               int
		body                 string
		code, message, reqID string
		notRefold            bool
	}{
		"E1": {
			400, `{"status_code":400,"error_type":"BAD_REQUEST","message":"already exists","request_id":"89bd1675-a826"}`,
			"BAD_REQUEST", "already exists", "89bd1675-a826", false,
		},
		"E2": {
			400, `{"status_code":400,"http_error_type":"BAD_REQUEST","error_code":"SERVER_ERROR","message":"creation failed","request_id":"r1"}`,
			"SERVER_ERROR", "creation failed", "r1", false,
		},
		"E2 with code and type swapped": {
			500, `{"status_code":500,"http_error_type":"BAD_REQUEST","error_code":"INTERNAL_SERVER_ERROR","message":"A valid app_id is required"}`,
			"INTERNAL_SERVER_ERROR", "A valid app_id is required", "", false,
		},
		"E3": {
			400, `{"status_code":400,"http_error_type":"BAD_REQUEST","error":"INVALID_LINKED_ACCOUNT_ID","message":"linked_account_id required"}`,
			"INVALID_LINKED_ACCOUNT_ID", "linked_account_id required", "", false,
		},
		"E4": {
			400, `{"status_code":400,"http_error_type":"BAD_REQUEST","error_code":"VALIDATION_ERROR","message":"wrong"}`,
			"VALIDATION_ERROR", "wrong", "", false,
		},
		"E4 beats E3": {
			400, `{"error_code":"VALIDATION_ERROR","error":"SERVER_ERROR","message":"wrong"}`,
			"VALIDATION_ERROR", "wrong", "", false,
		},
		"E5":                  {400, `{"message":"Server Error","error":"Workflow ID and slug are required"}`, "", "Server Error: Workflow ID and slug are required", "", false},
		"E6":                  {500, `{"error":"SERVER_ERROR","message":"Schema not found"}`, "SERVER_ERROR", "Schema not found", "", false},
		"E7":                  {200, `{"error":"Custom apps are not supported for this endpoint."}`, "", "Custom apps are not supported for this endpoint.", "", false},
		"E8 text":             {400, "nope", "", "a text that is not JSON: nope", "", true},
		"E8 empty":            {400, "", "", "an empty answer", "", true},
		"E8 white space":      {502, " \n", "", "an empty answer", "", true},
		"code without text":   {500, `{"error":"SERVER_ERROR"}`, "SERVER_ERROR", "(no message)", "", false},
		"JSON without fields": {500, `{}`, "", "unexpected JSON: {}", "", true},
		"fields of odd types": {500, `{"message":{"a":1},"error":null,"status_code":"500"}`, "", `unexpected JSON: {"message":{"a":1},"error":null,"status_code":"500"}`, "", true},
		"another service's":   {404, `{"detail":"Not Found"}`, "", `unexpected JSON: {"detail":"Not Found"}`, "", true},
		"JSON array":          {500, `["x"]`, "", `unexpected JSON: ["x"]`, "", true},
		"401, comma missing": {
			401, "{\n  \"status_code\": 401\n  \"http_error_type\": \"UNAUTHORIZED\",\n  \"error_code\": \"SERVER_ERROR\"\n  \"message\": \"Invalid Credentials\"\n  \"request_id\": \"r2\"\n}",
			"SERVER_ERROR", "Invalid Credentials", "r2", false,
		},
		"trailing comma": {400, `{"error":"SERVER_ERROR","message":"a \"quoted\" \u00e4\\",}`, "SERVER_ERROR", `a "quoted" ä\`, "", false},
		"HTML": {
			502, "<html>\n<head><TITLE lang=en>502 Bad\nGateway</TITLE></head>", "", `an HTML page titled "502 Bad Gateway" instead of JSON`, "", true,
		},
		"HTML without title":             {404, "  <!doctype html><p>\"message\": \"gone\"", "", "an HTML page instead of JSON", "", true},
		"200, success false":             {200, `{"success":false,"message":"wrong"}`, "", "wrong", "", false},
		"200, success false as text":     {200, `{"success":"false","message":"wrong"}`, "", "wrong", "", false},
		"200, status_code 400":           {200, `{"status_code":400,"message":"wrong"}`, "", "wrong", "", false},
		"200, status_code 400 as text":   {200, `{"status_code":"400","message":"wrong"}`, "", "wrong", "", false},
		"200, error":                     {200, `{"error":"SERVER_ERROR","message":"wrong"}`, "SERVER_ERROR", "wrong", "", false},
		"200, error true":                {200, `{"error":true,"message":"wrong"}`, "", "wrong", "", false},
		"200, error object":              {200, `{"error":{"x":1},"message":"wrong"}`, "", "wrong", "", false},
		"200, odd success hides nothing": {200, `{"success":"no","error":"SERVER_ERROR","message":"wrong"}`, "SERVER_ERROR", "wrong", "", false},
		"200, HTML":                      {200, "<html><title>Sign in</title>", "", `an HTML page titled "Sign in" instead of JSON`, "", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			refusal := refusalOf(t, "user", answer(test.status, test.body))
			if refusal.Status != test.status || refusal.Code != test.code || refusal.Message != test.message || refusal.RequestID != test.reqID || refusal.NotRefold != test.notRefold {
				t.Errorf("got %+v\nmessage %q", *refusal, refusal.Message)
			}
			if refusal.Kind != refold.Other {
				t.Errorf("Kind = %v, want Other", refusal.Kind)
			}
			if refusal.Attempts != 1 {
				t.Errorf("Attempts = %d", refusal.Attempts)
			}
		})
	}
}

func envelopeOf(t *testing.T, code, message string) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"status_code": 404, "http_error_type": "NOT_FOUND", "error": code, "message": message})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAccountNotFound: these are about the account that was asked for.
func TestAccountNotFound(t *testing.T) {
	ids := []string{
		"user", "99999", "jane.doe@example.com", "a b/c%d+ä",
		"a for org b", "a for org b in environment c", "x not found", "a not found for org b not found", `say "hi" \ 'there'`, "<b>", "ends with dot.",
	}
	long := refold.Scope{OrganizationID: organization, Environment: "test"}
	tests := map[string]struct {
		status int
		before string
		after  string
		scope  refold.Scope
	}{
		"long, 404":      {404, "Linked Account with account id ", " for org " + organization + " in environment test not found", long},
		"long, 500":      {500, "Linked Account with account id ", " for org " + organization + " in environment test not found", long},
		"short, 404":     {404, "Linked Account with account id ", " not found", refold.Scope{}},
		"short, 500":     {500, "Linked Account with account id ", " not found", refold.Scope{}},
		"another case":   {404, "linked account with Account ID ", " not found", refold.Scope{}},
		"with full stop": {404, "Linked Account with account id ", " not found.", refold.Scope{}},
		"white space":    {404, "\n Linked Account with account id ", " not found \n", refold.Scope{}},
		"environment of several words": {
			404, "Linked Account with account id ", " for org o1 in environment Quality Assurance not found",
			refold.Scope{OrganizationID: "o1", Environment: "Quality Assurance"},
		},
	}
	for name, test := range tests {
		for _, id := range ids {
			t.Run(name+" "+id, func(t *testing.T) {
				refusal := refusalOf(t, id, answer(test.status, envelopeOf(t, "SERVER_ERROR", test.before+id+test.after)))
				if refusal.Kind != refold.AccountNotFound || refusal.Scope != test.scope {
					t.Errorf("Kind = %v, Scope = %+v, want AccountNotFound, %+v\nmessage %s", refusal.Kind, refusal.Scope, test.scope, refusal.Message)
				}
			})
		}
	}
}

func TestAccountNotFoundInBrokenJSON(t *testing.T) {
	refusal := refusalOf(t, `a"b`, answer(404, `{"status_code":404 "message": "Linked Account with account id a\"b not found"}`))
	if refusal.Kind != refold.AccountNotFound {
		t.Errorf("Kind = %v, want AccountNotFound: %s", refusal.Kind, refusal.Message)
	}
}

// TestOtherNotFound: none of these says that the account is gone.
func TestOtherNotFound(t *testing.T) {
	message := func(text string) string { return envelopeOf(t, "SERVER_ERROR", text) }
	tests := map[string]struct {
		id     string
		status int
		body   string
	}{
		"missing header":               {"user", 404, envelopeOf(t, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")},
		"missing key":                  {"user", 404, envelopeOf(t, "MISSING_REQUIRED_FIELD", "Missing API Key")},
		"another account":              {"user", 404, message("Linked Account with account id user_2 for org o in environment test not found")},
		"another case":                 {"user", 404, message("Linked Account with account id User for org o in environment test not found")},
		"a longer id":                  {"user", 404, message("Linked Account with account id users not found")},
		"a shorter id":                 {"users", 404, message("Linked Account with account id user not found")},
		"id is the tail of another":    {"b", 404, message("Linked Account with account id a for org b in environment test not found")},
		"id cut before ` not found`":   {"a", 404, message("Linked Account with account id a not found for org b in environment test")},
		"id that ends in the words":    {"x not found", 404, message("Linked Account with account id x not found")},
		"encoded id":                   {"a@b", 404, message("Linked Account with account id a%40b not found")},
		"id in front missing":          {"user", 404, message("user not found")},
		"no id":                        {"user", 404, message("Linked Account with account id  not found")},
		"organization only":            {"user", 404, message("Linked Account with account id user for org o not found")},
		"more text":                    {"user", 404, message("Linked Account with account id user not found, or locked")},
		"text in front":                {"user", 404, message("Oops: Linked Account with account id user not found")},
		"bare 404":                     {"user", 404, message("Not Found")},
		"route":                        {"user", 404, `{"message":"Cannot GET /api/v2/public/linked-account/user","error":"Not Found","statusCode":404}`},
		"wrong URL":                    {"user", 404, "<!DOCTYPE html><title>404 Not Found</title>"},
		"wrong URL, words in the page": {"user", 404, "<html>Linked Account with account id user not found</html>"},
		"text":                         {"user", 404, "Linked Account with account id user not found"},
		"empty":                        {"user", 404, ""},
		"400":                          {"user", 400, message("Linked Account with account id user not found")},
		"401":                          {"user", 401, message("Linked Account with account id user not found")},
		"403":                          {"user", 403, message("Linked Account with account id user not found")},
		"200":                          {"user", 200, message("Linked Account with account id user not found")},
		"502":                          {"user", 502, message("Linked Account with account id user not found")},
		"session token's message":      {"user", 404, message("No linked account found for account id : user in environment test")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			refusal := refusalOf(t, test.id, answer(test.status, test.body))
			if refusal.Kind != refold.Other || refusal.Scope != (refold.Scope{}) {
				t.Errorf("Kind = %v, Scope = %+v, want Other and none", refusal.Kind, refusal.Scope)
			}
		})
	}
}

func TestCredentialKinds(t *testing.T) {
	tests := map[string]struct {
		status  int
		message string
		want    refold.Kind
	}{
		"no default app":            {404, "Default app integration not found for linked account user", refold.DefaultAppMissing},
		"no default app, with 400":  {400, "Default app integration not found for linked account user", refold.Other},
		"no such credential":        {404, "Auth credential key 'api_key' not found", refold.NotFound},
		"no such odd credential":    {404, "Auth credential key 'it's not found, or so' not found", refold.NotFound},
		"something about one":       {404, "Auth credential key 'api_key' was refused", refold.Other},
		"no such account":           {404, "Linked Account with account id user for org o in environment test not found", refold.AccountNotFound},
		"duplicate":                 {400, "Duplicate Auth key_name not allowed", refold.DuplicateCredential},
		"duplicate, another status": {409, "Duplicate Auth key_name not allowed", refold.Other},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, newNetwork(t, answer(test.status, envelopeOf(t, "RESOURCE_NOT_FOUND", test.message))))
			if err := client.DeleteCredential(t.Context(), "user", "api_key", nil); refold.KindOf(err) != test.want {
				t.Errorf("DeleteCredential: kind = %v, want %v", refold.KindOf(err), test.want)
			}
			if err := client.PutCredential(t.Context(), "user", "api_key", "v", nil); refold.KindOf(err) != test.want {
				t.Errorf("PutCredential: kind = %v, want %v", refold.KindOf(err), test.want)
			}
		})
	}
}

func TestDeleteOfAMissingAccount(t *testing.T) {
	for _, status := range []int{404, 500} {
		net := newNetwork(t, answer(status, notFound("user")))
		err := newClient(t, net).DeleteLinkedAccount(t.Context(), "user", nil)
		if refold.KindOf(err) != refold.AccountNotFound {
			t.Errorf("%d: err = %v, want AccountNotFound", status, err)
		}
		expect(t, net.methods(), "DELETE")
	}
}

func TestDeleteAnswers(t *testing.T) {
	for name, play := range map[string]reply{
		"message":    answer(200, `{"message":"User deleted successfully"}`),
		"success":    answer(200, `{"success":true}`),
		"text":       answer(200, "ok"),
		"no content": answer(204, ""),
	} {
		if err := newClient(t, newNetwork(t, play)).DeleteLinkedAccount(t.Context(), "user", nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, play := range map[string]reply{
		"HTML":          answer(200, "<html>"),
		"error inside":  answer(200, `{"error":"Integrations are required"}`),
		"success false": answer(200, `{"success":false}`),
	} {
		if err := newClient(t, newNetwork(t, play)).DeleteLinkedAccount(t.Context(), "user", nil); err == nil {
			t.Errorf("%s: taken for success", name)
		}
	}
}

func TestErrorTextIsBoundedAndPlain(t *testing.T) {
	long := strings.Repeat("ä\\u001b[31m\\u0007\\n\\u202e", 2000)
	for name, body := range map[string]string{
		"message":    `{"error":"SERVER_ERROR","request_id":"` + long + `","message":"` + long + `"}`,
		"code":       `{"error_code":"` + long + `","message":"x"}`,
		"broken":     `{"error_code":"` + long + `" "message":"x"}`,
		"text":       strings.Repeat("ä\x1b[31m\a\n\u202e\x00\xff", 2000),
		"HTML title": "<title>" + strings.Repeat("ä\x1b[31m\a\n\u202e", 2000) + "</title>",
	} {
		t.Run(name, func(t *testing.T) {
			refusal := refusalOf(t, "user", answer(400, body))
			text := refusal.Error()
			if strings.ContainsAny(text, "\x1b\a\n\r\x00\u202e") {
				t.Errorf("control characters in %q", text)
			}
			if length := len([]rune(text)); length > 800 {
				t.Errorf("the text has %d characters", length)
			}
			if !strings.Contains(text, "ä") {
				t.Errorf("what was readable is lost: %q", text)
			}
		})
	}
}
