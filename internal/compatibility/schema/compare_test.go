// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/compatibility/schema"
)

// set is a change that gives an attribute of the resource another schema.
func set(name string, attribute resourceschema.Attribute) func(*sample) {
	return func(s *sample) { s.attributes[name] = attribute }
}

// drop takes attributes of the resource away.
func drop(names ...string) func(*sample) {
	return func(s *sample) {
		for _, name := range names {
			delete(s.attributes, name)
		}
	}
}

// also is several changes.
func also(changes ...func(*sample)) func(*sample) {
	return func(s *sample) {
		for _, change := range changes {
			change(s)
		}
	}
}

// raised gives the schema version 1, with an upgrade from 0.
func raised(s *sample) { s.version, s.upgrades = 1, []int64{0} }

const gone, renamed = "is gone", "is gone, and may be called title now"

// Each change is found, and said to be what it is for users.
func TestCompare(t *testing.T) {
	text := func(modify func(*resourceschema.StringAttribute)) resourceschema.StringAttribute {
		attribute := resourceschema.StringAttribute{Optional: true, Validators: []validator.String{rule("must not be empty")}}
		modify(&attribute)
		return attribute
	}
	app := func(attributes map[string]resourceschema.Attribute) func(*sample) {
		return set("app", resourceschema.SingleNestedAttribute{Optional: true, Attributes: attributes})
	}
	limit := func(text string) func(*sample) {
		return set("limit", resourceschema.Int64Attribute{Optional: true, MarkdownDescription: text})
	}
	identity := func(name string, attribute identityschema.Attribute) func(*sample) {
		return func(s *sample) { s.identity[name] = attribute }
	}
	const of = "resource/sample_thing"
	for name, test := range map[string]struct {
		change func(*sample)
		// want are the changes: class, part, and words of what is said, with " | " between.
		want []string
	}{
		"nothing": {func(*sample) {}, nil},

		// What configurations and states rely on.
		"a removed attribute":    {drop("secret", "app"), []string{"breaking | " + of + " app | " + gone, "breaking | " + of + " secret | " + gone}},
		"a removed one within":   {app(nil), []string{"breaking | " + of + " app.token | " + gone}},
		"a removed block":        {func(s *sample) { s.blocks = nil }, []string{"breaking | " + of + " timeouts | " + gone}},
		"a removed resource":     {func(s *sample) { s.hasNoResource = true }, []string{"breaking | " + of + ": | " + gone}},
		"another name":           {also(drop("name"), set("title", text(func(*resourceschema.StringAttribute) {}))), []string{"breaking | " + of + " name | " + gone, "needs a state upgrade | " + of + " name | " + renamed, "additive | " + of + " title | is new"}},
		"another name, upgraded": {also(drop("name"), set("title", text(func(*resourceschema.StringAttribute) {})), raised), []string{"breaking | " + of + " name | " + gone, "additive | " + of + " name | upgraded from version 0", "additive | title | is new", "additive | upgrades was nothing, is 0", "additive | version was 0, is 1"}},
		"another type":           {set("limit", resourceschema.StringAttribute{Optional: true, MarkdownDescription: "How many. Defaults to `5`."}), []string{"breaking | limit | type was number, is string", "needs a state upgrade | limit | raise the version of the schema from 0"}},
		"a block for an attribute": {also(drop("app"), func(s *sample) {
			s.blocks["app"] = resourceschema.SingleNestedBlock{Attributes: map[string]resourceschema.Attribute{"token": resourceschema.StringAttribute{Optional: true}}}
		}), []string{"breaking | app | type was nested-object, is block-object", "needs a state upgrade | app"}},
		"a raised version":             {raised, []string{"additive | upgrades was nothing, is 0", "additive | version was 0, is 1"}},
		"a version without an upgrade": {func(s *sample) { s.version = 1 }, []string{"needs a state upgrade | version was 0, is 1"}},
		"an upgrade from another one":  {func(s *sample) { s.version, s.upgrades = 2, []int64{1} }, []string{"needs a state upgrade | version was 0, is 2", "additive | upgrades was nothing, is 1"}},
		"a lower version":              {func(s *sample) { s.version = -1 }, []string{"breaking | version was 0, is -1"}},
		"a type of its own":            {set("secret", resourceschema.StringAttribute{Optional: true, Sensitive: true, CustomType: strictText{}}), []string{"breaking | secret | rule is new: values of schema_test.strictText"}},
		"write-only":                   {set("secret", resourceschema.StringAttribute{Optional: true, Sensitive: true, WriteOnly: true}), []string{"breaking | secret | needs is new: Terraform 1.11", "breaking | secret | write-only was nothing, is yes"}},
		"sensitive":                    {set("name", text(func(a *resourceschema.StringAttribute) { a.Sensitive = true })), []string{"breaking | name | sensitive was nothing, is yes"}},
		"no longer sensitive":          {set("secret", resourceschema.StringAttribute{Optional: true}), []string{"breaking | secret | sensitive was yes, is nothing"}},
		"a new replacement": {set("name", text(func(a *resourceschema.StringAttribute) {
			a.PlanModifiers = []planmodifier.String{stringplanmodifier.RequiresReplace()}
		})), []string{"breaking | name | replaces is new"}},
		"a new replacement, if set": {set("name", text(func(a *resourceschema.StringAttribute) {
			a.PlanModifiers = []planmodifier.String{stringplanmodifier.RequiresReplaceIfConfigured()}
		})), []string{"breaking | name | replaces is new"}},
		"no replacement any more":   {set("key", resourceschema.StringAttribute{Required: true}), []string{"additive | key | replaces is gone"}},
		"a plan of its own":         {set("name", text(func(a *resourceschema.StringAttribute) { a.PlanModifiers = []planmodifier.String{ownPlan{"odd"}} })), []string{"breaking | name | own-plan is new: schema_test.ownPlan: odd"}},
		"a value that plans forget": {set("id", resourceschema.StringAttribute{Computed: true}), []string{"breaking | id | plan is gone"}},
		"a value that plans keep": {set("name", text(func(a *resourceschema.StringAttribute) {
			a.PlanModifiers = []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
		})), []string{"additive | name | plan is new"}},
		"a changed default":             {set("forced", resourceschema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true)}), []string{"breaking | forced | default was false, is true"}},
		"a default that is gone":        {set("forced", resourceschema.BoolAttribute{Optional: true, Computed: true}), []string{"breaking | forced | default was false, is nothing"}},
		"a changed described default":   {limit("How many. Defaults to `6`."), []string{"breaking | limit | default was `5`, is `6`", "text only | limit | description changed"}},
		"a described default's words":   {limit("At most so many. Defaults to `5`."), []string{"text only | limit | description changed"}},
		"a default that is described":   {set("secret", resourceschema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: "Defaults to `a`."}), []string{"text only | secret | default", "text only | secret | description"}},
		"a stricter rule":               {set("name", text(func(a *resourceschema.StringAttribute) { a.Validators = []validator.String{rule("must be short")} })), []string{"breaking | name | rule is new: must be short", "additive | name | rule is gone: must not be empty"}},
		"no rule":                       {set("name", resourceschema.StringAttribute{Optional: true}), []string{"additive | name | rule is gone"}},
		"optional becomes required":     {set("name", text(func(a *resourceschema.StringAttribute) { a.Optional, a.Required = false, true })), []string{"breaking | name | was optional, is required"}},
		"optional becomes computed":     {set("name", text(func(a *resourceschema.StringAttribute) { a.Optional, a.Computed = false, true })), []string{"breaking | name | was optional, is computed"}},
		"computed as well":              {set("name", text(func(a *resourceschema.StringAttribute) { a.Computed = true })), []string{"additive | name | was optional, is optional+computed"}},
		"not computed any more":         {set("forced", resourceschema.BoolAttribute{Optional: true}), []string{"breaking | forced | default was false", "breaking | forced | was optional+computed, is optional"}},
		"computed becomes optional":     {set("id", resourceschema.StringAttribute{Optional: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}), []string{"breaking | id | was computed, is optional"}},
		"computed can be configured":    {set("id", resourceschema.StringAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}), []string{"additive | id | was computed, is optional+computed"}},
		"required becomes optional":     {set("key", resourceschema.StringAttribute{Optional: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}}), []string{"additive | key | was required, is optional"}},
		"a new required attribute":      {set("region", resourceschema.StringAttribute{Required: true}), []string{"breaking | region | is new, and required"}},
		"a new required one within":     {app(map[string]resourceschema.Attribute{"token": resourceschema.StringAttribute{Optional: true}, "id": resourceschema.StringAttribute{Required: true}}), []string{"breaking | app.id | is new, and required"}},
		"a new optional attribute":      {set("region", resourceschema.StringAttribute{Optional: true}), []string{"additive | region | is new"}},
		"a new computed attribute":      {set("region", resourceschema.StringAttribute{Computed: true}), []string{"additive | region | is new"}},
		"a new one with required ones":  {set("extra", resourceschema.SingleNestedAttribute{Optional: true, Attributes: map[string]resourceschema.Attribute{"id": resourceschema.StringAttribute{Required: true}}}), []string{"additive | " + of + " extra: | is new"}},
		"deprecated":                    {set("name", text(func(a *resourceschema.StringAttribute) { a.DeprecationMessage = "Use title." })), []string{"additive | name | deprecated was nothing, is Use title."}},
		"a description":                 {set("name", text(func(a *resourceschema.StringAttribute) { a.Description = "The name." })), []string{"text only | name | description changed"}},
		"another import id":             {func(s *sample) { s.importOrder = []string{"region", "key"} }, []string{"breaking | import-id was key, is region/key"}},
		"an identity with more":         {identity("region", identityschema.StringAttribute{OptionalForImport: true}), []string{"needs a state upgrade | identity:region | raise the version of the identity", "additive | identity:region | is new"}},
		"an identity that needs more":   {identity("region", identityschema.StringAttribute{RequiredForImport: true}), []string{"breaking | identity:region | is new, and required", "needs a state upgrade | identity:region"}},
		"another identity":              {identity("key", identityschema.Int64Attribute{RequiredForImport: true}), []string{"breaking | identity:key | type was string, is number", "needs a state upgrade | identity:key | raise the version of the identity"}},
		"an identity without":           {func(s *sample) { delete(s.identity, "key") }, []string{"breaking | identity:key | is gone", "needs a state upgrade | identity:key"}},
		"an identity that is upgraded":  {also(identity("region", identityschema.StringAttribute{OptionalForImport: true}), func(s *sample) { s.identityVersion, s.identityUpgrades = 1, []int64{0} }), []string{"additive | identity:region | is new", "additive | identity:region | is new, and states are upgraded", "additive | identity-upgrades was nothing", "additive | identity-version was 0, is 1"}},
		"a schema's version is another": {also(identity("region", identityschema.StringAttribute{OptionalForImport: true}), raised), []string{"needs a state upgrade | identity:region", "additive | identity:region | is new", "additive | upgrades was nothing", "additive | version was 0"}},

		// What calls rely on.
		"another parameter": {func(s *sample) {
			s.function.Parameters = append(s.function.Parameters, function.BoolParameter{Name: "strict"})
		}, []string{"breaking | function/read parameter:2 | is new, and required"}},
		"more parameters":  {func(s *sample) { s.function.VariadicParameter = function.StringParameter{Name: "more"} }, []string{"additive | function/read parameter:more | is new"}},
		"a parameter less": {func(s *sample) { s.function.Parameters = nil }, []string{"breaking | function/read parameter:1 | " + gone}},
		"a parameter's name": {func(s *sample) {
			s.function.Parameters[0] = function.StringParameter{Name: "csv", AllowNullValue: true}
		}, []string{"text only | function/read parameter:1 | name changed"}},
		"a parameter's type":     {func(s *sample) { s.function.Parameters[0] = function.BoolParameter{Name: "text", AllowNullValue: true} }, []string{"breaking | function/read parameter:1 | type was string, is bool"}},
		"a parameter's null":     {func(s *sample) { s.function.Parameters[0] = function.StringParameter{Name: "text"} }, []string{"breaking | function/read parameter:1 | takes-null is gone"}},
		"what a function gives":  {func(s *sample) { s.function.Return = function.ListReturn{ElementType: types.StringType} }, []string{`breaking | function/read return | type was string, is ["list","string"]`}},
		"a function's new words": {func(s *sample) { s.function.Summary, s.function.Description = "Reads all.", "It reads." }, []string{"text only | function/read | description changed", "text only | function/read | summary changed"}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := newSample()
			test.change(changed)
			got := schema.Compare(newSample().facts(t), changed.facts(t))
			for i := 0; i < max(len(got), len(test.want)); i++ {
				if i >= len(got) || i >= len(test.want) || !isAsWanted(got[i], test.want[i]) {
					t.Fatalf("got\n%s\nwant\n%s", joined(got), strings.Join(test.want, "\n"))
				}
			}
		})
	}
}

func isAsWanted(got schema.Change, want string) bool {
	words := strings.Split(want, " | ")
	rest, begins := strings.CutPrefix(got.String(), words[0]+": ")
	for _, word := range words[1:] {
		begins = begins && strings.Contains(rest, word)
	}
	return begins
}

func joined(changes []schema.Change) string {
	var lines []string
	for _, one := range changes {
		lines = append(lines, one.String())
	}
	return strings.Join(lines, "\n")
}

// An object that is new may require what it wants.
func TestCompareWithANewObject(t *testing.T) {
	before := newSample()
	before.hasNoResource = true
	got := joined(schema.Compare(before.facts(t), newSample().facts(t)))
	if want := "additive: resource/sample_thing: is new"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAttributeOfAChange(t *testing.T) {
	for part, want := range map[string]string{"": "", "your_app.app_id": "your_app.app_id", "identity:slug": "slug", "parameter:1": "", "return": ""} {
		if got := (schema.Change{Part: part}).Attribute(); got != want {
			t.Errorf("%q: %q, want %q", part, got, want)
		}
	}
}
