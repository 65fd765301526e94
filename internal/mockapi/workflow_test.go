// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const workflowPath = "/api/v2/public/workflow"

// startWorkflows starts a mock with the accounts x and y, each with a workflow of its own.
func startWorkflows(t *testing.T, behaviour mockapi.Behaviour) client {
	t.Helper()
	c := start(t, behaviour)
	c.api.SetApps("test",
		mockapi.App{Slug: "hubspot", Name: "HubSpot", Icon: "i", Workflows: []mockapi.Workflow{
			{ID: "w1", Name: "Contacts", Description: "Each hour", Published: true}, {ID: "w2", Name: "Deals"},
			{ID: "wx", Name: "Of x", Published: true, OwnerAccountID: "x"}, {ID: "wy", Name: "Of y", OwnerAccountID: "y"},
		}},
		mockapi.App{Slug: "slack", Name: "Slack", Workflows: []mockapi.Workflow{{ID: "w3", Name: "Notify", Published: true}}},
	)
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Create("test", mockapi.Account{AccountID: "y"})
	return c
}

// workflows returns the ids on a page, which has to have a schema.
func (c client) workflows(accountID, query string) []any {
	c.t.Helper()
	page := c.send(http.MethodGet, workflowPath+query, "", "linked_account_id", accountID).ok()
	page.has("schema", object{})
	ids := []any{}
	for _, one := range page.json()["docs"].([]any) {
		ids = append(ids, one.(object)["_id"])
	}
	return ids
}

// enabled returns what an account has switched on.
func (c client) enabled(accountID string) []object {
	c.t.Helper()
	var shown []object
	if err := json.Unmarshal([]byte(c.send(http.MethodGet, workflowPath+"/enabled", "", "linked_account_id", accountID).ok().body), &shown); err != nil {
		c.t.Fatal(err)
	}
	return shown
}

func TestListWorkflows(t *testing.T) {
	c := startWorkflows(t, mockapi.Behaviour{})
	for query, want := range map[string][]any{
		"":                                 {"w1", "w2", "w3"},
		"?slug=hubspot":                    {"w1", "w2"},
		"?published=true":                  {"w1", "w3"},
		"?slug=hubspot&published=false":    {"w2"},
		"?slug=nope":                       {},
		"?scope=private":                   {"wx"},
		"?page=2&limit=2":                  {"w3"},
		"?page=1&limit=100&published=true": {"w1", "w3"},
	} {
		equal(t, query, c.workflows("x", query), want)
	}
	equal(t, "of nobody", c.workflows("", ""), []any{"w1", "w2", "w3"})
	page := c.of(http.MethodGet, workflowPath+"?limit=1", "")
	page.has("totalDocs", json.Number("3"))
	page.has("docs", []any{object{"_id": "w1", "name": "Contacts", "description": "Each hour", "slug": "hubspot", "published": true}})

	c.api.Behave(func(b *mockapi.Behaviour) { b.Workflow = mockapi.WorkflowBehaviour{ListPrivate: true} })
	equal(t, "with private ones", c.workflows("x", ""), []any{"w1", "w2", "wx", "w3"})
	c.api.Behave(func(b *mockapi.Behaviour) { b.Workflow = mockapi.WorkflowBehaviour{IgnoreFilters: true, MaxLimit: 2} })
	equal(t, "without filters", c.workflows("x", "?slug=slack&published=false&limit=100&page=2"), []any{"w3"})
}

func TestWorkflowsOfAnUnknownAccount(t *testing.T) {
	c := startWorkflows(t, mockapi.Behaviour{})
	const message = "Linked Account with account id z for org " + mockapi.OrganizationID + " in environment test not found"
	for _, target := range []string{workflowPath, workflowPath + "/enabled"} {
		c.send(http.MethodGet, target, "", "linked_account_id", "z").failsE4(404, "SERVER_ERROR", message)
	}
	c.send(http.MethodGet, workflowPath+"/enabled", "").failsE4(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Workflow.UnknownAccountAsNone = true })
	equal(t, "workflows", c.workflows("z", ""), []any{"w1", "w2", "w3"})
	equal(t, "enabled", len(c.enabled("z")), 0)
}

func TestEnabledWorkflows(t *testing.T) {
	c := startWorkflows(t, mockapi.Behaviour{})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "slack", Enabled: map[string]bool{"w3": true}})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Enabled: map[string]bool{"w1": true, "w2": false, "wx": true}})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", ConfigID: "emea", Enabled: map[string]bool{"w1": true}})
	c.api.SetConfig("test", "y", mockapi.Config{Slug: "hubspot", Enabled: map[string]bool{"w2": true}})
	var shown [][2]any
	for _, one := range c.enabled("x") {
		shown = append(shown, [2]any{one["id"], one["config_id"]})
	}
	equal(t, "enabled", shown, [][2]any{{"w3", "x"}, {"w1", "x"}, {"wx", "x"}, {"w1", "emea"}})
	equal(t, "one", c.enabled("y")[0], object{
		"id": "w2", "name": "Deals", "description": "", "icon": "i", "config_id": "y", "application": object{"name": "HubSpot", "slug": "hubspot", "icon": "i"},
	})
	c.api.SetApps("test")
	equal(t, "without apps", len(c.enabled("x")), 0)
}

func TestPrivateWorkflowsInConfigs(t *testing.T) {
	c := startWorkflows(t, mockapi.Behaviour{})
	c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot", Name: "HubSpot"})
	c.makeConfig("x").ok()
	var ids []any
	for _, one := range c.readConfig("x").json()["workflows"].([]any) {
		ids = append(ids, one.(object)["id"])
	}
	equal(t, "workflows", ids, []any{"w1", "w2", "wx"})
	c.toggle(http.MethodPatch, "wx", `{"enabled":true}`).ok()
	c.toggle(http.MethodPatch, "wy", `{"enabled":true}`).failsE4(404, "RESOURCE_NOT_FOUND", "Workflow with id wy not found")
}
