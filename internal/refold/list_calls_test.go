// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// listedIDs expects a list without an error, and returns its ids in order.
func listedIDs(t *testing.T, client *refold.Client, filter refold.ListFilter, options refold.ListOptions) []string {
	t.Helper()
	var ids []string
	for account, err := range client.ListLinkedAccounts(t.Context(), filter, options) {
		if err != nil {
			t.Fatal(err)
		}
		if !options.NamesOnly && (account.ID == "" || account.UDF == nil) {
			t.Errorf("an account that is not whole: %+v", account)
		}
		ids = append(ids, account.AccountID)
	}
	return ids
}

func TestList(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour   mockapi.ListBehaviour
		options     refold.ListOptions
		exist, want int
		lists, gets int
	}{
		"none":                    {exist: 0, want: 0, lists: 1},
		"a page":                  {exist: 100, want: 100, lists: 1},
		"pages":                   {exist: 250, want: 250, lists: 3},
		"clamped":                 {mockapi.ListBehaviour{MaxLimit: 7}, refold.ListOptions{}, 300, 300, 43, 0},
		"few":                     {options: refold.ListOptions{AtMost: 10}, exist: 300, want: 10, lists: 1},
		"few, clamped":            {mockapi.ListBehaviour{MaxLimit: 7}, refold.ListOptions{AtMost: 10}, 300, 10, 2, 0},
		"more than there are":     {options: refold.ListOptions{AtMost: 500}, exist: 101, want: 101, lists: 2},
		"as many as there are":    {options: refold.ListOptions{AtMost: 200}, exist: 200, want: 200, lists: 2},
		"old documents":           {mockapi.ListBehaviour{FourFields: true}, refold.ListOptions{}, 110, 110, 2, 110},
		"few of old documents":    {mockapi.ListBehaviour{FourFields: true}, refold.ListOptions{AtMost: 10}, 110, 10, 1, 10},
		"names of old documents":  {mockapi.ListBehaviour{FourFields: true}, refold.ListOptions{NamesOnly: true}, 110, 110, 2, 0},
		"few names, and no limit": {options: refold.ListOptions{AtMost: 1, NamesOnly: true}, exist: 5, want: 1, lists: 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, test.exist, mockapi.Behaviour{List: test.behaviour})
			if ids := listedIDs(t, server.client(), refold.ListFilter{}, test.options); !slices.Equal(ids, customers(0, test.want)) {
				t.Errorf("%d accounts: %q", len(ids), ids)
			}
			server.sentWere("the list", test.lists, test.gets)
		})
	}
}

// Who wants ten accounts asks for ten.
func TestListAsksForFew(t *testing.T) {
	server := newListServer(t, 20, mockapi.Behaviour{})
	var limits []string
	server.before = func(request *http.Request) { limits = append(limits, request.URL.Query().Get("limit")) }
	listedIDs(t, server.client(), refold.ListFilter{}, refold.ListOptions{AtMost: 10})
	listedIDs(t, server.client(), refold.ListFilter{IDPrefix: "c"}, refold.ListOptions{AtMost: 10})
	listedIDs(t, server.client(), refold.ListFilter{}, refold.ListOptions{AtMost: 1000})
	if !slices.Equal(limits, []string{"10", "100", "100"}) {
		t.Errorf("limits: %q", limits)
	}
}

func TestListStops(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	count := 0
	for range server.client().ListLinkedAccounts(t.Context(), refold.ListFilter{}, refold.ListOptions{}) {
		if count++; count == 100 {
			break
		}
	}
	server.sentWere("a page that is enough", 1, 0)
}

func TestListOfTheEndOfAContext(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	count := 0
	var last error
	for _, err := range server.client().ListLinkedAccounts(ctx, refold.ListFilter{}, refold.ListOptions{}) {
		count++
		last = err
		cancel()
	}
	if count != 101 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d results, the last error is %v", count, last)
	}
	server.sentWere("what came before", 1, 0)
}

