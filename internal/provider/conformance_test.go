// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// repository is the root as seen from this package's folder.
var repository = filepath.Join("..", "..")

func TestProviderConforms(t *testing.T) {
	var response provider.SchemaResponse
	New("test")().Schema(t.Context(), provider.SchemaRequest{}, &response)
	report(t, "provider", attributeProblems("", attributesOf(response.Schema.Attributes)))
	report(t, "provider", diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
	report(t, "provider", missingFiles("docs/index.md", "examples/provider/provider.tf"))
}

func TestResourcesConform(t *testing.T) {
	for _, construct := range objects().resources {
		object := construct()
		name := resourceName(object)
		var response resource.SchemaResponse
		object.Schema(t.Context(), resource.SchemaRequest{}, &response)
		report(t, name, attributeProblems("", attributesOf(response.Schema.Attributes)))
		report(t, name, diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
		report(t, name, resourceProblems(t.Context(), object))
		report(t, name, missingFiles(
			"examples/resources/"+name+"/resource.tf",
			"examples/resources/"+name+"/import.sh",
			"docs/resources/"+strings.TrimPrefix(name, TypeName+"_")+".md",
		))
		report(t, name, missingTests(object, "TestLifecycle", "TestDisappears", "TestReadWithoutStoredIdentity", "TestImport", "TestImportByIdentity", "TestInvalidConfiguration"))
	}
}

func TestDataSourcesConform(t *testing.T) {
	for _, construct := range objects().dataSources {
		object := construct()
		var metadata datasource.MetadataResponse
		object.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: TypeName}, &metadata)
		name := metadata.TypeName
		var response datasource.SchemaResponse
		object.Schema(t.Context(), datasource.SchemaRequest{}, &response)
		report(t, "data source "+name, attributeProblems("", attributesOf(response.Schema.Attributes)))
		report(t, "data source "+name, diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
		report(t, "data source "+name, missingFiles(
			"examples/data-sources/"+name+"/data-source.tf",
			"docs/data-sources/"+strings.TrimPrefix(name, TypeName+"_")+".md",
		))
		report(t, "data source "+name, missingTests(object, "TestDataSource", "TestDataSourceOfUnknownAccount"))
	}
}

// The checks above are only worth something if they find what they look for.
func TestConformanceChecksFindProblems(t *testing.T) {
	for name, broken := range map[string]map[string]declared{
		"no description": attributesOf(map[string]resourceschema.Attribute{
			"name": resourceschema.StringAttribute{Optional: true},
		}),
		"no description in a nested attribute": attributesOf(map[string]resourceschema.Attribute{
			"your_app": resourceschema.SingleNestedAttribute{Optional: true, MarkdownDescription: "App.", Attributes: map[string]resourceschema.Attribute{
				"app_id": resourceschema.StringAttribute{Optional: true},
			}},
		}),
		"secret in the open": attributesOf(map[string]resourceschema.Attribute{
			"auth_credentials": resourceschema.MapAttribute{Optional: true, MarkdownDescription: "Credentials.", ElementType: types.StringType},
		}),
		"secret in the open in a nested list": attributesOf(map[string]datasourceschema.Attribute{
			"tokens": datasourceschema.ListNestedAttribute{Computed: true, MarkdownDescription: "Tokens.", NestedObject: datasourceschema.NestedAttributeObject{
				Attributes: map[string]datasourceschema.Attribute{"token": datasourceschema.StringAttribute{Computed: true, MarkdownDescription: "A token."}},
			}},
		}),
		"write-only without a version": attributesOf(map[string]resourceschema.Attribute{
			"password_wo": resourceschema.StringAttribute{Optional: true, WriteOnly: true, MarkdownDescription: "A password."},
		}),
	} {
		if problems := attributeProblems("", broken); len(problems) != 1 {
			t.Errorf("%s: %d problems found, want 1: %q", name, len(problems), problems)
		}
	}
	if problems := resourceProblems(t.Context(), bareResource{}); len(problems) != 2 {
		t.Errorf("a resource without identity and import: %q", problems)
	}
	if problems := missingFiles("docs/nothing.md"); len(problems) != 1 {
		t.Errorf("a missing file: %q", problems)
	}
	if problems := missingTests(objects().resources[0](), "TestThatDoesNotExist"); len(problems) != 1 {
		t.Errorf("a missing test: %q", problems)
	}
}

// declared is what the schemas of all kinds of object have in common.
type declared struct {
	described bool
	sensitive bool
	writeOnly bool
	isText    bool
	nested    map[string]declared
}

type anyAttribute interface {
	GetDescription() string
	GetMarkdownDescription() string
	IsSensitive() bool
	IsWriteOnly() bool
}

func attributesOf[A anyAttribute](schema map[string]A) map[string]declared {
	attributes := map[string]declared{}
	for name, described := range schema {
		attributes[name] = declared{
			described: described.GetDescription() != "" || described.GetMarkdownDescription() != "",
			sensitive: described.IsSensitive(),
			writeOnly: described.IsWriteOnly(),
			isText:    holdsText(described),
			nested:    nestedOf(described),
		}
	}
	return attributes
}

// holdsText tells attributes that can hold a secret from those that cannot,
// such as the version of one.
func holdsText(schema any) bool {
	kind := reflect.TypeOf(schema).Name()
	return kind == "StringAttribute" || kind == "MapAttribute" || kind == "ListAttribute" || kind == "DynamicAttribute"
}

func nestedOf(schema any) map[string]declared {
	switch nested := schema.(type) {
	case resourceschema.SingleNestedAttribute:
		return attributesOf(nested.Attributes)
	case resourceschema.ListNestedAttribute:
		return attributesOf(nested.NestedObject.Attributes)
	case resourceschema.MapNestedAttribute:
		return attributesOf(nested.NestedObject.Attributes)
	case datasourceschema.SingleNestedAttribute:
		return attributesOf(nested.Attributes)
	case datasourceschema.ListNestedAttribute:
		return attributesOf(nested.NestedObject.Attributes)
	case datasourceschema.MapNestedAttribute:
		return attributesOf(nested.NestedObject.Attributes)
	}
	return nil
}

var secretName = regexp.MustCompile(`(^|_)(key|secret|password|token|credentials?|hosted_url)(_wo)?$`)

func attributeProblems(prefix string, attributes map[string]declared) []string {
	var problems []string
	for name, attribute := range attributes {
		at := prefix + name
		if !attribute.described {
			problems = append(problems, at+" has no description")
		}
		if attribute.isText && secretName.MatchString(name) && !attribute.sensitive && !attribute.writeOnly {
			problems = append(problems, at+" looks like a secret, and is neither sensitive nor write-only")
		}
		if _, versioned := attributes[name+"_version"]; attribute.writeOnly && (!versioned || !strings.HasSuffix(name, "_wo")) {
			problems = append(problems, at+" is write-only and needs the suffix _wo and a _wo_version beside it")
		}
		problems = append(problems, attributeProblems(at+".", attribute.nested)...)
	}
	return problems
}

func resourceProblems(ctx context.Context, object resource.Resource) []string {
	var problems []string
	if identified, ok := object.(resource.ResourceWithIdentity); !ok {
		problems = append(problems, "has no identity")
	} else {
		var response resource.IdentitySchemaResponse
		identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &response)
		for name, attribute := range response.IdentitySchema.Attributes {
			if attribute.GetDescription() == "" {
				problems = append(problems, "identity attribute "+name+" has no description")
			}
		}
	}
	if _, ok := object.(resource.ResourceWithImportState); !ok {
		problems = append(problems, "cannot be imported")
	}
	return problems
}

