// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const workflowsPath = "/api/v2/public/workflow"

// Workflow has the operation of workflows.
func (operationsOf) Workflow() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"Workflows": {requests: "GET GET GET", asks: asksFor("not a list of enabled workflows in JSON", ofAnotherAccount, emptyAnswer), hidesScope: true, body: `[{"id":"w"}]`, pages: pageOf(`{"_id":"w","name":"W"}`), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.Workflows(ctx, "user", refold.WorkflowFilter{})
				return err
			}},
		},
	}
}

// pageOf is the only page of a list.
func pageOf(documents ...string) string {
	return fmt.Sprintf(`{"docs":[%s],"totalDocs":%d,"limit":100,"totalPages":1,"page":1,"hasNextPage":false,"schema":{}}`, strings.Join(documents, ","), len(documents))
}

// byList answers with what is enabled, with public workflows, and with private ones.
func byList(enabled, public, private string) reply {
	return func(request *http.Request) (*http.Response, error) {
		query := request.URL.Query()
		switch {
		case request.URL.Path == workflowsPath+"/enabled":
			return answer(200, enabled)(request)
		case query.Get("scope") == "private":
			return answer(200, private)(request)
		}
		return answer(200, public)(request)
	}
}

func TestWorkflows(t *testing.T) {
	net := newNetwork(t, byList(
		`[{"id":"b","config_id":"x"},{"id":"b","config_id":"y"},{"_id":"p"},{"id":"gone"}]`,
		pageOf(`{"_id":"a","name":"A\u0000","description":"Each hour","slug":"hubspot","published":true}`, `{"_id":"b","name":null,"published":"false"}`),
		pageOf(`{"_id":"b"}`, `{"_id":"p","published":{}}`),
	))
	found, err := newClient(t, net).Workflows(t.Context(), "a/b c", refold.WorkflowFilter{})
	want := []refold.Workflow{
		{ID: "a", Name: "A", Description: "Each hour", Slug: "hubspot", IsPublished: new(true)},
		{ID: "b", IsPublished: new(false), IsEnabled: true},
		{ID: "p", IsEnabled: true},
	}
	if err != nil || !reflect.DeepEqual(found, want) {
		t.Errorf("%+v, %v", found, err)
	}
	var uris []string
	for _, request := range net.requests() {
		uris = append(uris, request.URI)
		if selectedIn(request.Header) != "a/b c" {
			t.Errorf("%s selects %q", request.URI, selectedIn(request.Header))
		}
	}
	expect(t, strings.Join(uris, "\n"), workflowsPath+"/enabled\n"+workflowsPath+"?limit=100&page=1\n"+workflowsPath+"?limit=100&page=1&scope=private")
}

// A filter is sent, and held against what comes all the same.
func TestWorkflowFilter(t *testing.T) {
	all := pageOf(`{"_id":"a","slug":"hubspot","published":true}`, `{"_id":"b","slug":"hubspot","published":false}`, `{"_id":"c","slug":"slack","published":true}`, `{"_id":"d"}`)
	for query, test := range map[string]struct {
		filter refold.WorkflowFilter
		want   string
	}{
		"":                              {refold.WorkflowFilter{}, "a b c d"},
		"&slug=hubspot":                 {refold.WorkflowFilter{Slug: "hubspot"}, "a b d"},
		"&published=true":               {refold.WorkflowFilter{IsPublished: new(true)}, "a c d"},
		"&published=false&slug=hubspot": {refold.WorkflowFilter{Slug: "hubspot", IsPublished: new(false)}, "b d"},
	} {
		net := newNetwork(t, byList(`[]`, all, pageOf()))
		found, err := newClient(t, net).Workflows(t.Context(), "user", test.filter)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		}
		expect(t, strings.Join(workflowIDs(found), " "), test.want)
		for _, request := range net.requests()[1:] {
			if uri := strings.Replace(request.URI, "&scope=private", "", 1); uri != workflowsPath+"?limit=100&page=1"+query {
				t.Errorf("%s: sent %s", query, request.URI)
			}
		}
	}
}

func workflowIDs(workflows []refold.Workflow) []string {
	var ids []string
	for _, workflow := range workflows {
		ids = append(ids, workflow.ID)
	}
	return ids
}