// Accounts that are deleted while the list is read let others slip through, which
// are found in another pass; no account is there twice.
func TestListThatShifts(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	shifting(server, 2)
	ids := listedIDs(t, server.client(), refold.ListFilter{}, refold.ListOptions{})
	slices.Sort(ids)
	if !slices.Equal(ids, customers(0, 250)) {
		t.Errorf("%d accounts: %q", len(ids), ids)
	}
	server = newListServer(t, 250, mockapi.Behaviour{})
	shifting(server, 100)
	expectFailure(t, server, refold.ListFilter{}, "keeps changing while it is read", 12)
}

// New accounts at the front show others twice.
func TestListThatGrows(t *testing.T) {
	server := newListServer(t, 150, mockapi.Behaviour{})
	grown := false
	server.edit = func(number int, page map[string]any) {
		if number != 2 || grown {
			return
		}
		grown = true
		documents := page["docs"].([]any)
		page["docs"] = append([]any{listedDocument(customer(99))}, documents[:len(documents)-1]...)
	}
	ids := listedIDs(t, server.client(), refold.ListFilter{}, refold.ListOptions{})
	if slices.Sort(ids); !slices.Equal(ids, customers(0, 150)) {
		t.Errorf("%d accounts: %q", len(ids), ids)
	}
	server.sentWere("two passes", 4, 0)
}

// So many new accounts come between two pages that one shows only what the page
// before it showed. That is a shift as any other.
func TestListThatGrowsByAPage(t *testing.T) {
	for _, search := range []string{"", "before"} {
		server := newListServer(t, 30, mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: 7}})
		grown := false
		server.edit = func(number int, page map[string]any) {
			if number != 3 || grown {
				return
			}
			grown = true
			for i := range 7 {
				document := listedDocument(customer(7 + i))
				document["name"] = "before"
				page["docs"].([]any)[i] = document
			}
			page["totalDocs"] = 37
		}
		if ids := selectedIDs(t, server.client(), refold.ListFilter{Search: search}); !slices.Equal(ids, customers(0, 30)) {
			t.Errorf("search %q: %d accounts: %q", search, len(ids), ids)
		}
		server.sentWere("two passes", 10, 0)
	}
}

// Documents without integrations are enough for who does without them.
func TestListWithoutApps(t *testing.T) {
	server := newListServer(t, 300, mockapi.Behaviour{Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent}})
	list := func(what string, filter refold.ListFilter, options refold.ListOptions, want, lists, gets int) {
		options.AtMost = 10
		if ids := listedIDs(t, server.client(), filter, options); len(ids) != want {
			t.Errorf("%s: %q", what, ids)
		}
		server.sentWere(what, lists, gets)
	}
	list("with apps", refold.ListFilter{}, refold.ListOptions{}, 10, 1, 10)
	list("without", refold.ListFilter{}, refold.ListOptions{WithoutApps: true}, 10, 1, 0)
	list("by app", refold.ListFilter{ConnectedApp: "slack", IDPrefix: "c0001"}, refold.ListOptions{WithoutApps: true}, 0, 3, 10)
}

// A document without a name does not say that the account has none, so a search of names reads it.
func TestListSearchesNamelessDocuments(t *testing.T) {
	server := newListServer(t, 5, mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}})
	server.edit = func(_ int, page map[string]any) { delete(page["docs"].([]any)[2].(map[string]any), "name") }
	for _, test := range []struct {
		search    string
		namesOnly bool
		gets      int
	}{{"before", false, 5}, {"before", true, 1}, {"", true, 0}} {
		ids := listedIDs(t, server.client(), refold.ListFilter{Search: test.search}, refold.ListOptions{NamesOnly: test.namesOnly})
		if !slices.Equal(ids, customers(0, 5)) {
			t.Errorf("%+v: %q", test, ids)
		}
		server.sentWere(fmt.Sprintf("%+v", test), 1, test.gets)
	}
}

func expectFailure(t *testing.T, server *listServer, filter refold.ListFilter, says string, most int) {
	t.Helper()
	var last error
	for _, err := range server.client().ListLinkedAccounts(t.Context(), filter, refold.ListOptions{}) {
		if last != nil {
			t.Error("something follows an error")
		}
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), says) || len(last.Error()) > longestError || refold.KindOf(last) != refold.Other {
		t.Errorf("err = %v, want it to say %q", last, says)
	}
	if sent := server.Count("", ""); sent > most {
		t.Errorf("%d requests, want at most %d", sent, most)
	}
}

