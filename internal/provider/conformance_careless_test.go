// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/careless"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// Each rule finds the careless object, and says what is wrong with it.
func TestRulesFindACarelessObject(t *testing.T) {
	t.Parallel()
	const object = "resource refold_careless"
	mistakes := careless.Mistakes{DescribesNothing: true, OpenSecrets: true}
	offered := unidentified{careless.Provider(provider.New("test")(), mistakes)}
	problems := problemsOf(t.Context(), offered, fstest.MapFS{
		"docs/data-sources/careless.md":     {Data: []byte("---\nsubcategory: \"Hooks\"\n---\n")},
		"internal/object/careless/model.go": {},
		"CHANGELOG.md":                      {Data: []byte("* **New Data Source:** `refold_careless_other`, beside `refold_careless`\n")},
	})
	decide := " can carry a secret: make it Sensitive or WriteOnly, or name it with the reason in harmless (internal/provider/conformance_secret_test.go)"
	for _, want := range []string{
		object + ": has no description",
		object + ": " + object + ".name has no description",
		object + ": " + object + ".in_single.token" + decide,
		object + ": " + object + ".in_list.token" + decide,
		object + ": " + object + ".in_set.token" + decide,
		object + ": " + object + ".in_map.token" + decide,
		object + ": " + object + ".in_object.token" + decide,
		object + ": " + object + ".in_objects.token" + decide,
		object + ": " + object + ".headers" + decide,
		object + ": " + object + ".secret" + decide,
		object + ": " + object + ".url" + decide,
		object + ": " + object + ".key_wo is write-only and needs the suffix _wo, and a _wo_version beside it",
		"internal/object/careless/model.go has no test of its own (internal/object/careless/model_test.go)",
		object + ": has no identity: implement resource.ResourceWithIdentity",
		object + ": cannot be imported: implement resource.ResourceWithImportState",
		object + ": has no page: run make docs (docs/resources/careless.md)",
		object + ": has no example (examples/resources/refold_careless/resource.tf)",
		object + `: does not show an import with "terraform import refold_careless." on its page (docs/resources/careless.md)`,
		object + `: does not show an import with "id = " on its page (docs/resources/careless.md)`,
		object + `: has no import example with "id = " (examples/resources/refold_careless/import-by-string-id/main.tf)`,
		object + `: does not show an import with "identity = {" on its page (docs/resources/careless.md)`,
		object + ": is not linked from README.md (docs/resources/careless.md)",
		object + ": is not in the changelog: write a line \"* **New Resource:** `refold_careless`\" under FEATURES (CHANGELOG.md)",
		"data source refold_careless: is not in the changelog: write a line \"* **New Data Source:** `refold_careless`\" under FEATURES (CHANGELOG.md)",
		`data source refold_careless: is in subcategory "Hooks", not in one of Accounts, Connections, Configuration, Variables, Monitoring (docs/data-sources/careless.md)`,
		"ephemeral resource refold_connect_url.redirect_url is called harmless, and does not exist or has no reason",
	} {
		if !slices.Contains(problems, want) {
			t.Errorf("no rule says %q, but they say:\n%s", want, strings.Join(problems, "\n"))
		}
	}
}

func TestRulesFindProblemsOfSchemas(t *testing.T) {
	t.Parallel()
	for want, mistakes := range map[string]careless.Mistakes{
		"resource refold_careless: has no deletion_policy":                   {HasNoPolicy: true},
		"resource refold_careless: identity attribute id has no description": {DescribesNothing: true},
		"the schema is not valid: ":                                          {TakesReservedName: true},
	} {
		problems := problemsOf(t.Context(), careless.Provider(provider.New("test")(), mistakes), fstest.MapFS{})
		if !slices.ContainsFunc(problems, func(problem string) bool { return strings.HasPrefix(problem, want) }) {
			t.Errorf("no rule says %q, but they say:\n%s", want, strings.Join(problems, "\n"))
		}
	}
}

