// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"archive/zip"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

func gettingStartedSteps(r *reader) map[string]step {
	// A deployment under a path of its own.
	selfHosted := acctest.StartRefold(r.T)
	r.values["TF_VAR_refold_url"] = acctest.Serve(r.T, http.StripPrefix("/refold", contract.Check(r.T, selfHosted.Server))) + "/refold/"
	return map[string]step{
		"Apply":  {after: func() { r.wantAccounts(mockapi.EnvironmentTest, "acme") }},
		"Change": {after: func() { r.wantRequests(http.MethodPut, 1) }},
		"What others change": {before: func() {
			r.Server.Change(mockapi.EnvironmentTest, "acme", func(account *mockapi.Account) { account.SetUDF("plan", "free") })
		}},
		"Delete": {
			before: func() {
				r.Connect(mockapi.EnvironmentTest, "acme", mockapi.Integration{Type: "slack", Name: "Slack"})
			},
			after: func() { r.wantAccounts(mockapi.EnvironmentTest, "acme") },
		},
		"Delete all the same": {
			before: func() {
				r.replace("main.tf", `"Acme Corporation"`, "\"Acme Corporation\"\n  force_destroy     = true")
			},
			after: func() { r.wantAccounts(mockapi.EnvironmentTest) },
		},
		"Self-hosted": {
			before: func() { r.enter("self-hosted"); delete(r.exported, "REFOLD_BASE_URL") },
			after: func() {
				if _, exists := selfHosted.Account(mockapi.EnvironmentTest, "acme"); !exists {
					r.Error("the account is not at the deployment")
				}
			},
		},
	}
}

func environmentsSteps(r *reader) map[string]step {
	const newKey = "tk0c9b5f0e-0b5e-4c39-9d5c-1a8f2f5f7d11"
	r.values["TF_VAR_test_key"], r.values["TF_VAR_production_key"] = mockapi.TestKey, mockapi.ProductionKey
	var untouched []mockapi.Account
	return map[string]step{
		"One state for each environment": {after: func() { r.wantAccounts(mockapi.EnvironmentTest, "qa_1", "qa_2") }},
		"Into production": {
			before: func() { r.values["REFOLD_API_KEY"] = mockapi.ProductionKey },
			after: func() {
				r.wantAccounts(mockapi.EnvironmentProduction, "org_5001", "org_5002")
				r.wantGuarded()
				untouched = r.Accounts(mockapi.EnvironmentProduction)
			},
		},
		"The wrong key": {after: func() {
			r.wantRequests(http.MethodPut, 0)
			if got := r.Accounts(mockapi.EnvironmentProduction); len(got) != len(untouched) {
				r.Errorf("production has %d accounts, had %d", len(got), len(untouched))
			}
		}},
		"Both in one run": {
			before: func() {
				r.Create(mockapi.EnvironmentProduction, mockapi.Account{AccountID: "qa_1"})
				r.enter("environments-audit")
				delete(r.exported, "REFOLD_API_KEY")
			},
			after: func() {
				r.wantNotInPlan(mockapi.TestKey)
				r.wantNotInPlan(mockapi.ProductionKey)
				r.wantExit(1, "unset TF_VAR_test_key; terraform apply tfplan </dev/null")
				r.wantExit(1, "TF_VAR_test_key=$TF_VAR_production_key terraform plan")
			},
		},
		"A new API key": {before: func() {
			r.enter("environments")
			r.exported["REFOLD_API_KEY"], r.values["REFOLD_API_KEY"] = mockapi.TestKey, newKey
			r.RotateKey(mockapi.TestKey, newKey)
		}},
	}
}

// wantGuarded: in production, nothing is deleted by a change of the file.
func (r *reader) wantGuarded() {
	r.Helper()
	r.replace("production.csv", "org_5002,Duff Brewery,free\n", "")
	if output := r.wantExit(1, "terraform plan"); !strings.Contains(output, "PREVENT") {
		r.Errorf("it does not name the policy:\n%s", output)
	}
	r.replace("production.csv", "enterprise\n", "enterprise\norg_5002,Duff Brewery,free\n")
}

