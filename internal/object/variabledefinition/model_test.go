// SPDX-License-Identifier: MPL-2.0

package variabledefinition

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestModelOf(t *testing.T) {
	t.Parallel()
	text := types.StringValue
	whole := modelOf(&refold.VariableDefinition{
		ID: "v1", OrganizationID: "o1", Name: "REGION", Description: "Where", Scope: "linked_account", Format: "string",
		CreatedAt: "2026-05-25T08:06:38Z", UpdatedAt: "2026-05-26T08:06:38Z",
	})
	want := model{
		ID: text("v1"), OrganizationID: text("o1"), Name: text("REGION"), Description: text("Where"), Scope: text("linked_account"), Format: text("string"),
		Encrypted: types.BoolValue(false), CreatedAt: text("2026-05-25T08:06:38Z"), UpdatedAt: text("2026-05-26T08:06:38Z"),
	}
	if whole != want {
		t.Errorf("got %+v, want %+v", whole, want)
	}
	if least := modelOf(&refold.VariableDefinition{ID: "v1", Encrypted: true}); least != (model{ID: text("v1"), Encrypted: types.BoolValue(true)}) {
		t.Errorf("of a definition that says nothing: %+v", least)
	}
}

func TestSelected(t *testing.T) {
	t.Parallel()
	text := types.StringValue
	listed := []*refold.VariableDefinition{
		{ID: "v1", Name: "REGION", Scope: "linked_account", Format: "string"},
		{ID: "v2", Name: "REGION", Scope: "workspace", Format: "url"},
		{ID: "v3", Name: "region", Scope: "linked_account", Format: "string"},
		{ID: "v4"},
	}
	for name, test := range map[string]struct {
		filter filter
		want   []string
	}{
		"nothing":       {filter{}, []string{"v1", "v2", "v3", "v4"}},
		"scope":         {filter{Scope: text("linked_account")}, []string{"v1", "v3"}},
		"name":          {filter{Name: text("REGION")}, []string{"v1", "v2"}},
		"format":        {filter{Format: text("url")}, []string{"v2"}},
		"all":           {filter{Scope: text("linked_account"), Name: text("region"), Format: text("string")}, []string{"v3"}},
		"none":          {filter{Name: text("REG")}, []string{}},
		"unknown scope": {filter{Scope: text("universe")}, []string{}},
	} {
		var shown manyModel
		shown.show(test.filter.selected(listed))
		if !slices.Equal(shown.IDs, test.want) || len(shown.Definitions) != len(test.want) || shown.Definitions == nil || shown.IDs == nil {
			t.Errorf("%s: %q and %d definitions, want %q", name, shown.IDs, len(shown.Definitions), test.want)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	text, unknown := types.StringValue("x"), types.StringUnknown()
	for name, test := range map[string]struct {
		named model
		says  string
	}{
		"by id":                         {model{ID: text}, ""},
		"by name":                       {model{Name: text, Scope: text}, ""},
		"by nothing":                    {model{}, "Not the name of a definition"},
		"by a name alone":               {model{Name: text}, "Not the name of a definition"},
		"by a scope alone":              {model{Scope: text}, "Not the name of a definition"},
		"in both ways":                  {model{ID: text, Name: text, Scope: text}, "A definition that is named in two ways"},
		"by id and scope":               {model{ID: text, Scope: text}, "A definition that is named in two ways"},
		"by an id that is not known":    {model{ID: unknown}, ""},
		"in both ways, perhaps":         {model{ID: unknown, Name: text, Scope: text}, ""},
		"by a name, and perhaps more":   {model{Name: text, Scope: unknown}, ""},
		"by a scope, and perhaps more":  {model{Name: unknown, Scope: text}, ""},
		"by id, and perhaps something":  {model{ID: text, Name: unknown}, ""},
		"by a name, and perhaps by id ": {model{ID: unknown, Name: text}, ""},
	} {
		met := test.named.check()
		switch {
		case test.says == "" && len(met) > 0:
			t.Errorf("%s: %v", name, met)
		case test.says != "" && (len(met) != 1 || met[0].Summary() != test.says):
			t.Errorf("%s: %v, want %q", name, met, test.says)
		}
	}
}

// A message stays short, however many definitions there are.
func TestShowing(t *testing.T) {
	t.Parallel()
	if text := showing(nil); text != "It shows none at all." {
		t.Errorf("none: %s", text)
	}
	many := slices.Repeat([]*refold.VariableDefinition{{ID: "v1", Name: "REGION", Scope: "workspace"}}, 25)
	text := showing(many)
	if strings.Count(text, `"REGION" of "workspace" (v1)`) != 10 || !strings.HasSuffix(text, " and 15 more.") {
		t.Errorf("many: %s", text)
	}
}
