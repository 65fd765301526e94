// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	valuePath    = "/api/v2/public/env/value/"
	valuesPath   = "/api/v2/public/env/values"
	accountsPath = valuesPath + "/linked_account"
	unknownValue = "Variable value not found"
)

// variables is a Behaviour that has some switches of variables.
func variables(rules mockapi.VariableBehaviour) mockapi.Behaviour {
	return mockapi.Behaviour{Variable: rules}
}

// setValue sets a value by the API. Target is more of the body.
func (c client) setValue(number int, value, target string) reply {
	c.t.Helper()
	body := fmt.Sprintf(`{"variable_definition_id":%q,"value":%q%s}`, definition(number), value, target)
	return c.send(http.MethodPost, valuesPath, body)
}

// of x or y, and so on.
const (
	ofX  = `,"linked_account_id":"x"`
	ofY  = `,"linked_account_id":"y"`
	ofW1 = `,"workflow_id":"w1"`
)

// readValue reads a value by the API.
func (c client) readValue(number int, query string) reply {
	c.t.Helper()
	return c.send(http.MethodGet, valuePath+definition(number)+query, "")
}

// deleteValue deletes a value by the API, for an account unless that is empty.
func (c client) deleteValue(id, accountID string) reply {
	c.t.Helper()
	return c.send(http.MethodDelete, valuesPath+"/"+id, "", "linked_account_id", accountID)
}

// listed returns the documents of a page.
func (c client) listed(target string) []object {
	c.t.Helper()
	found := []object{}
	for _, one := range c.send(http.MethodGet, valuesPath+target, "").ok().json()["docs"].([]any) {
		found = append(found, one.(object))
	}
	return found
}

// listedValues returns the values on a page.
func (c client) listedValues(target string) []any {
	c.t.Helper()
	values := []any{}
	for _, one := range c.listed(target) {
		values = append(values, one["value"])
	}
	return values
}

// only returns the one value of the environment.
func (c client) only() mockapi.VariableValue {
	c.t.Helper()
	values := c.api.VariableValues("test")
	if len(values) != 1 {
		c.t.Fatalf("there are %d values: %v", len(values), values)
	}
	return values[0]
}

func TestSetValue(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	made := c.setValue(1, "eu", ofX).ok().json()
	stored := c.only()
	equal(t, "answer", made, object{
		"_id": stored.ID, "variable_definition_id": definition(1), "org_id": mockapi.OrganizationID, "environment": "test",
		"linked_account_id": "x", "value": "eu", "createdAt": made["createdAt"], "updatedAt": made["createdAt"],
	})
	equal(t, "stored", []string{stored.DefinitionID, stored.AccountID, stored.WorkflowID, stored.Value}, []string{definition(1), "x", "", "eu"})

	changed := c.setValue(1, "us", ofX).ok().json()
	equal(t, "id", changed["_id"], made["_id"])
	equal(t, "createdAt", changed["createdAt"], made["createdAt"])
	if changed["updatedAt"] == made["updatedAt"] || c.only().Value != "us" {
		t.Errorf("changed to %v, stored %v", changed, c.only())
	}
	c.setValue(1, "eu", ofY).ok().has("linked_account_id", "y")
	c.setValue(6, "5", ofW1).ok().has("workflow_id", "w1")
	c.setValue(5, "help", "").ok()
	c.setValue(7, "acme", "").ok()
	equal(t, "values", len(c.api.VariableValues("test")), 5)
	equal(t, "values elsewhere", len(c.api.VariableValues("production")), 0)
}

func TestSetValueByHeader(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.send(http.MethodPost, valuesPath, `{"variable_definition_id":"`+definition(1)+`","value":"v"}`, "linked_account_id", "x").ok()
	equal(t, "account", c.only().AccountID, "x")
}

