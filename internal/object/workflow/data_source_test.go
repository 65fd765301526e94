// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	test          = mockapi.EnvironmentTest
	workflowsType = "refold_workflows"
)

type attributes = map[string]tftypes.Value

// apps have three public workflows, of which one is a draft, and a private one of user_1 and of
// user_2.
func apps() []mockapi.App {
	return []mockapi.App{
		{Slug: "hubspot", Name: "HubSpot", AuthType: "oauth2", Workflows: []mockapi.Workflow{
			{ID: "w1", Name: "Sync contacts", Description: "Each hour", Slug: "hubspot", Published: true},
			{ID: "w2", Name: "Sync deals", Slug: "hubspot"},
		}},
		{Slug: "slack", Name: "Slack", AuthType: "oauth2", Workflows: []mockapi.Workflow{
			{ID: "w3", Name: "Notify", Slug: "slack", Published: true},
			{ID: "w4", Name: "Notify the boss", Slug: "slack", Published: true, OwnerAccountID: "user_1"},
			{ID: "w5", Name: "Notify nobody", Slug: "slack", Published: true, OwnerAccountID: "user_2"},
		}},
	}
}

// start runs a Refold with the account user_1, which has switched one workflow on.
func start(t *testing.T, behaviour mockapi.Behaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
	server.SetApps(test, apps()...)
	server.Create(test, mockapi.Account{AccountID: "user_1"})
	server.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "user_1", Enabled: map[string]bool{"w1": true}})
	return server
}

// shown are the ids that the data source shows, and its workflows.
func shown(t *testing.T, provider *acctest.Protocol, values attributes) ([]string, []attributes) {
	t.Helper()
	read, met := provider.ReadDataSource(workflowsType, values)
	acctest.WantNoDiagnostics(t, met)
	var elements []tftypes.Value
	if err := read["workflows"].As(&elements); err != nil || elements == nil {
		t.Fatalf("workflows is %s (%v)", read["workflows"], err)
	}
	ids, workflows := []string{}, make([]attributes, len(elements))
	for i, element := range elements {
		if err := element.As(&workflows[i]); err != nil {
			t.Fatal(err)
		}
		var id string
		if err := workflows[i]["id"].As(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids, workflows
}

func with(values attributes) attributes {
	all := acctest.OfAccount("user_1")
	for name, value := range values {
		all[name] = value
	}
	return all
}

func TestWorkflowsThatAreSelected(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.Behaviour{}).Protocol(t)
	no := tftypes.NewValue(tftypes.Bool, false)
	for name, test := range map[string]struct {
		values attributes
		want   []string
	}{
		"all":            {nil, []string{"w1", "w2", "w3", "w4"}},
		"of an app":      {attributes{"slug": acctest.Text("hubspot")}, []string{"w1", "w2"}},
		"published":      {attributes{"published": acctest.Yes()}, []string{"w1", "w3", "w4"}},
		"drafts":         {attributes{"published": no}, []string{"w2"}},
		"switched on":    {attributes{"enabled": acctest.Yes()}, []string{"w1"}},
		"switched off":   {attributes{"enabled": no}, []string{"w2", "w3", "w4"}},
		"by all of them": {attributes{"slug": acctest.Text("hubspot"), "published": no, "enabled": no}, []string{"w2"}},
		"none":           {attributes{"slug": acctest.Text("slack"), "enabled": acctest.Yes()}, []string{}},
	} {
		if got, _ := shown(t, provider, with(test.values)); !slices.Equal(slices.Sorted(slices.Values(got)), test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	_, workflows := shown(t, provider, with(attributes{"enabled": acctest.Yes()}))
	wanted := attributes{
		"name": acctest.Text("Sync contacts"), "description": acctest.Text("Each hour"), "slug": acctest.Text("hubspot"), "published": acctest.Yes(), "enabled": acctest.Yes(),
	}
	for name, want := range wanted {
		if !workflows[0][name].Equal(want) {
			t.Errorf("%s is %s, want %s", name, workflows[0][name], want)
		}
	}
}

// Every workflow is there once, from as many pages as it takes.
func TestWorkflowsOfManyPages(t *testing.T) {
	t.Parallel()
	server := acctest.StartRefold(t)
	app, want := mockapi.App{Slug: "hubspot", Name: "HubSpot", AuthType: "oauth2"}, []string{}
	for number := range 230 {
		id := fmt.Sprintf("w%03d", number)
		app.Workflows, want = append(app.Workflows, mockapi.Workflow{ID: id, Name: "Sync", Slug: "hubspot", Published: true}), append(want, id)
	}
	server.SetApps(test, app)
	server.Create(test, mockapi.Account{AccountID: "user_1"})
	if got, _ := shown(t, server.Protocol(t, acctest.Unpaced), with(nil)); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
		t.Errorf("%d workflows: %q", len(got), got)
	}
}

// Ids travel whole in a header, and what cannot is refused before anything is sent.
func TestWorkflowsOfAnyID(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t, acctest.Unpaced)
	for _, id := range []string{"a/b", "50%", "100%25", "a+b", "ann@example.com", "urn:customer:1", "Acme Inc"} {
		server.Create(test, mockapi.Account{AccountID: id})
		server.SetConfig(test, id, mockapi.Config{Slug: "slack", ConfigID: id, Enabled: map[string]bool{"w3": true}})
		values := acctest.OfAccount(id, "enabled")
		if got, _ := shown(t, provider, values); !slices.Equal(got, []string{"w3"}) {
			t.Errorf("%q: %q", id, got)
		}
	}
	server.ResetRequests()
	_, met := provider.ReadDataSource(workflowsType, acctest.OfAccount("kündin"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Cannot travel in a header", `"kündin"`)
	if sent := server.Count("", ""); sent > 0 {
		t.Errorf("%d requests were sent", sent)
	}
}

// Pages that never fit together are an error.
func TestListThatKeepsChanging(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	server.Intercept(acctest.Instead(http.MethodGet, "/workflow", acctest.Answering(200, `{"docs":[{"_id":"w1","name":"Sync"}],"totalDocs":2,"hasNextPage":false}`)))
	_, met := server.Protocol(t, acctest.Unpaced).ReadDataSource(workflowsType, acctest.OfAccount("user_1"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not list the workflows of linked account", "keeps changing")
}