func TestListThatCannotBeHad(t *testing.T) {
	for name, test := range brokenLists() {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 250, mockapi.Behaviour{})
			test.prepare(server)
			expectFailure(t, server, refold.ListFilter{}, test.says, test.streamed)
		})
	}
}

// An account that is deleted between the list and its GET is left out.
func TestListOfAnAccountThatGoes(t *testing.T) {
	server := newListServer(t, 5, mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}})
	server.before = func(request *http.Request) {
		if strings.HasSuffix(request.URL.Path, "/"+customer(2)) {
			server.Remove(mockapi.EnvironmentTest, customer(2))
		}
	}
	if ids := listedIDs(t, server.client(), refold.ListFilter{}, refold.ListOptions{}); !slices.Equal(ids, slices.Delete(customers(0, 5), 2, 3)) {
		t.Errorf("accounts: %q", ids)
	}
}

// The same accounts are selected whatever the server knows of filters, and by
// both calls. What it alone can tell is in the last two.
func TestListFilters(t *testing.T) {
	old := mockapi.ListBehaviour{IgnoreSearch: true, IgnoreEnvVariables: true}
	servers := map[string]mockapi.Behaviour{
		"new":                {},
		"old":                {List: old},
		"old, by 2":          {List: mockapi.ListBehaviour{MaxLimit: 2, IgnoreSearch: true}},
		"with old documents": {List: mockapi.ListBehaviour{FourFields: true}},
	}
	for name, behaviour := range servers {
		for _, test := range []struct {
			filter refold.ListFilter
			want   string
		}{
			{refold.ListFilter{}, "a1 a2 b1 b2"},
			{refold.ListFilter{Search: "ACME"}, "a1 b1"},
			{refold.ListFilter{Search: "acme (eu"}, "b1"},
			{refold.ListFilter{Search: ".*"}, ""},
			{refold.ListFilter{IDPrefix: "a"}, "a1 a2"},
			{refold.ListFilter{IDPrefix: "A"}, ""},
			{refold.ListFilter{IDPrefix: "b", Search: "acme"}, "b1"},
			{refold.ListFilter{ConnectedApp: "slack"}, "a1 b2"},
			{refold.ListFilter{ConnectedApp: "6a05d19680458c9a09e79c99"}, "b2"},
			{refold.ListFilter{ConnectedApp: "custom"}, "b2"},
			{refold.ListFilter{ConnectedApp: "sla"}, ""},
			{refold.ListFilter{EnvVariableValue: "alone"}, "a1 a2 b1 b2"},
		} {
			t.Run(fmt.Sprintf("%s %+v", name, test.filter), func(t *testing.T) {
				server := newFilterServer(t, behaviour)
				want := strings.Fields(test.want)
				if ids := listedIDs(t, server.client(), test.filter, refold.ListOptions{}); !slices.Equal(ids, want) {
					t.Errorf("listed: %q, want %q", ids, want)
				}
				if ids := selectedIDs(t, server.client(), test.filter); !slices.Equal(ids, want) {
					t.Errorf("selected: %q, want %q", ids, want)
				}
			})
		}
	}
}

func newFilterServer(t *testing.T, behaviour mockapi.Behaviour) *listServer {
	server := newListServer(t, 0, behaviour)
	create := func(id string, name *string, scope, tier string, apps ...mockapi.Integration) {
		account := mockapi.Account{AccountID: id, Name: name, Scope: scope}
		if tier != "" {
			account.EnvVariables = map[string]string{"tier": tier}
		}
		server.Create(mockapi.EnvironmentTest, account)
		for _, app := range apps {
			server.Connect(mockapi.EnvironmentTest, id, app)
		}
	}
	appID := "6a05d19680458c9a09e79c99"
	create("a1", new("Acme"), "eu", "1", mockapi.Integration{Type: "slack"})
	create("a2", nil, "us", "2")
	create("b1", new("The acme (EU)"), "eu", "2")
	create("b2", new("Globex"), "", "", mockapi.Integration{Type: "custom", AppID: &appID}, mockapi.Integration{Type: "slack"})
	return server
}

