// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// sent is what the private state keeps of an account whose credentials have these
// names; the version is nil for the plain form.
func sent(version *credentials.Version, appID string, names ...string) tracked {
	return tracked{App: (&credentials.DefaultApp{AppID: appID}).With(names), Version: version}
}

func TestPlanChanges(t *testing.T) {
	state := model{
		Accounts: accountsValue(map[string]account{"gone": bare(), "renamed": named("old"), "same": named("same"), "secret": bare()}),
		Forms:    plainForm(secrets{"secret": {"token": "old"}}),
	}
	configured := model{
		Accounts: accountsValue(map[string]account{"new": bare(), "renamed": named("new"), "same": named("same"), "secret": bare()}),
		Forms:    plainForm(secrets{"secret": {"token": "new"}, "new": {"token": "new"}}),
	}
	found := planChanges(t.Context(), state, configured, nil)
	if !slices.Equal(found.create, []string{"new"}) || !slices.Equal(found.remove, []string{"gone"}) || !slices.Equal(found.update, []string{"renamed", "secret"}) {
		t.Errorf("changes %+v", found)
	}
	if len(found.credentials) != 3 || !slices.Equal(found.credentials["secret"].Put, []string{"token"}) || !found.credentials["same"].IsEmpty() {
		t.Errorf("credentials %+v", found.credentials)
	}
}

func TestChangesThatSendNothing(t *testing.T) {
	one := []string{"a"}
	for name, found := range map[string]changes{"create": {create: one}, "update": {update: one}, "remove": {remove: one}} {
		if found.sendNothing(ownership.Delete) {
			t.Errorf("%s: sends nothing", name)
		}
	}
	if !(changes{}).sendNothing(ownership.Delete) {
		t.Error("no change sends something")
	}
	if !(changes{remove: one}).sendNothing(ownership.Abandon) || (changes{create: one, remove: one}).sendNothing(ownership.Abandon) {
		t.Error("under ABANDON, only what is removed sends nothing")
	}
}

