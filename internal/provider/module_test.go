// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/module"
)

// The module that makes linked accounts of a CSV: its own tests, its example, and what it is as a
// repository of its own. One workspace serves all of it.
func TestModule(t *testing.T) {
	t.Parallel()
	m := startModule(t)
	if acctest.IsRefused(t, m.workspace) {
		return
	}
	m.succeed("init", "-no-color")
	m.runTests()
	m.runExample()
	t.Run("export", m.checkExport)
}

// moduleUnderTest is a copy of the module, beside a Refold without accounts.
type moduleUnderTest struct {
	*testing.T
	*acctest.Refold
	workspace *cli.Workspace
}

const (
	// moduleExample is a folder of the module.
	moduleExample = "examples/complete"
	// moduleCredentials are the argument with those of its customer.
	moduleCredentials = `-var=credentials={"acme":{"api_token":"token-1"}}`
	// examplePolicy is a line of it.
	examplePolicy = `deletion_policy = "PREVENT"`
)

func startModule(t *testing.T) *moduleUnderTest {
	t.Helper()
	refold := acctest.StartRefold(t)
	workspace := acctest.NewWorkspaceFrom(t, filepath.Join(examples, "modules", "linked-accounts"),
		"REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+refold.URL)
	return &moduleUnderTest{T: t, Refold: refold, workspace: workspace}
}

// runTests: those with a mock of the provider send nothing, and the others leave nothing behind.
func (m *moduleUnderTest) runTests() {
	m.Helper()
	m.succeed("test", "-no-color", "-filter=tests/mock.tftest.hcl")
	if sent := m.Requests(); len(sent) != 0 {
		m.Errorf("with a mock of the provider, %d requests were sent", len(sent))
	}
	m.succeed("test", "-no-color", "-filter=tests/single.tftest.hcl", "-filter=tests/map.tftest.hcl")
	if left := m.Accounts(mockapi.EnvironmentTest); len(left) != 0 || m.CountByMethod()[http.MethodDelete] == 0 {
		m.Errorf("accounts were not made and deleted: %d are left", len(left))
	}
}

// runExample takes the accounts of the example through what may happen to their file, and to
// another form. No account is deleted by any of it.
func (m *moduleUnderTest) runExample() {
	m.Helper()
	m.inExample("init", "-no-color")
	m.inExample("apply", "-no-color", "-auto-approve", moduleCredentials)
	m.inExample("plan", "-no-color", "-detailed-exitcode")
	before := m.refoldIDs()
	m.ResetRequests()
	m.damageFile()
	m.changeForm()
	m.shortenMap()
	if after := m.refoldIDs(); after != before || before[0] == "" {
		m.Errorf("the accounts at Refold were %q, and are %q", before, after)
	}
	if deleted := m.CountByMethod()[http.MethodDelete]; deleted != 0 {
		m.Errorf("%d deletions were sent", deleted)
	}
}

// damageFile: whatever is wrong with the file, or with the key, the plan says it.
func (m *moduleUnderTest) damageFile() {
	m.Helper()
	csv := m.read("accounts.csv")
	m.write("accounts.csv", csv+"acme,Acme again,,\n")
	m.refused(`line 5: linked_account_id "acme" stands on line 2 already`)
	m.write("accounts.csv", strings.Replace(csv, "globex", "initech", 1))
	m.refused("Under `deletion_policy` PREVENT, a deletion or replacement of linked account \"globex\" is refused.")
	m.write("accounts.csv", csv[:strings.Index(csv, "ops@")])
	m.refused("The CSV has 2 customers, and at least 3 are expected.")
	m.write("accounts.csv", csv)
	m.refused("The API key belongs to another environment", "-var=environment=production")
	m.wantNothingWritten()
}

// changeForm: what would be a deletion is refused, and the way that the module's README describes
// is none.
func (m *moduleUnderTest) changeForm() {
	m.Helper()
	m.edit(examplePolicy, "form = \"map\"\n  "+examplePolicy)
	m.refused("The same linked account at two addresses")
	m.edit(`form = "map"`, "")
	m.edit(examplePolicy, `deletion_policy = "ABANDON"`)
	m.inExample("apply", "-no-color", "-auto-approve")
	m.wantNothingWritten()
	m.edit(`deletion_policy = "ABANDON"`, "deletion_policy = \"ABANDON\"\n  form = \"map\"\n  adopt_existing = true")
	m.inExample("apply", "-no-color", "-auto-approve", moduleCredentials)
	m.edit(`deletion_policy = "ABANDON"`, examplePolicy)
	m.edit("adopt_existing = true", "")
}

// shortenMap: with a policy that deletes, it is the number of deletions that is bounded.
func (m *moduleUnderTest) shortenMap() {
	m.Helper()
	m.edit(examplePolicy, "deletion_policy = \"DELETE\"\n  max_deletions = 1")
	m.edit("minimum_accounts = 3", "")
	m.inExample("apply", "-no-color", "-auto-approve")
	m.inExample("plan", "-no-color", "-detailed-exitcode")
	csv := m.read("accounts.csv")
	m.write("accounts.csv", csv[:strings.Index(csv, "globex")])
	m.refused("2 of 3 linked accounts would be deleted")
}

// refoldIDs are Refold's own ids of the example's accounts.
func (m *moduleUnderTest) refoldIDs() [3]string {
	var ids [3]string
	for i, id := range []string{"acme", "globex", "ops@hooli.example"} {
		account, _ := m.Account(mockapi.EnvironmentTest, id)
		ids[i] = account.ID
	}
	return ids
}

func (m *moduleUnderTest) wantNothingWritten() {
	m.Helper()
	for _, request := range m.Requests() {
		if request.Method != http.MethodGet {
			m.Errorf("sent: %s", request)
		}
	}
}

// checkExport: the exported module stands by itself, and has what module registries want.
func (m *moduleUnderTest) checkExport(t *testing.T) {
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), module.Repository)
	if err := module.Export(t.Context(), root, target); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{
		"README.md", "LICENSE", ".gitignore", "main.tf", "variables.tf", "outputs.tf", "versions.tf",
		"examples/complete/main.tf", "examples/complete/README.md", "tests/mock.tftest.hcl",
	} {
		if _, err := os.Stat(filepath.Join(target, filepath.FromSlash(file))); err != nil {
			t.Error(err)
		}
	}
	example := "-chdir=" + filepath.Join(target, moduleExample)
	succeed(t, m.workspace, example, "init", "-no-color", "-backend=false")
	succeed(t, m.workspace, example, "validate", "-no-color")
}