func selectedIDs(t *testing.T, client *refold.Client, filter refold.ListFilter) []string {
	t.Helper()
	accounts, err := client.SelectLinkedAccounts(t.Context(), filter)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, account := range accounts {
		ids = append(ids, account.AccountID)
	}
	return ids
}

// Filters that only servers can apply.
func TestListFiltersOfServers(t *testing.T) {
	for _, test := range []struct {
		filter refold.ListFilter
		// knows is what a server selects that knows the filter; ignores what is
		// left of all where it does not.
		knows, ignores string
	}{
		{refold.ListFilter{Scope: "eu"}, "a1 b1", "a1 a2 b1 b2"},
		{refold.ListFilter{EnvVariableName: "tier"}, "a1 a2 b1", "a1 a2 b1 b2"},
		{refold.ListFilter{EnvVariableName: "tier", EnvVariableValue: "2"}, "a2 b1", "a1 a2 b1 b2"},
		{refold.ListFilter{EnvVariableName: "tier", Scope: "eu", Search: "acme", IDPrefix: "a"}, "a1", "a1"},
	} {
		for name, behaviour := range map[string]mockapi.Behaviour{
			"knows": {},
			"ignores": {
				List:     mockapi.ListBehaviour{IgnoreSearch: true, IgnoreEnvVariables: true},
				Document: mockapi.DocumentBehaviour{Scope: mockapi.ScopeIgnored},
			},
		} {
			want := strings.Fields(map[string]string{"knows": test.knows, "ignores": test.ignores}[name])
			server := newFilterServer(t, behaviour)
			if ids := selectedIDs(t, server.client(), test.filter); !slices.Equal(ids, want) {
				t.Errorf("%s %+v: %q, want %q", name, test.filter, ids, want)
			}
		}
	}
}

// A scope that is shown counts, also where the filter is ignored.
func TestListFilterByShownScope(t *testing.T) {
	server := newFilterServer(t, mockapi.Behaviour{Document: mockapi.DocumentBehaviour{Scope: mockapi.ScopeIgnored}})
	server.edit = func(_ int, page map[string]any) {
		documents := page["docs"].([]any)
		documents[0].(map[string]any)["scope"] = "eu"
		documents[1].(map[string]any)["scope"] = "us"
	}
	if ids := selectedIDs(t, server.client(), refold.ListFilter{Scope: "eu"}); !slices.Equal(ids, []string{"a1", "b1", "b2"}) {
		t.Errorf("accounts: %q", ids)
	}
}

// A filter that only the provider knows is applied to a list of all, which is
// read in parallel and shared.
func TestSelectFromAll(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	client := server.client()
	if ids := selectedIDs(t, client, refold.ListFilter{IDPrefix: "c0002"}); !slices.Equal(ids, customers(19, 29)) {
		t.Errorf("accounts: %q", ids)
	}
	server.sentWere("the list", 3, 0)
	read(t, client, customer(7), refold.ReadOptions{})
	server.sentWere("a read after it", 0, 0)
}

// Old servers' lists take a GET for each account, but only for those that an id may select.
func TestSelectFromOldDocuments(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}})
	if ids := selectedIDs(t, server.client(), refold.ListFilter{IDPrefix: "c0002"}); !slices.Equal(ids, customers(19, 29)) {
		t.Errorf("accounts: %q", ids)
	}
	server.sentWere("the list", 3, 10)
}

func TestSelectThatFails(t *testing.T) {
	for _, filter := range []refold.ListFilter{{}, {Search: "a"}} {
		server := newListServer(t, 5, mockapi.Behaviour{})
		server.Intercept(failedList(http.StatusForbidden))
		if accounts, err := server.client().SelectLinkedAccounts(t.Context(), filter); accounts != nil || err == nil {
			t.Errorf("%d accounts, err = %v", len(accounts), err)
		}
	}
}
