// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// startHostile is a Refold with an account that holds such fields, beside a usual one. The contract
// knows no such answers.
func startHostile(t *testing.T, fields []mockapi.UDFEntry) *acctest.Refold {
	t.Helper()
	mock := mockapi.New()
	mock.Create(test, mockapi.Account{AccountID: "odd", Name: new("Odd"), UDF: fields})
	mock.Create(test, existing)
	return &acctest.Refold{Server: mock, URL: acctest.Serve(t, mock)}
}

const notShown = "User-defined fields are not shown"

// Whatever stands in the fields of an account blocks nothing: it is shown, or it is named and null.
func TestHostileFields(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	for name, test := range acctest.HostileFields() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := startHostile(t, test.Fields)
			judge := func(what string, met acctest.Diagnostics, udf tftypes.Value) {
				t.Helper()
				if test.IsHeld {
					acctest.WantNoDiagnostics(t, met)
				} else if detail := acctest.WantDiagnostic(t, met, acctest.Warning, notShown, `"odd"`); len(detail) > 1000 {
					t.Errorf("%s: %s", what, detail)
				}
				if udf.IsNull() == test.IsHeld {
					t.Errorf("%s: udf is %s", what, udf)
				}
			}
			imported, met := refold.Protocol(t).Import(typeName, "odd")
			judge("import", met, imported.Attribute(t, "udf"))
			read, met := refold.Protocol(t).Read(typeName, imported)
			judge("refresh", met, read.Attribute(t, "udf"))
			shown, met := refold.Protocol(t).ReadDataSource(typeName, acctest.OfAccount("odd"))
			judge("data source", met, shown["udf"])
			results := slices.Collect(refold.Protocol(t).List(typeName, acctest.Listing{IncludeResource: true}))
			if len(results) != 2 || idOf(t, results[1]) != "user_1" || len(results[1].Diagnostics) > 0 {
				t.Fatalf("list: %d results", len(results))
			}
			judge("list", results[0].Diagnostics, acctest.Instance{State: results[0].State}.Attribute(t, "udf"))
		})
	}
}

// Fields that Terraform cannot hold survive an update that leaves them alone, and are replaced by
// one that configures others.
func TestUpdateBesideHostileFields(t *testing.T) {
	t.Parallel()
	refold := startHostile(t, acctest.HostileFields()["a number that takes hours to be written out"].Fields)
	refold.Behave(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true })
	imported, _ := refold.Protocol(t).Import(typeName, "odd")
	protocol := refold.Protocol(t)
	renamed, met := protocol.Apply(typeName, &imported, protocol.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("odd"), "name": acctest.Text("Renamed")}))
	if acctest.HasFailure(met) || refold.UDF("odd")["n"] != json.Number("1e600000000") {
		t.Errorf("after an update that leaves udf alone: %v, %s", refold.UDF("odd"), acctest.List(met))
	}
	fields := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"plan": tftypes.String}}, map[string]tftypes.Value{"plan": acctest.Text("pro")})
	protocol = refold.Protocol(t)
	_, met = protocol.Apply(typeName, &renamed, protocol.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("odd"), "name": acctest.Text("Renamed"), "udf": fields}))
	if acctest.HasFailure(met) || len(refold.UDF("odd")) != 1 || refold.UDF("odd")["plan"] != "pro" {
		t.Errorf("after an update that configures udf: %v, %s", refold.UDF("odd"), acctest.List(met))
	}
}

// Fields in a form that nobody knows cannot be written back, so that nothing is written that could
// lose them.
func TestUpdateBesideUnreadableFields(t *testing.T) {
	t.Parallel()
	refold := startHostile(t, acctest.HostileFields()["a key twice"].Fields)
	imported, _ := refold.Protocol(t).Import(typeName, "odd")
	protocol := refold.Protocol(t)
	_, met := protocol.Apply(typeName, &imported, protocol.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("odd"), "name": acctest.Text("Renamed")}))
	acctest.WantDiagnostic(t, met, acctest.Failure, "User-defined fields cannot be kept", `"odd"`, `the key "a" twice`, "nothing was written")
	if account, _ := refold.Account(test, "odd"); *account.Name != "Odd" {
		t.Errorf("the account was renamed")
	}
}

// An id with a character that nobody sees is refused for a new account, and managed where there is
// one.
func TestInvisibleCharacterInAnID(t *testing.T) {
	t.Parallel()
	const hidden = "ac\u200bme"
	refold := acctest.StartRefold(t)
	config := func(run *acctest.Protocol, id, name string, adopts bool) tftypes.Value {
		return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text(id), "name": acctest.Text(name), "adopt_existing": tftypes.NewValue(tftypes.Bool, adopts)})
	}
	run := refold.Protocol(t, acctest.Unpaced)
	acctest.WantNoDiagnostics(t, run.Validate(typeName, config(run, hidden, "Acme", false)))
	plan := run.Plan(typeName, nil, config(run, hidden, "Acme", false))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "An invisible character in a new linked account id", `"ac\u200bme"`, "U+200B", "terraform destroy -refresh=false")
	// An id that is only known in the apply.
	unknown := run.Config(typeName, acctest.Attributes{"linked_account_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "name": acctest.Text("Acme")})
	plan = run.Plan(typeName, nil, unknown)
	_, met := run.ApplyPlanned(typeName, nil, plan, config(run, hidden, "Acme", false))
	acctest.WantDiagnostic(t, met, acctest.Failure, "An invisible character in a new linked account id")
	if len(refold.Accounts(test)) != 0 {
		t.Fatal("an account was created")
	}

	refold.Create(test, mockapi.Account{AccountID: hidden, Name: new("Acme")})
	run = refold.Protocol(t, acctest.Unpaced)
	imported, met := run.Import(typeName, hidden)
	acctest.WantNoDiagnostics(t, met)
	_, met = run.Apply(typeName, &imported, config(run, hidden, "Acme Inc.", false))
	acctest.WantNoDiagnostics(t, met)
	adopting := refold.Protocol(t, acctest.Unpaced)
	_, met = adopting.Apply(typeName, nil, config(adopting, hidden, "Acme Ltd.", true))
	if acctest.HasFailure(met) {
		t.Error(acctest.List(met))
	}
	if account := mustAccount(t, refold, hidden); *account.Name != "Acme Ltd." {
		t.Errorf("the account is %+v", account)
	}
}
