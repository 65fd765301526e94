// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// list names what is listed, and expects no diagnostics.
func (w *world) list(arguments attributes) []string {
	w.Helper()
	var names []string
	for listed := range w.process().List(typeName, acctest.Listing{Arguments: arguments}) {
		acctest.WantNoDiagnostics(w, listed.Diagnostics)
		names = append(names, listed.DisplayName)
	}
	return names
}

// Only connections by keys are listed, one for each app, and what is listed is what an import
// takes, at every server.
func TestList(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"of today":              {},
		"old documents":         {List: mockapi.ListBehaviour{FourFields: true}},
		"absent integrations":   {Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent}},
		"filters are ignored":   {Application: mockapi.ApplicationBehaviour{IgnoreFilters: true}},
		"account required":      {Application: mockapi.ApplicationBehaviour{AccountRequired: true}},
		"unconnected are shown": {Application: mockapi.ApplicationBehaviour{ShowUnconnected: true, ReauthUnconnected: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, behaviour, func(w *world) {
				w.SetApps(test, append(w.Apps(test), twoTypes())...)
				w.Connect(test, "acme", byOAuth("hubspot", "keybased"))
				w.Connect(test, "acme", byOAuth("slack"))
				w.Connect(test, "acme", mockapi.Integration{Type: "custom", Name: "Acme Warehouse", AppID: new(mockapi.CustomAppID), AuthTypes: []string{"keybased"}})
				w.Create(test, mockapi.Account{AccountID: "user/1 ü"})
				w.Connect(test, "user/1 ü", mockapi.Integration{Type: "both", Name: "Both", AuthTypes: []string{"oauth2", "token"}})
				w.Connect(test, "user/1 ü", byOAuth("zendesk"))
				w.Create(test, mockapi.Account{AccountID: "nothing"})
				want := []string{"HubSpot of acme", "Acme Warehouse of acme", "Both of user/1 ü"}
				if got := w.list(nil); !slices.Equal(got, want) {
					w.Errorf("listed %q, want %q", got, want)
				}
				for what, arguments := range map[string]attributes{
					"[Both of user/1 ü]":       {"linked_account_id": acctest.Text("user/1 ü")},
					"[HubSpot of acme]":        {"slug": acctest.Text("hubspot")},
					"[Acme Warehouse of acme]": {"slug": acctest.Text(mockapi.CustomAppID)},
					"[]":                       {"linked_account_id": acctest.Text("nothing")},
				} {
					if got := fmt.Sprint(w.list(arguments)); got != what {
						w.Errorf("%v lists %s", arguments, got)
					}
				}
				process := w.process()
				for listed := range process.List(typeName, acctest.Listing{IncludeResource: true}) {
					imported, met := process.ImportByIdentity(typeName, listed.Identity)
					acctest.WantNoDiagnostics(w, met)
					if !imported.State.Equal(listed.State) {
						w.Errorf("listed\n%s\nimported\n%s", listed.State, imported.State)
					}
				}
			})
		})
	}
}

// Accounts that have connected nothing, or nothing of the app, are not asked for.
func TestListRequests(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		for number := range 30 {
			id := fmt.Sprintf("user_%d", number)
			w.Create(test, mockapi.Account{AccountID: id})
			if number%10 == 0 {
				w.Connect(test, id, byOAuth("hubspot", "keybased"))
			}
			if number%10 == 1 {
				w.Connect(test, id, byOAuth("slack"))
			}
		}
		for what, test := range map[string]struct {
			arguments attributes
			requests  int
		}{"all": {nil, 1 + 6}, "of an app": {attributes{"slug": acctest.Text("hubspot")}, 1 + 3}, "of an account": {attributes{"linked_account_id": acctest.Text("user_0")}, 2}} {
			w.ResetRequests()
			w.list(test.arguments)
			w.wantRequests("a list "+what, map[string]int{http.MethodGet: test.requests})
		}
	})
}

func TestListFailures(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		one := func(arguments attributes) acctest.Diagnostics {
			results := slices.Collect(w.process().List(typeName, acctest.Listing{Arguments: arguments}))
			if len(results) != 1 {
				w.Fatalf("%d results", len(results))
			}
			return results[0].Diagnostics
		}
		acctest.WantDiagnostic(w, one(attributes{"linked_account_id": acctest.Text("nobody")}), acctest.Failure, "Could not list the integrations of linked account", `"nobody"`)
		w.Create(test, mockapi.Account{AccountID: " lead"})
		w.Connect(test, " lead", byOAuth("hubspot", "keybased"))
		acctest.WantDiagnostic(w, one(nil), acctest.Warning, "1 linked account is left out", "lead")
		w.refusing(http.MethodGet, http.StatusForbidden)
		acctest.WantDiagnostic(w, one(nil), acctest.Failure, "Could not list linked accounts")
	})
}
