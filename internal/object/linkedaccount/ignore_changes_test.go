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
	named := func(name string) attributes { return attributes{"name": str(name)} }
	udf := func(plan string) attributes {
		return attributes{"udf": fields(map[string]tftypes.Value{"plan": str(plan)})}
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
				all := attributes{"linked_account_id": str("acme"), "force_destroy": tftypes.NewValue(tftypes.Bool, force)}
				maps.Copy(all, given)
				return run.Config(typeName, all)
			}
			created, diagnostics := run.Apply(typeName, nil, config(test.before, false))
			acctest.Silent(t, diagnostics)
			plan := run.Plan(typeName, &created, config(test.before, true))
			acctest.Silent(t, plan.Diagnostics)
			refold.ResetRequests()
			_, diagnostics = run.ApplyPlanned(typeName, &created, plan, config(test.written, true))
			acctest.Silent(t, diagnostics)
			if sent := refold.CountByMethod(); sent["PUT"]+sent["DELETE"] > 0 {
				t.Errorf("requests: %v", sent)
			}
		})
	}
}
