// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestStopDuringRename: where the server clears what an upsert leaves out, a
// stopped run writes it back like any other.
func TestStopDuringRename(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]mockapi.WriteAnswer{"newest": mockapi.AnswerNewest, "minimal": mockapi.AnswerMinimal} {
		t.Run(name+" answer", func(t *testing.T) {
			t.Parallel()
			server := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) {
				b.UDF.OmittedClears, b.Account.UpsertAnswer = true, answer
			}))
			server.Create(test, mockapi.Account{AccountID: "acme", UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
			run := server.Protocol(t)
			imported, diagnostics := run.Import(typeName, "acme")
			acctest.WantNoDiagnostics(t, diagnostics)
			server.StopAt(run, http.MethodPut, 1)
			_, diagnostics = run.Apply(typeName, &imported, run.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("acme"), "name": acctest.Text("Acme")}))
			if list := acctest.List(diagnostics); !strings.Contains(list, "User-defined fields were restored") {
				t.Errorf("diagnostics: %s", list)
			}
			if got := server.UDF("acme"); !reflect.DeepEqual(got, map[string]any{"plan": "pro"}) {
				t.Errorf("udf at the server: %v", got)
			}
		})
	}
}

// TestStopDuringCreate: the id of the organization's own app is learned all the
// same, without which the account could not be deleted later.
func TestStopDuringCreate(t *testing.T) {
	t.Parallel()
	server := acctest.StartRefold(t)
	run := server.Protocol(t)
	server.StopAt(run, http.MethodPut, 1)
	created, diagnostics := run.Apply(typeName, nil, run.Config(typeName, map[string]tftypes.Value{
		"linked_account_id": acctest.Text("acme"), "your_app": writeOnlyApp(map[string]string{"token": "x"}, 1),
	}))
	acctest.WantNoDiagnostics(t, diagnostics)
	_, diagnostics = server.Protocol(t).Delete(typeName, created)
	acctest.WantNoDiagnostics(t, diagnostics)
	if accounts := server.Accounts(test); len(accounts) > 0 {
		t.Errorf("accounts at Refold: %+v", accounts)
	}
}
