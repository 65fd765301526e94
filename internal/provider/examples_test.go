// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/registered"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/docs/importexample"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

const (
	// registerHint ends the message about an example that does not run.
	registerHint = "What an example takes as given is Known in the registration of its object (internal/acctest/registered), and what else it needs, in exampleNeeds (internal/provider/examples_needs_test.go)."
)

var examples = filepath.Join("..", "..", "examples")

// Whatever lies below examples/ is run as it is: configurations, import commands and queries.
// Modules are not configurations by themselves; TestModule runs them.
func TestExamples(t *testing.T) {
	t.Parallel()
	folders := exampleFolders(t)
	for folder := range exampleNeeds() {
		if _, exists := folders[folder]; !exists {
			t.Errorf("exampleNeeds is about examples/%s, which does not exist", folder)
		}
	}
	identities := identityAttributes(t)
	for folder, files := range folders {
		if exampleNeeds()[folder].isFollowed {
			continue
		}
		if path.Base(folder) == importexample.Folder {
			resource := path.Dir(folder)
			t.Run(resource+"/import.sh", func(t *testing.T) {
				t.Parallel()
				shortrun.Thorough(t, folder)
				runImportCommand(t, resource)
			})
			if _, isWritten := folders[resource+"/import-by-identity"]; !isWritten {
				t.Run(resource+"/import-by-identity", func(t *testing.T) {
					t.Parallel()
					shortrun.Thorough(t, folder)
					importByIdentity(t, folder, identities[path.Base(resource)])
				})
			}
		}
		configuration := exampleSource(t, folder, files)
		if configuration != "" {
			t.Run(folder, func(t *testing.T) {
				t.Parallel()
				if testing.Short() && isOfObject(folder) {
					validateExample(t, folder)
					return
				}
				applyExample(t, folder, configuration)
			})
		}
		for _, file := range files {
			example := path.Join(folder, file)
			switch {
			case path.Ext(file) == ".tf", path.Ext(file) == ".tfvars", strings.Contains(configuration, "/"+file+`"`):
			case file == "import.sh" && folders[path.Join(folder, importexample.Folder)] != nil:
			case strings.HasSuffix(file, ".tftest.hcl"):
				t.Run(example, func(t *testing.T) {
					t.Parallel()
					runTest(t, folder, file, configuration)
				})
			case strings.HasSuffix(file, ".tfquery.hcl"):
				t.Run(example, func(t *testing.T) {
					t.Parallel()
					runQuery(t, folder, file)
				})
			default:
				t.Errorf("no test runs examples/%s: an import.sh needs an example import-by-string-id of what it imports; for others, let TestExamples, in internal/provider/examples_test.go, know how to", example)
			}
		}
	}
}

// exampleFolders are the names of files by folder below examples/.
func exampleFolders(t *testing.T) map[string][]string {
	t.Helper()
	folders := map[string][]string{}
	err := fs.WalkDir(os.DirFS(examples), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && file == "modules" {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			folders[path.Dir(file)] = append(folders[path.Dir(file)], path.Base(file))
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("examples: %v, %v", folders, err)
	}
	return folders
}

// exampleSource is the configuration in a folder, empty for none.
func exampleSource(t *testing.T, folder string, files []string) string {
	t.Helper()
	var source strings.Builder
	for _, file := range files {
		if path.Ext(file) == ".tf" {
			source.WriteString(read(t, filepath.Join(examples, folder, file)))
		}
	}
	return source.String()
}

// isOfObject is true of the examples of one object's page. A short run validates them, and leaves
// their apply to make test: the battery of acctest/registered takes each object through its life.
func isOfObject(folder string) bool {
	kind, _, _ := strings.Cut(folder, "/")
	return slices.Contains([]string{"actions", "data-sources", "ephemeral-resources", "functions", "list-resources", "resources"}, kind)
}

func validateExample(t *testing.T, folder string) {
	workspace, _ := exampleWorkspace(t, folder)
	if acctest.IsRefused(t, workspace) {
		return
	}
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "validate", "-no-color")
}

