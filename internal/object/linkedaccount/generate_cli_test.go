// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

const requirement = `terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

provider "refold" {
  requests_per_second = 10000
  burst               = 1000
}
`

// emptyWorkspace is a folder without resources in which a CLI is ready.
func emptyWorkspace(t *testing.T, refold *acctest.Refold) *cli.Workspace {
	t.Helper()
	return refold.Workspace(t, map[string]string{"main.tf": requirement})
}

// importsOnly plans, and expects that nothing but imports is planned.
func importsOnly(t *testing.T, workspace *cli.Workspace, count int) {
	t.Helper()
	output, err := acctest.RunCLI(t.Context(), workspace, "plan", "-no-color")
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", count)
	if err != nil || !strings.Contains(output, want) {
		generated, _ := os.ReadFile(filepath.Join(workspace.Folder, "generated.tf"))
		t.Errorf("%v, want %q\n%s\n%s", err, want, output, generated)
	}
}

// Every CLI can generate the configuration of accounts whose ids are known; the
// list resource gives them. What it writes leaves nothing to change, and applies.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	createVaried(refold, 50)
	var imports strings.Builder
	for i, id := range listAll(t, refold.Protocol(t), acctest.Listing{}) {
		quoted := strings.ReplaceAll(fmt.Sprintf("%q", id), "${", "$${")
		fmt.Fprintf(&imports, "import {\n  to = refold_linked_account.all_%d\n  id = %s\n}\n", i, quoted)
	}
	workspace := emptyWorkspace(t, refold)
	acctest.WriteFile(t, workspace, "imports.tf", imports.String())
	acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-generate-config-out=generated.tf")
	importsOnly(t, workspace, 50)
	refold.ResetRequests()
	acctest.MustRunCLI(t, workspace, applyNow...)
	acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode")
	if sent := refold.CountByMethod(); len(sent) != 1 || sent["GET"] == 0 {
		t.Errorf("requests: %v", sent)
	}
}

// A CLI that can query writes configuration and imports for all accounts; another
// one says that it cannot. (The protocol is tested for every CLI.)
func TestQuery(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	createVaried(refold, 50)
	workspace := emptyWorkspace(t, refold)
	acctest.WriteFile(t, workspace, "all.tfquery.hcl", "list \"refold_linked_account\" \"all\" {\n  provider = refold\n  limit = 1000\n}\n")
	output, err := acctest.RunCLI(t.Context(), workspace, "query", "-no-color", "-generate-config-out=generated.tf")
	if !workspace.CLI.CanQuery() {
		if err == nil || !strings.Contains(output, `has no command named "query"`) {
			t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	importsOnly(t, workspace, 50)
}
