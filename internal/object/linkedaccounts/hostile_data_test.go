// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// oddIDs are ids that Terraform cannot keep apart from others.
var oddIDs = []string{"cafe\u0301", "x\ufffd"}

// startHostile is a Refold with an account for each oddity, and usual ones beside them. It returns
// the ids of those whose fields Terraform can hold, as texts, and cannot.
func startHostile(t *testing.T) (refold *acctest.Refold, texts, none []string) {
	t.Helper()
	mock := mockapi.New()
	oddities := acctest.HostileFields()
	for number, name := range slices.Sorted(maps.Keys(oddities)) {
		odd := fmt.Sprintf("odd-%02d", number)
		mock.Create(test, mockapi.Account{AccountID: odd, Name: new(name), UDF: oddities[name].Fields})
		if !oddities[name].IsHeld {
			texts = append(texts, odd)
		}
		if !oddities[name].IsText {
			none = append(none, odd)
		}
	}
	for _, id := range append([]string{"acme", "caf\u00e9"}, oddIDs...) {
		mock.Create(test, mockapi.Account{AccountID: id, Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	}
	return &acctest.Refold{Server: mock, URL: acctest.Serve(t, mock)}, texts, none
}

// udfIsNull are the ids of accounts whose udf is null.
func udfIsNull(t *testing.T, accounts map[string]tftypes.Value) []string {
	t.Helper()
	var found []string
	for _, id := range slices.Sorted(maps.Keys(accounts)) {
		var parts map[string]tftypes.Value
		if err := accounts[id].As(&parts); err != nil {
			t.Fatal(err)
		}
		if parts["udf"].IsNull() {
			found = append(found, id)
		}
	}
	return found
}

// What Terraform cannot hold of one account among many is named, and blocks none of the others.
func TestHostileData(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	refold, texts, none := startHostile(t)
	warns := func(met acctest.Diagnostics, summary string, ids []string) {
		t.Helper()
		found := slices.IndexFunc(met, func(one *tfprotov6.Diagnostic) bool { return one.Summary == summary })
		if acctest.HasFailure(met) || found < 0 {
			t.Fatalf("there is no warning %s:\n%s", summary, acctest.List(met))
		}
		for _, id := range ids {
			if !strings.Contains(met[found].Detail, fmt.Sprintf("%q", id)) {
				t.Errorf("the warning does not name %s: %s", id, met[found].Detail)
			}
		}
	}
	imported, met := refold.Protocol(t, acctest.Unpaced).Import(typeName, "*")
	warns(met, fmt.Sprintf("User-defined fields of %d linked accounts are not shown", len(none)), none)
	warns(met, "2 linked accounts were left out of the import", oddIDs)
	elements := map[string]tftypes.Value{}
	if err := imported.Attribute(t, "accounts").As(&elements); err != nil {
		t.Fatal(err)
	}
	if null := udfIsNull(t, elements); len(elements) != len(acctest.HostileFields())+2 || !slices.Equal(null, none) {
		t.Errorf("%d accounts; udf is null for %q, want %q", len(elements), null, none)
	}

	values, met := refold.Protocol(t, acctest.Unpaced).ReadDataSource(dataSourceType, nil)
	warns(met, fmt.Sprintf("User-defined fields of %d linked accounts are not shown", len(texts)), texts)
	warns(met, "2 linked accounts are left out", oddIDs)
	if ids := idsIn(t, values); len(ids) != len(elements) {
		t.Errorf("the data source shows %q", ids)
	}

	// A map whose fields turn into what cannot be held is planned to be put right.
	o := organization{Refold: refold, protocol: refold.Protocol(t, acctest.Unpaced), t: t}
	some := map[string]tftypes.Value{"acme": account("Acme", fields("pro")), "new": account("New", fields("pro"))}
	state, met := o.try(nil, o.config(some, set("adopt_existing", acctest.Yes())))
	if acctest.HasFailure(met) {
		t.Fatal(acctest.List(met))
	}
	refold.Change(test, "new", func(a *mockapi.Account) { a.UDF = acctest.HostileFields()["a key twice"].Fields })
	read, met := o.read(state)
	warns(met, "User-defined fields of 1 linked account are not shown", []string{"new"})
	repaired, met := o.try(&read, o.config(some))
	if acctest.HasFailure(met) || refold.UDF("new")["plan"] != "pro" {
		t.Errorf("udf of new: %v, %s", refold.UDF("new"), acctest.List(met))
	}
	holds(t, repaired, some)
}

const hostileConfiguration = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

provider "refold" {
  requests_per_second = 10000
  burst               = 1000
}

data "refold_linked_accounts" "all" {}

data "refold_linked_account" "each" {
  for_each          = toset([for id in data.refold_linked_accounts.all.ids : id if startswith(id, "odd")])
  linked_account_id = each.value
}

output "kinds" {
  value = { for id, account in data.refold_linked_account.each : id => try(keys(account.udf), []) }
}
`

const hostileMap = `
import {
  to = refold_linked_accounts.all
  id = "*"
}

resource "refold_linked_accounts" "all" {
  accounts = { for account in data.refold_linked_accounts.all.linked_accounts :
    account.linked_account_id => { name = account.name, udf = account.udf } }
}
`

// The CLI takes all of it: it plans, imports, and finds nothing to do afterwards.
func TestHostileDataWithCLI(t *testing.T) {
	shortrun.Thorough(t, "TestHostileData")
	t.Parallel()
	refold, _, _ := startHostile(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": hostileConfiguration, "map.tf": hostileMap})
	acctest.MustRunCLI(t, workspace, "apply", "-no-color", "-auto-approve")
	acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode")

	// And so it does with each account in a resource of its own.
	acctest.MustRunCLI(t, workspace, "state", "rm", "refold_linked_accounts.all")
	acctest.WriteFile(t, workspace, "map.tf", `
import {
  for_each = data.refold_linked_account.each
  to       = refold_linked_account.each[each.key]
  id       = each.key
}

resource "refold_linked_account" "each" {
  for_each          = data.refold_linked_account.each
  linked_account_id = each.key
}
`)
	if acctest.IsRefused(t, workspace) {
		return
	}
	acctest.MustRunCLI(t, workspace, "apply", "-no-color", "-auto-approve")
	acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode")
}

// Without the guard of the provider block, what a list shows is held against the environment of the
// state all the same.
func TestListWithAccountsOfAnotherEnvironment(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(30)))
	document := func(number int, environment string) string {
		return fmt.Sprintf(`{"_id":"6992cc7e9d38bc6a2ae28%03d","associated_org":%q,"environment":%q,"account_id":%q,"name":"Else","udf":[],"integrations":[],"createdAt":"2026-05-22T11:24:06.840Z","updatedAt":"2026-05-22T11:24:06.840Z"}`,
			number, mockapi.OrganizationID, environment, id(number))
	}
	documents := make([]string, 30)
	for number := range documents {
		documents[number] = document(number, mockapi.EnvironmentTest)
	}
	documents[7] = document(7, mockapi.EnvironmentProduction)
	list := acctest.Answering(200, `{"docs":[`+strings.Join(documents, ",")+`],"totalDocs":30,"hasNextPage":false}`)
	o.Intercept(acctest.Instead(http.MethodGet, "/linked-account", list))
	read, met := o.read(state)
	acctest.WantDiagnostic(t, met, acctest.Failure, "1 of 30 linked accounts could not be read", fmt.Sprintf("%q: The API key belongs to another organization or environment", id(7)))
	if !read.State.Equal(state.State) {
		t.Error("the state was changed")
	}
	imported, met := o.Protocol(t, acctest.Unpaced).Import(typeName, "*")
	acctest.WantDiagnostic(t, met, acctest.Warning, "1 linked account was left out of the import", fmt.Sprintf("%q", id(7)))
	elements := map[string]tftypes.Value{}
	if err := imported.Attribute(t, "accounts").As(&elements); err != nil || len(elements) != 29 {
		t.Errorf("%d accounts were imported, %v", len(elements), err)
	}
}

// A server whose reads lag behind writes shows nothing of what has just been created. The warning
// says that, and the next apply converges.
func TestReadThatLagsBehindTheCreate(t *testing.T) {
	t.Parallel()
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{ReadLag: 3}))
	state := o.apply(nil, o.config(many(1)))
	read, met := o.read(state)
	acctest.WantDiagnostic(t, met, acctest.Warning, "1 of 1 linked accounts is not found", id(0), "reads that lag behind writes may not show it yet")
	o.Behave(func(b *mockapi.Behaviour) { b.ReadLag = 0 })
	for range 3 {
		read, met = o.read(state)
	}
	acctest.WantNoDiagnostics(t, met)
	holds(t, read, many(1))
}

// Ids with characters that nobody sees are refused for new accounts, all at once.
func TestInvisibleCharactersInIDs(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.Create(test, mockapi.Account{AccountID: "there\u200b"})
	elements := map[string]tftypes.Value{"acme": account("Acme", nil), "there\u200b": account("There", nil)}
	for number := range 12 {
		elements[fmt.Sprintf("glo\u2060bex_%d", number)] = account("Globex", nil)
	}
	config := o.config(elements, set("adopt_existing", acctest.Yes()))
	planned := o.Protocol(t, acctest.Unpaced).Plan(typeName, nil, config).Diagnostics
	said := acctest.List(planned[len(planned)-1:])
	for _, part := range []string{"An invisible character in a new linked account id", `"glo\u2060bex_0"`, " and 2 more", "U+2060", "terraform destroy -refresh=false"} {
		if !strings.Contains(said, part) {
			t.Errorf("it lacks %q:\n%s", part, said)
		}
	}
	if strings.Contains(said, `\u200b`) {
		t.Errorf("what exists is refused:\n%s", said)
	}
	managed := map[string]tftypes.Value{"there\u200b": account("There", nil)}
	state, diagnostics := o.try(nil, o.config(managed, set("adopt_existing", acctest.Yes())))
	if acctest.HasFailure(diagnostics) {
		t.Error(acctest.List(diagnostics))
	}
	o.apply(&state, o.config(map[string]tftypes.Value{"there\u200b": account("Renamed", nil)}, set("adopt_existing", acctest.Yes())))
}
