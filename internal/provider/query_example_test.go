// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// A CLI that can query runs every example of a list; an older one says that it
// does not know the command. (At the protocol, lists are tested for every CLI.)
func TestQueryExamples(t *testing.T) {
	t.Parallel()
	for path, finds := range map[string]string{
		"list-resources/refold_linked_account/list-resource.tfquery.hcl": "Umbrella Corporation",
		"guides/existing-organization/accounts.tfquery.hcl":              "Initech",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			workspace, _ := exampleWorkspace(t, "provider")
			succeed(t, workspace, "init", "-no-color")
			write(t, filepath.Join(workspace.Folder, filepath.Base(path)), read(t, filepath.Join(examples, path)))
			output, err := workspace.Output(t.Context(), "query", "-no-color")
			if workspace.CLI.CanQuery() {
				if err != nil || !strings.Contains(output, finds) {
					t.Errorf("%v\n%s", err, output)
				}
				return
			}
			if err == nil || !strings.Contains(output+err.Error(), `has no command named "query"`) {
				t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
			}
		})
	}
}

// What the guide writes to a file is what its next step takes: ids, names, and
// fields with their types.
func TestListAccountsExample(t *testing.T) {
	t.Parallel()
	workspace, _ := exampleWorkspace(t, "guides/list-accounts")
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	got := succeed(t, workspace, "output", "-no-color", "-json", "customers")
	want := `{"initech":{"name":"Initech","udf":{"beta":true,"plan":"pro","seats":20}},"umbrella":{"name":"Umbrella Corporation","udf":{"beta":false,"plan":"free","seats":5}}}`
	if strings.TrimSpace(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
