// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// TestRollback: whatever a change of credentials did until it failed, going back settles it. An
// uncertain credential is never taken for the configured one.
func TestRollback(t *testing.T) {
	t.Parallel()
	for rollback := range acctest.Rollbacks() {
		t.Run(rollback.Name, func(t *testing.T) {
			t.Parallel()
			mock := mockapi.New()
			user := acctest.NewUser(t, acctest.InProcess(t, contract.Check(t, mock)), typeName)
			user.Settle(withForm(rollback.Before))
			mock.Inject(rollback.Faults(func(*http.Request) bool { return true }))
			user.Attempt(withForm(rollback.Tried))
			mock.Inject(mockapi.Faults{})
			user.Settle(withForm(rollback.Before))
			if got := mock.Credentials(test, "acme"); !maps.Equal(got, rollback.Before.Values) {
				t.Errorf("Refold holds %v with an empty plan, want %v", got, rollback.Before.Values)
			}
		})
	}
}

// withForm is an account with these credentials.
func withForm(form acctest.CredentialForm) acctest.Attributes {
	attributes := acctest.Attributes{"linked_account_id": acctest.Text("acme"), "name": acctest.Text("Acme")}
	if form.Values == nil {
		return attributes
	}
	attributes["your_app"] = appWith(form)
	return attributes
}

// appWith is your_app with these credentials.
func appWith(form acctest.CredentialForm) tftypes.Value {
	app := acctest.Attributes{}
	if form.AppID != "" {
		app["app_id"] = acctest.Text(form.AppID)
	}
	if form.Version == 0 {
		app["auth_credentials"] = secrets(form.Values)
	} else {
		app["auth_credentials_wo"], app["auth_credentials_wo_version"] = secrets(form.Values), acctest.Version(form.Version)
	}
	return acctest.Object(yourAppType, app)
}

// TestUncertainCredentialsAreSent: a plan that sends what is uncertain does not say that it sends
// nothing.
func TestUncertainCredentialsAreSent(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	run := refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce)
	config := func(values map[string]string, version int) tftypes.Value {
		return run.Config(typeName, withForm(acctest.CredentialForm{Values: values, Version: version}))
	}
	state, diagnostics := run.Apply(typeName, nil, config(map[string]string{"a": "1"}, 1))
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedAfter}, Only: func(request *http.Request) bool { return request.Method == http.MethodPut }})
	state, diagnostics = run.Apply(typeName, &state, config(map[string]string{"c": "2"}, 2))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, `Could not store credential "c" of linked account`)
	refold.Inject(mockapi.Faults{})
	plan := run.Plan(typeName, &state, config(map[string]string{"a": "1"}, 1))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "Credentials at Refold are uncertain")
}
