// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// TestImportNeverDeletes: an import whose configuration names another account, or which a
// replacement follows, would delete what it has just taken in.
func TestImportNeverDeletes(t *testing.T) {
	t.Parallel()
	const summary = "An import would delete the linked account"
	refold := acctest.StartRefold(t)
	refold.Create(test, existing)
	t.Run("another id", func(t *testing.T) {
		protocol := refold.Protocol(t)
		imported, diagnostics := protocol.Import(typeName, "user_1")
		acctest.WantNoDiagnostics(t, diagnostics)
		plan := protocol.Plan(typeName, &imported, protocol.Config(typeName, asStored(acctest.Attributes{"linked_account_id": acctest.Text("user_2")})))
		acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, summary, `"user_1"`, `"user_2"`)
	})
	t.Run("replaced", func(t *testing.T) {
		protocol := refold.Protocol(t)
		imported, diagnostics := protocol.Import(typeName, "user_1")
		acctest.WantNoDiagnostics(t, diagnostics)
		config := protocol.Config(typeName, asStored())
		plan := protocol.Plan(typeName, &imported, config)
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
		acctest.WantDiagnostic(t, protocol.PlanReplacement(typeName, plan, config).Diagnostics, acctest.Failure, summary, "-replace")
	})
	// The mark of an import goes no further than its own plan.
	t.Run("later", func(t *testing.T) {
		imported, diagnostics := refold.Protocol(t).Import(typeName, "user_1")
		acctest.WantNoDiagnostics(t, diagnostics)
		later := refold.Protocol(t)
		acctest.WantNoDiagnostics(t, later.Plan(typeName, &imported, nothing(imported)).Diagnostics)
		acctest.WantNoDiagnostics(t, later.Plan(typeName, &imported, later.Config(typeName, asStored(acctest.Attributes{"linked_account_id": acctest.Text("user_2")}))).Diagnostics)
	})
}
