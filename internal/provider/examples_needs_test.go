// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// needs is what an example takes as given, and what else than an empty plan it has to show.
type needs struct {
	// variables are values of those without a default.
	variables map[string]string
	// prepare changes what Refold knows before.
	prepare func(*acctest.Refold)
	// after is an example, with a main.tf, in whose state this one is applied.
	after string
	// formerly is another provider, in testdata/formerly, in whose state this one is applied.
	formerly string
	// generates is set where a plan writes the rest of the configuration.
	generates bool
	// finds is a name that a query shows; Initech where it is empty.
	finds string
	// isFollowed is true of the folder of a guide of followedGuides, which applies what is in it.
	isFollowed bool
	check      func(*testing.T, *cli.Workspace, *acctest.Refold)
}

// exampleNeeds are by folder below examples/. An example that is not here is applied beside
// what the registrations of all objects make known.
func exampleNeeds() map[string]needs {
	return map[string]needs{
		"actions/refold_disconnect_integration": {
			prepare: func(refold *acctest.Refold) {
				refold.Connect(mockapi.EnvironmentTest, "initech", mockapi.Integration{Type: "slack", Name: "Slack"})
			},
			check: checkDisconnected,
		},
		"customer": {variables: map[string]string{"hubspot_api_key": customerKey, "api_secret": customerSecret}},
		"data-sources/refold_config": {prepare: func(refold *acctest.Refold) {
			refold.SetConfig(mockapi.EnvironmentTest, "initech", mockapi.Config{Slug: "hubspot", ConfigID: "initech"})
		}},
		"data-sources/refold_executions": {check: checkNumbers},
		"demo": {
			variables: map[string]string{"cyberdyne_crm_token": "token-1", "tyrell_crm_token": "token-2"},
			prepare:   func(refold *acctest.Refold) { refold.Remove(mockapi.EnvironmentTest, "initech") },
		},
		"ephemeral-resources/refold_connect_url":   {variables: map[string]string{"invite": `test -n "$CONNECT_URL"`}},
		"ephemeral-resources/refold_session_token": {variables: map[string]string{"smoke_test": `test -n "$REFOLD_SESSION_TOKEN"`}},
		"guides/connecting-apps":                   {variables: map[string]string{"zendesk_api_token": "token-1"}},
		"guides/credentials": {variables: map[string]string{
			"hooli_credentials": `{"api_token":"token-1"}`, "soylent_api_token": "token-2",
		}},
		"guides/disconnect-all": {
			prepare: func(refold *acctest.Refold) {
				refold.Connect(mockapi.EnvironmentTest, "initech", mockapi.Integration{Type: "slack", Name: "Slack"})
			},
			check: checkAllDisconnected,
		},
		"guides/environments":         {isFollowed: true},
		"guides/environments-audit":   {isFollowed: true},
		"guides/from-restapi":         {formerly: "restapi", variables: map[string]string{"refold_api_key": mockapi.TestKey}, check: checkMigrated},
		"guides/from-restful":         {formerly: "restful", variables: map[string]string{"refold_api_key": mockapi.TestKey}, check: checkMigrated},
		"guides/getting-started":      {isFollowed: true},
		"guides/hand-over":            {check: checkHandedOver},
		"guides/import-all":           {generates: true, prepare: createManyCustomers, check: checkImportedAll},
		"guides/let-go-of-one":        {after: "guides/let-go", check: checkLetGo},
		"guides/list-accounts":        {check: checkListedAccounts},
		"guides/pipeline":             {isFollowed: true},
		"guides/pipeline/policy":      {isFollowed: true},
		"guides/rotating-credentials": {isFollowed: true},
		"guides/self-hosted":          {isFollowed: true},
		"guides/new-customer-token": {
			variables: map[string]string{"smoke_test": `test -n "$REFOLD_SESSION_TOKEN"`},
			check:     checkVanishedCustomer,
		},
		"guides/offboarding":                   {check: checkOffboarded},
		"guides/shared-fields":                 {check: checkFieldsOfOthers},
		"guides/split-blocks":                  {check: checkMisspelledRegion},
		"guides/stop-managing":                 {after: "resources/refold_linked_account/import-by-string-id", check: checkForgotten},
		"guides/testing":                       {variables: map[string]string{"customers": `{"massive_dynamic":{"name":"Massive Dynamic","plan":"pro"}}`}},
		"list-resources/refold_config":         {finds: "Initech: hubspot"},
		"list-resources/refold_integration":    {finds: "HubSpot of initech"},
		"list-resources/refold_linked_account": {finds: "Umbrella Corporation"},
		"list-resources/refold_variable_value": {finds: "REGION: initech"},
		"resources/refold_variable_value":      {variables: map[string]string{"globex_api_secret": "signs what is sent"}},
		"resources/refold_config":              {variables: map[string]string{"globex_hubspot_key": "key-1"}},
		"resources/refold_integration":         {variables: map[string]string{"globex_hubspot_key": "key-1"}},
		"resources/refold_linked_account":      {variables: map[string]string{"globex_api_token": "token-1"}},
		"resources/refold_linked_accounts":     {variables: map[string]string{"partner_credentials": `{"partner_1":{"api_token":"token-1"}}`}},
	}
}

