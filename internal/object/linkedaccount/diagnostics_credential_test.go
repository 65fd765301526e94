// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// credentialSituations are about your_app.
func credentialSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "Credentials whose version stays", Mended: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(withCredential("key"))
			return m.update(created, withCredentialAt(2, "other"))
		}), Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(withCredential("key"))
			return m.Plan(typeName, &created, m.Config(typeName, withCredential("other"))).Diagnostics
		})},
		{Name: "A credential cannot be stored", Advice: diagnosticspage.Advice{Tests: "TestCredentialFailureIsResumed", Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"value is too long"}`)))
			_, met := m.create(withCredential("key"))
			return met
		})},
		{Name: "No credential can be stored", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(acctest.Instead(http.MethodPut, "/linked-account", acctest.Answering(401, `{"error":"SERVER_ERROR","message":"Invalid Credentials"}`)))
			_, met := m.create(withCredential("key"))
			return met
		})},
		{Name: "A create that fails half-way", Advice: diagnosticspage.Advice{Tests: "TestTakeOverWritesMissingCredentials", Not: diagnosticspage.Outside}, Meet: createHalfWay(withCredential("key"))},
		{Name: "A create of a nameless account that fails half-way", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport", Not: diagnosticspage.Outside}, Meet: createHalfWay(acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "your_app": withCredential("key")["your_app"]})},
		{Name: "A credential cannot be removed", Advice: diagnosticspage.Advice{Tests: "TestCredentialFailureThenRemoval", Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			_, met := leaveCredentials(api, m)
			return met
		})},
		{Name: "A replacement that creates first cannot remove a credential", Advice: diagnosticspage.Advice{Tests: "TestLeftCredentialIsTakenOut, movement.TestReplacementThatCreatesFirst", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			before := manager{diagnosticspage.At(t, api)}
			old, _ := before.create(withCredential("key"))
			api.Intercept(acctest.Instead(http.MethodDelete, "/auth-credentials/key", acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"no"}`)))
			replacing := manager{diagnosticspage.At(t, api)}
			replacing.create(acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "adopt_existing": acctest.Yes()})
			_, met := replacing.Delete(typeName, old)
			return met
		}},
		{Name: "Write-only credentials of a new version are null", Mended: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(withCredential("key"))
			return m.plan(created, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "your_app": nullForms(1)["null"]})
		}), Advice: diagnosticspage.Advice{Tests: "TestNullWriteOnlyValues"}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(withCredential("key"))
			return m.plan(created, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "your_app": nullForms(2)["null"]})
		})},
		{Name: "A credential that is uncertain", Advice: diagnosticspage.Advice{Tests: "TestUncertainCredentialsAreSent"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			// The next version was tried, failed, and then was taken back.
			created, _ := m.create(withCredential("key"))
			api.Intercept(acctest.Instead(http.MethodPut, "/auth-credentials/key", acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"no"}`)))
			updated, _ := m.Apply(typeName, &created, m.Config(typeName, withCredentialAt(2, "key")))
			api.Intercept(nil)
			return m.plan(updated, withCredential("key"))
		})},
	}
}

// createHalfWay creates an account at a Refold that takes the account, but not its credentials.
func createHalfWay(values acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		api.Behave(func(b *mockapi.Behaviour) { b.Credential.Duplicates = mockapi.DuplicatesStored })
		values["adopt_existing"] = tftypes.NewValue(tftypes.Bool, true)
		_, _ = managing(t, api).create(values)
		api.Intercept(acctest.Instead(http.MethodPut, "/auth-credentials/key", acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"value is too long"}`)))
		_, met := managing(t, api).create(values)
		return met
	}
}

// leaveCredentials gives your_app up at a Refold that does not remove them.
func leaveCredentials(api *mockapi.Server, m manager) (acctest.Instance, acctest.Diagnostics) {
	created, _ := m.create(withCredential("key"))
	api.Intercept(acctest.Instead(http.MethodDelete, "/auth-credentials/key", acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"it is in use"}`)))
	return m.Apply(typeName, &created, m.Config(typeName, named("Acme")))
}

func withCredential(credential string) acctest.Attributes { return withCredentialAt(1, credential) }

// writeOnlyAt is a version of a configuration with one write-only credential.
func withCredentialAt(version int, credential string) acctest.Attributes {
	values := named("Acme")
	values["your_app"] = yourApp(acctest.Attributes{
		"auth_credentials_wo":         tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{credential: acctest.Text("secret")}),
		"auth_credentials_wo_version": acctest.Version(version),
	})
	return values
}
