// SPDX-License-Identifier: MPL-2.0

package route_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

// table holds endpoints that are named by their patterns.
func table(express bool, patterns ...string) *route.Table[string] {
	made := &route.Table[string]{Express: express}
	for _, pattern := range patterns {
		made.Add("GET", pattern, pattern)
	}
	return made
}

func TestFind(t *testing.T) {
	patterns := []string{"/a", "/a/{id}", "/a/fixed", "/a/{id}/b", "/a/fixed/{key}"}
	for _, test := range []struct {
		path       string
		want       string
		parameters map[string]string
		express    string
	}{
		{path: "/a", want: "/a"},
		{path: "/A/", express: "/a"},
		{path: "/a//"},
		{path: "/b"},
		{path: "//a"},
		{path: "/a/x", want: "/a/{id}", parameters: map[string]string{"id": "x"}},
		{path: "/a/fixed", want: "/a/fixed"},
		{path: "/a/FIXED", want: "/a/{id}", parameters: map[string]string{"id": "FIXED"}, express: "/a/fixed"},
		{path: "/a/fixed/b", want: "/a/fixed/{key}", parameters: map[string]string{"key": "b"}},
		{path: "/a/x/b", want: "/a/{id}/b", parameters: map[string]string{"id": "x"}},
		{path: "/a/x%2Fb", want: "/a/{id}", parameters: map[string]string{"id": "x/b"}},
		{path: "/a/%252F", want: "/a/{id}", parameters: map[string]string{"id": "%2F"}},
		{path: "/a/%FF", want: "/a/{id}"},
		{path: "/a/%", want: "/a/{id}"},
	} {
		for _, express := range []bool{false, true} {
			want := test.want
			if express && test.express != "" {
				want = test.express
			}
			got, parameters, ok := table(express, patterns...).Find("GET", test.path)
			if got != want || ok != (want != "") {
				t.Errorf("%s, Express %t: %q, want %q", test.path, express, got, want)
			}
			if want == test.want && !maps.Equal(parameters, test.parameters) {
				t.Errorf("%s, Express %t: parameters %q, want %q", test.path, express, parameters, test.parameters)
			}
		}
	}
}

func TestFindTellsWhatCannotBeDecoded(t *testing.T) {
	for path, wantNil := range map[string]bool{"/a/x": false, "/a/%FF": true, "/a/%": true} {
		if _, parameters, _ := table(false, "/a/{id}").Find("GET", path); (parameters == nil) != wantNil {
			t.Errorf("%s: parameters %q", path, parameters)
		}
	}
}

func TestFindTellsMethodsApart(t *testing.T) {
	if _, _, ok := table(true, "/a").Find("PUT", "/a"); ok {
		t.Error("another method was found")
	}
}

func TestAddRefusesASecondEndpoint(t *testing.T) {
	defer func() {
		if text := fmt.Sprint(recover()); !strings.Contains(text, "two endpoints for GET /a") {
			t.Errorf("panic %q", text)
		}
	}()
	table(false, "/a", "/a")
}