func TestSetValueIsRefused(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	const validation, format = "VALIDATION_ERROR", "value does not match the variable format"
	c.setValue(99, "v", ofX).failsE4(404, "RESOURCE_NOT_FOUND", "Variable definition not found")
	c.setValue(1, "v", "").failsE4(400, validation, "The scope of the variable is linked_account")
	c.setValue(1, "v", ofW1).failsE4(400, validation, "The scope of the variable is linked_account")
	c.setValue(5, "v", ofX).failsE4(400, validation, "The scope of the variable is workspace")
	c.setValue(6, "v", ofX).failsE4(400, validation, "The scope of the variable is workflow")
	c.setValue(1, "v", `,"linked_account_id":"z"`).failsE4(404, "SERVER_ERROR",
		"Linked Account with account id z for org "+mockapi.OrganizationID+" in environment test not found")
	c.setValue(6, "v", `,"workflow_id":"z"`).failsE4(404, "RESOURCE_NOT_FOUND", "Workflow with id z not found")
	c.send(http.MethodPost, valuesPath, `{"variable_definition_id":"`+definition(1)+`","value":1`+ofX+`}`).failsE4(400, validation, "value must be a string")
	for value, fits := range map[string]bool{"5": true, "-1.50": true, "1e3": true, " 7 ": true, "": false, "many": false, "0x10": false, "Infinity": false, "NaN": false} {
		if status := c.setValue(3, value, ofX).status; (status == 200) != fits {
			t.Errorf("number %q: answer %d", value, status)
		}
	}
	for value, fits := range map[string]bool{"https://a.example/b?c=d": true, "ftp://a": true, "a.example": false, "/a": false, "": false, "https://": false} {
		if status := c.setValue(4, value, ofX).status; (status == 200) != fits {
			t.Errorf("URL %q: answer %d", value, status)
		}
	}
	c.setValue(3, "many", ofX).failsE4(400, validation, format)
	c.api.Behave(func(b *mockapi.Behaviour) {
		*b = variables(mockapi.VariableBehaviour{AnyFormat: true, UnknownTargetStored: true})
	})
	c.setValue(3, "many", `,"linked_account_id":"z"`).ok().has("value", "many")
	c.setValue(6, "v", `,"workflow_id":"z"`).ok()
}

func TestReadValue(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.setValue(1, "eu", ofX).ok()
	c.setValue(5, "help", "").ok()
	c.setValue(6, "5", ofW1).ok()
	equal(t, "answer", c.readValue(1, "?linked_account_id=x").ok().json(), object{
		"value": "eu", "encrypted": false, "name": "REGION", "scope": "linked_account", "variable_definition_id": definition(1),
	})
	c.readValue(5, "").ok().has("value", "help")
	c.readValue(6, "?workflow_id=w1").ok().has("value", "5")
	c.readValue(99, "").failsE4(404, "RESOURCE_NOT_FOUND", "Variable definition not found")
	c.readValue(1, "").failsE4(400, "VALIDATION_ERROR", "The scope of the variable is linked_account")
	c.readValue(5, "?linked_account_id=x").failsE4(400, "VALIDATION_ERROR", "The scope of the variable is workspace")

	c.readValue(1, "?linked_account_id=y").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	c.readValue(1, "?linked_account_id=z").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	unset := object{"encrypted": false, "name": "REGION", "scope": "linked_account", "variable_definition_id": definition(1)}
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.Unset = mockapi.UnsetValueAbsent })
	equal(t, "unset and absent", c.readValue(1, "?linked_account_id=y").ok().json(), unset)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.Unset = mockapi.UnsetValueNull })
	unset["value"] = nil
	equal(t, "unset and null", c.readValue(1, "?linked_account_id=y").ok().json(), unset)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.OmitEncrypted = true })
	delete(unset, "encrypted")
	equal(t, "without encrypted", c.readValue(1, "?linked_account_id=y").ok().json(), unset)
}

func TestReadsOfAnUnknownAccount(t *testing.T) {
	c := startVariables(t, variables(mockapi.VariableBehaviour{UnknownAccountRefused: true}))
	const message = "Linked Account with account id z for org " + mockapi.OrganizationID + " in environment test not found"
	c.readValue(1, "?linked_account_id=z").failsE4(404, "SERVER_ERROR", message)
	c.send(http.MethodGet, accountsPath+"?linked_account_id=z", "").failsE4(404, "SERVER_ERROR", message)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable = mockapi.VariableBehaviour{} })
	equal(t, "values of nobody", c.listedValues("/linked_account?linked_account_id=z"), []any{})
}