func (m *moduleUnderTest) succeed(args ...string) string {
	m.Helper()
	return acctest.MustRunCLI(m, m.workspace, args...)
}

func (m *moduleUnderTest) inExample(args ...string) string {
	m.Helper()
	return m.succeed(append([]string{"-chdir=" + moduleExample}, args...)...)
}

// refused plans the example, which fails and says why.
func (m *moduleUnderTest) refused(why string, args ...string) {
	m.Helper()
	output, err := acctest.RunCLI(m.Context(), m.workspace, append([]string{"-chdir=" + moduleExample, "plan", "-no-color"}, args...)...)
	if err == nil || !acctest.Wrapped(why).MatchString(output) {
		m.Errorf("%v, and it is to say %q:\n%s", err, why, output)
	}
}

func (m *moduleUnderTest) read(file string) string {
	m.Helper()
	return read(m.T, filepath.Join(m.workspace.Folder, moduleExample, file))
}

// edit replaces a text of the example's configuration, which has it.
func (m *moduleUnderTest) edit(old, replacement string) {
	m.Helper()
	configuration := m.read("main.tf")
	if !strings.Contains(configuration, old) {
		m.Fatalf("the example does not have %s", old)
	}
	m.write("main.tf", strings.Replace(configuration, old, replacement, 1))
}

func (m *moduleUnderTest) write(file, content string) {
	m.Helper()
	acctest.WriteFile(m, m.workspace, filepath.Join(moduleExample, file), content)
}
