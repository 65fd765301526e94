// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const definitionsPath = "/api/v2/public/env/definitions"

// startVariables starts a mock with the accounts x and y, and a definition of each scope.
func startVariables(t *testing.T, behaviour mockapi.Behaviour) client {
	t.Helper()
	c := start(t, behaviour)
	c.api.SetApps("test", mockapi.App{Slug: "hubspot", Name: "HubSpot", Workflows: []mockapi.Workflow{{ID: "w1", Name: "Contacts"}, {ID: "w2", Name: "Deals"}}})
	c.api.SetVariableDefinitions("test",
		mockapi.VariableDefinition{ID: definition(1), Name: "REGION", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString},
		mockapi.VariableDefinition{ID: definition(2), Name: "SECRET", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString, Encrypted: true},
		mockapi.VariableDefinition{ID: definition(3), Name: "SEATS", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatNumber},
		mockapi.VariableDefinition{ID: definition(4), Name: "CALLBACK", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatURL},
		mockapi.VariableDefinition{ID: definition(5), Name: "SUPPORT", Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString},
		mockapi.VariableDefinition{ID: definition(6), Name: "BATCH", Scope: mockapi.ScopeWorkflow, Format: mockapi.FormatString},
		mockapi.VariableDefinition{ID: definition(7), Name: "COMPANY", Scope: mockapi.ScopeOrganization, Format: mockapi.FormatString},
	)
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Create("test", mockapi.Account{AccountID: "y"})
	return c
}

// definition returns the id of one of startVariables.
func definition(number int) string { return fmt.Sprintf("6a1401de41e63efd08fb3f%02x", number) }

// definitionNames returns the names of the definitions on a page.
func (c client) definitionNames(query string, headers ...string) []any {
	c.t.Helper()
	names := []any{}
	for _, one := range c.send(http.MethodGet, definitionsPath+query, "", headers...).ok().json()["docs"].([]any) {
		names = append(names, one.(object)["name"])
	}
	return names
}

func TestListDefinitions(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	equal(t, "all", c.definitionNames("?page=1&limit=100"), []any{"REGION", "SECRET", "SEATS", "CALLBACK", "SUPPORT", "BATCH", "COMPANY"})
	equal(t, "a page", c.definitionNames("?page=2&limit=3"), []any{"CALLBACK", "SUPPORT", "BATCH"})
	equal(t, "total", c.send(http.MethodGet, definitionsPath, "").json()["totalDocs"], json.Number("7"))

	ofAccounts := []any{"REGION", "SECRET", "SEATS", "CALLBACK"}
	equal(t, "by header", c.definitionNames("", "linked_account_id", "x"), ofAccounts)
	equal(t, "by query", c.definitionNames("?linked_account_id=x"), ofAccounts)
	c.api.Behave(func(b *mockapi.Behaviour) {
		b.Variable = mockapi.VariableBehaviour{AllDefinitions: true, DefinitionMaxLimit: 2}
	})
	equal(t, "before v3.7.12", c.definitionNames("?page=3&limit=100", "linked_account_id", "x"), []any{"SUPPORT", "BATCH"})
}

func TestGetDefinition(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	path := definitionsPath + "/" + mockapi.APISecretVariableID
	want := object{
		"_id": mockapi.APISecretVariableID, "org_id": mockapi.OrganizationID, "name": "API_SECRET", "description": "Signs what workflows send",
		"scope": "linked_account", "var_format": "string", "encrypted": true,
		"created_at": "2026-05-25T08:01:34.000Z", "updated_at": "2026-05-25T08:01:34.000Z",
	}
	c.send(http.MethodGet, path, "").ok().has("definition", want)
	c.send(http.MethodGet, definitionsPath+"/nope", "").failsE4(404, "RESOURCE_NOT_FOUND", "Variable definition not found")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Variable.CamelDates = true })
	want["createdAt"], want["updatedAt"] = want["created_at"], want["updated_at"]
	delete(want, "created_at")
	delete(want, "updated_at")
	c.send(http.MethodGet, path, "").ok().has("definition", want)
}

func TestDefinitionsThatDoNotSayWhetherTheyAreEncrypted(t *testing.T) {
	c := startVariables(t, variables(mockapi.VariableBehaviour{DefinitionsOmitEncrypted: true}))
	c.setValue(2, "v", ofX).ok()
	one, _ := c.send(http.MethodGet, definitionsPath+"/"+definition(2), "").ok().json()["definition"].(object)
	ofList, _ := c.send(http.MethodGet, definitionsPath, "").ok().json()["docs"].([]any)[1].(object)
	ofValue, _ := c.listed("/linked_account")[0]["variable_definition_id"].(object)
	for what, shown := range map[string]object{"by itself": one, "in a list": ofList, "with a value": ofValue} {
		_, says := shown["encrypted"]
		equal(t, what, []any{shown["name"], says}, []any{"SECRET", false})
	}
	c.readValue(2, "?linked_account_id=x").ok().has("encrypted", true)
}

func TestDefaultDefinitions(t *testing.T) {
	api := mockapi.New()
	seen := map[string]bool{}
	for _, one := range api.VariableDefinitions("production") {
		seen[fmt.Sprint(one.Scope, " ", one.Format, " ", one.Encrypted)] = true
	}
	for _, want := range []string{
		"linked_account string false", "linked_account number false", "linked_account url false",
		"linked_account string true", "linked_account number true", "linked_account url true", "workspace string false", "workflow number false",
	} {
		if !seen[want] {
			t.Errorf("there is no default definition %q", want)
		}
	}
	api.SetVariableValue("production", mockapi.VariableValue{DefinitionID: mockapi.BatchSizeVariableID, WorkflowID: mockapi.DefaultWorkflowID, Value: "1"})
}

func TestSetVariableDefinitions(t *testing.T) {
	c := startVariables(t, mockapi.Behaviour{})
	c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(1), AccountID: "x", Value: "eu"})
	c.api.SetVariableValue("test", mockapi.VariableValue{DefinitionID: definition(5), Value: "help"})
	kept := mockapi.VariableDefinition{
		ID: definition(5), Name: "SUPPORT", Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString,
		CreatedAt: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), UpdatedAt: time.Date(2026, 7, 2, 0, 0, 0, 0, time.UTC),
	}
	c.api.SetVariableDefinitions("test", kept)
	equal(t, "definitions", c.api.VariableDefinitions("test"), []mockapi.VariableDefinition{kept})
	equal(t, "values", len(c.api.VariableValues("test")), 1)
	c.api.SetVariableDefinitions("test")
	equal(t, "no definitions", c.definitionNames(""), []any{})
	for name, wrong := range map[string]mockapi.VariableDefinition{
		"no id":       {Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString},
		"taken id":    {ID: kept.ID, Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString},
		"wrong scope": {ID: "a", Scope: "user", Format: mockapi.FormatString},
		"no format":   {ID: "a", Scope: mockapi.ScopeWorkspace},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.Contains(text, "mockapi: SetVariableDefinitions: ") {
					t.Errorf("panic %q", text)
				}
			}()
			c.api.SetVariableDefinitions("test", kept, wrong)
		})
	}
}
