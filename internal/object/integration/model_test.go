// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func keysOf(values map[string]attr.Value) types.Map {
	return types.MapValueMust(types.StringType, values)
}

func TestSendsKeys(t *testing.T) {
	t.Parallel()
	none, one, other := types.MapNull(types.StringType), keysOf(map[string]attr.Value{"k": types.StringValue("1")}), keysOf(map[string]attr.Value{"k": types.StringValue("2")})
	of := func(authType, version types.String, plain types.Map) model {
		return model{AuthType: authType, CredentialsWOVersion: version, Credentials: plain}
	}
	keyed, token, null := types.StringValue("keybased"), types.StringValue("token"), types.StringNull()
	v1, v2 := types.StringValue("1"), types.StringValue("2")
	for name, test := range map[string]struct {
		plan, state model
		want        bool
	}{
		"nothing changes":             {of(keyed, v1, none), of(keyed, v1, none), false},
		"another version":             {of(keyed, v2, none), of(keyed, v1, none), true},
		"a version after an import":   {of(keyed, v1, none), of(keyed, null, none), true},
		"a version that is gone":      {of(keyed, null, none), of(keyed, v1, none), false},
		"another type":                {of(token, v1, none), of(keyed, v1, none), true},
		"a type that is not known":    {of(types.StringUnknown(), v1, none), of(keyed, v1, none), false},
		"other plain keys":            {of(keyed, null, other), of(keyed, null, one), true},
		"plain keys that are gone":    {of(keyed, null, none), of(keyed, null, one), false},
		"plain for write-only":        {of(keyed, null, one), of(keyed, v1, none), true},
		"plain keys after an import":  {of(keyed, null, one), of(keyed, null, none), true},
		"plain keys that are unknown": {of(keyed, null, types.MapUnknown(types.StringType)), of(keyed, null, one), true},
	} {
		if got := test.plan.sendsKeys(test.state); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
		if got := test.plan.isSent(test.state, unsettled{Keys: true}); got != (test.want || test.plan.hasForm()) {
			t.Errorf("%s, after an update that failed: %v", name, got)
		}
	}
}