func TestWorkflowsThatCannotBeRead(t *testing.T) {
	const noEnabled, noPage = "not a list of enabled workflows in JSON", "not a list of workflows in JSON"
	for name, test := range map[string]struct{ enabled, public, private, says string }{
		"nothing enabled":         {``, pageOf(), pageOf(), emptyAnswer},
		"null enabled":            {`null`, pageOf(), pageOf(), noEnabled},
		"a page of enabled ones":  {pageOf(), pageOf(), pageOf(), noEnabled},
		"names of enabled ones":   {`["w"]`, pageOf(), pageOf(), noEnabled},
		"enabled without an id":   {`[{"id":"w"},{"name":"v"}]`, pageOf(), pageOf(), "a list of enabled workflows with one that has no id"},
		"no page":                 {`[]`, `[]`, pageOf(), noPage},
		"no private page":         {`[]`, pageOf(), `{"docs":null}`, noPage},
		"a document without id":   {`[]`, pageOf(`{"_id":"w"}`, `{"name":"v"}`), pageOf(), noPage},
		"a document that is none": {`[]`, pageOf(`7`), pageOf(), noPage},
	} {
		found, err := newClient(t, newNetwork(t, byList(test.enabled, test.public, test.private)), withoutRetries).Workflows(t.Context(), "user", refold.WorkflowFilter{})
		if err == nil || found != nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, %v, want it to say %q", name, found, err, test.says)
			continue
		}
		readable(t, err)
	}
}

// TestWorkflowsThatChange: a list that never agrees with its own count is no list.
func TestWorkflowsThatChange(t *testing.T) {
	net := newNetwork(t, byList(`[]`, `{"docs":[{"_id":"w"}],"totalDocs":2,"hasNextPage":false}`, pageOf()))
	_, err := newClient(t, net).Workflows(t.Context(), "user", refold.WorkflowFilter{})
	if refusal, ok := err.(*refold.Error); !ok || !strings.Contains(err.Error(), "the list of workflows keeps changing while it is read (counted: 2, found: 1)") || !refusal.Repeatable {
		t.Errorf("err = %v", err)
	}
}

// TestWorkflowsAtAnyServer has an account with workflows of its own, beside one with others.
func TestWorkflowsAtAnyServer(t *testing.T) {
	for name, rules := range map[string]mockapi.WorkflowBehaviour{
		"current":                     {},
		"small pages":                 {MaxLimit: 2},
		"filters ignored":             {IgnoreFilters: true},
		"private ones among them":     {ListPrivate: true},
		"small pages, all of it":      {MaxLimit: 1, ListPrivate: true, IgnoreFilters: true},
		"nobody is as good as others": {UnknownAccountAsNone: true},
	} {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 0, mockapi.Behaviour{Workflow: rules})
			server.SetApps(mockapi.EnvironmentTest,
				mockapi.App{Slug: "hubspot", Name: "HubSpot", Workflows: []mockapi.Workflow{
					{ID: "w1", Published: true}, {ID: "w2"}, {ID: "w3", Published: true}, {ID: "wx", Published: true, OwnerAccountID: "x"}, {ID: "wy", OwnerAccountID: "y"},
				}},
				mockapi.App{Slug: "slack", Name: "Slack", Workflows: []mockapi.Workflow{{ID: "w4", Published: true}}},
			)
			for _, id := range []string{"x", "y"} {
				server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
			}
			server.SetConfig(mockapi.EnvironmentTest, "x", mockapi.Config{Slug: "hubspot", ConfigID: "emea", Enabled: map[string]bool{"w1": true, "w2": false, "wx": true}})
			server.SetConfig(mockapi.EnvironmentTest, "y", mockapi.Config{Slug: "slack", Enabled: map[string]bool{"w4": true}})
			for filter, want := range map[*refold.WorkflowFilter][]string{
				{}: {"w1", "w2", "w3", "w4", "wx"}, {Slug: "slack"}: {"w4"}, {Slug: "hubspot", IsPublished: new(true)}: {"w1", "w3", "wx"}, {IsPublished: new(false)}: {"w2"}, {Slug: "nope"}: nil,
			} {
				found, err := server.client().Workflows(t.Context(), "x", *filter)
				if ids := workflowIDs(found); err != nil || !slices.Equal(slices.Sorted(slices.Values(ids)), want) {
					t.Errorf("%+v: %q, %v", *filter, ids, err)
				}
				for _, workflow := range found {
					if isEnabled := workflow.ID == "w1" || workflow.ID == "wx"; workflow.IsEnabled != isEnabled {
						t.Errorf("%+v: %+v", *filter, workflow)
					}
				}
			}
			found, err := server.client().Workflows(t.Context(), "nobody", refold.WorkflowFilter{})
			if isTold := !rules.UnknownAccountAsNone; isTold != (refold.KindOf(err) == refold.AccountNotFound) || isTold != (err != nil) {
				t.Errorf("of nobody: %v, %v", workflowIDs(found), err)
			}
		})
	}
}
