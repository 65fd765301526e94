// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestVerdictOnDocumentedAnswers: no answer of Refold's is taken for an error but those that are.
func TestVerdictOnDocumentedAnswers(t *testing.T) {
	for want, bodies := range map[string][]string{
		"failed": {
			// FACTS 0.4, 1.6: E1 to E7.
			`{"status_code":404,"error_type":"NOT_FOUND","message":"m","request_id":"9b2f8a0e-6f0b-4f7b-9a53-2f1b1c2d3e4f"}`,
			`{"status_code":400,"http_error_type":"BAD_REQUEST","error_code":"SERVER_ERROR","message":"m","request_id":"r"}`,
			`{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"m"}`,
			`{"status_code":404,"http_error_type":"NOT_FOUND","error_code":"SERVER_ERROR","message":"m"}`,
			`{"message":"Server Error","error":"Template not found"}`,
			`{"error":"Schema not found for integration type: x","message":"Schema not found"}`,
			`{"error":"Custom apps are not supported for this endpoint."}`,
		},
		"succeeded": {
			`ok`, `"ok"`, `{"success":true}`, `true`,
			`{"message":"User deleted successfully"}`, `{"message":"Installation Deleted Success"}`, `{"message":"Scheduled Job Deleted Successfully"}`, `{"message":"Webhook Fired Success"}`,
			`{"success":true,"message":"Auth credential 'error' added successfully","action":"added"}`, `{"message":"Auth credential 'api_key' deleted successfully"}`,
			`{"success":true,"message":"Token migrated successfully"}`, `{"success":true,"revoked_count":1}`,
			`{"status":"success","message":"Variable value for \"failed\" deleted successfully"}`, `{"status":"success","id":"6992cc7e9d38bc6a2ae28d12"}`,
			`{"acknowledged":true,"deletedCount":1}`,
		},
		"silent": {
			document("user"), complete(`,"udf":[],"new_account":false`), complete(`,"udf":{"error":"yes","success":false,"status":"failed"}`),
			`{"_id":"1","account_id":"user","name":"Error","environment":"test","integrations":null}`,
			connected("user", `{"type":"error","name":"Error","app_id":null,"reauth_required":true,"status":"failed"}`),
			`{"docs":[` + connected("user", `{"type":"failed","name":"Exception"}`) + `],"totalDocs":1,"hasNextPage":false}`,
			tokenAnswer, urlAnswer, `{"auth_url":"https://x.example/?error=1&state=failed"}`,
			// A status that is the object's own (FACTS 2.6, 2.16, 2.17).
			`{"_id":"1","status":"ERRORED","name":"x"}`, `{"_id":"1","status":"FAILED"}`, `{"docs":[{"_id":"1","status":"TERMINATED"}],"status":"ERRORED"}`, `{"_id":"1","status":"paused","inactive":true}`,
			`[{"_id":"1","connected":false,"connected_accounts":[{"identifier":"x","status":"error"}]}]`,
			`{"slug":"error","config_id":"c","field_errors":[{"id":"f","error":"missing"}],"fields":[],"workflows":[]}`,
			`{"value":"error","encrypted":false,"name":"error","scope":"org","variable_definition_id":"1"}`,
			`{"_id":"1","is_enabled":false,"webhook_events":["Workflow Errored","Connection Expired"]}`, `[{"name":"Invoice Failed"}]`,
			`{"table_id":"1","already_exists":false}`, `{"headers":[],"rows":[]}`, `{"name":"errors","columns":[],"docs":[]}`,
			`{"message":"Stopping instance"}`, `{"message":"Integration - failover created"}`, `{"message":"m","execution_id":"1"}`, `{"definition":{"_id":"1","name":"error"}}`,
			// Nothing at all, and less than JSON.
			``, ` `, `null`, `{}`, `[]`, `5`, `{"account_id":"error`, `"error`,
		},
	} {
		for _, body := range bodies {
			expect(t, body+" "+refold.Judged(body), body+" "+want)
		}
	}
}

