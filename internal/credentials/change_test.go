// SPDX-License-Identifier: MPL-2.0

package credentials_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func app(names ...string) *credentials.DefaultApp {
	return (&credentials.DefaultApp{AppID: "app"}).With(names)
}

func TestCompare(t *testing.T) {
	for name, test := range map[string]struct {
		before         *credentials.DefaultApp
		known, desired map[string]string
		seed           bool
		put, remove    []string
	}{
		"nothing":                  {},
		"unchanged":                {before: app("a"), known: map[string]string{"a": "1"}, desired: map[string]string{"a": "1"}},
		"another value":            {before: app("a"), known: map[string]string{"a": "1"}, desired: map[string]string{"a": "2"}, put: []string{"a"}},
		"an empty value":           {before: app("a"), known: map[string]string{}, desired: map[string]string{"a": ""}, put: []string{"a"}},
		"values that nobody knows": {before: app("a", "b"), desired: map[string]string{"b": "2", "a": "1"}, put: []string{"a", "b"}},
		"an uncertain value":       {before: app("a", "b").Doubting("a"), known: map[string]string{"a": "1", "b": "1"}, desired: map[string]string{"a": "1", "b": "1"}, put: []string{"a"}},
		"renamed":                  {before: app("a"), known: map[string]string{"a": "1"}, desired: map[string]string{"b": "1"}, put: []string{"b"}, remove: []string{"a"}},
		"removed":                  {before: app("b", "a"), known: map[string]string{"a": "1", "b": "2"}, remove: []string{"a", "b"}},
		"seeded":                   {desired: map[string]string{"a": "1"}, seed: true},
		"seeded over others":       {before: app("a", "b"), desired: map[string]string{"a": "1"}, seed: true, remove: []string{"b"}},
	} {
		change := credentials.Compare(test.before, test.known, test.desired, test.seed)
		if !slices.Equal(change.Put, test.put) || !slices.Equal(change.Remove, test.remove) || change.Seed != test.seed || change.Before != test.before {
			t.Errorf("%s: %+v", name, change)
		}
		if isEmpty := !test.seed && test.put == nil && test.remove == nil; change.IsEmpty() != isEmpty {
			t.Errorf("%s: IsEmpty = %t", name, change.IsEmpty())
		}
	}
}

func TestDefaultApp(t *testing.T) {
	var nothing *credentials.DefaultApp
	if nothing.With(nil) != nil || nothing.Names() != nil {
		t.Error("something came of nothing")
	}
	if names := nothing.With([]string{"b", "a", "b"}).Names(); !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("names %q", names)
	}
	before := app("a", "c")
	after := before.With([]string{"b", "a"}).Settled([]string{"c"})
	if !slices.Equal(after.Names(), []string{"a", "b"}) || after.AppID != "app" || !slices.Equal(before.Names(), []string{"a", "c"}) {
		t.Errorf("from %+v to %+v", before, after)
	}
	if left := app("a").Settled([]string{"a"}); left == nil || len(left.Names()) != 0 {
		t.Errorf("an app without credentials is left as %+v", left)
	}
}

func TestSettle(t *testing.T) {
	before := app("a", "b", "c").Doubting("a", "b")
	change := credentials.Settle(before, map[string]string{"a": "1", "c": "3"})
	if !slices.Equal(change.Put, []string{"a"}) || !slices.Equal(change.Remove, []string{"b"}) || change.Seed || change.Before != before {
		t.Errorf("%+v", change)
	}
	if change := credentials.Settle(before.Settled(nil), map[string]string{"a": "1"}); !change.IsEmpty() {
		t.Errorf("without doubt: %+v", change)
	}
}

func TestDoubting(t *testing.T) {
	var nothing *credentials.DefaultApp
	if nothing.Doubting() != nil || nothing.Settled(nil) != nil || nothing.UncertainNames() != nil || nothing.Beyond(nil) != nil {
		t.Error("something came of nothing")
	}
	before := app("a")
	doubting := before.Doubting("b").Doubting("a", "b")
	if !slices.Equal(doubting.Names(), []string{"a", "b"}) || !slices.Equal(doubting.UncertainNames(), []string{"a", "b"}) || doubting.AppID != "app" {
		t.Errorf("doubting %+v", doubting)
	}
	if settled := doubting.Settled([]string{"b"}); len(settled.UncertainNames()) > 0 || !slices.Equal(settled.Names(), []string{"a"}) {
		t.Errorf("settled %+v", settled)
	}
	if len(before.UncertainNames()) > 0 || !slices.Equal(doubting.Beyond(map[string]string{"b": ""}), []string{"a"}) {
		t.Errorf("before %+v, doubting %+v", before, doubting)
	}
}

// TestDefaultAppOfBefore: what an earlier version of the provider kept goes on being read.
func TestDefaultAppOfBefore(t *testing.T) {
	var kept credentials.DefaultApp
	if err := json.Unmarshal([]byte(`{"app_id":"app","credential_names":["a","b"]}`), &kept); err != nil {
		t.Fatal(err)
	}
	if kept.AppID != "app" || !slices.Equal(kept.Names(), []string{"a", "b"}) || len(kept.UncertainNames()) > 0 {
		t.Errorf("read %+v", kept)
	}
}

func TestHasNamesOf(t *testing.T) {
	if !app("b", "a").HasNamesOf(byKey("a", "b")) || app("a").HasNamesOf(byKey("a", "b")) || app("a", "b").HasNamesOf(byKey("a")) {
		t.Error("other names")
	}
	var nothing *credentials.DefaultApp
	if !nothing.HasNamesOf(byKey()) || nothing.HasNamesOf(byKey("a")) {
		t.Error("names of nothing")
	}
}

func TestNames(t *testing.T) {
	if names := credentials.Names(map[string]string{"b": "", "a": ""}); !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("names %q", names)
	}
}

// The organization's own app has one id in all accounts: what one account shows
// goes for what was set up in others.
func TestWithOwnAppID(t *testing.T) {
	var nothing *credentials.DefaultApp
	unnamed := nothing.With([]string{"a"})
	data := providerdata.Pending(nil)
	if got := unnamed.WithOwnAppID(data); got != unnamed {
		t.Errorf("before any account shows it: %+v", got)
	}
	data.LearnOwnAppID(t.Context(), func(context.Context) (string, bool) { return "shown", true })
	if got := unnamed.WithOwnAppID(data); got.AppID != "shown" || !slices.Equal(got.Names(), []string{"a"}) || unnamed.AppID != "" {
		t.Errorf("named %+v, from %+v", got, unnamed)
	}
	if got := app("a").WithOwnAppID(data); got.AppID != "app" {
		t.Errorf("named again %+v", got)
	}
	if nothing.WithOwnAppID(data) != nil {
		t.Error("nothing was set up, and has an id")
	}
}