// applyExample applies a configuration, which leaves nothing to do. A CLI that does not know
// what it uses says so. (At the protocol, all that is tested for every CLI.)
func applyExample(t *testing.T, folder, configuration string) {
	needs := exampleNeeds()[folder]
	workspace, refold := exampleWorkspace(t, cmp.Or(needs.after, folder))
	if acctest.IsRefused(t, workspace) {
		return
	}
	succeed(t, workspace, "init", "-no-color")
	if needs.after != "" {
		succeed(t, workspace, "apply", "-no-color", "-auto-approve")
		acctest.WriteFile(t, workspace, "main.tf", configuration)
		if acctest.IsRefused(t, workspace) {
			return
		}
	}
	if needs.generates {
		succeed(t, workspace, "plan", "-no-color", "-generate-config-out=generated.tf")
	}
	apply := []string{"apply", "-no-color", "-auto-approve"}
	for _, action := range regexp.MustCompile(`(?m)^action "(\w+)" "(\w+)"`).FindAllStringSubmatch(configuration, -1) {
		apply = append(apply, "-invoke=action."+action[1]+"."+action[2])
	}
	succeed(t, workspace, apply...)
	succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
	usesRefold := regexp.MustCompile(`(?m)^((resource|data|ephemeral|action) "|  to += )refold_`).MatchString(configuration)
	if usesRefold && len(refold.Requests()) == 0 {
		t.Error("the example asked nothing of Refold")
	}
	if needs.check != nil {
		needs.check(t, workspace, refold)
	}
}

// runImportCommand runs the command of an import.sh, or of the one that the page shows where
// none is written.
func runImportCommand(t *testing.T, folder string) {
	workspace, _ := exampleWorkspace(t, path.Join(folder, importexample.Folder))
	configuration := read(t, filepath.Join(workspace.Folder, "main.tf"))
	script, err := importexample.Command(configuration)
	if err != nil {
		t.Fatalf("examples/%s: %v", folder, err)
	}
	if written, err := os.ReadFile(filepath.Join(examples, folder, "import.sh")); err == nil {
		script = string(written)
	}
	acctest.WriteFile(t, workspace, "main.tf", configuration[strings.Index(configuration, "resource "):])
	succeed(t, workspace, "init", "-no-color")
	lines := strings.Split(strings.TrimSpace(script), "\n")
	command := strings.Fields(strings.ReplaceAll(lines[len(lines)-1], "'", ""))
	if len(command) != 4 || command[1] != "import" {
		t.Fatalf("not an import command: %q", command)
	}
	succeed(t, workspace, append([]string{"import", "-no-color"}, command[2:]...)...)
	succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
}

// importByIdentity imports as the page shows it, where no example of that is written.
func importByIdentity(t *testing.T, folder string, attributes []string) {
	if len(attributes) != 1 {
		t.Fatalf("the identity has the attributes %q, so its import is not derived: write an example import-by-identity beside examples/%s", attributes, folder)
	}
	workspace, _ := exampleWorkspace(t, folder)
	configuration, err := importexample.ByIdentity(read(t, filepath.Join(workspace.Folder, "main.tf")), attributes[0])
	if err != nil {
		t.Fatalf("examples/%s: %v", folder, err)
	}
	acctest.WriteFile(t, workspace, "main.tf", configuration)
	if acctest.IsRefused(t, workspace) {
		return
	}
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
}

// identityAttributes are the names of those of each resource.
func identityAttributes(t *testing.T) map[string][]string {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	for resource, identity := range identities.IdentitySchemas {
		for _, attribute := range identity.IdentityAttributes {
			names[resource] = append(names[resource], attribute.Name)
		}
	}
	return names
}