// TestVerdictOnOtherErrors: errors as other APIs, frameworks and proxies word them.
func TestVerdictOnOtherErrors(t *testing.T) {
	for _, body := range []string{
		`{"status":"error"}`, `{"status":"fail","data":{"title":"required"}}`, `{"Status":"Failed"}`, `{"status":"error","success":true}`, `{"status":500}`, `{"status":"404"}`, `{"status":false}`,
		`{"statusCode":400,"message":"x"}`, `{"code":503}`, `{"code":"ValidationError"}`, `{"result":"failure"}`, `{"outcome":"TIMED_OUT"}`, `{"state":"rejected"}`,
		`{"errors":[{"message":"x"}]}`, `{"errors":["x"]}`, `{"errors":{"name":["x"]}}`, `{"error":{"code":7}}`, `{"error":true}`, `{"Error":"x"}`, `{"errorMessage":"x"}`, `{"error_description":"x"}`, `{"exception":"java.lang.X"}`,
		`{"hasErrors":true}`, `{"has_error":1}`, `{"failed":true}`, `{"error_count":2}`, `{"ok":false}`, `{"ok":0}`, `{"OK":"false"}`, `{"success":"no"}`, `{"isSuccess":false}`, `{"is_successful":false}`, `{"succeeded":false}`,
		`{"acknowledged":false}`, `{"data":{"errors":[{"message":"x"}]}}`, `{"response":{"body":{"success":false}}}`, `{"data":null,"errors":[{"message":"x"}]}`,
		`{"message":"Internal server error"}`, `{"message":"The update failed."}`, `"Forbidden"`, `error`, `Service Unavailable`, `false`, `500`, `<error/>`, ` <html>`,
	} {
		expect(t, body+" "+refold.Judged(body), body+" failed")
	}
	for _, body := range []string{
		`{"error":null}`, `{"error":""}`, `{"error":false}`, `{"errors":[]}`, `{"errors":{}}`, `{"error":{"message":"","code":0}}`, `{"error":"none"}`, `{"hasErrors":false}`, `{"error_count":0}`, `{"success":null}`,
		`{"message":"It was not deleted successfully"}`, `{"message":"no success"}`, `unsuccessfully`,
	} {
		expect(t, body+" "+refold.Judged(body), body+" silent")
	}
}

// TestVerdictOnProblem: RFC 9457 has a type of its own for errors.
func TestVerdictOnProblem(t *testing.T) {
	net := newNetwork(t, answer(200, `{"title":"Out of credit"}`, "Content-Type", "application/problem+json; charset=utf-8"))
	if err := newClient(t, net).PutCredential(t.Context(), "user", "k", "v", nil); err == nil || !strings.Contains(err.Error(), "Out of credit") {
		t.Error(err)
	}
}

// TestVerdictIsBounded: objects within objects are looked through, and not without end.
func TestVerdictIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"data":`, 9000) + `{"pad":"` + strings.Repeat("a", 1<<20) + `"}` + strings.Repeat(`}`, 9000)
	expect(t, refold.Judged(deep), "silent")
}

// FuzzVerdict: whatever a customer has in an account, the account is no error, and whatever else is
// in an answer, one that denies its success is.
func FuzzVerdict(f *testing.F) {
	for _, seed := range []string{"error", "Failed", "success", "status", "message", "false", "\xff", "_id", `"`, ""} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		text := func(value any) string {
			encoded, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			return string(encoded)
		}
		account := `{"_id":"1","associated_org":` + text(value) + `,"account_id":` + text(name) + `,"environment":` + text(value) + `,"name":` + text(name) +
			`,"udf":[{"key_name":` + text(name) + `,"key_value":` + text(value) + `}],"integrations":[{"type":` + text(name) + `,"name":` + text(value) + `,` + text("x"+name) + `:` + text(value) + `}],"status":` + text(value) + `}`
		expect(t, account+" "+refold.Judged(account), account+" silent")
		expect(t, refold.Judged(`{"docs":[`+account+`]}`), "silent")
		for _, denied := range []string{`"success":false`, `"ok":false`, `"errors":[{"message":"x"}]`, `"error":"SERVER_ERROR"`} {
			body := `{` + denied + `,` + text("x"+name) + `:` + text(value) + `}`
			expect(t, body+" "+refold.Judged(body), body+" failed")
		}
	})
}
