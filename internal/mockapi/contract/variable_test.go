// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	definitionsPath = "/api/v2/public/env/definitions"
	valuePath       = "/api/v2/public/env/value/"
	valuesPath      = "/api/v2/public/env/values"
	regionPath      = valuePath + mockapi.RegionVariableID
	someID          = "6992cc7e9d38bc6a2ae28d12"
)

func TestVariableRequests(t *testing.T) {
	const get, post, del = http.MethodGet, http.MethodPost, http.MethodDelete
	const list, page = valuesPath + "/linked_account?page=1&limit=100", definitionsPath + "?page=1&limit=100"
	const body = `{"variable_definition_id":"` + mockapi.RegionVariableID + `","value":"text"`
	account := []string{"linked_account_id", "a b"}
	const noHeader, noQuery = `header parameter "linked_account_id"`, ` is not in the contract`
	checkRequests(t, []requestTest{
		{name: "definitions", method: get, target: page},
		{name: "definitions without page", method: get, target: definitionsPath + "?limit=100", want: `query parameter "page": is required`},
		{name: "definitions of an account", method: get, target: page, headers: account, want: noHeader},
		{name: "definitions of an account in the query", method: get, target: page + "&linked_account_id=x", want: `query parameter "linked_account_id"` + noQuery},
		{name: "definitions of a scope", method: get, target: page + "&scope=workflow", want: `query parameter "scope"` + noQuery},
		{name: "definitions in too long pages", method: get, target: definitionsPath + "?page=1&limit=101", want: `query parameter "limit"`},
		{name: "definition", method: get, target: definitionsPath + "/x"},
		{name: "definition for an account", method: get, target: definitionsPath + "/x", headers: account, want: noHeader},
		{name: "value", method: get, target: regionPath + "?linked_account_id=%C3%A4"},
		{name: "value of a workflow", method: get, target: regionPath + "?workflow_id=w"},
		{name: "value by header", method: get, target: regionPath, headers: account, want: noHeader},
		{name: "value of another environment", method: get, target: regionPath + "?environment=production", want: `query parameter "environment"` + noQuery},
		{name: "values", method: get, target: list},
		{name: "values that are selected", method: get, target: list + "&variable_definition_id=d&linked_account_id=x"},
		{name: "values of a workflow", method: get, target: valuesPath + "/workflow?page=1&limit=1&workflow_id=w"},
		{name: "values of another scope", method: get, target: valuesPath + "/user?page=1&limit=1", want: `path parameter "scope_or_value_id"`},
		{name: "values without limit", method: get, target: valuesPath + "/org?page=1", want: `query parameter "limit": is required`},
		{name: "values by header", method: get, target: list, headers: account, want: noHeader},
		{name: "set", method: post, target: valuesPath, body: body + `}`},
		{name: "set for an account", method: post, target: valuesPath, body: body + `,"linked_account_id":"ä"}`},
		{name: "set for a workflow", method: post, target: valuesPath, body: body + `,"workflow_id":"w"}`},
		{name: "set for both", method: post, target: valuesPath, body: body + `,"workflow_id":"w","linked_account_id":"x"}`, want: "request: body: "},
		{name: "set for nobody's id", method: post, target: valuesPath, body: body + `,"linked_account_id":""}`, want: `at ["linked_account_id"]`},
		{name: "set by header", method: post, target: valuesPath, body: body + `}`, headers: account, want: noHeader},
		{name: "set a number", method: post, target: valuesPath, body: `{"variable_definition_id":"d","value":1}`, want: `at ["value"]`},
		{name: "set nothing", method: post, target: valuesPath, body: `{"variable_definition_id":"d"}`, want: `property "value" is missing`},
		{name: "set with more", method: post, target: valuesPath, body: body + `,"environment":"test"}`, want: `property "environment" is unsupported`},
		{name: "delete", method: del, target: valuesPath + "/" + someID, headers: account},
		{name: "delete of nobody", method: del, target: valuesPath + "/" + someID},
		{name: "delete by definition", method: del, target: valuesPath + "/linked_account", want: `path parameter "scope_or_value_id"`},
		{name: "delete for an id that does not arrive", method: del, target: valuesPath + "/" + someID, headers: []string{"linked_account_id", "ä"}, want: noHeader},
		{name: "delete with the account in the query", method: del, target: valuesPath + "/" + someID + "?linked_account_id=x", want: `query parameter "linked_account_id"` + noQuery},
	})
}

