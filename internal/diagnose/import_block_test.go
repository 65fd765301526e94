// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

// TestImportBlock: an id is a value to Terraform, and never a template.
func TestImportBlock(t *testing.T) {
	got := diagnose.ImportBlock("linked_account", "a\"${b}%{c}")
	if want := "import {\n  to = refold_linked_account.NAME\n  id = \"a\\\"$${b}%%{c}\"\n}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
