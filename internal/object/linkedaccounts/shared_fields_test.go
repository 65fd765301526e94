// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func isExclusive(yes bool) map[string]tftypes.Value {
	return set("udf_exclusive", tftypes.NewValue(tftypes.Bool, yes))
}

// signUp is what an application writes into each account beside Terraform.
func (o organization) signUp(accounts map[string]tftypes.Value) {
	for id := range accounts {
		o.Change(test, id, func(account *mockapi.Account) { account.SetUDF("logins", json.Number("7")) })
	}
}

// stored checks the fields of each account at the server.
func (o organization) stored(want map[string]any, accounts map[string]tftypes.Value) {
	o.t.Helper()
	for id := range accounts {
		if got := o.UDF(id); !reflect.DeepEqual(got, want) {
			o.t.Errorf("fields of %s: %v, want %v", id, got, want)
		}
	}
}

func withFields(size int, values map[string]string) map[string]tftypes.Value {
	elements := many(size)
	for id := range elements {
		fields := map[string]tftypes.Value{}
		for key, value := range values {
			fields[key] = acctest.Text(value)
		}
		elements[id] = account(id, fields)
	}
	return elements
}

// TestSharedFields: fields of others are neither shown, nor compared, nor removed, and each account
// that is written costs one more request.
func TestSharedFields(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	const size = 40
	o := startOrganization(t)
	two, one := withFields(size, map[string]string{"plan": "pro", "region": "eu"}), withFields(size, map[string]string{"plan": "free"})
	instance := o.apply(nil, o.config(two, isExclusive(false)))
	o.sent(size, 0)
	o.signUp(two)
	instance, diagnostics := o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	holds(t, instance, two)
	instance = o.apply(&instance, o.config(one, isExclusive(false)))
	o.sent(size, 0)
	if gets := o.Count(http.MethodGet, "/api/v2/public/linked-account/*"); gets != size+1 {
		t.Errorf("%d reads for %d writes; one is to find out whose key it is", gets, size)
	}
	o.stored(map[string]any{"plan": "free", "logins": json.Number("7")}, one)
	instance, diagnostics = o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	holds(t, instance, one)
	none := withFields(size, nil)
	instance = o.apply(&instance, o.config(none, isExclusive(false)))
	o.stored(map[string]any{"logins": json.Number("7")}, none)
	holds(t, instance, none)
}

