// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestIgnoreChanges: what lifecycle keeps out of the plan is not done, and the
// account is the one that the plan shows.
func TestIgnoreChanges(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(id, name, plan string) string {
		return refold.Provider() + account(id, fmt.Sprintf("name = %q", name), fmt.Sprintf("udf = { plan = %q }", plan), "lifecycle { ignore_changes = [linked_account_id, name] }")
	}
	acctest.Run(t,
		applied(config("acme", "Acme", "pro"), plancheck.ResourceActionCreate),
		applied(config("other", "Other", "free"), plancheck.ResourceActionUpdate, storedUDF(refold, "acme", map[string]any{"plan": "free"}), func(*terraform.State) error {
			if accounts := refold.Accounts(test); len(accounts) != 1 || *accounts[0].Name != "Acme" {
				return fmt.Errorf("accounts at Refold: %+v", accounts)
			}
			return nil
		}))
}

// TestOnlyWhatIsPlannedIsDone: Terraform leaves ignored changes out of the
// configuration of a plan, and hands in that of an apply as it is written.
func TestOnlyWhatIsPlannedIsDone(t *testing.T) {
	t.Parallel()
	type attributes = map[string]tftypes.Value
	named := func(name string) attributes { return attributes{"name": acctest.Text(name)} }
	udf := func(plan string) attributes {
		return attributes{"udf": fields(map[string]tftypes.Value{"plan": acctest.Text(plan)})}
	}
	plain := func(value string) attributes {
		return attributes{"your_app": plainApp(map[string]string{"token": value})}
	}
	writeOnly := func(version int) attributes {
		return attributes{"your_app": writeOnlyApp(map[string]string{"token": fmt.Sprint(version)}, version)}
	}
	// What is planned besides keeps what there is.
	for name, test := range map[string]struct{ before, written attributes }{
		"name":             {named("Acme"), named("Other")},
		"name taken out":   {named("Acme"), nil},
		"fields":           {udf("pro"), udf("free")},
		"fields taken out": {udf("pro"), nil},
		"credentials":      {plain("old"), plain("new")},
		"other form":       {plain("old"), writeOnly(1)},
		"back to plain":    {writeOnly(1), plain("new")},
		"version":          {writeOnly(1), writeOnly(2)},
		"app put in":       {nil, writeOnly(1)},
		"app taken out":    {writeOnly(1), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			run := refold.Protocol(t)
			config := func(given attributes, force bool) tftypes.Value {
				all := attributes{"linked_account_id": acctest.Text("acme"), "force_destroy": tftypes.NewValue(tftypes.Bool, force)}
				maps.Copy(all, given)
				return run.Config(typeName, all)
			}
			created, diagnostics := run.Apply(typeName, nil, config(test.before, false))
			acctest.WantNoDiagnostics(t, diagnostics)
			plan := run.Plan(typeName, &created, config(test.before, true))
			acctest.WantNoDiagnostics(t, plan.Diagnostics)
			refold.ResetRequests()
			_, diagnostics = run.ApplyPlanned(typeName, &created, plan, config(test.written, true))
			acctest.WantNoDiagnostics(t, diagnostics)
			if sent := refold.CountByMethod(); sent["PUT"]+sent["DELETE"] > 0 {
				t.Errorf("requests: %v", sent)
			}
		})
	}
}

// TestIgnoredFieldsStay: an update writes nothing that ignore_changes leaves to
// others, who may have changed it since the plan.
func TestIgnoredFieldsStay(t *testing.T) {
	t.Parallel()
	type parts = struct{ name, plan string }
	for name, test := range map[string]struct{ planned, written, want parts }{
		"name":   {parts{"Acme", "free"}, parts{"Other", "free"}, parts{"Acme Inc.", "free"}},
		"fields": {parts{"Renamed", "pro"}, parts{"Renamed", "free"}, parts{"Renamed", "max"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.StartRefold(t)
			run := server.Protocol(t)
			config := func(given parts) tftypes.Value {
				return run.Config(typeName, map[string]tftypes.Value{
					"linked_account_id": acctest.Text("acme"), "name": acctest.Text(given.name), "udf": fields(map[string]tftypes.Value{"plan": acctest.Text(given.plan)}),
				})
			}
			state, diagnostics := run.Apply(typeName, nil, config(parts{"Acme", "pro"}))
			acctest.WantNoDiagnostics(t, diagnostics)
			plan := run.Plan(typeName, &state, config(test.planned))
			acctest.WantNoDiagnostics(t, plan.Diagnostics)
			server.Change(mockapi.EnvironmentTest, "acme", func(a *mockapi.Account) {
				a.Name = new("Acme Inc.")
				a.SetUDF("plan", "max")
			})
			_, diagnostics = run.ApplyPlanned(typeName, &state, plan, config(test.written))
			acctest.WantNoDiagnostics(t, diagnostics)
			got, _ := server.Account(mockapi.EnvironmentTest, "acme")
			if has := (parts{*got.Name, fmt.Sprint(server.UDF("acme")["plan"])}); has != test.want {
				t.Errorf("Refold has %+v, want %+v", has, test.want)
			}
		})
	}
}

// TestIgnoredFormOfCredentials: where ignore_changes keeps the form that was given
// up in the state, the other one is sent whenever it changes, also back.
func TestIgnoredFormOfCredentials(t *testing.T) {
	t.Parallel()
	type values = map[string]tftypes.Value
	token := func(value string) tftypes.Value { return secrets(map[string]string{"token": value}) }
	plain := func(value string) values { return values{"auth_credentials": token(value)} }
	writeOnly := func(value string, version int) values {
		return values{"auth_credentials_wo": token(value), "auth_credentials_wo_version": acctest.Version(version)}
	}
	type step struct {
		value   string
		written values
	}
	for name, test := range map[string]struct {
		ignored string
		before  values
		steps   []step
	}{
		"values":  {"auth_credentials", plain("old"), []step{{"new", writeOnly("new", 1)}, {"old", writeOnly("old", 2)}}},
		"version": {"auth_credentials_wo_version", writeOnly("old", 1), []step{{"new", plain("new")}, {"old", plain("old")}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.StartRefold(t)
			run := server.Protocol(t)
			config := func(app values) tftypes.Value {
				return run.Config(typeName, values{"linked_account_id": acctest.Text("acme"), "your_app": acctest.Object(yourAppType, app)})
			}
			state, diagnostics := run.Apply(typeName, nil, config(test.before))
			acctest.WantNoDiagnostics(t, diagnostics)
			for _, step := range test.steps {
				planned := maps.Clone(step.written)
				planned[test.ignored] = test.before[test.ignored]
				plan := run.Plan(typeName, &state, config(planned))
				acctest.WantNoDiagnostics(t, plan.Diagnostics)
				state, diagnostics = run.ApplyPlanned(typeName, &state, plan, config(step.written))
				acctest.WantNoDiagnostics(t, diagnostics)
				if got := server.Credentials(mockapi.EnvironmentTest, "acme")["token"]; got != step.value {
					t.Errorf("Refold holds %q, want %q", got, step.value)
				}
			}
		})
	}
}
