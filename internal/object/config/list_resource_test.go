// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// listed are the results of a list that have an identity, by their names, and what it says beside.
func (u *user) listed(listing acctest.Listing) (found []acctest.Listed, names []string, met acctest.Diagnostics) {
	u.Helper()
	for one := range u.process().List(configType, listing) {
		met = slices.Concat(met, one.Diagnostics)
		if !one.Identity.IsNull() {
			found, names = append(found, one), append(names, one.DisplayName)
		}
	}
	return found, names, met
}

// manyConfigs has configs of several apps and accounts, with values and ids of every kind.
func manyConfigs(u *user) {
	startWithEveryField(u)
	erp := mockapi.App{AppID: mockapi.CustomAppID, Name: "Warehouse", ConfigFields: []mockapi.ConfigField{{ID: "shelf"}, {ID: ".."}}}
	hubspot := crm()
	hubspot.ConfigFields = nil
	for id := range decode(u, everyValue).(map[string]any) {
		hubspot.ConfigFields = append(hubspot.ConfigFields, mockapi.ConfigField{ID: id, Type: "json"})
	}
	u.api.SetApps(test, hubspot, erp)
	u.set(func(config *mockapi.Config) {
		config.Values, config.Enabled["w2"] = decode(u, everyValue).(map[string]any), true
	})
	u.api.Create(test, mockapi.Account{AccountID: "a/b 50%25+ann@acme:c", Name: new("Acme ${x}")})
	connect(u.api, "a/b 50%25+ann@acme:c")
	for _, id := range []string{"a/b 50%25+ann@acme:c", "größe/%"} {
		u.api.SetConfig(test, "a/b 50%25+ann@acme:c", mockapi.Config{Slug: "hubspot", ConfigID: id, Values: map[string]any{"a/b": json.Number("1")}})
	}
	u.api.Create(test, mockapi.Account{AccountID: "user_3"})
	u.api.Connect(test, "user_3", mockapi.Integration{Type: "custom", Name: "Warehouse", AppID: new(mockapi.CustomAppID)})
	u.api.SetConfig(test, "user_3", mockapi.Config{Slug: mockapi.CustomAppID, ConfigID: "user_3", Values: map[string]any{"shelf": "A", "..": "x"}})
	u.api.SetConfig(test, "user_3", mockapi.Config{Slug: "hubspot", ConfigID: "user_3"})
	u.api.Create(test, mockapi.Account{AccountID: "user_4"})
}

// A list shows the configs of connected apps at any server, and what it generates has nothing to
// change after the import (FACTS 0.7, 2.7, 4.7, 4.8).
func TestListResource(t *testing.T) {
	t.Parallel()
	behaviours := servers()
	behaviours["whole configs listed"] = mockapi.Behaviour{Config: mockapi.ConfigBehaviour{ListWhole: true, TenantConfig: true}}
	behaviours["the organization's config"] = mockapi.Behaviour{Config: mockapi.ConfigBehaviour{TenantConfig: true}}
	behaviours["old documents"] = mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true, MaxLimit: 2}}
	for name, behaviour := range behaviours {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, behaviour, func(u *user) {
				manyConfigs(u)
				found, names, met := u.listed(acctest.Listing{IncludeResource: true})
				acctest.WantNoDiagnostics(u, met)
				slices.Sort(names)
				want := []string{
					"Acme ${x}: hubspot", "Acme ${x}: hubspot/größe/%", "user_1: hubspot", "user_3: " + mockapi.CustomAppID,
				}
				if !slices.Equal(names, want) {
					u.Errorf("listed are %q, want %q", names, want)
				}
				for _, one := range found {
					wantImportable(u, one)
				}
			})
		})
	}
}

func wantImportable(u *user, one acctest.Listed) {
	u.Helper()
	process := u.process()
	imported, met := process.ImportByIdentity(configType, one.Identity)
	acctest.WantNoDiagnostics(u, met)
	if !imported.State.Equal(one.State) {
		u.Errorf("listed:\n%s\nimported:\n%s", one.State, imported.State)
	}
	generated, met := process.Generated(configType, one.State)
	acctest.WantNoDiagnostics(u, met)
	acctest.WantNoDiagnostics(u, process.Validate(configType, generated))
	planned := process.Plan(configType, &imported, generated)
	acctest.WantNoDiagnostics(u, planned.Diagnostics)
	if !u.planned(planned).Equal(imported.State) || len(planned.RequiresReplace) > 0 {
		u.Errorf("planned:\n%s\nstate:\n%s", u.planned(planned), imported.State)
	}
}

// What is selected is all that is asked for.
func TestListResourceSelects(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		manyConfigs(u)
		account, slug := attributes{"linked_account_id": acctest.Text("user_3")}, attributes{"slug": acctest.Text("hubspot")}
		for _, test := range []struct {
			arguments attributes
			limit     int64
			names     []string
			sent      []string
		}{
			{account, 0, []string{"user_3: " + mockapi.CustomAppID}, []string{"GET"}},
			{both(account, slug), 0, []string{"user_3: hubspot"}, []string{"GET"}}, // It is not connected.
			{slug, 0, []string{"user_1: hubspot", "Acme ${x}: hubspot", "Acme ${x}: hubspot/größe/%"}, []string{"GET", "GET"}},
			{nil, 1, []string{"user_1: hubspot"}, []string{"GET"}},
			{attributes{"slug": acctest.Text(mockapi.CustomAppID)}, 0, []string{"user_3: " + mockapi.CustomAppID}, []string{"GET"}},
			{attributes{"linked_account_id": acctest.Text("user_4")}, 0, nil, nil},
		} {
			u.api.ResetRequests()
			_, names, met := u.listed(acctest.Listing{Arguments: test.arguments, Limit: test.limit})
			acctest.WantNoDiagnostics(u, met)
			slices.Sort(names)
			slices.Sort(test.names)
			if !slices.Equal(names, test.names) {
				u.Errorf("%v lists %q, want %q", test.arguments, names, test.names)
			}
			u.wantSent(test.sent...)
		}
	})
}

// What cannot be listed is said, and the list goes on.
func TestListResourceLeavesOut(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(func(*mockapi.Config) {})
		for _, id := range []string{"kündin", "z"} {
			u.api.Create(test, mockapi.Account{AccountID: id})
			connect(u.api, id)
			u.api.SetConfig(test, id, mockapi.Config{Slug: "hubspot", ConfigID: "z"})
		}
		u.api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: " emea"})
		u.api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "large", Values: map[string]any{"limit": json.Number("0." + strings.Repeat("123", 60))}})
		_, names, met := u.listed(acctest.Listing{IncludeResource: true})
		if want := []string{"user_1: hubspot", "z: hubspot"}; !slices.Equal(names, want) || len(met) != 3 {
			u.Fatalf("listed are %q, want %q, and %d things are said:\n%s", names, want, len(met), acctest.List(met))
		}
		acctest.WantDiagnostic(u, met[:1], acctest.Warning, "A config is left out of the list", `"hubspot/ emea"`)
		acctest.WantDiagnostic(u, met[1:2], acctest.Warning, "A config is left out of the list", `"hubspot/large"`, "more digits than Terraform can tell apart")
		acctest.WantDiagnostic(u, met[2:], acctest.Warning, "The configs of a linked account are left out of the list", `"kündin"`)
	})
}
