// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
)

// The chapters about answers and silence show what every object says then.
func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "The resource block", Situations: validationSituations()},
			{Title: "What Refold, or something in front of it, may answer", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestWrongServers, TestBaseURLWithPath", Not: diagnosticspage.Outside}, Names: "user_1", Situations: answerSituations()},
			{Title: "No answer", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestInterruptedApply, TestUnreachableServer, TestBaseURLWithPath", Not: diagnosticspage.Outside}, Names: "user_1", Situations: silenceSituations()},
			{Title: "Plan", Names: "user_1", Situations: planSituations()},
			{Title: "Create", Names: "user_1", Situations: createSituations()},
			{Title: "Credentials", Names: "user_1", Situations: credentialSituations()},
			{Title: "Update and delete", Names: "user_1", Situations: changeSituations()},
			{Title: "Deletion policies", Names: "user_1", Situations: policySituations()},
			{Title: "Read and import", Names: "user_1", Situations: readSituations()},
			{Title: "Lists", Situations: listSituations()},
			{Title: "Another organization or environment", Names: "user_1", Situations: scopeSituations()},
			{Title: "The provider or the state is not as it should be", Situations: stateSituations()},
		},
	})
}
