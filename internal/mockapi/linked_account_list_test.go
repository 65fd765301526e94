// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func listed(t *testing.T, accounts int) client {
	t.Helper()
	c := start(t, mockapi.Behaviour{})
	for i := range accounts {
		name := fmt.Sprintf("Customer No. %02d", i+1)
		c.api.Create("test", mockapi.Account{
			AccountID: fmt.Sprintf("c%02d", i+1), Name: &name, Scope: []string{"eu", "us"}[i%2],
			EnvVariables: map[string]string{"tier": fmt.Sprint(i % 3)},
		})
	}
	return c
}

// list returns the ids of a page, and its envelope without them.
func (c client) list(query string) (ids []string, envelope string) {
	c.t.Helper()
	page := c.send(http.MethodGet, accountPath+query, "").ok().json()
	for _, document := range page["docs"].([]any) {
		ids = append(ids, document.(object)["account_id"].(string))
	}
	return ids, strings.TrimSpace(fmt.Sprintln(page["totalDocs"], page["limit"], page["totalPages"], page["page"],
		page["pagingCounter"], page["hasPrevPage"], page["hasNextPage"], page["prevPage"], page["nextPage"]))
}

func TestListPages(t *testing.T) {
	c := listed(t, 32)
	for _, test := range []struct {
		query    string
		first    string
		count    int
		envelope string
	}{
		{"", "c01", 10, "32 10 4 1 1 false true <nil> 2"},
		{"?page=2", "c11", 10, "32 10 4 2 11 true true 1 3"},
		{"?page=4", "c31", 2, "32 10 4 4 31 true false 3 <nil>"},
		{"?page=9", "", 0, "32 10 4 9 81 true false 8 <nil>"},
		{"?limit=100", "c01", 32, "32 100 1 1 1 false false <nil> <nil>"},
		{"?limit=0", "", 0, "32 0 1 1 1 false false <nil> <nil>"},
		{"?limit=abc&page=-3", "c01", 10, "32 10 4 1 1 false true <nil> 2"},
		{"?limit=-1", "c01", 10, "32 10 4 1 1 false true <nil> 2"},
		{"?page=2147483647&limit=2147483647", "", 0, "32 2147483647 1 2147483647 4611686011984936963 true false 2147483646 <nil>"},
	} {
		t.Run(test.query, func(t *testing.T) {
			ids, envelope := c.list(test.query)
			equal(t, "count", len(ids), test.count)
			equal(t, "envelope", envelope, test.envelope)
			if test.count > 0 {
				equal(t, "first", ids[0], test.first)
			}
		})
	}
	_, envelope := start(t, mockapi.Behaviour{}).list("")
	equal(t, "envelope of nothing", envelope, "0 10 1 1 1 false false <nil> <nil>")
}

func TestListClampsTheLimit(t *testing.T) {
	c := listed(t, 7)
	c.api.Behave(func(b *mockapi.Behaviour) { b.List.MaxLimit = 5 })
	ids, envelope := c.list("?limit=100")
	equal(t, "count", len(ids), 5)
	equal(t, "envelope", envelope, "7 5 2 1 1 false true <nil> 2")
}

func TestListFilters(t *testing.T) {
	c := listed(t, 12)
	count := func(query string) int {
		ids, _ := c.list(query + "&limit=100")
		return len(ids)
	}
	equal(t, "search in any case", count("?search=no.%2001"), 1)
	equal(t, "search does not match ids", count("?search=c01"), 0)
	equal(t, "variable", count("?env_variable_name=tier"), 12)
	equal(t, "variable and value", count("?env_variable_name=tier&env_variable_value=2"), 4)
	equal(t, "unknown variable", count("?env_variable_name=x&env_variable_value=2"), 0)
	equal(t, "value without name", count("?env_variable_value=2"), 12)
	equal(t, "scope", count("?scope=eu"), 6)
	equal(t, "unknown parameter", count("?foo=bar"), 12)
	c.api.Behave(func(b *mockapi.Behaviour) {
		b.List.IgnoreSearch, b.Document.Scope, b.List.IgnoreEnvVariables = true, mockapi.ScopeIgnored, true
	})
	equal(t, "search ignored", count("?search=c01"), 12)
	equal(t, "scope ignored", count("?scope=eu"), 12)
	equal(t, "variable ignored", count("?env_variable_name=x&env_variable_value=2"), 12)
}

func TestListDocuments(t *testing.T) {
	c := listed(t, 1)
	c.api.Change("test", "c01", func(a *mockapi.Account) { a.SetUDF("plan", "pro") })
	document := func() object { return c.send(http.MethodGet, accountPath, "").ok().json()["docs"].([]any)[0].(object) }
	equal(t, "full document", document(), c.get("c01").ok().json())
	c.api.Behave(func(b *mockapi.Behaviour) { b.List.FourFields = true })
	equal(t, "four fields", document(), object{
		"associated_org": mockapi.OrganizationID, "account_id": "c01", "environment": "test", "name": "Customer No. 01",
	})
}

func TestListIsPerEnvironment(t *testing.T) {
	c := listed(t, 3)
	c.api.Create("production", mockapi.Account{AccountID: "live"})
	other := c.send(http.MethodGet, accountPath, "", "x-api-key", mockapi.ProductionKey).ok()
	equal(t, "number in production", len(other.json()["docs"].([]any)), 1)
}
