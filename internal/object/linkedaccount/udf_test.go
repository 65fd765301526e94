// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// udfModes are the ways in which a server may treat a udf that is sent
// (FACTS 4.1, 4.2, 4.3), with the number of PUT that it takes there to remove a key, and all.
var udfModes = map[string]struct {
	change            func(*mockapi.Behaviour)
	removal, emptying int
}{
	"replace":                      {func(*mockapi.Behaviour) {}, 1, 1},
	"replace, empty ignored":       {func(b *mockapi.Behaviour) { b.UDF.EmptyIgnored = true }, 1, 2},
	"replace, omitted clears":      {func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true }, 1, 1},
	"merge, null removes":          {merging(mockapi.UDFNullRemoves), 2, 2},
	"merge, null stored":           {merging(mockapi.UDFNullStored), 2, 2},
	"replace, minimal answers":     {answering(mockapi.AnswerMinimal), 1, 1},
	"replace, success answers":     {answering(mockapi.AnswerSuccess), 1, 1},
	"replace, text answers":        {answering(mockapi.AnswerText), 1, 1},
	"replace, empty answers":       {answering(mockapi.AnswerEmpty), 1, 1},
	"replace, without new_account": {answering(mockapi.AnswerFull), 1, 1},
	"merge, null removes, minimal": {both(merging(mockapi.UDFNullRemoves), answering(mockapi.AnswerMinimal)), 2, 2},
	"replace, envelope E1, no zone": {func(b *mockapi.Behaviour) {
		b.Answer.Errors, b.Answer.ZonelessDates = mockapi.EnvelopeE1, true
	}, 1, 1},
}

// Removing one key removes exactly that, and {} removes all, however the server
// treats a udf that is sent.
func TestUDFKeyIsRemoved(t *testing.T) {
	t.Parallel()
	for name, mode := range udfModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := owner{t: t, refold: acctest.StartRefold(t, behaving(mode.change))}
			owner.apply(map[string]int{"PUT": 1}, udf(map[string]tftypes.Value{"plan": acctest.Text("pro"), "seats": tftypes.NewValue(tftypes.Number, 20), "beta": tftypes.NewValue(tftypes.Bool, true)}))
			owner.holds(map[string]any{"plan": "pro", "seats": "number 20", "beta": true})
			owner.apply(map[string]int{"PUT": mode.removal}, udf(map[string]tftypes.Value{"plan": acctest.Text("pro"), "beta": tftypes.NewValue(tftypes.Bool, true)}))
			owner.holds(map[string]any{"plan": "pro", "beta": true})
			owner.apply(map[string]int{"PUT": mode.emptying}, udf(nil))
			owner.holds(map[string]any{})
			owner.destroy()
		})
	}
}

func udf(values map[string]tftypes.Value) map[string]tftypes.Value {
	return map[string]tftypes.Value{"udf": fields(values)}
}

// TestUDFKeyIsRemovedByCLI is the same with a real CLI, at the two servers that differ most.
func TestUDFKeyIsRemovedByCLI(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"replace", "merge, null removes"} {
		mode := udfModes[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(mode.change))
			allGone(t, refold)
			with := func(udf string) string { return refold.Provider() + account("user_1", `name = "Acme"`, "udf = "+udf) }
			acctest.Run(t,
				counted(refold, applied(with(`{ plan = "pro", seats = 20, beta = true }`), plancheck.ResourceActionCreate,
					storedUDF(refold, "user_1", map[string]any{"plan": "pro", "seats": "number 20", "beta": true})), map[string]int{"PUT": 1}),
				counted(refold, applied(with(`{ plan = "pro", beta = true }`), plancheck.ResourceActionUpdate,
					storedUDF(refold, "user_1", map[string]any{"plan": "pro", "beta": true})), map[string]int{"PUT": mode.removal}),
				applied(with(`{}`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{})),
			)
		})
	}
}

// A key that no request removes is reported, and not fought with.
func TestUDFKeyThatSurvives(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(merging(mockapi.UDFNullIgnored)))
	with := func(udf string) string { return refold.Provider() + account("user_1", "udf = "+udf) }
	removal := applied(with(`{ plan = "pro" }`), plancheck.ResourceActionUpdate,
		storedUDF(refold, "user_1", map[string]any{"plan": "pro", "seats": "number 20"}))
	removal.ExpectNonEmptyPlan = true
	acctest.Run(t,
		applied(with(`{ plan = "pro", seats = 20 }`), plancheck.ResourceActionCreate),
		counted(refold, removal, map[string]int{"PUT": 2}),
	)
}