// wantNotInPlan demands that no part of the saved plan holds a secret.
func (r *reader) wantNotInPlan(secret string) {
	r.Helper()
	plan, err := zip.OpenReader(filepath.Join(r.at, "tfplan"))
	if err != nil {
		r.Fatal(err)
	}
	defer plan.Close()
	for _, part := range plan.File {
		content, err := fs.ReadFile(plan, part.Name)
		if err != nil {
			r.Fatal(err)
		}
		if acctest.HoldsSecret(string(content), secret) {
			r.Errorf("%s of the saved plan holds a key", part.Name)
		}
	}
}

func pipelineSteps(r *reader) map[string]step {
	return map[string]step{
		"Plan": {after: func() { r.wantAccounts(mockapi.EnvironmentTest) }},
		"Apply": {after: func() {
			r.wantAccounts(mockapi.EnvironmentTest, "acme", "org_4001", "org_4002", "org_4003", "org_4004", "org_4005")
			if output := r.wantExit(1, "terraform apply tfplan"); !strings.Contains(output, "stale") {
				r.Errorf("it does not say why:\n%s", output)
			}
			r.wantExit(0, "sh plan.sh")
			r.wantNotInPlan(mockapi.TestKey)
		}},
		"Counting deletions": {
			before: r.takeOutFour,
			after:  func() { r.wantExit(3, "sh plan.sh") },
		},
		"As a policy": {after: r.wantCounted},
	}
}

// takeOutFour takes out an account of its own, and three of a map.
func (r *reader) takeOutFour() {
	r.Helper()
	before, after, _ := strings.Cut(r.file("main.tf"), "resource \"refold_linked_account\" \"acme\" {")
	_, after, _ = strings.Cut(after, "\n}\n\n")
	r.write("main.tf", before+after)
	r.write("accounts.csv", strings.Join(strings.SplitAfter(r.file("accounts.csv"), "\n")[:3], ""))
}

// wantCounted holds what both count against further plans: what is abandoned is no deletion, and a
// map that is not known cannot be counted.
func (r *reader) wantCounted() {
	r.Helper()
	const judge = "opa exec --decision main/deny --fail-non-empty --bundle policy tfplan.json"
	const accounts = `provider::refold::parse_accounts_csv(file("${path.module}/accounts.csv"))`
	original := r.file("main.tf")
	r.replace("main.tf", accounts, accounts+"\n  deletion_policy = \"ABANDON\"")
	r.wantExit(2, "sh plan.sh")
	r.wantExit(0, judge)
	if deleted := r.file("deleted.txt"); deleted != "refold_linked_account.acme\n" {
		r.Errorf("counted as deleted: %q", deleted)
	}
	r.write("main.tf", original+"\nresource \"terraform_data\" \"accounts\" {\n  input = { org_4001 = { name = null, udf = {} } }\n}\n")
	r.replace("main.tf", accounts, "terraform_data.accounts.output\n  max_deletions = 0")
	if output := r.wantExit(1, "sh plan.sh"); !strings.Contains(output, "the accounts are not known before the apply") {
		r.Errorf("it does not say why:\n%s", output)
	}
	// jq says 2 of what it cannot read, which is not to pass for a plan to review.
	r.wantExit(1, "jq() { return 2; }; . ./plan.sh")
	r.wantExit(1, judge)
	r.wantCountedAlike()
}

