// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// TestImportNeverDeletes: what an import takes in and the configuration lacks would be deleted by
// the apply of the import.
func TestImportNeverDeletes(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.apply(nil, o.config(many(12)))
	run := o.Protocol(t, acctest.Unpaced)
	imported, diagnostics := run.Import(typeName, "*")
	acctest.WantNoDiagnostics(t, diagnostics)
	plan := run.Plan(typeName, &imported, o.config(many(3)))
	detail := acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "An import would delete 9 of 12 linked accounts", "by their ids")
	if named := strings.Count(detail, `"customer-`); named != 9 {
		t.Errorf("%d accounts are named: %s", named, detail)
	}
	t.Run("replaced", func(t *testing.T) {
		run := o.Protocol(t, acctest.Unpaced)
		imported, diagnostics := run.Import(typeName, "*")
		acctest.WantNoDiagnostics(t, diagnostics)
		plan := run.Plan(typeName, &imported, o.config(many(12)))
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
		acctest.WantDiagnostic(t, run.PlanReplacement(typeName, plan, o.config(many(12))).Diagnostics, acctest.Failure, "An import would delete 12 of 12 linked accounts")
	})
	// The mark of an import goes no further than its own plan.
	t.Run("later", func(t *testing.T) {
		imported, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, "*")
		acctest.WantNoDiagnostics(t, diagnostics)
		later := o.Protocol(t, acctest.Unpaced).Plan(typeName, &imported, o.config(many(3)))
		acctest.WantDiagnostic(t, later.Diagnostics, acctest.Warning, "9 of 12 linked accounts are to be deleted")
	})
}
