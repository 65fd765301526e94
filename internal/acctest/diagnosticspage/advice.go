// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Advice says what carries out what diagnostics advise. Every situation has one of its own, or is
// Mended, or its chapter has one.
type Advice struct {
	// Tests do, each named as `TestX`, or, where it stands in another package, with the folder in
	// internal/ before it: `movement.TestX`. Separated by commas.
	Tests string
	// Not is why no test carries out what is left of it, as a clause.
	Not string
}

// What Advice.Not often is.
const (
	Outside   = "what the key may do, where the server is, and what stands in front of it, is mended outside of Terraform"
	Dashboard = "it is done in Refold's dashboard, or by the program that wrote the fields"
	WhoseIsIt = "it is to find out who else manages the account"
)

func (a Advice) isEmpty() bool { return a == Advice{} }

// meet runs in a bubble.
func (s Situation) meet(t *testing.T, run func(*testing.T) acctest.Diagnostics) (met acctest.Diagnostics) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { met = run(t) })
	return met
}

// checkMended carries the advice out, where the situation does.
func (s Situation) checkMended(t *testing.T, met acctest.Diagnostics) {
	t.Helper()
	if s.Mended == nil {
		return
	}
	for _, left := range notMended(met, s.meet(t, s.Mended)) {
		t.Errorf("%s: after what is advised, there is still %q: %s", s.Name, left.Summary, left.Detail)
	}
}

// notMended is what is said after what was advised, and should not be.
func notMended(before, after acctest.Diagnostics) acctest.Diagnostics {
	return slices.DeleteFunc(slices.Clone(after), func(found *tfprotov6.Diagnostic) bool {
		isMet := slices.ContainsFunc(before, func(met *tfprotov6.Diagnostic) bool { return met.Summary == found.Summary })
		return !isMet && found.Severity != tfprotov6.DiagnosticSeverityError
	})
}

// follow says on the page what carries the advice out. It fails where nothing does and no reason is
// given, and for a test that is not there.
func (s Situation) follow(ofChapter Advice) (string, error) {
	advice := s.Advice
	if advice.isEmpty() && s.Mended == nil {
		advice = ofChapter
	}
	var by []string
	if s.Mended != nil {
		by = append(by, "this test")
	}
	for _, test := range strings.FieldsFunc(advice.Tests, func(r rune) bool { return r == ',' || r == ' ' }) {
		if err := checkExists(test); err != nil {
			return "", fmt.Errorf("%s: %w", s.Name, err)
		}
		by = append(by, test)
	}
	switch {
	case len(by) == 0 && advice.Not == "":
		return "", fmt.Errorf("%s: nothing carries out what its diagnostics advise: let Mended do it, or name the tests that do in Advice, or say there why none can", s.Name)
	case len(by) == 0:
		return fmt.Sprintf("Carried out by no test: %s.", advice.Not), nil
	case advice.Not == "":
		return fmt.Sprintf("Carried out by %s.", strings.Join(by, ", ")), nil
	}
	return fmt.Sprintf("Carried out by %s; the rest by no test: %s.", strings.Join(by, ", "), advice.Not), nil
}

// checkExists looks for a test in the folder of its package.
func checkExists(test string) error {
	folder, name := ".", test
	if of, inPackage, isElsewhere := strings.Cut(test, "."); isElsewhere {
		internal, err := internalFolder()
		if err != nil {
			return err
		}
		folder, name = filepath.Join(internal, filepath.FromSlash(of)), inPackage
	}
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		return err
	}
	declared := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(name) + `\(t \*testing\.T\)`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if declared.Match(source) {
			return nil
		}
	}
	return fmt.Errorf("there is no test %s, which is to carry out what diagnostics advise", test)
}

// internalFolder is internal/ from the folder of the package that is tested.
func internalFolder() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	before, _, _ := strings.Cut(filepath.ToSlash(folder), "/internal/")
	return filepath.FromSlash(before + "/internal"), nil
}