func TestEncryptedValues(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	const secret = "s3cret-value"
	read := func() (single, listed any) {
		return c.readValue(2, "?linked_account_id=x").ok().json()["value"], c.listedValues("/linked_account")[0]
	}
	isCiphertext := func(value any) bool {
		text, isText := value.(string)
		return isText && strings.Contains(text, mockapi.CiphertextMark) && !strings.Contains(text, secret)
	}
	first := c.setValue(2, secret, ofX).ok().json()["value"]
	if !isCiphertext(first) {
		t.Errorf("the answer shows %v", first)
	}
	if second := c.setValue(2, secret+"2", ofX).ok().json()["value"]; second == first || !isCiphertext(second) {
		t.Errorf("the answer shows %v, before it was %v", second, first)
	}
	equal(t, "stored", c.only().Value, secret+"2")
	single, listed := read()
	equal(t, "redacted", []any{single, listed}, []any{"[REDACTED]", "[REDACTED]"})
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.Encrypted = mockapi.EncryptedReadNull })
	single, listed = read()
	equal(t, "null", []any{single, listed}, []any{nil, nil})
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.Encrypted = mockapi.EncryptedReadCiphertext })
	if single, listed = read(); !isCiphertext(single) || single != listed {
		t.Errorf("read %v and %v", single, listed)
	}
	c.api.Behave(func(b *mockapi.Behaviour) { *b = variables(mockapi.VariableBehaviour{RedactAnswer: true}) })
	c.setValue(2, secret, ofX).ok().has("value", "[REDACTED]")
	if shown := c.setValue(2, secret, ofX).ok().json(); shown["updatedAt"] == nil {
		t.Errorf("the answer lacks updatedAt: %v", shown)
	}
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.UndatedAnswer = true })
	c.setValue(2, secret, ofX).ok().has("updatedAt", nil)
}

func TestNumbersOfValues(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.setValue(3, "1.50", ofX).ok().has("value", "1.50")
	c.setValue(1, "7", ofX).ok()
	c.readValue(3, "?linked_account_id=x").ok().has("value", "1.50")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.JSONNumbers = true })
	c.readValue(3, "?linked_account_id=x").ok().has("value", json.Number("1.5"))
	equal(t, "page", c.listedValues("/linked_account"), []any{json.Number("1.5"), "7"})
	c.setValue(3, "12345678901234567891", ofX).ok().has("value", json.Number("12345678901234567000"))
}

func TestListValues(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.setValue(1, "a", ofX).ok()
	c.setValue(1, "b", ofY).ok()
	c.setValue(4, "https://c.example", ofX).ok()
	c.setValue(5, "d", "").ok()
	c.setValue(7, "e", "").ok()
	c.setValue(6, "f", ofW1).ok()
	c.setValue(6, "g", `,"workflow_id":"w2"`).ok()
	all := []any{"a", "b", "https://c.example"}
	for target, want := range map[string][]any{
		"/linked_account":                                                             all,
		"/linked_account?page=2&limit=2":                                              {"https://c.example"},
		"/linked_account?linked_account_id=x":                                         {"a", "https://c.example"},
		"/linked_account?variable_definition_id=" + definition(1):                     {"a", "b"},
		"/linked_account?linked_account_id=x&variable_definition_id=" + definition(1): {"a"},
		"/linked_account?variable_definition_id=nope":                                 {},
		"/workspace":                 {"d"},
		"/org":                       {"e"},
		"/workflow?workflow_id=w1":   {"f"},
		"/workflow?workflow_id=nope": {},
		"/workspace?variable_definition_id=" + definition(1) + "&page=1&limit=100": {},
		"/linked_account?workflow_id=w1&linked_account_id=x&page=1&limit=100":      {},
	} {
		equal(t, target, c.listedValues(target), want)
	}
	page := c.send(http.MethodGet, accountsPath+"?limit=1", "").ok()
	page.has("status", "success")
	page.has("totalDocs", json.Number("3"))
	one := c.listed("/linked_account")[0]
	equal(t, "document", one, object{
		"_id": one["_id"], "org_id": mockapi.OrganizationID, "environment": "test", "linked_account_id": "x", "value": "a", "updatedAt": one["updatedAt"],
		"variable_definition_id": object{"_id": definition(1), "name": "REGION", "scope": "linked_account", "var_format": "string", "encrypted": false},
	})
	equal(t, "workflow", c.listed("/workflow?workflow_id=w1")[0]["workflow_id"], "w1")
	c.send(http.MethodGet, valuesPath+"/workflow", "").failsE4(400, "VALIDATION_ERROR", "workflow_id is required for the scope workflow")
	c.send(http.MethodGet, valuesPath+"/user", "").failsE4(400, "VALIDATION_ERROR", "scope must be org, workspace, linked_account or workflow")
}

