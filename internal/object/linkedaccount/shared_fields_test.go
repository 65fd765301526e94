// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// shared is a configuration that manages these fields beside those of others.
func shared(values map[string]tftypes.Value) map[string]tftypes.Value {
	return acctest.Attributes{"udf": fields(values), "udf_exclusive": tftypes.NewValue(tftypes.Bool, false)}
}

func planOf(plan string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"plan": acctest.Text(plan)}
}

// signedUp is what an application writes into an account beside Terraform.
func (o *owner) signedUp(plan string) {
	o.t.Helper()
	o.refold.Change(test, "user_1", func(account *mockapi.Account) {
		account.SetUDF("plan", plan)
		account.SetUDF("logins", 7)
		account.SetUDF("settings", true)
	})
}

// TestSharedFields: fields of others are neither shown, nor compared, nor removed, however the
// server treats a udf that is sent, and what is managed is as with a set of one's own.
func TestSharedFields(t *testing.T) {
	t.Parallel()
	for name, mode := range udfModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := owner{t: t, refold: acctest.StartRefold(t, behaving(mode.change))}
			others := func(want map[string]any) map[string]any {
				want["logins"], want["settings"] = "number 7", true
				return want
			}
			two := planOf("pro")
			two["seats"] = tftypes.NewValue(tftypes.Number, 20)
			owner.apply(map[string]int{"PUT": 1}, shared(two))
			owner.signedUp("pro")
			owner.apply(map[string]int{}, shared(two))
			// A name alone, too, is written beside them.
			renamed := shared(two)
			renamed["name"] = acctest.Text("Acme Inc.")
			owner.apply(map[string]int{"PUT": 1}, renamed)
			owner.holds(others(map[string]any{"plan": "pro", "seats": "number 20"}))
			owner.signedUp("free")
			owner.apply(map[string]int{"PUT": mode.removal}, shared(planOf("pro")))
			owner.holds(others(map[string]any{"plan": "pro"}))
			owner.apply(map[string]int{"PUT": mode.removal}, shared(nil))
			owner.holds(others(map[string]any{}))
			owner.destroy()
		})
	}
}

// TestSharedFieldsAreReadBeforeTheWrite: what others write after the plan stays, at one more
// request.
func TestSharedFieldsAreReadBeforeTheWrite(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("free")))
	run := owner.start()
	config := owner.config(run, shared(planOf("pro")))
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	owner.signedUp("other")
	owner.refold.ResetRequests()
	_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.holds(map[string]any{"plan": "pro", "logins": "number 7", "settings": true})
	if gets := owner.refold.Count(http.MethodGet, "/api/v2/public/linked-account/user_1"); gets != 1 {
		t.Errorf("the account was read %d times", gets)
	}
}

// TestSharedFieldsOfImport: what an import reads beside the configured fields stays, and the plan,
// which shows it as removed, says so.
func TestSharedFieldsOfImport(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}, {Key: "logins", Value: 7}}})
	owner := owner{t: t, refold: refold}
	imported, diagnostics := refold.Protocol(t).Import(typeName, "user_1")
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.instance = &imported
	run := owner.start()
	config := owner.config(run, shared(planOf("pro")))
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields stay at Refold", `"logins"`)
	refold.ResetRequests()
	result, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	if writes := refold.CountByMethod()["PUT"]; writes != 0 {
		t.Errorf("%d writes, although nothing differs", writes)
	}
	owner.instance = &result
	owner.apply(map[string]int{}, shared(planOf("pro")))
	owner.holds(map[string]any{"plan": "pro", "logins": "number 7"})
}

// TestSharedFieldsThatAreNoLongerConfigured: without a udf the state holds none, so that none
// counts as managed when there is one again.
func TestSharedFieldsThatAreNoLongerConfigured(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	exclusive := acctest.Attributes{}
	unconfigured := acctest.Attributes{"udf_exclusive": tftypes.NewValue(tftypes.Bool, false)}
	owner.apply(map[string]int{"PUT": 1}, exclusive)
	owner.signedUp("pro")
	run := owner.start()
	config := owner.config(run, unconfigured)
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields stay at Refold", `"logins"`, `"plan"`, `"settings"`)
	result, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.instance = &result
	owner.apply(map[string]int{}, unconfigured)
	renamed := acctest.Attributes{"name": acctest.Text("Acme Inc."), "udf_exclusive": tftypes.NewValue(tftypes.Bool, false)}
	owner.apply(map[string]int{"PUT": 1}, renamed)
	owner.apply(map[string]int{"PUT": 1}, shared(map[string]tftypes.Value{"seats": tftypes.NewValue(tftypes.Number, 5)}))
	owner.holds(map[string]any{"plan": "pro", "logins": "number 7", "settings": true, "seats": "number 5"})
}