// checkMigrated: what another provider managed is managed here, and nothing was written.
func checkMigrated(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	wantState(t, workspace, `refold_linked_account.customer["initech"]`, `refold_linked_account.customer["umbrella"]`)
	wantOnlyReads(t, refold)
}

// manyCustomers are those that are imported at once, beside Initech and Umbrella.
const manyCustomers = 298

func createManyCustomers(refold *acctest.Refold) {
	for number := range manyCustomers {
		account := mockapi.Account{AccountID: fmt.Sprintf("customer-%03d", number), Name: new(fmt.Sprintf("Customer %d", number))}
		account.SetUDF("seats", json.Number(fmt.Sprint(number)))
		refold.Create(mockapi.EnvironmentTest, account)
	}
}

// checkImportedAll: one block has brought every account into the state, and nothing was written.
func checkImportedAll(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	if shown := succeed(t, workspace, "state", "show", "-no-color", "refold_linked_accounts.customers"); strings.Count(shown, "udf  ") != manyCustomers+2 {
		t.Errorf("the state has another number of accounts than %d:\n%s", manyCustomers+2, shown)
	}
	wantOnlyReads(t, refold)
}

// checkHandedOver moves the line of Initech from one workspace to the other.
func checkHandedOver(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	const line = "      \"initech\" = { name = \"Initech\" }\n"
	configuration := read(t, filepath.Join(workspace.Folder, "main.tf"))
	moved := strings.Replace(strings.Replace(configuration, line, "", 1), "    partners = {\n", "    partners = {\n"+line, 1)
	acctest.WriteFile(t, workspace, "main.tf", moved)
	if output := succeed(t, workspace, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "Let go, and left at Refold") {
		t.Errorf("nothing is let go:\n%s", output)
	}
	succeed(t, workspace, "workspace", "new", "-no-color", "partners")
	if output := succeed(t, workspace, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "2 imported, 0 added, 2 changed, 0 destroyed") {
		t.Errorf("the other workspace does more than import, and take the policy down:\n%s", output)
	}
	wantState(t, workspace, `refold_linked_account.customer["initech"]`, `refold_linked_account.customer["umbrella"]`)
	wantOnlyReads(t, refold)
}

func wantOnlyReads(t *testing.T, refold *acctest.Refold) {
	t.Helper()
	for method, count := range refold.CountByMethod() {
		if method != http.MethodGet {
			t.Errorf("%d requests are %s", count, method)
		}
	}
}

// checkFieldsOfOthers has an application write beside Terraform.
func checkFieldsOfOthers(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	refold.Change(mockapi.EnvironmentTest, "vandelay", func(account *mockapi.Account) {
		account.SetUDF("logins", "7")
	})
	succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
	refold.Change(mockapi.EnvironmentTest, "vandelay", func(account *mockapi.Account) { account.SetUDF("plan", "free") })
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	if fields := refold.UDF("vandelay"); fields["logins"] != "7" || fields["plan"] != "pro" {
		t.Errorf("fields at Refold: %v", fields)
	}
}