// wantCountedAlike holds both counts against each kind of change that a plan can have.
func (r *reader) wantCountedAlike() {
	r.Helper()
	for name, test := range map[string]struct{ change, want string }{
		"created":            {`{"actions": ["create"], "before": null, "after": {"accounts": {"a": {}}}}`, ""},
		"unchanged":          {`{"actions": ["no-op"], "before": {"accounts": {"a": {}}}, "after": {"accounts": {"a": {}}}}`, ""},
		"left and new":       {`{"actions": ["update"], "before": {"accounts": {"a": {}, "b": {}}}, "after": {"accounts": {"b": {}, "c": {}}}}`, "x: a"},
		"deleted":            {`{"actions": ["delete"], "before": {"accounts": {"a": {}, "b": {}}}, "after": null}`, "x: a x: b"},
		"replaced":           {`{"actions": ["delete", "create"], "before": {"accounts": {"a": {}}}, "after": {"accounts": {"a": {}}}}`, "x: a"},
		"replaced, new one":  {`{"actions": ["create", "delete"], "before": {"accounts": {"a": {}}}, "after": {"accounts": {"a": {}}}}`, "x: a"},
		"forgotten":          {`{"actions": ["forget"], "before": {"accounts": {"a": {}}}, "after": null}`, ""},
		"abandoned":          {`{"actions": ["delete"], "before": {"effective_deletion_policy": "ABANDON", "accounts": {"a": {}}}, "after": null}`, ""},
		"abandoned from now": {`{"actions": ["update"], "before": {"accounts": {"a": {}}}, "after": {"effective_deletion_policy": "ABANDON", "accounts": {}}}`, ""},
		"one that is single": {`{"actions": ["delete"], "before": {"linked_account_id": "a"}, "after": null}`, "x"},
	} {
		kind := "refold_linked_accounts"
		if strings.Contains(test.change, "linked_account_id") {
			kind = "refold_linked_account"
		}
		r.write("tfplan.json", `{"resource_changes": [{"address": "x", "type": "`+kind+`", "change": `+test.change+`}, {"address": "y", "type": "null_resource", "change": {"actions": ["delete"]}}]}`)
		for _, count := range []string{"jq -r -f deleted.jq tfplan.json", `opa eval --format raw --data policy --input tfplan.json 'concat(" ", data.main.deleted)'`} {
			if got := strings.Join(strings.Fields(r.wantExit(0, count)), " "); got != test.want {
				r.Errorf("%s: %s counts %q, want %q", name, count, got, test.want)
			}
		}
	}
}

func rotatingCredentialsSteps(r *reader) map[string]step {
	secrets := &vault{versions: []map[string]string{
		{"api_token": "canary-token-one", "region": "eu"},
		{"api_token": "canary-token-two", "region": "eu"},
		{"api_token": "canary-token-two", "region": "eu", "token": "canary-token-two"},
		{"region": "eu", "token": "canary-token-two"},
	}}
	r.exported["REFOLD_API_KEY"] = mockapi.TestKey
	name, setting, _ := strings.Cut(serveStandIn(r.T, "hashicorp/vault", providerserver.NewProtocol6(secrets)()), "=")
	r.exported[name] = setting
	holds := func(version int) {
		r.Helper()
		want := secrets.versions[version-1]
		if got := r.Credentials(mockapi.EnvironmentTest, "hooli"); !maps.Equal(got, want) {
			r.Errorf("Refold holds %v, want %v", got, want)
		}
		for name, value := range want {
			if name != "region" && acctest.HoldsSecret(r.file("terraform.tfstate"), value) {
				r.Errorf("the state holds the value of %s", name)
			}
		}
	}
	return map[string]step{
		"The configuration":      {after: func() { holds(1) }},
		"Step by step":           {after: func() { holds(2); r.wantSent("PUT api_token", "PUT region") }},
		"Another name for a key": {after: func() { holds(3) }},
		"The old name goes":      {after: func() { holds(4); r.wantSent("PUT region", "PUT token", "DELETE api_token") }},
		"When credentials have leaked": {before: func() {
			r.replace("main.tf", "hooli_version = 4", "hooli_version = 1")
			r.wantExit(0, "terraform apply")
			holds(1)
		}},
	}
}

// wantSent demands what was written in this section, in this order, by the last part of its path.
func (r *reader) wantSent(want ...string) {
	r.Helper()
	var got []string
	for _, request := range r.Requests() {
		if request.Method != http.MethodGet {
			got = append(got, request.Method+" "+path.Base(request.Path))
		}
	}
	if !slices.Equal(got, want) {
		r.Errorf("sent %q, want %q", got, want)
	}
}