func TestListValuesOtherwise(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.setValue(1, "a", ofX).ok()
	c.setValue(1, "b", ofY).ok()
	c.setValue(6, "f", ofW1).ok()
	behave := func(rules mockapi.VariableBehaviour) { c.api.Behave(func(b *mockapi.Behaviour) { b.Variable = rules }) }

	behave(mockapi.VariableBehaviour{IgnoreFilters: true})
	equal(t, "without filters", c.listedValues("/linked_account?linked_account_id=x&variable_definition_id=nope"), []any{"a", "b"})
	equal(t, "without filters", c.listedValues("/workflow?workflow_id=w2"), []any{"f"})
	behave(mockapi.VariableBehaviour{MaxLimit: 1})
	page := c.send(http.MethodGet, accountsPath+"?page=2&limit=100", "").ok()
	page.has("limit", json.Number("1"))
	equal(t, "with a maximum", page.json()["docs"].([]any)[0].(object)["value"], "b")
	behave(mockapi.VariableBehaviour{ShortPages: true, HideTarget: true, PlainDefinition: true})
	one := c.listed("/linked_account")[0]
	equal(t, "page in short", c.send(http.MethodGet, accountsPath+"?limit=1", "").ok().json(), object{
		"status": "success", "limit": json.Number("1"), "page": json.Number("1"), "docs": []any{object{
			"_id": one["_id"], "org_id": mockapi.OrganizationID, "environment": "test", "value": "a", "updatedAt": one["updatedAt"],
			"variable_definition_id": definition(1),
		}},
	})
	behave(mockapi.VariableBehaviour{ListWantsAccount: true})
	c.send(http.MethodGet, accountsPath, "").failsE4(400, "VALIDATION_ERROR", "linked_account_id is required for the scope linked_account")
	equal(t, "of an account", c.listedValues("/linked_account?linked_account_id=y"), []any{"b"})
}

func TestDeleteValue(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.setValue(1, "a", ofX).ok()
	id := c.only().ID
	c.deleteValue("6992cc7e9d38bc6a2ae28d12", "x").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	c.deleteValue(id, "y").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	c.deleteValue(id, "x").ok().has("message", `Variable value for "REGION" deleted successfully`)
	c.deleteValue(id, "x").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	equal(t, "values", len(c.api.VariableValues("test")), 0)
	c.setValue(5, "a", "").ok()
	c.deleteValue(c.only().ID, "").ok().has("status", "success")

	for name, test := range map[string]struct {
		rules           mockapi.VariableBehaviour
		accountID, want string
	}{
		"not named":             {mockapi.VariableBehaviour{}, "", ""},
		"ignored":               {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountIgnored}, "y", ""},
		"demanded":              {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountDemanded}, "", "Linked account id is required with API Key, for this resource"},
		"demanded and named":    {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountDemanded}, "x", ""},
		"demanded, not the own": {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountDemanded}, "y", unknownValue},
	} {
		t.Run(name, func(t *testing.T) {
			c := startVariables(t, variables(test.rules))
			c.setValue(1, "a", ofX).ok()
			answer := c.deleteValue(c.only().ID, test.accountID)
			if message, _ := answer.json()["message"].(string); test.want != "" && (answer.status != 404 || message != test.want) {
				t.Errorf("answer %d %s, want %q", answer.status, answer.body, test.want)
			}
			equal(t, "is deleted", len(c.api.VariableValues("test")) == 0, test.want == "")
		})
	}
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.UnknownValueAs400 = true })
	c.deleteValue(id, "x").failsE4(400, "RESOURCE_NOT_FOUND", unknownValue)
}

func TestValuesAnsweredInShort(t *testing.T) {
	c := startVariables(t, variables(mockapi.VariableBehaviour{AnswerSuccess: true}))
	equal(t, "set", c.setValue(2, "a", ofX).ok().json(), object{"success": true})
	equal(t, "deleted", c.deleteValue(c.only().ID, "x").ok().json(), object{"success": true})
	equal(t, "values", len(c.api.VariableValues("test")), 0)
}

func TestValuesOfSessions(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	token, _ := c.send(http.MethodPost, tokenPath, `{"linked_account_id":"x"}`).ok().json()["token"].(string)
	bearer := []string{"x-api-key", "", "Authorization", "Bearer " + token}
	c.send(http.MethodPost, valuesPath, `{"variable_definition_id":"`+definition(1)+`","value":"v"}`, bearer...).ok()
	equal(t, "account", c.only().AccountID, "x")
	c.setValue(1, "w", ofY).ok()
	page := c.send(http.MethodGet, accountsPath+"?linked_account_id=y", "", bearer...).ok()
	equal(t, "values", len(page.json()["docs"].([]any)), 1)
	page.has("totalDocs", json.Number("1"))
	c.send(http.MethodDelete, valuesPath+"/"+c.api.VariableValues("test")[1].ID, "", bearer...).failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
}

