// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestIgnoreChanges: what lifecycle keeps out of the plan is not done.
func TestIgnoreChanges(t *testing.T) {
	t.Parallel()
	for name, ignored := range map[string]string{"all": "accounts", "some": `accounts["acme"], accounts["globex"]`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.StartRefold(t)
			lifecycle := "lifecycle { ignore_changes = [" + ignored + "] }"
			acctest.Run(t,
				applying(server, block(`{
    acme    = { name = "Acme", udf = {} }
    globex  = { name = "Globex", udf = {} }
    initech = { name = "Initech", udf = {} }
  }`, lifecycle), 3, 0),
				applying(server, block(`{
    globex  = { name = "Renamed", udf = {} }
    initech = { name = "Initech", udf = {} }
  }`, "force_destroy = true", lifecycle), 0, 0))
		})
	}
}

// TestOnlyWhatIsPlannedIsDone: Terraform leaves ignored changes out of the
// configuration of a plan, and hands in that of an apply as it is written.
func TestOnlyWhatIsPlannedIsDone(t *testing.T) {
	t.Parallel()
	type attributes = map[string]tftypes.Value
	plain := func(value string) attributes {
		return set("auth_credentials", credentials(map[string]keys{id(0): {"token": value}}))
	}
	versioned := func(version int, value string) attributes {
		return attributes{"auth_credentials_wo": credentials(map[string]keys{id(0): {"token": value}}), "auth_credentials_wo_version": acctest.Version(version)}
	}
	for name, test := range map[string]struct {
		before, planned, written attributes
		puts                     int
	}{
		"accounts":              {},
		"credentials":           {before: plain("a"), planned: plain("a"), written: plain("b")},
		"credentials taken out": {before: plain("a"), planned: plain("a")},
		"other form":            {before: plain("a"), planned: plain("a"), written: versioned(1, "a")},
		"version":               {before: versioned(1, "a"), planned: versioned(1, "a"), written: versioned(2, "b")},
		"version taken out":     {before: versioned(1, "a"), planned: set("auth_credentials_wo_version", acctest.Version(1))},
		"app":                   {before: plain("a"), planned: plain("a"), written: attributes{"auth_credentials": plain("a")["auth_credentials"], "app_id": acctest.Text("another")}},
		"planned credentials":   {planned: versioned(1, "a"), written: versioned(1, "a"), puts: 1},
		"planned new version":   {before: versioned(1, "a"), planned: versioned(2, "b"), written: versioned(2, "b"), puts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(3), test.before))
			something := set("force_destroy", acctest.Yes())
			plan := o.protocol.Plan(typeName, &state, o.config(many(3), test.planned, something))
			acctest.WantNoDiagnostics(t, plan.Diagnostics)
			written := many(2)
			written[id(1)] = account("Renamed", nil)
			o.ResetRequests()
			result, diagnostics := o.protocol.ApplyPlanned(typeName, &state, plan, o.config(written, test.written, something))
			acctest.WantNoDiagnostics(t, diagnostics)
			o.sent(test.puts, 0)
			holds(t, result, many(3))
		})
	}
}

// TestIgnoredPartsStay: an update writes nothing that ignore_changes leaves to
// others, who may have changed it since the plan.
func TestIgnoredPartsStay(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ planned, written, want tftypes.Value }{
		"name":   {account("Acme", fields("free")), account("Other", fields("free")), account("Acme Inc.", fields("free"))},
		"fields": {account("Renamed", fields("pro")), account("Renamed", fields("free")), account("Renamed", fields("max"))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			config := func(acme tftypes.Value) tftypes.Value {
				elements := many(3)
				elements["acme"] = acme
				return o.config(elements)
			}
			state := o.apply(nil, config(account("Acme", fields("pro"))))
			plan := o.protocol.Plan(typeName, &state, config(test.planned))
			acctest.WantNoDiagnostics(t, plan.Diagnostics)
			o.Change(mockapi.EnvironmentTest, "acme", func(a *mockapi.Account) {
				a.Name = new("Acme Inc.")
				a.SetUDF("plan", "max")
			})
			o.ResetRequests()
			after, diagnostics := o.protocol.ApplyPlanned(typeName, &state, plan, config(test.written))
			acctest.WantNoDiagnostics(t, diagnostics)
			o.sent(1, 0)
			read, diagnostics := o.read(after)
			acctest.WantNoDiagnostics(t, diagnostics)
			want := many(3)
			want["acme"] = test.want
			holds(t, read, want)
		})
	}
}

// TestIgnoredFormOfCredentials: where ignore_changes keeps the form that was given
// up in the state, the other one is sent whenever it changes, also back.
func TestIgnoredFormOfCredentials(t *testing.T) {
	t.Parallel()
	type values = map[string]tftypes.Value
	token := func(value string) tftypes.Value { return credentials(map[string]keys{id(0): {"token": value}}) }
	plain := func(value string) values { return set("auth_credentials", token(value)) }
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
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2), test.before))
			for _, step := range test.steps {
				plan := o.protocol.Plan(typeName, &state, o.config(many(2), step.written, set(test.ignored, test.before[test.ignored])))
				acctest.WantNoDiagnostics(t, plan.Diagnostics)
				after, diagnostics := o.protocol.ApplyPlanned(typeName, &state, plan, o.config(many(2), step.written))
				acctest.WantNoDiagnostics(t, diagnostics)
				state = after
				o.stores(id(0), keys{"token": step.value})
			}
		})
	}
}
