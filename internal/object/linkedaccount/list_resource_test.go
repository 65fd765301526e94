// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// createVaried creates accounts that differ in all that a configuration can say:
// odd ids, no names, fields of each type, connected apps.
func createVaried(refold *acctest.Refold, accounts int) []string {
	ids := slices.Clone(oddIDs)
	for number := len(ids); number < accounts; number++ {
		ids = append(ids, fmt.Sprintf("user_%03d", number))
	}
	for number, id := range ids {
		account := mockapi.Account{AccountID: id}
		if number%3 != 0 {
			account.Name = new(fmt.Sprintf(`Customer "%d" ${x} %%{y} ä`, number))
		}
		if number%4 != 0 {
			account.SetUDF("plan", []string{"pro", "", "5", "true"}[number%4])
			account.SetUDF("seats", json.Number([]string{"20", "12345678901234567890", "0.1", "-1e3"}[number/4%4]))
			account.SetUDF("beta", number%2 == 0)
			account.SetUDF("a key-with ${odd} \"signs\"", "a\nb\\c")
		}
		if number%5 == 0 {
			account.SetUDF("none", nil)
		}
		refold.Create(test, account)
		if number%6 == 0 {
			refold.Connect(test, id, mockapi.Integration{Type: "slack", Name: "Slack"})
		}
	}
	return ids
}

func idOf(t *testing.T, listed acctest.Listed) string {
	t.Helper()
	var attributes map[string]tftypes.Value
	var id string
	if err := listed.Identity.As(&attributes); err != nil {
		t.Fatal(err)
	}
	if err := attributes["linked_account_id"].As(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// listAll expects a list without diagnostics, and returns its ids.
func listAll(t *testing.T, protocol *acctest.Protocol, listing acctest.Listing) []string {
	t.Helper()
	var ids []string
	for listed := range protocol.List(typeName, listing) {
		acctest.WantNoDiagnostics(t, listed.Diagnostics)
		if got := !listed.State.IsNull(); got != listing.IncludeResource {
			t.Errorf("there is a state: %v", got)
		}
		ids = append(ids, idOf(t, listed))
	}
	return ids
}

// A list, an import of what it found by identity, and a plan of the configuration
// that Terraform generates: nothing is to be changed.
func TestListResource(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"documents as they are today": {},
		"old documents":               {List: mockapi.ListBehaviour{FourFields: true, MaxLimit: 7}},
		"what is unset is empty":      {Document: mockapi.DocumentBehaviour{UnsetName: mockapi.UnsetNameEmpty, NoIntegrations: mockapi.NoIntegrationsNull}, Answer: mockapi.AnswerBehaviour{ZonelessDates: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
			ids := createVaried(refold, 50)
			protocol := refold.Protocol(t, acctest.Unpaced)
			var found []string
			for listed := range protocol.List(typeName, acctest.Listing{IncludeResource: true}) {
				acctest.WantNoDiagnostics(t, listed.Diagnostics)
				found = append(found, idOf(t, listed))
				imported, diagnostics := protocol.ImportByIdentity(typeName, listed.Identity)
				acctest.WantNoDiagnostics(t, diagnostics)
				if !imported.State.Equal(listed.State) {
					t.Errorf("listed:\n%s\nimported:\n%s", listed.State, imported.State)
				}
				config, diagnostics := protocol.Generated(typeName, listed.State)
				acctest.WantNoDiagnostics(t, diagnostics)
				if met := protocol.Validate(typeName, config); acctest.HasFailure(met) {
					t.Error(acctest.List(met))
				}
				plan := protocol.Plan(typeName, &imported, config)
				acctest.WantNoDiagnostics(t, plan.Diagnostics)
				planned, err := plan.PlannedState.Unmarshal(imported.State.Type())
				if err != nil {
					t.Fatal(err)
				}
				if !planned.Equal(imported.State) || len(plan.RequiresReplace) > 0 {
					t.Errorf("planned:\n%s\nstate:\n%s", planned, imported.State)
				}
			}
			if !slices.Equal(found, ids) {
				t.Errorf("%d accounts: %q", len(found), found)
			}
		})
	}
}

// Not more is asked for than what is wanted of a server that lists seven at a time.
func TestListResourceLimit(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.List.MaxLimit = 7 }))
	ids := createVaried(refold, 300)
	for _, test := range []struct {
		limit    int64
		want     int
		requests int
	}{{10, 10, 2}, {7, 7, 1}, {1, 1, 1}, {0, 300, 43}, {100, 100, 15}, {1000, 300, 43}} {
		for _, include := range []bool{true, false} {
			refold.ResetRequests()
			found := listAll(t, refold.Protocol(t, acctest.Unpaced), acctest.Listing{Limit: test.limit, IncludeResource: include})
			if !slices.Equal(found, ids[:test.want]) {
				t.Errorf("limit %d: %d accounts: %q", test.limit, len(found), found)
			}
			if sent := len(refold.Requests()); sent > test.requests {
				t.Errorf("limit %d took %d requests, want at most %d", test.limit, sent, test.requests)
			}
		}
	}
}