// TestSharedFieldsOfNewAccount: a create without fields leaves none in the state.
func TestSharedFieldsOfNewAccount(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	unconfigured := acctest.Attributes{"udf_exclusive": tftypes.NewValue(tftypes.Bool, false)}
	owner.apply(map[string]int{"PUT": 1}, unconfigured)
	owner.signedUp("pro")
	owner.apply(map[string]int{}, unconfigured)
	owner.holds(map[string]any{"plan": "pro", "logins": "number 7", "settings": true})
}

// TestFieldsThatAreNoLongerShared: fields of others, which no plan has shown, are named before they
// go.
func TestFieldsThatAreNoLongerShared(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	exclusive := acctest.Attributes{"udf": fields(planOf("pro"))}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	// Nobody has any.
	owner.apply(map[string]int{"PUT": 1}, exclusive)
	owner.apply(map[string]int{}, shared(planOf("pro")))
	owner.signedUp("pro")
	unseen := owner.refold.Protocol(t)
	acctest.WantDiagnostic(t, unseen.Plan(typeName, owner.instance, owner.config(unseen, exclusive)).Diagnostics, acctest.Warning, "User-defined fields of others will be removed", `"logins", "settings"`)
	run := owner.start()
	config := owner.config(run, exclusive)
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields of others will be removed", `"logins", "settings"`)
	result, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.instance = &result
	owner.holds(map[string]any{"plan": "pro"})
	owner.apply(map[string]int{}, exclusive)
}

// TestSharedFieldsOfAdoptedAccount: what others have written before is kept, also where
// nothing but that differs.
func TestSharedFieldsOfAdoptedAccount(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		plan   string
		writes int
	}{"as configured": {"pro", 0}, "otherwise": {"free", 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: test.plan}, {Key: "logins", Value: 7}}})
			protocol := refold.Protocol(t)
			owner := owner{t: t, refold: refold}
			adopting := shared(planOf("pro"))
			adopting["adopt_existing"] = tftypes.NewValue(tftypes.Bool, true)
			config := owner.config(protocol, adopting)
			plan := protocol.Plan(typeName, nil, config)
			refold.ResetRequests()
			result, diagnostics := protocol.ApplyPlanned(typeName, nil, plan, config)
			acctest.WantNoDiagnostics(t, diagnostics)
			if writes := refold.CountByMethod()["PUT"]; writes != test.writes {
				t.Errorf("%d writes, want %d", writes, test.writes)
			}
			owner.instance = &result
			owner.holds(map[string]any{"plan": "pro", "logins": "number 7"})
			owner.apply(map[string]int{}, adopting)
		})
	}
}

// TestSharedFieldsThatCannotBeKept: where those of others cannot be read, nothing is written.
func TestSharedFieldsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("free")))
	run := owner.start()
	config := owner.config(run, shared(planOf("pro")))
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) {
		account.UDF = append(account.UDF, mockapi.UDFEntry{Key: "logins", Value: 1}, mockapi.UDFEntry{Key: "logins", Value: 2})
	})
	owner.refold.ResetRequests()
	_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "User-defined fields of others cannot be kept", `"user_1"`, "nothing was written")
	if writes := owner.refold.CountByMethod()["PUT"]; writes != 0 {
		t.Errorf("%d writes", writes)
	}
}

// TestSharedFieldThatIsIgnored: a value that lifecycle's ignore_changes keeps may be newer at
// Refold than in the plan.
func TestSharedFieldThatIsIgnored(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	both := planOf("free")
	both["logins"] = acctest.Text("0")
	owner.apply(map[string]int{"PUT": 1}, shared(both))
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", "1") })
	run := owner.start()
	planned := planOf("pro")
	planned["logins"] = acctest.Text("1")
	plan := run.Plan(typeName, owner.instance, owner.config(run, shared(planned)))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", "2") })
	written := planOf("pro")
	written["logins"] = acctest.Text("0")
	_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, owner.config(run, shared(written)))
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.holds(map[string]any{"plan": "pro", "logins": "2"})
}

