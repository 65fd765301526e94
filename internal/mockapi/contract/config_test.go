// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	contactsID = "6a313eda6d5528bdcf71eb01"
	togglePath = hubSpotPath + "/config/x/workflows/" + contactsID
)

func TestConfigRequests(t *testing.T) {
	account := []string{"linked_account_id", "a b", "disable_field_options", "true"}
	field := append([]string{"slug", "a b"}, account...)
	const post, get, put, patch, del = http.MethodPost, http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete
	const interval = fieldPath + "/sync_interval?config_id=a%20b"
	checkRequests(t, []requestTest{
		{name: "config", method: post, target: configPath, body: `{"slug":"hubspot","config_id":"c"}`, headers: account},
		{name: "config under the account's id", method: post, target: configPath, body: `{"slug":"hubspot"}`, headers: account, want: `property "config_id" is missing`},
		{name: "config with values", method: post, target: configPath, body: `{"slug":"hubspot","config_id":"c","fields":{"a":1}}`, headers: account, want: `property "fields" is unsupported`},
		{name: "config with switches", method: post, target: configPath, body: `{"slug":"hubspot","config_id":"c","workflows":[]}`, headers: account, want: `property "workflows" is unsupported`},
		{name: "config of no account", method: post, target: configPath, body: `{"slug":"hubspot","config_id":"c"}`, want: `header parameter "linked_account_id": is required`},
		{name: "config that is replaced", method: put, target: configPath, body: `{"slug":"hubspot","config_id":"c"}`, headers: account, want: "no such operation"},
		{name: "read", method: get, target: hubSpotPath + "/config/%C3%A4%2Fb", headers: account},
		{name: "read by default", method: get, target: hubSpotPath + "/config", headers: account, want: "no such operation"},
		{name: "read with a body", method: get, target: hubSpotPath + "/config/c", body: `{"tenant_config":true}`, headers: account, want: "a body is not in the contract"},
		{name: "read of an id that does not arrive", method: get, target: hubSpotPath + "/config/c", headers: []string{"linked_account_id", "ä"}, want: `header parameter "linked_account_id"`},
		{name: "read with the account in the query", method: get, target: hubSpotPath + "/config/c?linked_account_id=x", headers: account, want: `query parameter "linked_account_id" is not in the contract`},
		{name: "options on demand", method: get, target: hubSpotPath + "/config/c", headers: []string{"linked_account_id", "x", "disable_field_options", "yes"}, want: `header parameter "disable_field_options"`},
		{name: "deletion", method: del, target: hubSpotPath + "/config/c", headers: account},
		{name: "list", method: get, target: hubSpotPath + "/configs", headers: account},
		{name: "page of a list", method: get, target: hubSpotPath + "/configs?page=1", headers: account, want: `query parameter "page" is not in the contract`},
		{name: "switch", method: patch, target: togglePath, body: `{"enabled":true}`, headers: account},
		{name: "switch by PUT", method: put, target: togglePath, body: `{"enabled":true}`, headers: account},
		{name: "switch as text", method: patch, target: togglePath, body: `{"enabled":"true"}`, headers: account, want: `at ["enabled"]`},
		{name: "fields", method: post, target: fieldPath + "?config_id=c", headers: field},
		{name: "field", method: post, target: interval, headers: field},
		{name: "value", method: put, target: interval, body: `{"value":{"a":[null,1152921504606846977,"s"]}}`, headers: field},
		{name: "value of a workflow", method: put, target: interval + "&workflow_id=w", body: `{"value":false}`, headers: field},
		{name: "no value", method: put, target: interval, body: `{}`, headers: field, want: `property "value" is missing`},
		{name: "value null", method: put, target: interval, body: `{"value":null}`, headers: field, want: `at ["value"]`},
		{name: "value under the account's id", method: put, target: fieldPath + "/f", body: `{"value":1}`, headers: field, want: `query parameter "config_id": is required`},
		{name: "value of no app", method: put, target: interval, body: `{"value":1}`, headers: account, want: `header parameter "slug": is required`},
		{name: "value of an app that does not arrive", method: put, target: interval, body: `{"value":1}`, headers: []string{"linked_account_id", "x", "slug", "ä"}, want: `header parameter "slug"`},
		{name: "default", method: del, target: interval, headers: field},
	})
}

