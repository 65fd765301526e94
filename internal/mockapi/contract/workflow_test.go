// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWorkflowRequests(t *testing.T) {
	account := []string{"linked_account_id", "a b"}
	const page = workflowPath + "?page=1&limit=100"
	checkRequests(t, []requestTest{
		{name: "page", method: http.MethodGet, target: page, headers: account},
		{name: "page of an app", method: http.MethodGet, target: page + "&slug=hubspot&published=false", headers: account},
		{name: "page of another state", method: http.MethodGet, target: page + "&published=yes", headers: account, want: `query parameter "published"`},
		{name: "page of private ones", method: http.MethodGet, target: page + "&scope=private", headers: account},
		{name: "page of another scope", method: http.MethodGet, target: page + "&scope=all", headers: account, want: `query parameter "scope"`},
		{name: "page that is too long", method: http.MethodGet, target: workflowPath + "?page=1&limit=101", headers: account, want: `query parameter "limit"`},
		{name: "page of nobody", method: http.MethodGet, target: page, want: `header parameter "linked_account_id": is required`},
		{name: "enabled", method: http.MethodGet, target: workflowPath + "/enabled", headers: account},
		{name: "page of enabled", method: http.MethodGet, target: workflowPath + "/enabled?page=1", headers: account, want: `query parameter "page" is not in the contract`},
		{name: "edit, which makes a draft", method: http.MethodGet, target: workflowPath + "/" + contactsID + "/edit", headers: account, want: "no such operation"},
	})
}

func TestWorkflowAnswers(t *testing.T) {
	loaded := load(t)
	const list, enabled = workflowPath + "?page=1&limit=100", workflowPath + "/enabled"
	for name, test := range map[string]struct{ target, body, want string }{
		"page":                  {list, `{"docs":[{"_id":"w","nodes":[]}],"schema":{"type":"object"}}`, ""},
		"page without docs":     {list, `{"totalDocs":0}`, `property "docs" is missing`},
		"workflow without id":   {list, `{"docs":[{"name":"n"}]}`, `property "_id" is missing`},
		"list in place of page": {list, `[]`, "body: "},
		"enabled":               {enabled, `[{"id":"w","application":{"name":"n"}}]`, ""},
		"page of enabled":       {enabled, `{"docs":[]}`, "body: "},
	} {
		t.Run(name, func(t *testing.T) {
			w := wrap(t, loaded, answers(http.StatusOK, applicationJSON, test.body))
			w.send(http.MethodGet, test.target, "", "linked_account_id", "x")
			if reported := w.take(); (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}
