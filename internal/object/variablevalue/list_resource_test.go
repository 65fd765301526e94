// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"slices"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// listed are the results of a list that have an identity, by their names, and what it says beside.
func (u *user) listed(arguments attributes) (found []acctest.Listed, names []string, met acctest.Diagnostics) {
	u.Helper()
	for one := range u.process().List(valueType, acctest.Listing{Arguments: arguments, IncludeResource: true}) {
		met = slices.Concat(met, one.Diagnostics)
		if !one.Identity.IsNull() {
			found, names = append(found, one), append(names, one.DisplayName)
		}
	}
	slices.Sort(names)
	return found, names, met
}

// manyValues has values of every scope and account, two of which no import can name.
func manyValues(u *user) {
	u.Helper()
	u.setAll()
	u.set(seats, "7.50")
	u.api.Create(test, mockapi.Account{AccountID: "a/b 50%25+ann@acme:c"})
	u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: region, AccountID: "a/b 50%25+ann@acme:c", Value: "${x} \"y\"\nz"})
}

// A list shows the values of every scope at any server, and what it generates has nothing to change
// after the import, and no encrypted value in it (FACTS 2.9, 4.38, 4.39, 4.40).
func TestListResource(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"as today", "one value on a page", "pages without totals", "definitions as ids", "values of one account only", "filters ignored", "encrypted as ciphertext", "JSON numbers"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, servers()[name], func(u *user) {
				manyValues(u)
				found, names, met := u.listed(nil)
				acctest.WantNoDiagnostics(u, met)
				want := []string{
					"API_SECRET: user_1", "REGION: a/b 50%25+ann@acme:c", "REGION: user_1", "SEAT_LIMIT: user_1", "SUPPORT_EMAIL: workspace",
				}
				if !slices.Equal(names, want) {
					u.Errorf("listed are %q, want %q", names, want)
				}
				for _, one := range found {
					wantImportable(u, one)
				}
			})
		})
	}
}

func wantImportable(u *user, one acctest.Listed) {
	u.Helper()
	process := u.process()
	imported, met := process.ImportByIdentity(valueType, one.Identity)
	acctest.WantNoDiagnostics(u, met)
	if !imported.State.Equal(one.State) {
		u.Errorf("listed:\n%s\nimported:\n%s", one.State, imported.State)
	}
	generated, met := process.Generated(valueType, one.State)
	acctest.WantNoDiagnostics(u, met)
	u.instance = &imported
	if planned := process.Plan(valueType, &imported, generated); u.changes(planned) || len(planned.Diagnostics) > 0 {
		u.Errorf("what is generated for %s changes something: %s", one.DisplayName, acctest.List(planned.Diagnostics))
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	for _, behaviour := range []mockapi.Behaviour{{}, {Variable: mockapi.VariableBehaviour{IgnoreFilters: true}}} {
		inVirtualTime(t, behaviour, func(u *user) {
			manyValues(u)
			for _, test := range []struct {
				arguments attributes
				want      []string
			}{
				{attributes{"linked_account_id": acctest.Text("user_1")}, []string{"API_SECRET: user_1", "REGION: user_1", "SEAT_LIMIT: user_1"}},
				{attributes{"linked_account_id": acctest.Text("user_2")}, nil},
				{attributes{"workflow_id": acctest.Text(workflow)}, []string{"BATCH_SIZE/" + workflow + ": workflow"}},
				{ofAll(region), []string{"REGION: a/b 50%25+ann@acme:c", "REGION: user_1"}},
				{ofAll(support), []string{"SUPPORT_EMAIL: workspace"}},
				{ofAccount(secret), []string{"API_SECRET: user_1"}},
				{ofWorkflow(batch), []string{"BATCH_SIZE/" + workflow + ": workflow"}},
			} {
				_, names, met := u.listed(test.arguments)
				acctest.WantNoDiagnostics(u, met)
				if !slices.Equal(names, test.want) {
					u.Errorf("%v lists %q, want %q", test.arguments, names, test.want)
				}
			}
		})
	}
}

// What no import can name is left out with a warning, and the rest is listed.
func TestListLeavesOut(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.setAll()
		u.api.Create(test, mockapi.Account{AccountID: "kündin"})
		u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: region, AccountID: "kündin", Value: "eu"})
		_, names, met := u.listed(ofAll(region))
		acctest.WantDiagnostic(u, met, acctest.Warning, "A value is left out of the list", `"kündin"`, "ASCII")
		if !slices.Equal(names, []string{"REGION: user_1"}) {
			u.Errorf("listed are %q", names)
		}
	})
	inVirtualTime(t, mockapi.Behaviour{Variable: mockapi.VariableBehaviour{HideTarget: true}}, func(u *user) {
		u.setAll()
		_, names, met := u.listed(nil)
		acctest.WantDiagnostic(u, met, acctest.Warning, "Values are left out of the list", "without the account or workflow", "2 variable values")
		if !slices.Equal(names, []string{"SUPPORT_EMAIL: workspace"}) {
			u.Errorf("listed are %q", names)
		}
	})
}

func TestListRefuses(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		for _, test := range []struct {
			arguments attributes
			summary   string
		}{
			{both(ofAccount(region), ofWorkflow(region)), "An account and a workflow at once"},
			{ofAll(batch), "The workflow is missing"},
			{ofAccount(support), "The variable has no such values"},
			{ofWorkflow(region), "The variable has no such values"},
			{ofAll("REGION"), "There is no such variable"},
			{attributes{"linked_account_id": acctest.Text("nobody")}, "Could not read linked account"},
		} {
			_, _, met := u.listed(test.arguments)
			acctest.WantDiagnostic(u, met, acctest.Failure, test.summary)
		}
	})
}
