// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var update = flag.Bool("update", false, "rewrite testdata/diagnostics.md")

const accountType = "refold_linked_account"

type (
	attributes  = map[string]tftypes.Value
	diagnostics = []*tfprotov6.Diagnostic
)

type (
	// chapter is a part of the page.
	chapter struct {
		title string
		// names is what every diagnostic of the chapter has to name, or empty.
		names      string
		situations []situation
	}
	// situation is one way to meet diagnostics.
	situation struct {
		name string
		meet func(*testing.T) diagnostics
	}
)

// chapters are the page.
func chapters() []chapter {
	return []chapter{
		{"The provider block", "", configurationSituations()},
		{"The resource block", "", validationSituations()},
		{"What Refold, or something in front of it, may answer", "user_1", answerSituations()},
		{"No answer", "user_1", silenceSituations()},
		{"Create", "user_1", createSituations()},
		{"Credentials", "user_1", credentialSituations()},
		{"Update and delete", "user_1", changeSituations()},
		{"Read and import", "user_1", readSituations()},
		{"Lists", "", listSituations()},
		{"Session tokens and connect URLs", "", tokenSituations()},
		{"Disconnecting an app", "", disconnectSituations()},
		{"Another organization or environment", "user_1", scopeSituations()},
		{"Many accounts in one resource", "", accountsSituations()},
		{"The provider or the state is not as it should be", "", stateSituations()},
	}
}

// The errors and warnings that a user can meet, as one page to be read as a set:
// each says what happened, to which account, and what to do. Rewrite it with
// go test ./internal/provider -run TestDiagnostics -update, and read the change.
func TestDiagnostics(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Diagnostics\n\nWritten by `TestDiagnostics`; rewrite with `go test ./internal/provider -run TestDiagnostics -update`.\n")
	for _, part := range chapters() {
		fmt.Fprintf(&page, "\n# %s\n", part.title)
		for _, each := range part.situations {
			var met diagnostics
			synctest.Test(t, func(t *testing.T) { met = each.meet(t) })
			if len(met) == 0 {
				t.Errorf("%s: there is no diagnostic", each.name)
			}
			fmt.Fprintf(&page, "\n## %s\n", each.name)
			for _, found := range met {
				if found.Summary == "" || len(found.Detail) < len(found.Summary) {
					t.Errorf("%s: a diagnostic without a detail: %q", each.name, found.Summary)
				}
				if !strings.Contains(found.Detail, part.names) {
					t.Errorf("%s: a diagnostic that does not name %s: %s", each.name, part.names, found.Detail)
				}
				writeDiagnostic(&page, found)
			}
		}
	}
	got := regexp.MustCompile(`(\d+) attempts in [0-9.ms]+`).ReplaceAllString(page.String(), "$1 attempts in TIME")
	// How many are under way when the first fail is a matter of chance.
	got = regexp.MustCompile(`and \d+ more\n>   - \d+ were not tried`).ReplaceAllString(got, "and N more\n>   - N were not tried")
	// And which of them are tried first.
	got = regexp.MustCompile(`(?s)\n## Nothing works\n.*?\n## `).ReplaceAllStringFunc(got, func(section string) string {
		return regexp.MustCompile(`user_\d+`).ReplaceAllString(section, "user_N")
	})
	path := filepath.Join("testdata", "diagnostics.md")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the diagnostics differ from %s (rewrite with -update and read the change):\n%s", path, firstDifference(got, string(want)))
	}
}

func writeDiagnostic(page *strings.Builder, found *tfprotov6.Diagnostic) {
	fmt.Fprintf(page, "\n%s: **%s**", strings.ToLower(found.Severity.String()), found.Summary)
	if found.Attribute != nil {
		fmt.Fprintf(page, " (at `%s`)", found.Attribute)
	}
	fmt.Fprintf(page, "\n\n%s\n", strings.ReplaceAll("> "+found.Detail, "\n", "\n> "))
}

func firstDifference(got, want string) string {
	lines, wanted := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(lines), len(wanted)) {
		if lines[i] != wanted[i] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s", i+1, lines[i], wanted[i])
		}
	}
	return "one is longer than the other"
}