func TestValuesGoWithTheirAccount(t *testing.T) {
	remove := map[string]func(client){
		"by the API":   func(c client) { c.send(http.MethodDelete, accountPath+"/x", "").ok() },
		"in Refold":    func(c client) { c.api.Remove("test", "x") },
		"and are kept": func(c client) { c.send(http.MethodDelete, accountPath+"/x", "").ok() },
	}
	for name, remove := range remove {
		t.Run(name, func(t *testing.T) {
			keeps := name == "and are kept"
			c := startVariables(t, variables(mockapi.VariableBehaviour{KeepWithoutAccount: keeps}))
			c.setValue(1, "a", ofX).ok()
			c.setValue(1, "b", ofY).ok()
			remove(c)
			want := []any{"b"}
			if keeps {
				want = []any{"a", "b"}
			}
			equal(t, "values", c.listedValues("/linked_account"), want)
			c.api.Create("test", mockapi.Account{AccountID: "x"})
			equal(t, "values of the next account", c.listedValues("/linked_account"), want)
		})
	}
}

func TestReadLagOfValues(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{ReadLag: 2})
	c.setValue(1, "a", ofX).ok()
	c.readValue(1, "?linked_account_id=x").failsE4(404, "RESOURCE_NOT_FOUND", unknownValue)
	equal(t, "after making", c.listedValues("/linked_account"), []any{})
	equal(t, "later", c.listedValues("/linked_account"), []any{"a"})
	c.setValue(1, "b", ofY).ok()
	c.setValue(1, "c", ofX).ok()
	equal(t, "after changing", c.listedValues("/linked_account"), []any{"a"})
	c.readValue(1, "?linked_account_id=x").ok().has("value", "a")
	c.readValue(1, "?linked_account_id=x").ok().has("value", "c")
	equal(t, "another read uses up the other account's", c.listedValues("/linked_account"), []any{"c"})
	equal(t, "at last", c.listedValues("/linked_account"), []any{"c", "b"})
	c.send(http.MethodDelete, accountPath+"/x", "").ok()
	equal(t, "after the account", c.listedValues("/linked_account"), []any{"c", "b"})
	c.readValue(1, "?linked_account_id=x").ok().has("value", "c")
	equal(t, "then", c.listedValues("/linked_account"), []any{"b"})
}

func TestValuesBehindTheClientsBack(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{ReadLag: 5})
	c.setValue(1, "a", ofX).ok()
	before := c.only()
	c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(1), AccountID: "x", Value: "b"})
	equal(t, "changed at once", c.listedValues("/linked_account"), []any{"b"})
	after := c.only()
	equal(t, "id", after.ID, before.ID)
	if !after.UpdatedAt.After(before.UpdatedAt) || !after.CreatedAt.Equal(before.CreatedAt) {
		t.Errorf("times were %v and are %v", before, after)
	}
	c.api.ReplaceVariableValue("test", definition(1), "x", "")
	replaced := c.only()
	if replaced.ID == before.ID || replaced.Value != "b" {
		t.Errorf("replaced by %v, before it was %v", replaced, before)
	}
	c.api.RemoveVariableValue("test", definition(1), "x", "")
	equal(t, "removed at once", c.listedValues("/linked_account"), []any{})
	c.api.SetVariableValue("test", mockapi.VariableValue{ID: "6992cc7e9d38bc6a2ae28d12", DefinitionID: definition(6), WorkflowID: "w2", Value: "1"})
	equal(t, "own id", c.only().ID, "6992cc7e9d38bc6a2ae28d12")
	for method, call := range map[string]func(){
		"SetVariableValue: a value of \"z\"": func() { c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: "z"}) },
		"for account \"z\"": func() {
			c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(1), AccountID: "z"})
		},
		"and workflow \"z\"": func() {
			c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(6), WorkflowID: "z"})
		},
		"cannot be for account \"x\"": func() {
			c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(5), AccountID: "x"})
		},
		"RemoveVariableValue: ":  func() { c.api.RemoveVariableValue("test", definition(1), "x", "") },
		"ReplaceVariableValue: ": func() { c.api.ReplaceVariableValue("test", definition(1), "x", "") },
	} {
		t.Run(method, func(t *testing.T) {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.Contains(text, "mockapi: ") || !strings.Contains(text, method) {
					t.Errorf("panic %q", text)
				}
			}()
			call()
		})
	}
}