// TestFieldsThatAreNoLongerSharedBesideAnIgnoredOne: what the plan announces is carried out, also
// where lifecycle's ignore_changes keeps a value as the state has it, or the whole udf.
func TestFieldsThatAreNoLongerSharedBesideAnIgnoredOne(t *testing.T) {
	t.Parallel()
	seeded := func(value string) map[string]tftypes.Value {
		both := planOf("pro")
		both["seed"] = acctest.Text(value)
		return both
	}
	exclusive := acctest.Attributes{"udf": fields(seeded("theirs"))}
	for name, test := range map[string]struct {
		written acctest.Attributes
		name    string
	}{
		"one key":               {acctest.Attributes{"udf": fields(seeded("first"))}, "Acme"},
		"one key, and a name":   {acctest.Attributes{"udf": fields(seeded("first"))}, "Acme Inc."},
		"the whole set":         {acctest.Attributes{"udf": fields(planOf("free"))}, "Acme"},
		"the whole set, no udf": {acctest.Attributes{}, "Acme"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := owner{t: t, refold: acctest.StartRefold(t)}
			owner.apply(map[string]int{"PUT": 1}, shared(seeded("first")))
			owner.refold.Change(mockapi.EnvironmentTest, "user_1", func(account *mockapi.Account) {
				account.SetUDF("seed", "theirs")
				account.SetUDF("logins", "7")
			})
			with := func(attributes acctest.Attributes) acctest.Attributes {
				all := acctest.Attributes{"name": acctest.Text(test.name)}
				maps.Copy(all, attributes)
				return all
			}
			run := owner.start()
			plan := run.Plan(typeName, owner.instance, owner.config(run, with(exclusive)))
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields of others will be removed", `"logins"`)
			result, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, owner.config(run, with(test.written)))
			acctest.WantNoDiagnostics(t, diagnostics)
			owner.instance = &result
			owner.holds(map[string]any{"plan": "pro", "seed": "theirs"})
			owner.apply(map[string]int{}, with(exclusive))
		})
	}
}

// TestFieldThatOthersTakeAfterThePlan: what a saved plan could not know is said by the apply, which
// names no value.
func TestFieldThatOthersTakeAfterThePlan(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	two := planOf("free")
	two["region"] = acctest.Text("eu")
	run := owner.start()
	config := owner.config(run, shared(two))
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) {
		account.SetUDF("region", "theirs")
		account.SetUDF("plan", "theirs")
	})
	_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields of others were overwritten", `"user_1": "region".`)
	if text := acctest.List(diagnostics); strings.Contains(text, "theirs") {
		t.Errorf("a value is shown: %s", text)
	}
	owner.holds(map[string]any{"plan": "free", "region": "eu"})
}

// TestAccountThatIsGoneAfterThePlan: a saved plan makes no customer anew, and writes nothing to
// somebody else's account.
func TestAccountThatIsGoneAfterThePlan(t *testing.T) {
	t.Parallel()
	fields := map[string]tftypes.Value{"fields": fields(planOf("free")), "name": tftypes.NewValue(tftypes.DynamicPseudoType, nil)}
	for name, udf := range fields {
		for what, summary := range map[string]string{"gone": "The linked account was deleted meanwhile", "another": "The linked account is not the one that Terraform knows"} {
			t.Run(name+", "+what, func(t *testing.T) {
				t.Parallel()
				owner := owner{t: t, refold: acctest.StartRefold(t)}
				before, after := shared(nil), shared(nil)
				before["udf"], after["udf"], after["name"] = udf, udf, acctest.Text("Acme Inc.")
				owner.apply(map[string]int{"PUT": 1}, before)
				run := owner.start()
				config := owner.config(run, after)
				plan := run.Plan(typeName, owner.instance, config)
				acctest.WantNoDiagnostics(t, plan.Diagnostics)
				owner.refold.Remove(test, "user_1")
				if what == "another" {
					owner.refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("New")})
				}
				owner.refold.ResetRequests()
				left, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
				acctest.WantDiagnostic(t, diagnostics, acctest.Failure, summary, `"user_1" was not written`)
				if writes := owner.refold.CountByMethod()["PUT"]; writes != 0 {
					t.Errorf("%d writes", writes)
				}
				// What the advice says: a plan that refreshes.
				again := owner.refold.Protocol(t)
				read, diagnostics := again.Read(typeName, left)
				acctest.WantDiagnostic(t, diagnostics, acctest.Warning, map[string]string{"gone": "The linked account is not found", "another": "The linked account is another one than before"}[what])
				if what == "another" {
					_, diagnostics = again.Apply(typeName, &read, config)
				} else {
					_, diagnostics = again.Apply(typeName, nil, config)
				}
				acctest.WantNoDiagnostics(t, diagnostics)
				if account, _ := owner.refold.Account(test, "user_1"); account.Name == nil || *account.Name != "Acme Inc." {
					t.Errorf("Refold holds %+v", account)
				}
			})
		}
	}
}