// A server that clears what an upsert leaves out must not clear a udf that
// Terraform does not manage.
func TestUnmanagedUDFSurvivesRename(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true }))
	refold.Create(test, mockapi.Account{AccountID: "user_1", UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	kept := storedUDF(refold, "user_1", map[string]any{"plan": "pro"})
	acctest.Run(t,
		applied(refold.Provider()+account("user_1", `name = "Acme"`, "adopt_existing = true"), plancheck.ResourceActionCreate, kept),
		applied(refold.Provider()+account("user_1", `name = "Acme Inc."`, "adopt_existing = true"), plancheck.ResourceActionUpdate, kept),
	)
}

// What somebody changed since the plan is not changed back by an update that leaves udf out.
func TestUnmanagedUDFIsNotRestoredFromStaleState(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	stale := existing
	stale.UDF = []mockapi.UDFEntry{{Key: "plan", Value: "free"}, {Key: "trial", Value: true}}
	refold.Create(test, stale)
	imported, diagnostics := protocol.ImportByIdentity(typeName, identityOf("user_1"))
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Change(test, "user_1", func(account *mockapi.Account) {
		account.SetUDF("plan", "pro")
		account.RemoveUDF("trial")
	})
	_, diagnostics = protocol.Apply(typeName, &imported, protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Renamed")}))
	acctest.WantNoDiagnostics(t, diagnostics)
	if got := refold.UDF("user_1"); !reflect.DeepEqual(got, map[string]any{"plan": "pro"}) {
		t.Errorf("udf at the server: %v", got)
	}
}

// An object is equal to a map and a null element to an absent one, in plans
// with the state of either.
func TestUDFComparesByMeaning(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	with := func(udf string) string { return refold.Provider() + account("user_1", "udf = "+udf) }
	acctest.Run(t,
		applied(with(`{ plan = "pro", region = null }`), plancheck.ResourceActionCreate, storedUDF(refold, "user_1", map[string]any{"plan": "pro"})),
		unchanged(with(`tomap({ plan = "pro" })`)),
		unchanged(with(`{ plan = "pro" }`)),
		applied(with(`{ plan = "pro", level = "5" }`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "pro", "level": "5"})),
		applied(with(`{ plan = "pro", level = 5 }`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"plan": "pro", "level": "number 5"})),
		unchanged(with(`{ plan = "pro", level = 5.0 }`)),
	)
}

func TestUDFNumbersAreExact(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	acctest.Run(t,
		applied(refold.Provider()+account("user_1", `udf = { big = 123456789012345678901234567890, fraction = 0.1, small = 1e-30, negative = -9007199254740993 }`),
			plancheck.ResourceActionCreate,
			storedUDF(refold, "user_1", map[string]any{
				"big": "number 123456789012345678901234567890", "fraction": "number 0.1", "small": "number 1e-30", "negative": "number -9007199254740993"})),
	)
}

// A server that cannot hold a value as it was sent is answered with a warning
// that names the key, never with an inconsistent state.
func TestUDFThatTheServerChanges(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]struct {
		change func(*mockapi.Behaviour)
		udf    string
	}{
		"numbers become strings": {func(b *mockapi.Behaviour) { b.UDF.Values = mockapi.UDFValuesStringified }, `{ seats = 5 }`},
		"numbers are rounded":    {func(b *mockapi.Behaviour) { b.UDF.RoundNumbers = true }, `{ big = 9007199254740993 }`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(mode.change))
			created := applied(refold.Provider()+account("user_1", "udf = "+mode.udf), plancheck.ResourceActionCreate)
			created.ExpectNonEmptyPlan = true
			acctest.Run(t, counted(refold, created, map[string]int{"PUT": 1}))
		})
	}
}

func TestUDFRefusedByServer(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.UDF.Values = mockapi.UDFValuesStringsOnly }))
	acctest.Run(t, failing(refold.Provider("max_retries = 0")+account("user_1", `udf = { seats = 5 }`), "Could not create linked account"))
}

// Values that are only known after apply reach Refold with their types.
func TestUDFFromOtherResources(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + `resource "terraform_data" "source" { input = { plan = "pro", seats = 3 } }` + "\n" +
		account("user_1", "udf = { plan = terraform_data.source.output.plan, seats = terraform_data.source.output.seats }")
	acctest.Run(t, applied(config, plancheck.ResourceActionCreate, storedUDF(refold, "user_1", map[string]any{"plan": "pro", "seats": "number 3"})))
}

// What only a server can have made, a nested value, does not stop a read.
func TestUDFOfAnyShapeIsReadable(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{
		{Key: "nested", Value: map[string]any{"list": []any{"a", true, nil}}}, {Key: "plan", Value: "pro"},
	}})
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		resource.TestStep{
			Config: config + importing("user_1"),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("udf").AtMapKey("nested").AtMapKey("list").AtSliceIndex(0), knownvalue.StringExact("a")),
			},
		},
		applied(refold.Provider()+account("user_1", `name = "Acme"`, `udf = { plan = "pro" }`), plancheck.ResourceActionUpdate,
			storedUDF(refold, "user_1", map[string]any{"plan": "pro"})),
	)
}

func merging(null mockapi.UDFNull) func(*mockapi.Behaviour) {
	return func(b *mockapi.Behaviour) { b.UDF.Merge, b.UDF.Null = true, null }
}

func answering(answer mockapi.WriteAnswer) func(*mockapi.Behaviour) {
	return func(b *mockapi.Behaviour) { b.Account.UpsertAnswer = answer }
}

func both(changes ...func(*mockapi.Behaviour)) func(*mockapi.Behaviour) {
	return func(b *mockapi.Behaviour) {
		for _, change := range changes {
			change(b)
		}
	}
}