func TestListResourceFilters(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, mockapi.Account{AccountID: "a1", Name: new("Acme"), Scope: "eu", EnvVariables: map[string]string{"tier": "1"}})
	refold.Create(test, mockapi.Account{AccountID: "a2", Name: new("Globex"), Scope: "us", EnvVariables: map[string]string{"tier": "2"}})
	refold.Create(test, mockapi.Account{AccountID: "b1", Scope: "eu"})
	refold.Connect(test, "b1", mockapi.Integration{Type: "slack", Name: "Slack"})
	for _, filter := range []struct {
		arguments map[string]tftypes.Value
		want      string
	}{
		{nil, "a1 a2 b1"},
		{map[string]tftypes.Value{"search": acctest.Text("acme")}, "a1"},
		{map[string]tftypes.Value{"scope": acctest.Text("eu")}, "a1 b1"},
		{map[string]tftypes.Value{"env_variable_name": acctest.Text("tier")}, "a1 a2"},
		{map[string]tftypes.Value{"env_variable_name": acctest.Text("tier"), "env_variable_value": acctest.Text("2")}, "a2"},
		{map[string]tftypes.Value{"id_prefix": acctest.Text("b")}, "b1"},
		{map[string]tftypes.Value{"connected_app": acctest.Text("slack")}, "b1"},
		{map[string]tftypes.Value{"search": acctest.Text("nobody")}, ""},
	} {
		for _, include := range []bool{true, false} {
			found := listAll(t, refold.Protocol(t), acctest.Listing{Arguments: filter.arguments, IncludeResource: include})
			if got := strings.Join(found, " "); got != filter.want {
				t.Errorf("%v: %q, want %q", filter.arguments, got, filter.want)
			}
		}
	}
}

func TestListResourceShowsNames(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, existing)
	refold.Create(test, mockapi.Account{AccountID: "nameless"})
	var names []string
	for listed := range refold.Protocol(t).List(typeName, acctest.Listing{}) {
		names = append(names, listed.DisplayName)
	}
	if !slices.Equal(names, []string{"Acme", "nameless"}) {
		t.Errorf("names: %q", names)
	}
}

// Accounts that no configuration can name are left out, with a warning each, and do not count.
func TestListResourceOfUnusableIDs(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"whole":         {},
		"old documents": {List: mockapi.ListBehaviour{FourFields: true}},
	} {
		refold := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
		for _, id := range []string{" lead", "..", "tab\tx", "user_1", "user_2", "user_3"} {
			refold.Create(test, mockapi.Account{AccountID: id})
		}
		for _, include := range []bool{true, false} {
			var listed []string
			for result := range refold.Protocol(t).List(typeName, acctest.Listing{Limit: 2, IncludeResource: include}) {
				if result.Identity.Type() != nil {
					listed = append(listed, idOf(t, result))
					continue
				}
				detail := acctest.WantDiagnostic(t, result.Diagnostics, acctest.Warning, "A linked account is left out of the list")
				id, _, _ := strings.Cut(strings.TrimPrefix(detail, "Linked account "), " exists")
				listed = append(listed, id)
				if !strings.Contains(detail, "No configuration can hold its id: ") {
					t.Errorf("detail: %s", detail)
				}
			}
			if got := strings.Join(listed, ","); got != `" lead","..","tab\tx",user_1,user_2` {
				t.Errorf("%s, with resources %v: %s", name, include, got)
			}
		}
		filtered := listAll(t, refold.Protocol(t), acctest.Listing{Arguments: map[string]tftypes.Value{"id_prefix": acctest.Text("user")}, IncludeResource: true})
		if len(filtered) != 3 {
			t.Errorf("%s, filtered: %q", name, filtered)
		}
	}
}

// Documents that leave out integrations are listed without a request for each.
func TestListResourceOfDocumentsWithoutApps(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsAbsent }))
	for number := range 20 {
		refold.Create(test, mockapi.Account{AccountID: fmt.Sprintf("user_%03d", number)})
	}
	if found := listAll(t, refold.Protocol(t), acctest.Listing{Limit: 10, IncludeResource: true}); len(found) != 10 || len(refold.Requests()) != 1 {
		t.Errorf("%d requests for %q", len(refold.Requests()), found)
	}
}

// An account whose fields Terraform cannot hold is listed without them, with a warning: an error
// would end the list. (The contract knows no such number.)
func TestListResourceOfAnUnreadableAccount(t *testing.T) {
	t.Parallel()
	mock := mockapi.New()
	odd := mockapi.Account{AccountID: "odd"}
	odd.SetUDF("n", json.Number("1e99999999999"))
	mock.Create(test, odd)
	mock.Create(test, existing)
	protocol := (&acctest.Refold{Server: mock, URL: acctest.Serve(t, mock)}).Protocol(t)
	results := slices.Collect(protocol.List(typeName, acctest.Listing{IncludeResource: true}))
	if len(results) != 2 || idOf(t, results[0]) != "odd" || idOf(t, results[1]) != "user_1" {
		t.Fatalf("results: %+v", results)
	}
	acctest.WantDiagnostic(t, results[0].Diagnostics, acctest.Warning, "User-defined fields are not shown", `"odd"`)
	acctest.WantNoDiagnostics(t, results[1].Diagnostics)
	if ids := listAll(t, protocol, acctest.Listing{}); !slices.Equal(ids, []string{"odd", "user_1"}) {
		t.Errorf("without resources: %q", ids)
	}
}
