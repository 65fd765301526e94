// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const typeName = "refold_linked_account"

func fields(values map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	for key, value := range values {
		types[key] = value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

func identityOf(id string) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"linked_account_id": tftypes.String}},
		map[string]tftypes.Value{"linked_account_id": acctest.Text(id)})
}

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	for _, id := range oddIDs {
		refold.Create(test, mockapi.Account{AccountID: id, Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
		imported, diagnostics := protocol.ImportByIdentity(typeName, identityOf(id))
		acctest.WantNoDiagnostics(t, diagnostics)
		config := protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text(id), "name": acctest.Text("Acme"), "udf": fields(map[string]tftypes.Value{"plan": acctest.Text("pro")})})
		plan := protocol.Plan(typeName, &imported, config)
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
		planned, err := plan.PlannedState.Unmarshal(config.Type())
		if err != nil {
			t.Fatal(err)
		}
		if !planned.Equal(imported.State) {
			t.Errorf("plan after the import of %q:\n%s\nstate:\n%s", id, planned, imported.State)
		}
	}
	_, diagnostics := protocol.ImportByIdentity(typeName, identityOf("nobody"))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "There is no such linked account to import")
}

// A failed create never leaves a state behind, because Terraform would taint
// it, and a tainted account is deleted.
func TestFailedCreateLeavesNoState(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Credential.Duplicates = mockapi.DuplicatesStored }))
	protocol := refold.Protocol(t)
	config := protocol.Config(typeName, map[string]tftypes.Value{
		"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "udf": fields(nil), "your_app": plainApp(map[string]string{"key": "new"}), "adopt_existing": tftypes.NewValue(tftypes.Bool, true),
	})
	created, diagnostics := protocol.Apply(typeName, nil, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Intercept(refusing(http.MethodPut, "/auth-credentials/key", http.StatusBadRequest))
	failed, diagnostics := refold.Protocol(t).Apply(typeName, nil, config)
	if len(diagnostics) != 2 {
		t.Fatalf("want an error and a warning, there are %d diagnostics:\n%s", len(diagnostics), acctest.List(diagnostics))
	}
	acctest.WantDiagnostic(t, diagnostics[:1], acctest.Failure, `Could not store credential "key" of linked account`)
	acctest.WantDiagnostic(t, diagnostics[1:], acctest.Warning, "The linked account exists now, without all of its credentials")
	if !failed.State.IsNull() {
		t.Errorf("state after a failed create: %s", failed.State)
	}
	refold.Intercept(nil)
	again, diagnostics := refold.Protocol(t).Apply(typeName, nil, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	if !again.Attribute(t, "id").Equal(created.Attribute(t, "id")) {
		t.Error("the account was not adopted but made anew")
	}
}

// A write that nothing shows has failed: a create leaves no state, an update the one from before.
// The next apply does what is missing.
func TestWriteWithoutProof(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"success": `{"success":true}`, "nothing": ``} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			protocol := refold.Protocol(t)
			config := func(name string) tftypes.Value {
				return protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name)})
			}
			swallow := acctest.Instead(http.MethodPut, "/linked-account", acctest.Answering(http.StatusOK, body))
			refold.Intercept(swallow)
			left, diagnostics := refold.Protocol(t).Apply(typeName, nil, config("Acme"))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Could not create linked account")
			if !left.State.IsNull() {
				t.Errorf("state: %s", left.State)
			}
			refold.Intercept(nil)
			created, diagnostics := refold.Protocol(t).Apply(typeName, nil, config("Acme"))
			acctest.WantNoDiagnostics(t, diagnostics)

			refold.Intercept(blindOnceWritten(swallow))
			updated, diagnostics := refold.Protocol(t).Apply(typeName, &created, config("Acme Inc."))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Could not update linked account")
			if !updated.State.Equal(created.State) {
				t.Errorf("state: %s, want %s", updated.State, created.State)
			}
			refold.Intercept(nil)
			_, diagnostics = refold.Protocol(t).Apply(typeName, &updated, config("Acme Inc."))
			acctest.WantNoDiagnostics(t, diagnostics)
		})
	}
}