func resourceName(object resource.Resource) string {
	var metadata resource.MetadataResponse
	object.Metadata(context.Background(), resource.MetadataRequest{ProviderTypeName: TypeName}, &metadata)
	return metadata.TypeName
}

func missingFiles(paths ...string) []string {
	var problems []string
	for _, path := range paths {
		if _, err := os.Stat(filepath.Join(repository, filepath.FromSlash(path))); err != nil {
			problems = append(problems, "there is no "+path)
		}
	}
	return problems
}

// missingTests looks for test functions in the package that defines the object.
func missingTests(object any, names ...string) []string {
	packagePath := reflect.TypeOf(object).Elem().PkgPath()
	_, folder, _ := strings.Cut(packagePath, "/internal/")
	files, err := filepath.Glob(filepath.Join(repository, "internal", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		return []string{err.Error()}
	}
	var source strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return []string{err.Error()}
		}
		source.Write(content)
	}
	var problems []string
	for _, name := range names {
		if !strings.Contains(source.String(), "func "+name+"(t *testing.T)") {
			problems = append(problems, fmt.Sprintf("package %s has no %s", folder, name))
		}
	}
	return problems
}

func diagnosticsProblems(diagnostics interface{ HasError() bool }) []string {
	if diagnostics.HasError() {
		return []string{fmt.Sprintf("the schema is not valid: %v", diagnostics)}
	}
	return nil
}

func report(t *testing.T, object string, problems []string) {
	t.Helper()
	for _, problem := range problems {
		t.Errorf("%s: %s", object, problem)
	}
}

// bareResource breaks the rules for resources.
type bareResource struct{ resource.Resource }