// TestFieldsThatPerhapsStay: while udf_exclusive is not known, the plan says what it shows as
// removed and may not be.
func TestFieldsThatPerhapsStay(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, acctest.Attributes{"udf": fields(planOf("pro"))})
	open := acctest.Attributes{"udf": fields(planOf("pro")), "udf_exclusive": tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)}
	run := owner.start()
	acctest.WantNoDiagnostics(t, run.Plan(typeName, owner.instance, owner.config(run, open)).Diagnostics)
	owner.signedUp("pro")
	run = owner.start()
	plan := run.Plan(typeName, owner.instance, owner.config(run, open))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields may stay at Refold", `"logins", "settings"`)
}

// TestSharedFieldsByCLI: a real run from the first apply to the last.
func TestSharedFieldsByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	with := func(lines ...string) string {
		return refold.Provider() + account("user_1", append(lines, `name = "Acme"`)...)
	}
	app := func() {
		refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", 7) })
	}
	managed := func(udf string) string { return with("udf = "+udf, "udf_exclusive = false") }
	acctest.Run(t,
		applied(managed(`{ plan = "pro", seats = 20, beta = null }`), plancheck.ResourceActionCreate),
		after(app, unchanged(managed(`{ plan = "pro", seats = 20, beta = null }`))),
		applied(managed(`{ plan = "free" }`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "free", "logins": "number 7"})),
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateId: "user_1", ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "linked_account_id",
			ImportStateVerifyIgnore: []string{"udf", "udf_exclusive"}},
		applied(with(`udf = { plan = "free" }`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "free"})),
		applied(managed(`{ plan = "free" }`), plancheck.ResourceActionUpdate),
		after(app, unchanged(managed(`{ plan = "free" }`))),
		applied(with("udf_exclusive = false"), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "free", "logins": "number 7"})),
	)
}

// TestSharedFieldOfALostAnswer: a key that a failed update may have written is not taken for one of
// others when the update is taken back.
func TestSharedFieldOfALostAnswer(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("free")))
	owner.signedUp("free")
	two := planOf("free")
	two["region"] = acctest.Text("eu")
	run := acctest.StartProtocol(t, acctest.Attributes{"base_url": acctest.Text(owner.refold.URL), "api_key": acctest.Text(mockapi.TestKey), "max_retries": acctest.Number(0)})
	owner.refold.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedAfter}, Only: func(r *http.Request) bool { return r.Method == http.MethodPut }})
	failed, diagnostics := run.Apply(typeName, owner.instance, owner.config(run, shared(two)))
	if !acctest.HasFailure(diagnostics) {
		t.Fatal("nothing failed")
	}
	owner.refold.Inject(mockapi.Faults{})
	owner.instance = &failed
	owner.holds(map[string]any{"plan": "free", "region": "eu", "logins": "number 7", "settings": true})
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("free")))
	owner.holds(map[string]any{"plan": "free", "logins": "number 7", "settings": true})
}

// TestSharedFieldThatStays: a key that no request removes is shown in the next plan, and not given
// up to others.
func TestSharedFieldThatStays(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t, behaving(merging(mockapi.UDFNullIgnored)))}
	two := planOf("free")
	two["region"] = acctest.Text("eu")
	owner.apply(map[string]int{"PUT": 1}, shared(two))
	run := owner.start()
	left, diagnostics := run.Apply(typeName, owner.instance, owner.config(run, shared(planOf("free"))))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Refold did not store the user-defined fields as configured", `"region": removed, still stored`)
	owner.instance = &left
	owner.start()
	if got := owner.instance.Attribute(t, "udf"); !strings.Contains(got.String(), "region") {
		t.Errorf("fields in the state: %s", got)
	}
}

// TestSharedFieldsThatCannotBeShown: a key that leaves the configuration while the fields cannot be
// read is removed once they can.
func TestSharedFieldsThatCannotBeShown(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	two := planOf("pro")
	two["region"] = acctest.Text("eu")
	owner.apply(map[string]int{"PUT": 1}, shared(two))
	twice := func(account *mockapi.Account) {
		account.UDF = append(account.UDF, mockapi.UDFEntry{Key: "logins", Value: "1"}, mockapi.UDFEntry{Key: "logins", Value: "2"})
	}
	owner.refold.Change(test, "user_1", twice)
	for range 2 {
		read, diagnostics := owner.refold.Protocol(t).Read(typeName, *owner.instance)
		acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields are not shown", `"logins" twice`)
		owner.instance = &read
	}
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) { account.RemoveUDF("logins") })
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	owner.holds(map[string]any{"plan": "pro"})
}