func TestVariableAnswers(t *testing.T) {
	loaded := load(t)
	const list, definitions = valuesPath + "/linked_account?page=1&limit=100", definitionsPath + "?page=1&limit=100"
	const id = `"_id":"` + someID + `"`
	const named = id + `,"name":"n","scope":"org"`
	for name, test := range map[string]struct{ target, body, want string }{
		"definitions":                    {definitions, `{"docs":[{` + named + `,"created_by":"u"}]}`, ""},
		"definition of another scope":    {definitions, `{"docs":[{` + id + `,"name":"n","scope":"user"}]}`, `at ["docs","0","scope"]`},
		"definition":                     {definitionsPath + "/d", `{"definition":{` + named + `,"createdAt":"2026-07-24T09:30:17.525Z"}}`, ""},
		"definition that is not wrapped": {definitionsPath + "/d", `{` + named + `}`, `property "definition" is missing`},
		"value":                          {regionPath, `{"variable_definition_id":"` + someID + `","value":"v","encrypted":false}`, ""},
		"value not set":                  {regionPath, `{"variable_definition_id":"` + someID + `","value":null}`, ""},
		"value of no definition":         {regionPath, `{"value":"v"}`, `property "variable_definition_id" is missing`},
		"value that is an object":        {regionPath, `{"variable_definition_id":"` + someID + `","value":{}}`, `at ["value"]`},
		"values":                         {list, `{"docs":[{` + id + `,"variable_definition_id":{` + id + `},"value":1}],"status":"success"}`, ""},
		"values by id":                   {list, `{"docs":[{` + id + `,"variable_definition_id":"` + someID + `","value":"v","linked_account_id":null}]}`, ""},
		"values of no definition":        {list, `{"docs":[{` + id + `,"value":"v"}]}`, `property "variable_definition_id" is missing`},
		"values without ids":             {list, `{"docs":[{"variable_definition_id":{` + id + `}}]}`, `property "_id" is missing`},
		"values in place of a page":      {list, `[]`, "body: "},
	} {
		t.Run(name, func(t *testing.T) {
			w := wrap(t, loaded, answers(http.StatusOK, applicationJSON, test.body))
			w.send(http.MethodGet, test.target, "")
			if reported := w.take(); (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}

// variableBehaviours are the switches that reach variables.
func variableBehaviours() map[string]mockapi.Behaviour {
	type b = mockapi.Behaviour
	type v = mockapi.VariableBehaviour
	return map[string]b{
		"values in short":          {Variable: v{ShortPages: true, HideTarget: true, PlainDefinition: true, MaxLimit: 1, DefinitionMaxLimit: 1}},
		"values of what is named":  {Variable: v{ListWantsAccount: true, AllDefinitions: true, CamelDates: true, DefinitionsOmitEncrypted: true}},
		"values unset null":        {Variable: v{Unset: mockapi.UnsetValueNull, Encrypted: mockapi.EncryptedReadNull, IgnoreFilters: true}},
		"values unset absent":      {Variable: v{Unset: mockapi.UnsetValueAbsent, Encrypted: mockapi.EncryptedReadCiphertext, OmitEncrypted: true}},
		"values as numbers":        {Variable: v{JSONNumbers: true, AnyFormat: true, UnknownTargetStored: true, KeepWithoutAccount: true}},
		"values answered in short": {Variable: v{AnswerSuccess: true, DeletionAccount: mockapi.DeletionAccountDemanded}},
		"values without ciphertext": {Variable: v{RedactAnswer: true, DeletionAccount: mockapi.DeletionAccountIgnored,
			UnknownAccountRefused: true, UnknownValueAs400: true}},
	}
}

// variables sets, reads and deletes values of each scope.
func variables(w wrapped) {
	read := func() {
		w.send(http.MethodGet, definitionsPath+"?page=1&limit=100", "")
		w.send(http.MethodGet, definitionsPath+"/"+mockapi.APISecretVariableID, "")
		w.send(http.MethodGet, definitionsPath+"/unknown", "")
		w.send(http.MethodGet, valuePath+mockapi.APISecretVariableID+"?linked_account_id=x", "")
		w.send(http.MethodGet, valuePath+mockapi.SeatLimitVariableID+"?linked_account_id=x", "")
		w.send(http.MethodGet, valuePath+mockapi.SupportEmailVariableID, "")
		w.send(http.MethodGet, valuePath+mockapi.BatchSizeVariableID, "")
		w.send(http.MethodGet, valuePath+mockapi.BatchSizeVariableID+"?workflow_id="+contactsID, "")
		w.send(http.MethodGet, valuesPath+"/linked_account?page=1&limit=100", "")
		w.send(http.MethodGet, valuesPath+"/linked_account?page=2&limit=1&linked_account_id=x&variable_definition_id="+mockapi.RegionVariableID, "")
		w.send(http.MethodGet, valuesPath+"/workspace?page=1&limit=100", "")
		w.send(http.MethodGet, valuesPath+"/workflow?page=1&limit=100&workflow_id="+contactsID, "")
		w.send(http.MethodGet, valuesPath+"/workflow?page=1&limit=100", "")
	}
	set := func(definitionID, value, target string) string {
		_, answer := w.send(http.MethodPost, valuesPath, `{"variable_definition_id":"`+definitionID+`","value":"`+value+`"`+target+`}`)
		var written struct {
			ID string `json:"_id"`
		}
		_ = json.Unmarshal([]byte(answer), &written)
		return written.ID
	}
	read()
	region := set(mockapi.RegionVariableID, "eu", `,"linked_account_id":"x"`)
	set(mockapi.APISecretVariableID, "s3cret", `,"linked_account_id":"x"`)
	set(mockapi.SeatLimitVariableID, "1.50", `,"linked_account_id":"x"`)
	set(mockapi.SeatLimitVariableID, "many", `,"linked_account_id":"x"`)
	set(mockapi.RegionVariableID, "eu", "")
	support := set(mockapi.SupportEmailVariableID, "help@acme.example", "")
	set(mockapi.BatchSizeVariableID, "10", `,"workflow_id":"`+contactsID+`"`)
	set("unknown", "v", "")
	read()
	for _, id := range []string{region, region, support} {
		if id != "" {
			w.send(http.MethodDelete, valuesPath+"/"+id, "", "linked_account_id", "x")
		}
	}
	w.send(http.MethodDelete, valuesPath+"/"+someID, "")
	w.send(http.MethodGet, valuesPath+"/linked_account?page=1&limit=100", "", "x-api-key", "wrong")
}