func TestCredentialChange(t *testing.T) {
	one, two, empty := secrets{"a": {"x": "1"}}, secrets{"a": {"x": "2", "y": "3"}}, secrets{}
	first, second := new(credentials.Version("1")), new(credentials.Version("2"))
	hidden := plainForm(one)
	hidden.AuthCredentialsWOVersion = types.StringValue("1")
	for name, test := range map[string]struct {
		state, configured credentials.Forms
		appID             string
		kept              tracked
		seed              bool
		put, remove       []string
		before            []string
	}{
		"none":                     {state: plainForm(nil), configured: plainForm(nil)},
		"set up":                   {state: plainForm(nil), configured: plainForm(one), seed: true},
		"the same":                 {state: plainForm(one), configured: plainForm(one), kept: sent(nil, "", "x"), before: []string{"x"}},
		"other values":             {state: plainForm(one), configured: plainForm(two), kept: sent(nil, "", "x"), put: []string{"x", "y"}, before: []string{"x"}},
		"taken out":                {state: plainForm(one), configured: plainForm(empty), kept: sent(nil, "", "x"), remove: []string{"x"}, before: []string{"x"}},
		"left of a failed update":  {state: plainForm(nil), configured: plainForm(nil), kept: sent(nil, "", "x"), remove: []string{"x"}, before: []string{"x"}},
		"values that may be older": {state: plainForm(one), configured: plainForm(one), kept: sent(first, "", "x"), put: []string{"x"}, before: []string{"x"}},
		"for another app":          {state: plainForm(one), configured: plainForm(one), appID: "new", kept: sent(nil, "old", "x"), seed: true, before: []string{"x"}},
		"for the same app":         {state: plainForm(one), configured: plainForm(one), appID: "app", kept: sent(nil, "app", "x"), before: []string{"x"}},
		"for an app, none set up":  {state: plainForm(nil), configured: plainForm(one), appID: "app", seed: true},

		"the version that was sent":                  {state: writeOnlyForm(1, nil), configured: writeOnlyForm(1, two), kept: sent(first, "", "x"), before: []string{"x"}},
		"the next version":                           {state: writeOnlyForm(1, nil), configured: writeOnlyForm(2, two), kept: sent(first, "", "x"), put: []string{"x", "y"}, before: []string{"x"}},
		"the next version, sent before a failure":    {state: writeOnlyForm(1, nil), configured: writeOnlyForm(2, two), kept: sent(second, "", "x"), before: []string{"x"}},
		"the version of the state, never sent":       {state: writeOnlyForm(1, nil), configured: writeOnlyForm(1, two)},
		"another version, never sent":                {state: writeOnlyForm(1, nil), configured: writeOnlyForm(2, two), seed: true},
		"the version of the state, which is open":    {state: writeOnlyForm(1, nil), configured: writeOnlyForm(1, two), kept: sent(nil, "", "x"), before: []string{"x"}},
		"another version, and what was sent is open": {state: writeOnlyForm(1, nil), configured: writeOnlyForm(2, two), kept: sent(nil, "", "x"), put: []string{"x", "y"}, before: []string{"x"}},
		"the version that was sent, another app":     {state: writeOnlyForm(1, nil), configured: writeOnlyForm(1, one), appID: "new", kept: sent(first, "old", "x"), seed: true, before: []string{"x"}},
		"the next version, no longer configured":     {state: writeOnlyForm(1, nil), configured: writeOnlyForm(2, empty), kept: sent(first, "", "x"), remove: []string{"x"}, before: []string{"x"}},
		"from plain to write-only":                   {state: plainForm(one), configured: writeOnlyForm(1, one), kept: sent(nil, "", "x"), before: []string{"x"}},
		"from write-only to plain":                   {state: writeOnlyForm(1, nil), configured: plainForm(one), kept: sent(first, "", "x"), put: []string{"x"}, before: []string{"x"}},
		"plain, with a version that is ignored":      {state: hidden, configured: hidden, kept: sent(nil, "", "x"), before: []string{"x"}},
	} {
		comparison := newCredentialComparison(model{Forms: test.state}, model{Forms: test.configured, AppID: types.StringValue(test.appID)})
		change := comparison.change("a", test.kept)
		if change.Seed != test.seed || !slices.Equal(change.Put, test.put) || !slices.Equal(change.Remove, test.remove) || !slices.Equal(change.Before.Names(), test.before) {
			t.Errorf("%s: %+v of %q", name, change, change.Before.Names())
		}
	}
}

func TestUnsettled(t *testing.T) {
	stays := map[string]account{"a": bare()}
	one, doubtful := secrets{"a": {"x": "1"}}, tracked{App: (&credentials.DefaultApp{}).Doubting("x")}
	first, second := new(credentials.Version("1")), new(credentials.Version("2"))
	for name, test := range map[string]struct {
		state, configured credentials.Forms
		before, after     map[string]account
		kept              tracked
		want              bool
	}{
		"plain":                           {plainForm(one), plainForm(one), stays, stays, sent(nil, "", "x"), false},
		"plain, uncertain":                {plainForm(one), plainForm(one), stays, stays, doubtful, true},
		"of an account gone":              {plainForm(one), plainForm(one), nil, stays, doubtful, false},
		"of an account taken out":         {plainForm(one), plainForm(one), stays, nil, doubtful, false},
		"none":                            {plainForm(nil), plainForm(nil), stays, stays, sent(nil, ""), false},
		"none, and something left":        {plainForm(nil), plainForm(nil), stays, stays, sent(nil, "", "x"), true},
		"a version":                       {writeOnlyForm(1, nil), writeOnlyForm(1, one), stays, stays, sent(first, "", "x"), false},
		"a version, uncertain":            {writeOnlyForm(1, nil), writeOnlyForm(1, one), stays, stays, doubtful, true},
		"a version, and another was sent": {writeOnlyForm(1, nil), writeOnlyForm(1, one), stays, stays, sent(second, "", "x"), true},
		"a version without values":        {writeOnlyForm(1, nil), writeOnlyForm(1, nil), stays, stays, doubtful, false},
		"nothing was kept":                {plainForm(nil), plainForm(nil), stays, stays, tracked{}, false},
	} {
		comparison := newCredentialComparison(model{Forms: test.state}, model{Forms: test.configured})
		if got := comparison.unsettled(test.before, test.after, map[string]tracked{"a": test.kept}); (len(got) == 1) != test.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