// TestSharedFieldThatIsIgnoredByCLI: lifecycle can leave one key to the application after its first
// value.
func TestSharedFieldThatIsIgnoredByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(plan string) string {
		return refold.Provider() + account("user_1", `udf = { plan = "`+plan+`", logins = "0" }`, "udf_exclusive = false", `lifecycle { ignore_changes = [udf.logins] }`)
	}
	acctest.Run(t,
		applied(config("free"), plancheck.ResourceActionCreate),
		after(func() {
			refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", "1") })
		}, unchanged(config("free"))),
		applied(config("pro"), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "pro", "logins": "1"})),
	)
}

// TestUnconfiguredFieldsAreNotRemoved: without a udf, nothing becomes the whole set.
func TestUnconfiguredFieldsAreNotRemoved(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	owner.signedUp("pro")
	run := owner.start()
	config := owner.config(run, nil)
	plan := run.Plan(typeName, owner.instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	owner.refold.ResetRequests()
	_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	if writes := owner.refold.CountByMethod()["PUT"]; writes != 0 {
		t.Errorf("%d writes", writes)
	}
	owner.holds(map[string]any{"plan": "pro", "logins": "number 7", "settings": true})
}

// TestSharedFieldsInAnotherUnicodeForm: a key that others write in another form is theirs.
func TestSharedFieldsInAnotherUnicodeForm(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	composed := map[string]tftypes.Value{"caf\u00e9": acctest.Text("mine")}
	owner.apply(map[string]int{"PUT": 1}, shared(composed))
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("cafe\u0301", "theirs") })
	renamed := shared(composed)
	renamed["name"] = acctest.Text("Acme Inc.")
	owner.apply(map[string]int{"PUT": 1}, renamed)
	owner.holds(map[string]any{"caf\u00e9": "mine", "cafe\u0301": "theirs"})
}

// TestUnreadableFieldsThatAreNoLongerShared: a plan that removes what nobody can read says so.
func TestUnreadableFieldsThatAreNoLongerShared(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) {
		account.UDF = append(account.UDF, mockapi.UDFEntry{Key: "logins", Value: "1"}, mockapi.UDFEntry{Key: "logins", Value: "2"})
	})
	run := owner.refold.Protocol(t)
	plan := run.Plan(typeName, owner.instance, owner.config(run, acctest.Attributes{"udf": fields(planOf("pro"))}))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields of others may be removed", `"logins" twice`)
}

// TestSharingThatIsKnownLate: whatever udf_exclusive turns out to be, the apply does what the plan
// left open.
func TestSharingThatIsKnownLate(t *testing.T) {
	t.Parallel()
	unknown := tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)
	for name, configured := range map[string]acctest.Attributes{"fields": {"udf": fields(planOf("pro"))}, "no fields": {}} {
		for _, before := range []bool{true, false} {
			for _, after := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s, %t to %t", name, before, after), func(t *testing.T) {
					t.Parallel()
					owner := owner{t: t, refold: acctest.StartRefold(t)}
					with := func(exclusive tftypes.Value) acctest.Attributes {
						attributes := maps.Clone(configured)
						attributes["udf_exclusive"] = exclusive
						return attributes
					}
					owner.apply(map[string]int{"PUT": 1}, with(tftypes.NewValue(tftypes.Bool, before)))
					owner.signedUp("pro")
					run := owner.start()
					plan := run.Plan(typeName, owner.instance, owner.config(run, with(unknown)))
					if acctest.HasFailure(plan.Diagnostics) {
						t.Fatal(acctest.List(plan.Diagnostics))
					}
					config := owner.config(run, with(tftypes.NewValue(tftypes.Bool, after)))
					checkFinalPlan(t, plan, run.Plan(typeName, owner.instance, config), config.Type())
					_, diagnostics := run.ApplyPlanned(typeName, owner.instance, plan, config)
					if acctest.HasFailure(diagnostics) {
						t.Error(acctest.List(diagnostics))
					}
				})
			}
		}
	}
}

// checkFinalPlan is Terraform's rule for the plan that an apply makes again: what was known in the
// first one is as it was.
func checkFinalPlan(t *testing.T, first, final *tfprotov6.PlanResourceChangeResponse, of tftypes.Type) {
	t.Helper()
	var before, after map[string]tftypes.Value
	for plan, attributes := range map[*tfprotov6.PlanResourceChangeResponse]*map[string]tftypes.Value{first: &before, final: &after} {
		state, err := plan.PlannedState.Unmarshal(of)
		if err == nil {
			err = state.As(attributes)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range before {
		if value.IsFullyKnown() && !value.Equal(after[name]) {
			t.Errorf("%s was planned as %s, and is %s in the final plan", name, value, after[name])
		}
	}
}
