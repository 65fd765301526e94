// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// knowing tells, by the first column of the table of supported versions, whether a CLI knows what
// the line is about. It is nil for lines that are about the provider as a whole.
func knowing() map[string]func(cli.CLI) bool {
	using := func(configuration string) func(cli.CLI) bool {
		return func(one cli.CLI) bool { return one.Refusal(configuration) == "" }
	}
	return map[string]func(cli.CLI) bool{
		"The provider":                                                          nil,
		"Tested with":                                                           nil,
		"`import` blocks with `for_each`":                                       using("import {\n  for_each = {}\n"),
		"`removed` blocks with `destroy = false`":                               using("removed {\n  from = a.b\n\n  lifecycle {\n    destroy = false\n  }\n}\n"),
		"`terraform test`, and with it `mock_provider`":                         using("mock_provider \"a\" {}\n\nrun \"a\" {}\n"),
		"The function `parse_accounts_csv`":                                     using("a = provider::refold::parse_accounts_csv(\"\")\n"),
		"Ephemeral resources, for session tokens and connect URLs":              using("ephemeral \"a\" \"b\" {}\n"),
		"Write-only arguments, such as `auth_credentials_wo`, `credentials_wo`": using("  credentials_wo = {}\n"),
		"`import` blocks with `identity`":                                       using("import {\n  to = a.b\n  identity = {\n"),
		"Actions, such as `refold_disconnect_integration`":                      using("action \"a\" \"b\" {\n"),
		"`terraform query`":                                                     cli.CLI.CanQuery,
	}
}

// The table of README.md and what the acceptance tests expect of a CLI are written apart, and have
// to say the same.
func TestVersionsOfTheTableAreThoseOfTheTests(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(repository(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	knows := knowing()
	for _, cells := range regexp.MustCompile(`(?m)^\| ([^|]*[^| ][^|]*) \| (.*) \| (.*) \|$`).FindAllStringSubmatch(versionsTable(string(readme)), -1) {
		known, isThere := knows[cells[1]]
		delete(knows, cells[1])
		if !isThere {
			t.Errorf("README.md has a line %q in its table of supported versions, and knowing does not", cells[1])
		}
		if known == nil {
			continue
		}
		for product, cell := range map[cli.Product]string{cli.Terraform: cells[2], cli.OpenTofu: cells[3]} {
			compareVersions(t, cells[1], product, cell, known)
		}
	}
	if len(knows) > 0 {
		t.Errorf("README.md has no line %q in its table of supported versions", slices.Sorted(maps.Keys(knows)))
	}
}

// compareVersions holds a cell, which is "1.7 and later" or "no", against what is known of all
// minor versions up to one that is far ahead.
func compareVersions(t *testing.T, feature string, product cli.Product, cell string, known func(cli.CLI) bool) {
	t.Helper()
	since := version.Must(version.NewVersion("999"))
	if cell != "no" {
		var err error
		if since, err = readVersion(cell); err != nil {
			t.Fatalf("%s: %v", feature, err)
		}
	}
	for minor := range 30 {
		one := cli.CLI{Product: product, Version: fmt.Sprintf("1.%d.0", minor)}
		if want := version.Must(version.NewVersion(one.Version)).GreaterThanOrEqual(since); known(one) != want {
			t.Errorf("%s: README.md says %q of %s, and internal/cli/capability.go says %t of %s", feature, cell, product, known(one), one.Version)
		}
	}
}