// An object with all that belongs to it has no problem.
func TestRulesAcceptACarefulObject(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	const page = "---\nsubcategory: \"Configuration\"\n---\n## Import\n" +
		"id = 1\nidentity = {\nterraform import refold_careless.x x\n### Identity Schema\n"
	repository := fstest.MapFS{
		"docs/resources/careless.md":                                     file(page),
		"docs/data-sources/careless.md":                                  file(page),
		"examples/resources/refold_careless/resource.tf":                 file("x"),
		"examples/resources/refold_careless/import-by-string-id/main.tf": file("id = 1"),
		"examples/data-sources/refold_careless/data-source.tf":           file("x"),
		"CHANGELOG.md": file("* **New Resource:** `refold_careless`\n* **New Data Source:** `refold_careless`, to read\n"),
		"README.md":    file("[a](docs/resources/careless.md) [b](docs/data-sources/careless.md)"),
	}
	for _, problem := range problemsOf(t.Context(), careless.Provider(provider.New("test")(), careless.Mistakes{}), repository) {
		if strings.Contains(problem, "refold_careless") {
			t.Error(problem)
		}
	}
	delete(repository, "docs/resources/careless.md")
	repository["docs/resources/careless.md"] = file("---\nsubcategory: \"Configuration\"\n---\n")
	problems := problemsOf(t.Context(), careless.Provider(provider.New("test")(), careless.Mistakes{}), repository)
	for _, heading := range []string{"## Import", "### Identity Schema"} {
		want := `resource refold_careless: has no section "` + heading + `" on its page (docs/resources/careless.md)`
		if !slices.Contains(problems, want) {
			t.Errorf("no rule says %q, but they say:\n%s", want, strings.Join(problems, "\n"))
		}
	}
}

// unidentified is a provider whose resources have neither identity nor import.
type unidentified struct{ framework.Provider }

// Resources implements provider.Provider.
func (p unidentified) Resources(ctx context.Context) []func() resource.Resource {
	var bare []func() resource.Resource
	for _, construct := range p.Provider.Resources(ctx) {
		bare = append(bare, func() resource.Resource { return struct{ resource.Resource }{construct()} })
	}
	return bare
}

func TestRulesFindProblemsOfLists(t *testing.T) {
	t.Parallel()
	schema := &tfprotov6.GetProviderSchemaResponse{ListResourceSchemas: map[string]*tfprotov6.Schema{"refold_stray": {}}}
	if problems := listProblems(schema); !slices.Equal(problems, []string{"list resource refold_stray: lists what no resource manages"}) {
		t.Errorf("a list of nothing that is managed: %q", problems)
	}
}

func TestRulesFindProblemsOfFunctions(t *testing.T) {
	t.Parallel()
	sound := func() *tfprotov6.Function {
		return &tfprotov6.Function{
			Summary: "Joins.", Description: "Joins parts. Returns text.", Return: &tfprotov6.FunctionReturn{Type: tftypes.String},
			Parameters:        []*tfprotov6.FunctionParameter{{Name: "by", Description: "Separator."}},
			VariadicParameter: &tfprotov6.FunctionParameter{Name: "parts", Description: "What to join."},
		}
	}
	if problems := functionProblems(sound()); len(problems) != 0 {
		t.Errorf("nothing is wrong: %q", problems)
	}
	for want, spoil := range map[string]func(*tfprotov6.Function){
		"has no summary": func(f *tfprotov6.Function) { f.Summary = "" },
		`has no description that says what it returns ("Returns ...")`: func(f *tfprotov6.Function) { f.Description = "Joins parts." },
		"parameter 1 () has no name or no description":                 func(f *tfprotov6.Function) { f.Parameters[0].Name = "" },
		"parameter 1 (by) has no name or no description":               func(f *tfprotov6.Function) { f.Parameters[0].Description = "" },
		"parameter 2 (parts) has no name or no description":            func(f *tfprotov6.Function) { f.VariadicParameter.Description = "" },
	} {
		function := sound()
		spoil(function)
		if problems := functionProblems(function); !slices.Equal(problems, []string{want}) {
			t.Errorf("%q was found, want %q", problems, want)
		}
	}
}
