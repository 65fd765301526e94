// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	dataSourceType = "refold_linked_accounts"
	dataAddress    = "data.refold_linked_accounts.test"
)

func createThree(refold *acctest.Refold) {
	beta := mockapi.Account{AccountID: "b1", Name: new("The acme (EU)"), Scope: "eu"}
	beta.SetUDF("plan", "pro")
	beta.SetUDF("seats", json.Number("12345678901234567890"))
	beta.SetUDF("beta", true)
	beta.SetUDF("none", nil)
	refold.Create(mockapi.EnvironmentTest, beta)
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "a2", Scope: "us", EnvVariables: map[string]string{"tier": "2"}})
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "a1", Name: new("Acme"), Scope: "eu", EnvVariables: map[string]string{"tier": "1"}})
	appID := "6a05d19680458c9a09e79c99"
	refold.Connect(mockapi.EnvironmentTest, "b1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: &appID})
	refold.Connect(mockapi.EnvironmentTest, "a1", mockapi.Integration{Type: "slack", Name: "Slack"})
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	createThree(refold)
	acctest.Run(t, resource.TestStep{
		Config: refold.Provider() + `
data "refold_linked_accounts" "test" {}

output "pro" {
  value = [for account in data.refold_linked_accounts.test.linked_accounts : account.linked_account_id if lookup(account.udf, "plan", "free") == "pro"]
}

output "seats" {
  value = jsondecode(data.refold_linked_accounts.test.linked_accounts[2].udf_json).seats
}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("ids"), knownvalue.ListExact([]knownvalue.Check{
				knownvalue.StringExact("a1"), knownvalue.StringExact("a2"), knownvalue.StringExact("b1"),
			})),
			statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("linked_accounts"), knownvalue.ListPartial(map[int]knownvalue.Check{
				1: knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"linked_account_id": knownvalue.StringExact("a2"), "name": knownvalue.Null(), "udf": knownvalue.MapSizeExact(0),
					"udf_json": knownvalue.StringExact("{}"), "integrations": knownvalue.ListSizeExact(0),
				}),
				2: knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"id": knownvalue.NotNull(), "name": knownvalue.StringExact("The acme (EU)"), "environment": knownvalue.StringExact("test"),
					"organization_id": knownvalue.StringExact(mockapi.OrganizationID), "created_at": knownvalue.NotNull(), "updated_at": knownvalue.NotNull(),
					"udf": knownvalue.MapExact(map[string]knownvalue.Check{
						"plan": knownvalue.StringExact("pro"), "seats": knownvalue.StringExact("12345678901234567890"), "beta": knownvalue.StringExact("true"),
					}),
					"udf_json": knownvalue.StringExact(`{"beta":true,"plan":"pro","seats":12345678901234567890}`),
					"integrations": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
						"type": knownvalue.StringExact("custom"), "name": knownvalue.StringExact("Acme CRM"), "app_id": knownvalue.StringExact("6a05d19680458c9a09e79c99"),
					})}),
				}),
			})),
			statecheck.ExpectKnownOutputValue("pro", knownvalue.TupleExact([]knownvalue.Check{knownvalue.StringExact("b1")})),
		},
	})
}

// readIDs expects the data source to be read, with as many accounts as ids.
func readIDs(t *testing.T, protocol *acctest.Protocol, arguments map[string]tftypes.Value) []string {
	t.Helper()
	values, diagnostics := protocol.ReadDataSource(dataSourceType, arguments)
	if len(diagnostics) > 0 {
		t.Fatalf("%v: %s: %s", arguments, diagnostics[0].Summary, diagnostics[0].Detail)
	}
	return idsIn(t, values)
}

// idsIn are the ids that a data source shows, as many as it shows accounts.
func idsIn(t *testing.T, values map[string]tftypes.Value) []string {
	t.Helper()
	var elements, accounts []tftypes.Value
	if err := values["ids"].As(&elements); err != nil {
		t.Fatal(err)
	}
	if err := values["linked_accounts"].As(&accounts); err != nil || len(accounts) != len(elements) {
		t.Fatalf("%d accounts, %d ids, %v", len(accounts), len(elements), err)
	}
	ids := make([]string, len(elements))
	for i, element := range elements {
		if err := element.As(&ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

func TestDataSourceFilters(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"a server that knows filters": {},
		"one that ignores search":     {List: mockapi.ListBehaviour{IgnoreSearch: true, FourFields: true}},
	} {
		refold := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
		createThree(refold)
		for _, filter := range []struct {
			arguments map[string]tftypes.Value
			want      string
		}{
			{nil, "a1 a2 b1"},
			{map[string]tftypes.Value{"search": acctest.Text("ACME")}, "a1 b1"},
			{map[string]tftypes.Value{"scope": acctest.Text("eu")}, "a1 b1"},
			{map[string]tftypes.Value{"env_variable_name": acctest.Text("tier")}, "a1 a2"},
			{map[string]tftypes.Value{"env_variable_name": acctest.Text("tier"), "env_variable_value": acctest.Text("2")}, "a2"},
			{map[string]tftypes.Value{"id_prefix": acctest.Text("a")}, "a1 a2"},
			{map[string]tftypes.Value{"connected_app": acctest.Text("slack")}, "a1"},
			{map[string]tftypes.Value{"connected_app": acctest.Text("6a05d19680458c9a09e79c99")}, "b1"},
			{map[string]tftypes.Value{"search": acctest.Text("acme"), "scope": acctest.Text("eu"), "id_prefix": acctest.Text("b"), "connected_app": acctest.Text("custom")}, "b1"},
			{map[string]tftypes.Value{"search": acctest.Text("nobody")}, ""},
		} {
			if got := strings.Join(readIDs(t, refold.Protocol(t), filter.arguments), " "); got != filter.want {
				t.Errorf("%s, %v: %q, want %q", name, filter.arguments, got, filter.want)
			}
		}
	}
}

func TestDataSourceOfNoAccounts(t *testing.T) {
	t.Parallel()
	if ids := readIDs(t, acctest.StartRefold(t).Protocol(t), nil); len(ids) > 0 {
		t.Errorf("ids: %q", ids)
	}
}

// Every account is there once, from a server that lists seven at a time, also
// where accounts come and go between the pages.
func TestDataSourceOfManyPages(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: 7}}))
	var want []string
	for number := range 300 {
		id := fmt.Sprintf("user_%03d", number)
		refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id, Name: new("Acme")})
		want = append(want, id)
	}
	for _, arguments := range []map[string]tftypes.Value{nil, {"search": acctest.Text("acme")}} {
		refold.ResetRequests()
		if ids := readIDs(t, refold.Protocol(t, acctest.Unpaced), arguments); !slices.Equal(ids, want) {
			t.Errorf("%v: %d accounts: %q", arguments, len(ids), ids)
		}
		if sent := len(refold.Requests()); sent != 43 {
			t.Errorf("%v: %d requests", arguments, sent)
		}
	}
	var shifts int
	refold.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
		if request.URL.Query().Get("page") == "3" && shifts < 2 {
			refold.Remove(mockapi.EnvironmentTest, want[shifts])
			shifts++
		}
		return false
	})
	for _, arguments := range []map[string]tftypes.Value{{"search": acctest.Text("acme")}, nil} {
		ids := readIDs(t, refold.Protocol(t, acctest.Unpaced), arguments)
		if got := slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(want[:2], id) }); !slices.Equal(got, want[2:]) {
			t.Errorf("%v: %d accounts: %q", arguments, len(got), got)
		}
	}
}

// On a server that does not list accounts whole, an account that no request can name is left out.
func TestDataSourceOfUnusableIDs(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}}))
	createThree(refold)
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: " lead"})
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: ".."})
	if ids := readIDs(t, refold.Protocol(t), map[string]tftypes.Value{"id_prefix": acctest.Text("a")}); !slices.Equal(ids, []string{"a1", "a2"}) {
		t.Errorf("with a prefix: %q", ids)
	}
	values, diagnostics := refold.Protocol(t).ReadDataSource(dataSourceType, nil)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "2 linked accounts are left out", `" lead", because it begins or ends with white space; "..", because `)
	if ids := idsIn(t, values); !slices.Equal(ids, []string{"a1", "a2", "b1"}) {
		t.Errorf("beside them: %q", ids)
	}
	refold.Behave(func(b *mockapi.Behaviour) { *b = mockapi.Behaviour{} })
	if ids := readIDs(t, refold.Protocol(t), nil); !slices.Equal(ids, []string{" lead", "..", "a1", "a2", "b1"}) {
		t.Errorf("whole: %q", ids)
	}
}

// Reading 10,000 accounts, what the provider does with them included.
func BenchmarkDataSource(b *testing.B) {
	mock := mockapi.New()
	for number := range 10_000 {
		account := mockapi.Account{AccountID: fmt.Sprintf("user_%05d", number), Name: new("Acme")}
		account.SetUDF("plan", "pro")
		account.SetUDF("seats", json.Number("20"))
		mock.Create(mockapi.EnvironmentTest, account)
		mock.Connect(mockapi.EnvironmentTest, account.AccountID, mockapi.Integration{Type: "slack", Name: "Slack"})
	}
	refold := &acctest.Refold{Server: mock, URL: acctest.Serve(b, mock)}
	for b.Loop() {
		values, diagnostics := refold.Protocol(b, acctest.Unpaced).ReadDataSource(dataSourceType, nil)
		if values == nil {
			b.Fatal(diagnostics)
		}
	}
}