func TestConfigAnswers(t *testing.T) {
	loaded := load(t)
	for name, test := range map[string]struct{ body, want string }{
		"short":                  {`{"config_id":"c"}`, ""},
		"without id":             {`{"slug":"s","fields":[]}`, `property "config_id" is missing`},
		"value null":             {`{"config_id":"c","fields":[{"id":"f","value":null,"defaultValue":null,"more":1}]}`, ""},
		"field without id":       {`{"config_id":"c","fields":[{"value":1}]}`, `property "id" is missing`},
		"errors of all kinds":    {`{"config_id":"c","field_errors":["e",{"any":1}]}`, ""},
		"error that is a number": {`{"config_id":"c","field_errors":[1]}`, `at ["field_errors","0"]`},
		"organization":           {`{"config_id":"c","org_id":"o"}`, `property "org_id" is unsupported`},
		"success of a read":      {`{"success":true}`, `property "config_id" is missing`},
		"workflow without an id": {`{"config_id":"c","workflows":[{"enabled":true}]}`, `property "id" is missing`},
		"switch that is a text":  {`{"config_id":"c","workflows":[{"id":"w","enabled":"yes"}]}`, `at ["workflows","0","enabled"]`},
	} {
		t.Run(name, func(t *testing.T) {
			w := wrap(t, loaded, answers(http.StatusOK, applicationJSON, test.body))
			w.send(http.MethodGet, hubSpotPath+"/config/c", "", "linked_account_id", "x")
			if reported := w.take(); (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}

// configBehaviours are the switches that reach configs and workflows.
func configBehaviours() map[string]mockapi.Behaviour {
	type b = mockapi.Behaviour
	type c = mockapi.ConfigBehaviour
	return map[string]b{
		"values with defaults":         {Config: c{Values: mockapi.ShownValuesAll, RoundNumbers: true, ListWhole: true}},
		"values without defaults":      {Config: c{Values: mockapi.ShownValuesOwn, ErrorTexts: true, IgnoreDisabledOptions: true}},
		"configs answered in short":    {Config: c{AnswerSuccess: true, ToggleUnknownIgnored: true}},
		"tenant config":                {Config: c{TenantConfig: true, UnknownAccountAsNone: true}, Workflow: mockapi.WorkflowBehaviour{UnknownAccountAsNone: true}},
		"configs of what is connected": {Config: c{ConnectedOnly: true, ToggleUnconnectedAs500: true}},
		"deletions refused as ever":    {Config: c{DeleteRefusalsAs400: true, ToggleByPut: true}},
		"connecting configures":        {Integration: mockapi.IntegrationBehaviour{ConnectingConfigures: true}},
		"short pages of workflows":     {Workflow: mockapi.WorkflowBehaviour{MaxLimit: 1, IgnoreFilters: true, ListPrivate: true}},
	}
}

// configurations makes, changes, reads and deletes configs, and lists workflows.
func configurations(w wrapped) {
	send := func(method, target, body string, headers ...string) {
		w.send(method, target, body, append([]string{"linked_account_id", "x"}, headers...)...)
	}
	read := func() {
		send(http.MethodGet, hubSpotPath+"/config/x", "")
		send(http.MethodGet, hubSpotPath+"/config/x", "", "disable_field_options", "true")
		send(http.MethodGet, hubSpotPath+"/config/apac", "")
		send(http.MethodGet, hubSpotPath+"/configs", "")
		send(http.MethodPost, fieldPath+"?config_id=x", "", "slug", "hubspot")
		send(http.MethodPost, fieldPath+"/field_mapping?config_id=x", "", "slug", "hubspot")
		send(http.MethodGet, workflowPath+"?page=1&limit=100", "")
		send(http.MethodGet, workflowPath+"?page=1&limit=1&slug=hubspot&published=true", "")
		send(http.MethodGet, workflowPath+"/enabled", "")
	}
	send(http.MethodPost, configPath, `{"slug":"hubspot","config_id":"x"}`)
	send(http.MethodPost, configPath, `{"slug":"hubspot","config_id":"emea"}`)
	send(http.MethodPost, configPath, `{"slug":"unknown","config_id":"x"}`)
	send(http.MethodPut, fieldPath+"/field_mapping?config_id=x", `{"value":{"a":[null,1.50]}}`, "slug", "hubspot")
	send(http.MethodPut, fieldPath+"/sync_interval?config_id=x", `{"value":60}`, "slug", "hubspot")
	send(http.MethodPut, fieldPath+"/batch_size?config_id=x&workflow_id="+contactsID, `{"value":1}`, "slug", "hubspot")
	send(http.MethodPut, fieldPath+"/unknown?config_id=x", `{"value":1}`, "slug", "hubspot")
	for _, method := range []string{http.MethodPatch, http.MethodPut} {
		send(method, togglePath, `{"enabled":true}`)
		send(method, hubSpotPath+"/config/x/workflows/unknown", `{"enabled":true}`)
	}
	read()
	send(http.MethodDelete, fieldPath+"/field_mapping?config_id=x", "", "slug", "hubspot")
	send(http.MethodDelete, hubSpotPath+"/config/emea", "")
	send(http.MethodDelete, hubSpotPath+"/config/emea", "")
	send(http.MethodGet, hubSpotPath+"/config/x", "", "x-api-key", "wrong")
	read()
}
