// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// refusal is how Refold says no to a write.
const refusal = `{"status_code":400,"http_error_type":"BAD_REQUEST","error":"VALIDATION_ERROR","message":"no"}`

// TestSharedFieldThatStaysIsTakenOut: a key that the state has let go of is removed once it was
// configured.
func TestSharedFieldThatStaysIsTakenOut(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	owner.refold.Change(test, "user_1", func(account *mockapi.Account) { account.SetUDF("old", "x") })
	two := planOf("pro")
	two["old"] = acctest.Text("x")
	owner.apply(map[string]int{"PUT": 1}, shared(two))
	owner.apply(map[string]int{"PUT": 1}, shared(planOf("pro")))
	owner.holds(map[string]any{"plan": "pro"})
}

// TestLostFieldsAreWrittenBack: fields that an update lost are there again once they are
// configured, and the next update cannot lose them.
func TestLostFieldsAreWrittenBack(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true }))}
	owner.apply(map[string]int{"PUT": 1}, acctest.Attributes{"udf": fields(planOf("pro"))})
	run := owner.start()
	refuse, writes := acctest.Instead(http.MethodPut, "", acctest.Answering(400, refusal)), 0
	owner.refold.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			writes++
		}
		return writes > 1 && refuse(w, r)
	})
	left, diagnostics := run.Apply(typeName, owner.instance, owner.config(run, acctest.Attributes{"name": acctest.Text("Acme Inc.")}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "User-defined fields were lost", `"plan"`)
	owner.refold.Intercept(nil)
	owner.instance = &left
	owner.holds(map[string]any{})
	owner.apply(map[string]int{"PUT": 1}, acctest.Attributes{"name": acctest.Text("Acme Inc."), "udf": fields(planOf("pro"))})
	owner.apply(map[string]int{"PUT": 1}, acctest.Attributes{"name": acctest.Text("Acme"), "udf": fields(planOf("pro"))})
	owner.holds(map[string]any{"plan": "pro"})
}

// TestConfiguredFieldsReplaceUnreadableOnes: fields in no form that is known are in nobody's way
// once some are configured.
func TestConfiguredFieldsReplaceUnreadableOnes(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "free"}, {Key: "plan", Value: "pro"}}})
	protocol := refold.Protocol(t)
	imported, diagnostics := protocol.Import(typeName, "user_1")
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields are not shown", `"plan" twice`)
	owner := owner{t: t, refold: refold}
	renamed := acctest.Attributes{"name": acctest.Text("Acme Inc.")}
	_, diagnostics = protocol.Apply(typeName, &imported, owner.config(protocol, renamed))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "User-defined fields cannot be kept", "nothing was written")
	renamed["udf"] = fields(planOf("pro"))
	mended, diagnostics := protocol.Apply(typeName, &imported, owner.config(protocol, renamed))
	acctest.WantNoDiagnostics(t, diagnostics)
	owner.instance = &mended
	owner.apply(map[string]int{}, renamed)
	owner.holds(map[string]any{"plan": "pro"})
}

// TestLeftCredentialIsTakenOut: a credential that a replacement could not remove is, once it was
// configured with any value and is taken out again.
func TestLeftCredentialIsTakenOut(t *testing.T) {
	t.Parallel()
	owner := owner{t: t, refold: acctest.StartRefold(t)}
	with := func(values map[string]string) acctest.Attributes {
		return acctest.Attributes{"your_app": plainApp(values)}
	}
	owner.apply(map[string]int{"PUT": 1}, with(map[string]string{"key": "a"}))
	// Another run has left it.
	owner.refold.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(400, refusal)))
	run := owner.start()
	old := *owner.instance
	fresh, diagnostics := run.Apply(typeName, nil, owner.config(run, acctest.Attributes{"adopt_existing": tftypes.NewValue(tftypes.Bool, true)}))
	if acctest.HasFailure(diagnostics) {
		t.Fatal(acctest.List(diagnostics))
	}
	_, diagnostics = run.Delete(typeName, old)
	if acctest.HasFailure(diagnostics) || len(diagnostics) == 0 {
		t.Fatalf("nothing was left: %s", acctest.List(diagnostics))
	}
	owner.refold.Intercept(nil)
	owner.instance = &fresh
	owner.holdsCredentials(map[string]string{"key": "a"})
	owner.apply(map[string]int{"PUT": 1}, with(map[string]string{"key": "any", "other": "b"}))
	owner.apply(map[string]int{"DELETE": 1}, with(map[string]string{"other": "b"}))
	owner.holdsCredentials(map[string]string{"other": "b"})
}