// What was written without proof is taken over by the next apply.
func TestCreateWithoutProofThatArrived(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(answering(mockapi.AnswerSuccess)))
	refold.Intercept(blindOnceWritten(func(http.ResponseWriter, *http.Request) bool { return false }))
	protocol := refold.Protocol(t)
	config := protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme")})
	left, diagnostics := protocol.Apply(typeName, nil, config)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Could not create linked account")
	if !left.State.IsNull() {
		t.Errorf("state: %s", left.State)
	}
	refold.Intercept(nil)
	refold.ResetRequests()
	_, diagnostics = refold.Protocol(t).Apply(typeName, nil, config)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	if counts := refold.CountByMethod(); counts[http.MethodPut] > 0 {
		t.Errorf("requests: %v", counts)
	}
}

// blindOnceWritten refuses reads once a write was seen, and leaves writes to another interceptor.
func blindOnceWritten(writing mockapi.Interceptor) mockapi.Interceptor {
	refuse := acctest.Answering(http.StatusUnauthorized, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"not now"}`)
	isWritten := false
	return func(w http.ResponseWriter, request *http.Request) bool {
		isWritten = isWritten || request.Method == http.MethodPut
		if isWritten && request.Method == http.MethodGet {
			refuse(w, request)
			return true
		}
		return writing(w, request)
	}
}

// TestUpdateOfVanishedAccount: an account that is gone is not made anew by a change of it. Where it
// vanishes right before the write, that is said.
func TestUpdateOfVanishedAccount(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		name, key    string
		isBeforeLook bool
		refused      bool
	}{
		"name": {"Acme Inc.", "old", true, true}, "credential": {"Acme", "new", true, true},
		"credential, after the look": {"Acme", "new", false, true}, "name, after the look": {"Acme Inc.", "old", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A server may answer for a vanished account that it has no default app.
			refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Credential.UnknownAccountAsDefaultApp = true }))
			protocol := refold.Protocol(t)
			with := func(name, key string) tftypes.Value {
				return protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name), "your_app": plainApp(map[string]string{"key": key})})
			}
			created, diagnostics := protocol.Apply(typeName, nil, with("Acme", "old"))
			acctest.WantNoDiagnostics(t, diagnostics)
			vanish := func() { refold.Remove(mockapi.EnvironmentTest, "user_1") }
			if test.isBeforeLook {
				vanish()
			} else {
				refold.Intercept(beforeWrite(vanish))
			}
			_, diagnostics = refold.Protocol(t).Apply(typeName, &created, with(test.name, test.key))
			_, isThere := refold.Account(mockapi.EnvironmentTest, "user_1")
			if isThere == test.refused {
				t.Errorf("there is an account: %v", isThere)
			}
			if test.refused {
				acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account was deleted meanwhile")
				return
			}
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account had been deleted")
		})
	}
}

// plainApp is your_app with these credentials; it is null for nil.
func plainApp(credentials map[string]string) tftypes.Value {
	if credentials == nil {
		return tftypes.NewValue(yourAppType, nil)
	}
	return acctest.Object(yourAppType, map[string]tftypes.Value{"auth_credentials": secrets(credentials)})
}

func writeOnlyApp(credentials map[string]string, version int) tftypes.Value {
	return acctest.Object(yourAppType, map[string]tftypes.Value{
		"auth_credentials_wo": secrets(credentials), "auth_credentials_wo_version": acctest.Version(version),
	})
}

func secrets(credentials map[string]string) tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, value := range credentials {
		values[name] = acctest.Text(value)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
}

var yourAppType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"app_id":                      tftypes.String,
	"auth_credentials":            tftypes.Map{ElementType: tftypes.String},
	"auth_credentials_wo":         tftypes.Map{ElementType: tftypes.String},
	"auth_credentials_wo_version": tftypes.String,
}}

// Warnings that a run must show, each under the server that gives rise to it.
func TestWarnings(t *testing.T) {
	t.Parallel()
	named := func(name string, values map[string]tftypes.Value) map[string]tftypes.Value {
		return map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name), "udf": fields(values)}
	}
	tests := map[string]struct {
		change  func(*mockapi.Behaviour)
		prepare func(*acctest.Refold)
		steps   []map[string]tftypes.Value
		summary string
	}{
		"taken over": {
			prepare: func(refold *acctest.Refold) { refold.Create(test, existing) },
			steps:   []map[string]tftypes.Value{named("Acme", map[string]tftypes.Value{"plan": acctest.Text("pro")})},
			summary: "Took over an existing linked account",
		},
		"key survives": {
			change:  merging(mockapi.UDFNullIgnored),
			steps:   []map[string]tftypes.Value{named("Acme", map[string]tftypes.Value{"plan": acctest.Text("pro")}), named("Acme", nil)},
			summary: "Refold did not store the user-defined fields as configured",
		},
		"number becomes a string": {
			change:  func(b *mockapi.Behaviour) { b.UDF.Values = mockapi.UDFValuesStringified },
			steps:   []map[string]tftypes.Value{named("Acme", map[string]tftypes.Value{"seats": tftypes.NewValue(tftypes.Number, 5)})},
			summary: "Refold did not store the user-defined fields as configured",
		},
		"vanished before the update": {
			steps: []map[string]tftypes.Value{named("Acme", nil), named("Acme Inc.", nil)},
			prepare: func(refold *acctest.Refold) {
				refold.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
					if _, exists := refold.Account(test, "user_1"); request.Method == http.MethodPut && exists {
						refold.Remove(test, "user_1")
					}
					return false
				})
			},
			summary: "The linked account had been deleted",
		},
	}
	for name, warns := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := warns.change
			if change == nil {
				change = func(*mockapi.Behaviour) {}
			}
			refold := acctest.StartRefold(t, behaving(change))
			if warns.prepare != nil {
				warns.prepare(refold)
			}
			protocol := refold.Protocol(t)
			var instance *acctest.Instance
			for i, attributes := range warns.steps {
				applied, diagnostics := protocol.Apply(typeName, instance, protocol.Config(typeName, attributes))
				if i == len(warns.steps)-1 {
					acctest.WantDiagnostic(t, diagnostics, acctest.Warning, warns.summary)
				} else {
					acctest.WantNoDiagnostics(t, diagnostics)
				}
				instance = &applied
			}
		})
	}
}

// Names of write-only credentials that will not be sent are pointed at, whatever else changes.
func TestUnsentCredentialNames(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	config := func(name, credential string) tftypes.Value {
		return protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name), "your_app": writeOnlyApp(map[string]string{credential: "secret"}, 1)})
	}
	created, diagnostics := protocol.Apply(typeName, nil, config("Acme", "key"))
	acctest.WantNoDiagnostics(t, diagnostics)
	acctest.WantNoDiagnostics(t, protocol.Plan(typeName, &created, config("Acme", "key")).Diagnostics)
	for _, name := range []string{"Acme", "Acme Inc."} {
		acctest.WantDiagnostic(t, protocol.Plan(typeName, &created, config(name, "other")).Diagnostics, acctest.Warning, "Changed credentials are not sent")
	}
}

// An update or a deletion whose plan was made with another key, and which no
// refresh precedes, is stopped before it writes.
func TestSwappedKeyWithoutRefresh(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(mockapi.EnvironmentProduction, existing)
	mine := refold.Protocol(t)
	attributes := map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "force_destroy": tftypes.NewValue(tftypes.Bool, true)}
	created, diagnostics := mine.Apply(typeName, nil, mine.Config(typeName, attributes))
	acctest.WantNoDiagnostics(t, diagnostics)
	swapped := func() *acctest.Protocol {
		return acctest.StartProtocol(t, map[string]tftypes.Value{"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.ProductionKey)})
	}
	refold.ResetRequests()
	attributes["name"] = acctest.Text("Other")
	_, diagnostics = swapped().Apply(typeName, &created, mine.Config(typeName, attributes))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The API key belongs to another organization or environment")
	_, diagnostics = swapped().Apply(typeName, &created, tftypes.NewValue(created.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The API key belongs to another organization or environment")
	if counts := refold.CountByMethod(); counts[http.MethodPut]+counts[http.MethodDelete] > 0 {
		t.Errorf("requests with the wrong key: %v", counts)
	}
}

// TestUpdatesShareLooks: many updates of one run look at their accounts in a list, which also shows
// what the key selects.
func TestUpdatesShareLooks(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	var instances []acctest.Instance
	config := func(id, name string) tftypes.Value {
		return protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text(id), "name": acctest.Text(name)})
	}
	ids := []string{"user_1", "user_2", "user_3", "user_4"}
	for _, id := range ids {
		created, diagnostics := protocol.Apply(typeName, nil, config(id, "Acme"))
		acctest.WantNoDiagnostics(t, diagnostics)
		instances = append(instances, created)
	}
	later := refold.Protocol(t)
	refold.ResetRequests()
	for i, id := range ids {
		_, diagnostics := later.Apply(typeName, &instances[i], config(id, "Acme Inc."))
		acctest.WantNoDiagnostics(t, diagnostics)
	}
	if counts := refold.CountByMethod(); counts[http.MethodPut] != len(ids) || counts[http.MethodGet] != 2 {
		t.Errorf("requests: %v, want one PUT each and two GETs", counts)
	}
}

// A credential that could not be removed together with your_app is removed by
// the next apply, and does not stay behind an empty plan.
func TestCredentialThatCouldNotBeRemoved(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	with := map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "your_app": plainApp(map[string]string{"key": "old"})}
	created, diagnostics := protocol.Apply(typeName, nil, protocol.Config(typeName, with))
	acctest.WantNoDiagnostics(t, diagnostics)
	delete(with, "your_app")
	refold.Intercept(refusing(http.MethodDelete, "/auth-credentials/key", http.StatusBadRequest))
	updated, diagnostics := protocol.Apply(typeName, &created, protocol.Config(typeName, with))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, `Could not remove credential "key" of linked account`)
	refold.Intercept(nil)
	planned, err := protocol.Plan(typeName, &updated, protocol.Config(typeName, with)).PlannedState.Unmarshal(updated.State.Type())
	if err != nil || planned.Equal(updated.State) {
		t.Errorf("nothing is planned (%v)", err)
	}
	_, diagnostics = protocol.Apply(typeName, &updated, protocol.Config(typeName, with))
	acctest.WantNoDiagnostics(t, diagnostics)
	if left := refold.Credentials(test, "user_1"); len(left) > 0 {
		t.Errorf("%d credentials are left", len(left))
	}
}

// TestOlderCLI: a CLI before 1.11 keeps no identity, knows no write-only arguments, and is told so
// where one is set. All else works.
func TestOlderCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	run := refold.Protocol(t, acctest.Unpaced)
	config := func(name string, app tftypes.Value) tftypes.Value {
		return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name), "your_app": app})
	}
	acctest.WantDiagnostic(t, run.ValidateByOlderCLI(typeName, config("Acme", writeOnlyApp(map[string]string{"key": "k"}, 1))),
		acctest.Failure, "WriteOnly Attribute Not Allowed", "auth_credentials_wo", "1.11")
	plain := plainApp(map[string]string{"key": "k"})
	acctest.WantNoDiagnostics(t, run.ValidateByOlderCLI(typeName, config("Acme", plain)))
	state, met := run.Apply(typeName, nil, config("Acme", plain))
	acctest.WantNoDiagnostics(t, met)
	for _, name := range []string{"Acme Inc.", "Acme Ltd."} {
		state.Identity = nil
		state, met = refold.Protocol(t, acctest.Unpaced).Read(typeName, state)
		acctest.WantNoDiagnostics(t, met)
		state.Identity = nil
		state, met = refold.Protocol(t, acctest.Unpaced).Apply(typeName, &state, config(name, plain))
		acctest.WantNoDiagnostics(t, met)
	}
	state.Identity = nil
	refold.Remove(test, "user_1")
	gone, met := refold.Protocol(t, acctest.Unpaced).Read(typeName, state)
	if acctest.HasFailure(met) || !gone.State.IsNull() {
		t.Errorf("what is gone is %s\n%s", gone.State, acctest.List(met))
	}
}