// TestSharedFieldsOfImport: what an import reads beside the configured fields stays, and the plan,
// which shows it as removed, says so.
func TestSharedFieldsOfImport(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	some := withFields(3, map[string]string{"plan": "pro"})
	for id := range some {
		o.Create(test, mockapi.Account{AccountID: id, Name: new(id), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	}
	o.signUp(some)
	imported, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, "*")
	acctest.WantNoDiagnostics(t, diagnostics)
	config := o.config(some, isExclusive(false))
	acctest.WantDiagnostic(t, o.plan(imported, config), acctest.Warning, "User-defined fields stay at Refold", "3 of 3", `"logins"`)
	instance, diagnostics := o.try(&imported, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.sent(0, 0)
	instance, diagnostics = o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	holds(t, instance, some)
	acctest.WantNoDiagnostics(t, o.plan(instance, config))
	o.stored(map[string]any{"plan": "pro", "logins": json.Number("7")}, some)
}

// TestFieldsThatAreNoLongerShared: fields of others, which no plan has shown, are announced before
// they go.
func TestFieldsThatAreNoLongerShared(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	some := withFields(3, map[string]string{"plan": "pro"})
	unmanaged := maps.Clone(some)
	unmanaged[id(2)] = account(id(2), nil)
	instance := o.apply(nil, o.config(unmanaged, isExclusive(false)))
	o.signUp(map[string]tftypes.Value{id(0): some[id(0)], id(2): some[id(2)]})
	config := o.config(unmanaged, isExclusive(true))
	acctest.WantDiagnostic(t, o.plan(instance, config), acctest.Warning, "User-defined fields of others will be removed", "1 of 3", id(0), `"logins"`)
	run := o.Protocol(t, acctest.Unpaced)
	instance, diagnostics := run.Read(typeName, instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	acctest.WantDiagnostic(t, run.Plan(typeName, &instance, config).Diagnostics, acctest.Warning, "User-defined fields of others will be removed", "1 of 3", id(0))
	instance, diagnostics = o.try(&instance, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.sent(2, 0)
	if got := o.UDF(id(0)); !reflect.DeepEqual(got, map[string]any{"plan": "pro"}) {
		t.Errorf("fields that are managed: %v", got)
	}
	if got := o.UDF(id(2)); !reflect.DeepEqual(got, map[string]any{"logins": json.Number("7")}) {
		t.Errorf("fields that are not: %v", got)
	}
	acctest.WantNoDiagnostics(t, o.plan(instance, config))
}

// TestSharedFieldsAfterAFailure: an account that could not be updated, or deleted, while its fields
// become shared keeps none in the state that may be those of others.
func TestSharedFieldsAfterAFailure(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	before := withFields(3, map[string]string{"plan": "pro", "logins": "7"})
	instance := o.apply(nil, o.config(before))
	after := withFields(2, map[string]string{"plan": "free"})
	o.Connect(test, id(2), mockapi.Integration{Type: "slack", Name: "Slack"})
	o.refuse(func(request *http.Request) bool { return request.Method == http.MethodPut && o.numberIn(request) == 0 })
	instance, diagnostics := o.try(&instance, o.config(after, isExclusive(false)))
	if len(diagnostics) == 0 {
		t.Fatal("nothing failed")
	}
	o.Intercept(nil)
	// Whoever comes back has what is configured, and nothing of others has gone.
	again := withFields(3, map[string]string{"plan": "free"})
	instance, diagnostics = o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	instance, diagnostics = o.try(&instance, o.config(again, isExclusive(false)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields of others were overwritten", id(2), `"plan"`)
	o.stored(map[string]any{"plan": "free", "logins": "7"}, again)
	holds(t, instance, again)
}

// TestSharedFieldThatIsIgnored: a value that lifecycle's ignore_changes keeps may be newer at
// Refold than in the plan.
func TestSharedFieldThatIsIgnored(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	instance := o.apply(nil, o.config(withFields(1, map[string]string{"plan": "free", "logins": "0"}), isExclusive(false)))
	run := o.Protocol(t, acctest.Unpaced)
	plan := run.Plan(typeName, &instance, o.config(withFields(1, map[string]string{"plan": "pro", "logins": "0"}), isExclusive(false)))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	o.Change(test, id(0), func(account *mockapi.Account) { account.SetUDF("logins", "1") })
	_, diagnostics := run.ApplyPlanned(typeName, &instance, plan, o.config(withFields(1, map[string]string{"plan": "pro", "logins": "never"}), isExclusive(false)))
	acctest.WantNoDiagnostics(t, diagnostics)
	o.stored(map[string]any{"plan": "pro", "logins": "1"}, many(1))
}

// TestFieldsThatAreNoLongerSharedBesideAnIgnoredOne: what the plan announces is carried out, also
// where lifecycle's ignore_changes keeps a value as the state has it.
func TestFieldsThatAreNoLongerSharedBesideAnIgnoredOne(t *testing.T) {
	t.Parallel()
	for name, written := range map[string]map[string]tftypes.Value{
		"one key":       withFields(1, map[string]string{"plan": "pro", "seed": "first"}),
		"the whole udf": {id(0): account(id(0), nil)},
		"the account":   {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			planned := withFields(2, map[string]string{"plan": "pro", "seed": "theirs"})
			instance := o.apply(nil, o.config(withFields(2, map[string]string{"plan": "pro", "seed": "first"}), isExclusive(false)))
			o.signUp(planned)
			for id := range planned {
				o.Change(test, id, func(account *mockapi.Account) { account.SetUDF("seed", "theirs") })
			}
			instance, diagnostics := o.read(instance)
			acctest.WantNoDiagnostics(t, diagnostics)
			run := o.Protocol(t, acctest.Unpaced)
			plan := run.Plan(typeName, &instance, o.config(planned, isExclusive(true)))
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields of others will be removed", "2 of 2", `"logins"`)
			as := maps.Clone(planned)
			delete(as, id(0))
			maps.Copy(as, written)
			instance, diagnostics = run.ApplyPlanned(typeName, &instance, plan, o.config(as, isExclusive(true)))
			acctest.WantNoDiagnostics(t, diagnostics)
			o.stored(map[string]any{"plan": "pro", "seed": "theirs"}, planned)
			instance, diagnostics = o.read(instance)
			acctest.WantNoDiagnostics(t, diagnostics)
			holds(t, instance, planned)
			acctest.WantNoDiagnostics(t, o.plan(instance, o.config(planned, isExclusive(true))))
		})
	}
}

// TestFieldThatOthersTakeAfterThePlan: what a saved plan could not know is said by the apply, which
// names no value.
func TestFieldThatOthersTakeAfterThePlan(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	instance := o.apply(nil, o.config(withFields(2, map[string]string{"plan": "pro"}), isExclusive(false)))
	run := o.Protocol(t, acctest.Unpaced)
	config := o.config(withFields(2, map[string]string{"plan": "free", "region": "eu"}), isExclusive(false))
	plan := run.Plan(typeName, &instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	o.Change(test, id(1), func(account *mockapi.Account) { account.SetUDF("region", "theirs") })
	_, diagnostics := run.ApplyPlanned(typeName, &instance, plan, config)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields of others were overwritten", id(1), `"region"`)
	if text := acctest.List(diagnostics); strings.Contains(text, "theirs") || strings.Contains(text, id(0)) {
		t.Errorf("more is shown: %s", text)
	}
	o.stored(map[string]any{"plan": "free", "region": "eu"}, many(2))
}

// TestAccountsThatAreGoneAfterThePlan: a saved plan makes no customer anew, and writes nothing to
// somebody else's account.
func TestAccountsThatAreGoneAfterThePlan(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	instance := o.apply(nil, o.config(withFields(3, map[string]string{"plan": "pro"}), isExclusive(false)))
	instance, diagnostics := o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	run := o.Protocol(t, acctest.Unpaced)
	config := o.config(withFields(3, map[string]string{"plan": "free"}), isExclusive(false))
	plan := run.Plan(typeName, &instance, config)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	o.Remove(test, id(0))
	o.makeAnew(id(1))
	o.ResetRequests()
	left, diagnostics := run.ApplyPlanned(typeName, &instance, plan, config)
	for number, summary := range []string{"The linked account was deleted meanwhile", "The linked account is not the one that Terraform knows"} {
		if text := acctest.List(diagnostics); !strings.Contains(text, summary) || !strings.Contains(text, id(number)) {
			t.Errorf("nothing is said of %q: %s", summary, text)
		}
	}
	o.sent(1, 0)
	o.stored(map[string]any{"plan": "pro"}, map[string]tftypes.Value{id(1): {}})
	o.stored(map[string]any{"plan": "free"}, map[string]tftypes.Value{id(2): {}})
	// What the advice says: a plan that refreshes.
	left, _ = o.read(left)
	_, diagnostics = o.try(&left, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.stored(map[string]any{"plan": "free"}, many(3))
}

// TestFieldsThatPerhapsStay: while udf_exclusive is not known, the plan says what it shows as
// removed and may not be.
func TestFieldsThatPerhapsStay(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	some := withFields(2, map[string]string{"plan": "pro"})
	open := o.config(some, set("udf_exclusive", tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)))
	instance := o.apply(nil, o.config(some))
	acctest.WantNoDiagnostics(t, o.plan(instance, open))
	o.signUp(map[string]tftypes.Value{id(1): {}})
	instance, diagnostics := o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	acctest.WantDiagnostic(t, o.plan(instance, open), acctest.Warning, "User-defined fields may stay at Refold", "1 of 2", id(1), `"logins"`)
}

// TestSharedFieldThatIsIgnoredByCLI: lifecycle can leave one key to the application after its first
// value.
func TestSharedFieldThatIsIgnoredByCLI(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	config := func(plan string) string {
		return fmt.Sprintf(`%s
resource "refold_linked_accounts" "all" {
  accounts      = { acme = { name = "Acme", udf = { plan = %q, logins = "0" } } }
  udf_exclusive = false
  lifecycle { ignore_changes = [accounts["acme"].udf["logins"]] }
}`, o.Provider(), plan)
	}
	signUp := func() {
		o.Change(test, "acme", func(account *mockapi.Account) { account.SetUDF("logins", "1") })
	}
	acctest.Run(t,
		resource.TestStep{Config: config("free")},
		resource.TestStep{PreConfig: signUp, Config: config("free"), PlanOnly: true},
		resource.TestStep{Config: config("pro"), Check: func(*terraform.State) error {
			if got := o.UDF("acme"); !reflect.DeepEqual(got, map[string]any{"plan": "pro", "logins": "1"}) {
				return fmt.Errorf("fields at Refold: %v", got)
			}
			return nil
		}},
	)
}

// TestSharedFieldOfALostAnswer: a key that a failed update may have written is not taken for one of
// others when the update is taken back.
func TestSharedFieldOfALostAnswer(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	one, two := withFields(3, map[string]string{"plan": "pro"}), withFields(3, map[string]string{"plan": "pro", "region": "eu"})
	instance := o.apply(nil, o.config(one, isExclusive(false)))
	o.signUp(one)
	run := acctest.StartProtocol(t, acctest.Attributes{"base_url": acctest.Text(o.URL), "api_key": acctest.Text(mockapi.TestKey), "max_retries": acctest.Number(0)}, acctest.Unpaced)
	o.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedAfter}, Only: func(r *http.Request) bool { return r.Method == http.MethodPut }})
	instance, diagnostics := run.Apply(typeName, &instance, o.config(two, isExclusive(false)))
	if !acctest.HasFailure(diagnostics) {
		t.Fatal("nothing failed")
	}
	o.Inject(mockapi.Faults{})
	o.stored(map[string]any{"plan": "pro", "region": "eu", "logins": json.Number("7")}, two)
	instance, diagnostics = o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.apply(&instance, o.config(one, isExclusive(false)))
	o.stored(map[string]any{"plan": "pro", "logins": json.Number("7")}, one)
}

// TestSharedFieldsThatCannotBeShown: a key that leaves the configuration while the fields cannot be
// read is removed once they can.
func TestSharedFieldsThatCannotBeShown(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	one, two := withFields(2, map[string]string{"plan": "pro"}), withFields(2, map[string]string{"plan": "pro", "region": "eu"})
	instance := o.apply(nil, o.config(two, isExclusive(false)))
	o.Change(test, id(1), func(account *mockapi.Account) {
		account.UDF = append(account.UDF, mockapi.UDFEntry{Key: "logins", Value: "1"}, mockapi.UDFEntry{Key: "logins", Value: "2"})
	})
	for range 2 {
		read, diagnostics := o.read(instance)
		acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields of 1 linked account are not shown", id(1))
		instance = read
	}
	o.Change(test, id(1), func(account *mockapi.Account) { account.RemoveUDF("logins") })
	instance, diagnostics := o.read(instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.apply(&instance, o.config(one, isExclusive(false)))
	o.stored(map[string]any{"plan": "pro"}, one)
}

// TestFieldsThatAreManagedFromNowOn: what was left alone so far is not in the state, so a plan that
// makes the configured fields the whole set names it.
func TestFieldsThatAreManagedFromNowOn(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	unmanaged := map[string]tftypes.Value{id(0): account(id(0), nil), id(1): account(id(1), nil)}
	instance := o.apply(nil, o.config(unmanaged))
	o.signUp(map[string]tftypes.Value{id(1): unmanaged[id(1)]})
	config := o.config(withFields(2, map[string]string{"plan": "pro"}))
	run := o.Protocol(t, acctest.Unpaced)
	instance, diagnostics := run.Read(typeName, instance)
	acctest.WantNoDiagnostics(t, diagnostics)
	plan := run.Plan(typeName, &instance, config)
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "User-defined fields of others will be removed", "1 of 2", id(1), `"logins"`, "udf_exclusive = false")
}
