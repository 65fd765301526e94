// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// versionsMark stands in a template for the table of README.md.
const versionsMark = "SUPPORTED_VERSIONS"

// needs are the versions of both CLIs that a configuration takes. The zero value takes none that
// the provider itself does not.
type needs struct {
	terraform *version.Version
	// openTofu is nil as well where OpenTofu has no such version, and onlyTerraform is true then.
	openTofu      *version.Version
	onlyTerraform bool
}

// feature is a line of the table of supported versions, and how a configuration shows that it uses
// it.
type feature struct {
	used  *regexp.Regexp
	needs needs
}

// usesOf says how a configuration shows what the first column of the table names.
func usesOf() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"`import` blocks with `for_each`":                                       regexp.MustCompile(`(?m)^import \{\n(  .*\n)*  for_each`),
		"`removed` blocks with `destroy = false`":                               regexp.MustCompile(`(?m)^removed \{`),
		"The function `parse_accounts_csv`":                                     regexp.MustCompile(`provider::refold::`),
		"Ephemeral resources, for session tokens and connect URLs":              regexp.MustCompile(`(?m)^ephemeral "|^  ephemeral += true`),
		"Write-only arguments, such as `auth_credentials_wo`, `credentials_wo`": regexp.MustCompile(`(?m)^\s+\w+_wo +=`),
		"`import` blocks with `identity`":                                       regexp.MustCompile(`(?m)^  identity += \{`),
		"Actions, such as `refold_disconnect_integration`":                      regexp.MustCompile(`(?m)^action "`),
		"`terraform query`":                                                     regexp.MustCompile(`(?m)^list "`),
	}
}

// versionsTable is the table of README.md, the one place where it is written.
func versionsTable(readme string) string {
	return regexp.MustCompile(`(?m)^\| \| Terraform \| OpenTofu \|\n(\|.*\n)+`).FindString(readme)
}

// readFeatures reads the table of README.md. Each use that is told of here has to be a line of it.
func readFeatures(readme string) ([]feature, error) {
	lines := map[string][]string{}
	for _, cells := range regexp.MustCompile(`(?m)^\| (.*) \| (.*) \| (.*) \|$`).FindAllStringSubmatch(versionsTable(readme), -1) {
		lines[cells[1]] = cells[2:]
	}
	var features []feature
	for name, used := range usesOf() {
		cells, isThere := lines[name]
		if !isThere {
			return nil, fmt.Errorf("README.md has no line %q in its table of supported versions", name)
		}
		read, err := readNeeds(cells[0], cells[1])
		if err != nil {
			return nil, fmt.Errorf("README.md, supported versions, %s: %w", name, err)
		}
		features = append(features, feature{used, read})
	}
	return features, nil
}

func readNeeds(terraform, openTofu string) (needs, error) {
	var read needs
	var err error
	if read.terraform, err = readVersion(terraform); err != nil {
		return needs{}, err
	}
	if openTofu == "no" {
		return needs{terraform: read.terraform, onlyTerraform: true}, nil
	}
	read.openTofu, err = readVersion(openTofu)
	return read, err
}

func readVersion(cell string) (*version.Version, error) {
	number, isOpen := strings.CutSuffix(cell, " and later")
	if !isOpen {
		return nil, fmt.Errorf("%q is neither a version \"and later\" nor \"no\"", cell)
	}
	return version.NewVersion(number)
}

// needsOf is what a configuration takes.
func needsOf(configuration string, features []feature) needs {
	var all needs
	for _, one := range features {
		if one.used.MatchString(configuration) {
			all = all.and(one.needs)
		}
	}
	return all
}

func (n needs) and(other needs) needs {
	return needs{later(n.terraform, other.terraform), later(n.openTofu, other.openTofu), n.onlyTerraform || other.onlyTerraform}
}

// within reports whether whoever has the other has this.
func (n needs) within(other needs) bool {
	both := other.and(n)
	return both.terraform == other.terraform && both.openTofu == other.openTofu && both.onlyTerraform == other.onlyTerraform
}

// requiredVersion is the argument of a terraform block, empty for none. Its version is Terraform's;
// that of OpenTofu is named where it is another.
func (n needs) requiredVersion() string {
	if n.terraform == nil {
		return ""
	}
	argument := fmt.Sprintf("  required_version = %q", ">= "+n.terraform.Original())
	switch {
	case n.onlyTerraform:
		return argument + " # not in OpenTofu\n"
	case !n.openTofu.Equal(n.terraform):
		return argument + fmt.Sprintf(" # with OpenTofu, %s\n", n.openTofu.Original())
	}
	return argument + "\n"
}

// later keeps a where both are the same, which within relies on.
func later(a, b *version.Version) *version.Version {
	switch {
	case a == nil:
		return b
	case b == nil || a.GreaterThanOrEqual(b):
		return a
	}
	return b
}