// checkVanishedCustomer deletes the account in the dashboard, before an apply and before a destroy.
func checkVanishedCustomer(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	const id = "massive_dynamic"
	refold.Remove(mockapi.EnvironmentTest, id)
	succeed(t, workspace, "plan", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	if _, exists := refold.Account(mockapi.EnvironmentTest, id); !exists {
		t.Error("the account was not created again")
	}
	refold.Remove(mockapi.EnvironmentTest, id)
	succeed(t, workspace, "destroy", "-no-color", "-auto-approve")
}

// checkNumbers: they are the customer's, and a failure is told of by the next plan.
func checkNumbers(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	want := func(active, executions, failures int) {
		t.Helper()
		got := strings.TrimSpace(succeed(t, workspace, "output", "-no-color", "-json", "initech_numbers"))
		if want := fmt.Sprintf(`{"active_workflows":%d,"connected_apps":1,"executions":%d,"failures":%d}`, active, executions, failures); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	want(0, 3, 0)
	refold.SetConfig(mockapi.EnvironmentTest, "initech", mockapi.Config{Slug: "hubspot", ConfigID: "initech", Enabled: map[string]bool{mockapi.DefaultWorkflowID: true}})
	refold.AddExecutions(mockapi.EnvironmentTest, "initech", mockapi.Execution{WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts", Status: "TIMED_OUT"})
	output := succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	for _, told := range []string{"Workflows of Initech failed.", `workflow = "Sync contacts"`, "TIMED_OUT"} {
		if !strings.Contains(output, told) {
			t.Errorf("it does not say %q:\n%s", told, output)
		}
	}
	want(1, 4, 1)
}

func checkDisconnected(t *testing.T, _ *cli.Workspace, refold *acctest.Refold) {
	account, _ := refold.Account(mockapi.EnvironmentTest, "initech")
	if len(account.Integrations) != 1 || account.Integrations[0].Type != "hubspot" {
		t.Errorf("still connected: %v, want HubSpot alone", account.Integrations)
	}
}

func checkAllDisconnected(t *testing.T, _ *cli.Workspace, refold *acctest.Refold) {
	if account, _ := refold.Account(mockapi.EnvironmentTest, "initech"); len(account.Integrations) != 0 {
		t.Errorf("still connected: %v", account.Integrations)
	}
}

// checkOffboarded: a customer cannot leave by a line that is taken out, and leaves in two steps.
func checkOffboarded(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	refold.Connect(mockapi.EnvironmentTest, "hooli", mockapi.Integration{Type: "slack", Name: "Slack"})
	configuration := read(t, filepath.Join(workspace.Folder, "main.tf"))
	without := strings.Replace(configuration, "    \"hooli\"      = { name = \"Hooli\" }\n", "", 1)
	acctest.WriteFile(t, workspace, "main.tf", without)
	if output, err := acctest.RunCLI(t.Context(), workspace, "plan", "-no-color"); err == nil || !strings.Contains(output, "Deletion is prevented") {
		t.Errorf("a line that is taken out: %v\n%s", err, output)
	}
	acctest.WriteFile(t, workspace, "main.tf", configuration)
	refold.ResetRequests()
	succeed(t, workspace, "apply", "-no-color", "-auto-approve", `-var=leaving=["hooli"]`)
	wantOnlyReads(t, refold)
	acctest.WriteFile(t, workspace, "main.tf", without)
	if output := succeed(t, workspace, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "Slack (slack)") {
		t.Errorf("the plan does not name what the customer loses:\n%s", output)
	}
	if _, isLeft := refold.Account(mockapi.EnvironmentTest, "hooli"); isLeft {
		t.Error("the account is still there")
	}
	if _, isLeft := refold.Account(mockapi.EnvironmentTest, "pied_piper"); !isLeft {
		t.Error("another account is gone as well")
	}
}

// checkListedAccounts: what the guide writes to a file is what its next step takes, which is
// ids, names, and fields with their types.
func checkListedAccounts(t *testing.T, workspace *cli.Workspace, _ *acctest.Refold) {
	got := succeed(t, workspace, "output", "-no-color", "-json", "customers")
	want := `{"initech":{"name":"Initech","udf":{"beta":true,"plan":"pro","seats":20}},"umbrella":{"name":"Umbrella Corporation","udf":{"beta":false,"plan":"free","seats":5}}}`
	if strings.TrimSpace(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// checkMisspelledRegion: a misspelled region does not delete a customer.
func checkMisspelledRegion(t *testing.T, workspace *cli.Workspace, _ *acctest.Refold) {
	accounts := read(t, filepath.Join(workspace.Folder, "accounts.csv"))
	acctest.WriteFile(t, workspace, "accounts.csv", strings.Replace(accounts, ",eu", ",EU", 1))
	output, err := acctest.RunCLI(t.Context(), workspace, "plan", "-no-color")
	if err == nil || !strings.Contains(output, "The region of every customer has to be eu or us.") {
		t.Errorf("%v\n%s", err, output)
	}
}

// checkLetGo: the account is in its new place only, and was not touched.
func checkLetGo(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	wantState(t, workspace, "refold_linked_account.hooli", "refold_linked_accounts.customers")
	if sent := refold.CountByMethod(); sent[http.MethodPut] != 2 || sent[http.MethodDelete] != 0 {
		t.Errorf("sent %v, and only the two creations are to be written", sent)
	}
}

// checkForgotten: the account is out of the state, and stays at Refold.
func checkForgotten(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold) {
	if left := succeed(t, workspace, "state", "list"); left != "" {
		t.Errorf("still in the state: %s", left)
	}
	if _, exists := refold.Account(mockapi.EnvironmentTest, "initech"); !exists {
		t.Error("the account was deleted")
	}
}