// runQuery runs a query, which finds something. A CLI that cannot query says so. (At the
// protocol, lists are tested for every CLI.)
func runQuery(t *testing.T, folder, file string) {
	workspace, _ := exampleWorkspace(t, "provider")
	succeed(t, workspace, "init", "-no-color")
	acctest.WriteFile(t, workspace, file, read(t, filepath.Join(examples, folder, file)))
	output, err := workspace.Output(t.Context(), "query", "-no-color")
	if !workspace.CLI.CanQuery() {
		if err == nil || !strings.Contains(output+err.Error(), `has no command named "query"`) {
			t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
		}
		return
	}
	if finds := cmp.Or(exampleNeeds()[folder].finds, "Initech"); err != nil || !strings.Contains(output, finds) {
		t.Errorf("%v, and it is to find %s:\n%s\n%s", err, finds, output, registerHint)
	}
}

// runTest runs one file of tests, which passes and leaves nothing behind at Refold. With a mock of
// the provider, nothing is asked of Refold.
func runTest(t *testing.T, folder, file, configuration string) {
	workspace, refold := exampleWorkspace(t, folder)
	before := len(refold.Accounts(mockapi.EnvironmentTest))
	acctest.WriteFile(t, workspace, "main.tf", configuration)
	for _, other := range exampleFolders(t)[folder] {
		if strings.HasSuffix(other, ".tftest.hcl") {
			acctest.WriteFile(t, workspace, other, read(t, filepath.Join(examples, folder, other)))
		}
	}
	succeed(t, workspace, "init", "-no-color")
	if !passes(t, workspace, file) {
		return
	}
	if after := len(refold.Accounts(mockapi.EnvironmentTest)); after != before {
		t.Errorf("at Refold are %d accounts, before were %d", after, before)
	}
	isMocked := strings.Contains(read(t, filepath.Join(examples, folder, file)), "mock_provider")
	if sent := len(refold.Requests()); isMocked != (sent == 0) {
		t.Errorf("%d requests were sent", sent)
	}
}

// passes runs a file of tests, which passes. It is false of a CLI that does not know all of it, and
// says so.
func passes(t *testing.T, workspace *cli.Workspace, file string) bool {
	t.Helper()
	output, err := workspace.Output(t.Context(), "test", "-no-color", "-filter="+file)
	refusal := workspace.CLI.Refusal(read(t, filepath.Join(workspace.Folder, file)))
	if refusal == "" && err != nil {
		t.Fatalf("%v\n%s\n%s", err, output, registerHint)
	}
	if refusal != "" && (err == nil || !strings.Contains(output+err.Error(), refusal)) {
		t.Errorf("%s has to say %q: %v\n%s", workspace.CLI, refusal, err, output)
	}
	return refusal == ""
}

// exampleWorkspace copies an example, with the provider block that all of them share, beside a
// Refold that knows what they take as known.
func exampleWorkspace(t *testing.T, folder string) (*cli.Workspace, *acctest.Refold) {
	t.Helper()
	refold := acctest.StartRefold(t)
	for _, makeKnown := range registered.Suite().Known {
		makeKnown(refold.Server)
	}
	needs := exampleNeeds()[folder]
	if needs.prepare != nil {
		needs.prepare(refold)
	}
	settings := []string{"REFOLD_API_KEY=" + mockapi.TestKey, "REFOLD_BASE_URL=" + refold.URL}
	for _, name := range slices.Sorted(maps.Keys(needs.variables)) {
		settings = append(settings, "TF_VAR_"+name+"="+needs.variables[name])
	}
	if needs.formerly != "" {
		former := readFormer(t, needs.formerly)
		settings = append(settings, serveStandIn(t, former.Source, former))
	}
	workspace := acctest.NewWorkspaceFrom(t, filepath.Join(examples, folder), settings...)
	if needs.formerly != "" {
		writeFormerState(t, workspace, needs.formerly)
	}
	hasProvider := strings.Contains(exampleSource(t, folder, exampleFolders(t)[folder]), `provider "refold"`)
	if !hasProvider {
		acctest.WriteFile(t, workspace, "provider.tf", read(t, filepath.Join(examples, "provider", "provider.tf")))
	}
	return workspace, refold
}

func succeed(t *testing.T, workspace *cli.Workspace, args ...string) string {
	t.Helper()
	output, err := workspace.Output(t.Context(), args...)
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, output, registerHint)
	}
	return output
}