func TestLacksValues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		keys types.Map
		want bool
	}{
		"null":                {types.MapNull(types.StringType), true},
		"unknown":             {types.MapUnknown(types.StringType), false},
		"one value":           {keysOf(map[string]attr.Value{"k": types.StringValue("")}), false},
		"one null":            {keysOf(map[string]attr.Value{"k": types.StringValue("v"), "n": types.StringNull()}), true},
		"one that is unknown": {keysOf(map[string]attr.Value{"k": types.StringUnknown()}), false},
	} {
		if got := lacksValues(test.keys); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestUnsettled(t *testing.T) {
	t.Parallel()
	left := unsettled{}.with("", "then").with("a", "2026-11-27T00:00:00Z").with("b", "").with("a", "later")
	if got := left.connectionOf(model{}, "a"); got.AuthType.ValueString() != "a" || got.ConnectedAt.ValueString() != "2026-11-27T00:00:00Z" {
		t.Errorf("the connection that is left is %s of %s", got.AuthType, got.ConnectedAt)
	}
	if got := left.connectionOf(model{}, "b"); !got.ConnectedAt.IsNull() {
		t.Errorf("one of which nothing is known was made at %s", got.ConnectedAt)
	}
	if !slices.Equal(left.AuthTypes, []string{"a", "b"}) {
		t.Errorf("left %v", left.AuthTypes)
	}
	if less := left.without("a"); !slices.Equal(less.AuthTypes, []string{"b"}) || len(left.AuthTypes) != 2 {
		t.Errorf("left %v of %v", less.AuthTypes, left.AuthTypes)
	}
	if !left.without("a").without("b").IsNothing() || (unsettled{Keys: true}).IsNothing() {
		t.Error("what is left is not told from nothing")
	}
}

// What was made up to a minute after an attempt whose outcome is open counts as made by that.
func TestIsOthers(t *testing.T) {
	t.Parallel()
	const before, known, ended = "2026-11-27T00:00:00.500Z", "2026-11-27T01:00:00.500Z", "2026-11-27T02:00:00Z"
	for name, test := range map[string]struct {
		ended, known, found string
		want                bool
	}{
		"nothing known":               {"", "", before, false},
		"nothing shown":               {ended, known, "", false},
		"the same":                    {"", known, known, false},
		"another":                     {"", known, "2026-11-27T01:00:01Z", true},
		"the same, long after":        {before, ended, ended, false},
		"made by the attempt":         {ended, known, "2026-11-27T01:59:59.9Z", false},
		"made a minute later":         {ended, known, "2026-11-27T02:01:00Z", false},
		"made later":                  {ended, known, "2026-11-27T02:01:00.1Z", true},
		"made later, nothing else":    {ended, "", "2026-11-28T00:00:00Z", true},
		"made before, nothing else":   {ended, "", before, false},
		"an end that cannot be read":  {"?", known, before, true},
		"a date that cannot be read":  {ended, known, "?", true},
		"neither, and nothing before": {"?", "", "?", false},
	} {
		left := unsettled{Ended: map[string]string{"token": test.ended, "keybased": "2026-11-29T00:00:00Z"}}
		if got := left.isOthers(refold.Connection{ConnectedAt: test.found}, "token", test.known); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestConnectedOf(t *testing.T) {
	t.Parallel()
	connection := func(authTypes ...string) []refold.Connection {
		var made []refold.Connection
		for _, authType := range authTypes {
			made = append(made, refold.Connection{AuthType: authType})
		}
		return made
	}
	keys := func(authTypes ...string) map[string][]refold.CredentialField {
		taken := map[string][]refold.CredentialField{}
		for _, authType := range authTypes {
			taken[authType] = nil
		}
		return taken
	}
	for name, test := range map[string]struct {
		app *refold.Application
		// configured is auth_type, and the others what is found by it, and by an import.
		configured, authType, imported string
		isThere, isImported, isByKeys  bool
	}{
		"no app":                      {nil, "", "", "", false, false, false},
		"nothing connected":           {&refold.Application{Keys: keys("keybased")}, "", "keybased", "keybased", false, false, false},
		"by keys":                     {&refold.Application{Keys: keys("keybased"), Connections: connection("oauth2", "keybased")}, "", "keybased", "keybased", true, true, true},
		"by OAuth alone":              {&refold.Application{Keys: keys("keybased"), Connections: connection("oauth2")}, "", "keybased", "keybased", false, false, false},
		"by the app's own type":       {&refold.Application{AuthType: "apikey", Keys: keys("apikey"), Connections: connection("apikey")}, "", "apikey", "apikey", true, true, true},
		"by another type":             {&refold.Application{Keys: keys("keybased", "token"), Connections: connection("token")}, "", "keybased", "token", false, true, true},
		"configured":                  {&refold.Application{Keys: keys("keybased", "token"), Connections: connection("keybased", "token")}, "token", "token", "token", true, true, true},
		"of a type that nobody tells": {&refold.Application{AuthType: "keybased", Keys: keys("keybased"), Connections: connection("")}, "", "keybased", "keybased", true, true, true},
		"perhaps by OAuth":            {&refold.Application{AuthType: "oauth2", Keys: keys("keybased"), Connections: connection("")}, "", "keybased", "keybased", true, true, false},
		"nothing said of types":       {&refold.Application{HidesAuth: true}, "", "keybased", "keybased", false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var catalogue []*refold.Application
			if test.app != nil {
				test.app.Slug = "app"
				catalogue = append(catalogue, test.app)
			}
			asked := newModel("acme", "app")
			if test.configured != "" {
				asked.AuthType = types.StringValue(test.configured)
			}
			found := connectedOf(catalogue, asked)
			if found.authType != test.authType || found.isThere() != test.isThere {
				t.Errorf("found %+v", found)
			}
			imported := found.byKeys()
			if imported.authType != test.imported || imported.isThere() != test.isImported || imported.isByKeys() != test.isByKeys {
				t.Errorf("an import finds %+v", imported)
			}
		})
	}
}

// A connection counts as the last one, unless another one is sure to stay.
func TestHasOthers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		app  *refold.Application
		want bool
	}{
		"no app":           {nil, false},
		"its own alone":    {&refold.Application{Connections: []refold.Connection{{AuthType: "keybased"}}}, false},
		"the customer's":   {&refold.Application{Connections: []refold.Connection{{AuthType: "keybased"}, {AuthType: "oauth2"}}}, true},
		"one nobody tells": {&refold.Application{Connections: []refold.Connection{{AuthType: ""}}}, false},
		"what it has left": {&refold.Application{Connections: []refold.Connection{{AuthType: "keybased"}, {AuthType: "token"}}}, false},
	} {
		if got := (connected{app: test.app}).hasOthers(model{AuthType: types.StringValue("keybased")}, unsettled{AuthTypes: []string{"token"}}); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
