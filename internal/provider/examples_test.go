// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	singleExamples  = "resources/refold_linked_account"
	pluralExamples  = "resources/refold_linked_accounts"
	importExample   = "import-by-string-id"
	identityExample = "import-by-identity"
	stopExample     = "guides/stop-managing"
	actionExample   = "actions/refold_disconnect_integration"
)

// exampleVariables are the values of variables without a default.
var exampleVariables = []string{
	"TF_VAR_globex_api_token=token-1",
	`TF_VAR_hooli_credentials={"api_token":"token-2"}`,
	"TF_VAR_soylent_api_token=token-3",
	"TF_VAR_cyberdyne_crm_token=token-4",
	"TF_VAR_tyrell_crm_token=token-5",
	`TF_VAR_partner_credentials={"partner_1":{"api_token":"token-6"}}`,
	`TF_VAR_smoke_test=test -n "$REFOLD_SESSION_TOKEN"`,
	`TF_VAR_invite=test -n "$CONNECT_URL"`,
}

// Every folder with examples applies as it is, and leaves nothing to do.
func TestExamplesApply(t *testing.T) {
	t.Parallel()
	for _, folder := range exampleFolders(t) {
		if folder == stopExample || folder == actionExample || path.Base(folder) == identityExample {
			continue // TestStopManagingExample, TestActionExample, TestIdentityExample
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			workspace, refold := exampleWorkspace(t, folder)
			succeed(t, workspace, "init", "-no-color")
			succeed(t, workspace, "apply", "-no-color", "-auto-approve")
			succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
			if folder != "provider" && len(refold.Requests()) == 0 {
				t.Error("the example asked nothing of Refold")
			}
		})
	}
}

// The account is forgotten, and stays at Refold.
func TestStopManagingExample(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, path.Join(singleExamples, importExample))
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	removed := read(t, filepath.Join(examples, stopExample, "main.tf"))
	write(t, filepath.Join(workspace.Folder, "main.tf"), removed)
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	if left := succeed(t, workspace, "state", "list"); left != "" {
		t.Errorf("still in the state: %s", left)
	}
	if _, there := refold.Account(mockapi.EnvironmentTest, "initech"); !there {
		t.Error("the account was deleted")
	}
}

// TestSplitBlocksExample: a misspelled region does not delete a customer.
func TestSplitBlocksExample(t *testing.T) {
	t.Parallel()
	workspace, _ := exampleWorkspace(t, "guides/split-blocks")
	succeed(t, workspace, "init", "-no-color")
	csv := filepath.Join(workspace.Folder, "accounts.csv")
	write(t, csv, strings.Replace(read(t, csv), ",eu", ",EU", 1))
	output, err := acctest.RunCLI(t.Context(), workspace, "plan", "-no-color")
	if err == nil || !strings.Contains(output, "The region of every customer has to be eu or us.") {
		t.Errorf("%v\n%s", err, output)
	}
}

// A CLI that knows import by identity imports; an older one says what it does
// not know. (At the protocol, the import is tested for every CLI.)
func TestIdentityExample(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{singleExamples, pluralExamples} {
		t.Run(path.Base(folder), func(t *testing.T) {
			t.Parallel()
			workspace, _ := exampleWorkspace(t, path.Join(folder, identityExample))
			if version.Must(version.NewVersion(workspace.CLI.Version)).Core().LessThan(version.Must(version.NewVersion("1.12.0"))) {
				output, err := workspace.Output(t.Context(), "init", "-no-color")
				if err == nil || !strings.Contains(err.Error(), `An argument named "identity" is not expected here`) {
					t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
				}
				return
			}
			succeed(t, workspace, "init", "-no-color")
			succeed(t, workspace, "apply", "-no-color", "-auto-approve")
			succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
		})
	}
}

// A CLI that knows actions invokes it; another one says what it does not know.
// (At the protocol, the action is tested for every CLI.)
func TestActionExample(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, actionExample)
	refold.Connect(mockapi.EnvironmentTest, "initech", mockapi.Integration{Type: "slack", Name: "Slack"})
	if workspace.CLI.Product != cli.Terraform || version.Must(version.NewVersion(workspace.CLI.Version)).Core().LessThan(version.Must(version.NewVersion("1.14.0"))) {
		output, err := workspace.Output(t.Context(), "init", "-no-color")
		if err == nil || !strings.Contains(err.Error(), `Blocks of type "action" are not expected here`) {
			t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
		}
		return
	}
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve", "-invoke=action.refold_disconnect_integration.initech_slack")
	if account, _ := refold.Account(mockapi.EnvironmentTest, "initech"); len(account.Integrations) != 0 {
		t.Errorf("still connected: %v", account.Integrations)
	}
}

// The command of import.sh works as it is written.
func TestImportCommandExample(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{singleExamples, pluralExamples} {
		t.Run(path.Base(folder), func(t *testing.T) {
			t.Parallel()
			workspace, _ := exampleWorkspace(t, path.Join(folder, importExample))
			configuration := read(t, filepath.Join(workspace.Folder, "main.tf"))
			write(t, filepath.Join(workspace.Folder, "main.tf"), configuration[strings.Index(configuration, "resource "):])
			succeed(t, workspace, "init", "-no-color")
			lines := strings.Split(strings.TrimSpace(read(t, filepath.Join(examples, folder, "import.sh"))), "\n")
			command := strings.Fields(strings.ReplaceAll(lines[len(lines)-1], "'", ""))
			if len(command) != 4 || command[1] != "import" {
				t.Fatalf("not an import command: %q", command)
			}
			succeed(t, workspace, append([]string{"import", "-no-color"}, command[2:]...)...)
			succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
		})
	}
}

var examples = filepath.Join("..", "..", "examples")

// exampleFolders lists the folders below examples that hold a configuration.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := fs.WalkDir(os.DirFS(examples), ".", func(file string, entry fs.DirEntry, err error) error {
		if folder := path.Dir(file); err == nil && path.Ext(file) == ".tf" && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return err
	})
	if err != nil || len(folders) < 4 {
		t.Fatalf("examples: %v, %v", folders, err)
	}
	return folders
}

// exampleWorkspace copies an example, with the provider block that all of them
// share, beside a Refold that knows the customers whom they take as known.
func exampleWorkspace(t *testing.T, folder string) (*cli.Workspace, *acctest.Refold) {
	t.Helper()
	refold := acctest.StartRefold(t)
	refold.Create(mockapi.EnvironmentTest, customer("initech", "Initech", "pro", "20", true))
	refold.Create(mockapi.EnvironmentTest, customer("umbrella", "Umbrella Corporation", "free", "5", false))
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings := append([]string{"REFOLD_API_KEY=" + mockapi.TestKey, "REFOLD_BASE_URL=" + refold.URL}, exampleVariables...)
	if folder == "demo" {
		refold.Remove(mockapi.EnvironmentTest, "initech")
	}
	workspace, err := cli.NewWorkspace(t.Context(), found, filepath.Join(examples, folder), settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	if folder != "demo" && folder != "provider" {
		write(t, filepath.Join(workspace.Folder, "provider.tf"), read(t, filepath.Join(examples, "provider", "provider.tf")))
	}
	return workspace, refold
}

func customer(id, name, plan, seats string, beta bool) mockapi.Account {
	account := mockapi.Account{AccountID: id, Name: &name}
	account.SetUDF("plan", plan)
	account.SetUDF("seats", json.Number(seats))
	account.SetUDF("beta", beta)
	return account
}

func succeed(t *testing.T, workspace *cli.Workspace, args ...string) string {
	t.Helper()
	output, err := workspace.Output(t.Context(), args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return output
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
