// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/go-version"
)

// CanAct reports whether the CLI knows actions, which came with query.
func (c CLI) CanAct() bool { return c.CanQuery() }

// CanQuery reports whether the CLI has the command query: Terraform 1.14 and
// later. OpenTofu has none.
func (c CLI) CanQuery() bool { return c.Product == Terraform && c.isAtLeast("1.14.0") }

// CanWriteOnly reports whether the CLI knows write-only arguments.
func (c CLI) CanWriteOnly() bool { return c.isAtLeast("1.11.0") }

// isAtLeast counts a pre-release as the release.
func (c CLI) isAtLeast(want string) bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(want)))
}

// feature is something in a configuration that older CLIs do not know.
type feature struct {
	isUsed func(configuration string) bool
	// terraform and openTofu are the first versions that know it, empty where none does.
	terraform, openTofu string
	// refusal is part of what others say of it, at the latest when they plan.
	refusal string
}

// features begin with those that a CLI finds while it reads a configuration: it says nothing of
// others then.
func features() []feature {
	using := func(pattern string) func(string) bool { return regexp.MustCompile(pattern).MatchString }
	block := func(pattern, terraform, openTofu, name string) feature {
		return feature{using(pattern), terraform, openTofu, `Blocks of type "` + name + `" are not expected here`}
	}
	argument := func(pattern, terraform, openTofu, name string) feature {
		return feature{using(pattern), terraform, openTofu, `An argument named "` + name + `" is not expected here`}
	}
	return []feature{
		{using(`(?m)^run "`), "1.6.0", "1.6.0", "not defined: -filter"},
		block(`(?m)^mock_provider "`, "1.7.0", "1.8.0", "mock_provider"),
		block(`(?m)^action "`, "1.14.0", "", "action"),
		block(`(?m)^ephemeral "`, "1.10.0", "1.11.0", "ephemeral"),
		block(`(?m)^removed \{`, "1.7.0", "1.7.0", "removed"),
		block(`(?m)^removed \{[^}]*\blifecycle \{`, "1.7.0", "1.10.0", "lifecycle"),
		argument(`(?m)^import \{[^}]*\bidentity += `, "1.12.0", "1.12.0", "identity"),
		argument(`(?m)^\s*ephemeral += true`, "1.10.0", "1.11.0", "ephemeral"),
		argument(`(?m)^import \{[^}]*\bfor_each += `, "1.7.0", "1.7.0", "for_each"),
		{using(`\bprovider::`), "1.8.0", "1.7.0", "Error: "},
		{movesTypes, "1.8.0", "1.10.0", "Resource type mismatch"},
		{using(`\w_wo += `), "1.11.0", "1.11.0", "WriteOnly Attribute Not Allowed"},
	}
}

// movesTypes is true of a moved block between two types of resources.
func movesTypes(configuration string) bool {
	moved := regexp.MustCompile(`(?m)^moved \{\s+from += (\w+)\..*\s+to += (\w+)\.`)
	return slices.ContainsFunc(moved.FindAllStringSubmatch(configuration, -1), func(found []string) bool {
		return found[1] != "module" && found[2] != "module" && found[1] != found[2]
	})
}

// Refusal is part of what the CLI says of a configuration, when it initializes or plans it, of
// which it does not know all. It is empty for one that it knows.
func (c CLI) Refusal(configuration string) string {
	for _, demand := range regexp.MustCompile(`required_version += "([^"]+)"`).FindAllStringSubmatch(configuration, -1) {
		if c.Require(c.Name()+" "+demand[1]) != nil {
			return "Core version"
		}
	}
	for _, one := range features() {
		since := one.terraform
		if c.Product == OpenTofu {
			since = one.openTofu
		}
		if one.isUsed(configuration) && (since == "" || !c.isAtLeast(since)) {
			return one.refusal
		}
	}
	return ""
}

// Require is an error unless the CLI is of this product and version: its name and a constraint,
// such as "terraform ~> 1.14.0" or "tofu >= 1.12.0". A pre-release counts as the release.
func (c CLI) Require(want string) error {
	name, text, _ := strings.Cut(want, " ")
	constraint, err := version.NewConstraint(text)
	if err != nil {
		return fmt.Errorf("read %q as the name of a CLI and a constraint of its version: %w", want, err)
	}
	have, err := version.NewVersion(c.Version)
	if err != nil {
		return fmt.Errorf("read the version of %s: %w", c, err)
	}
	if c.Name() != name || !constraint.Check(have.Core()) {
		return fmt.Errorf("%s is at hand, and %s is asked for", c, want)
	}
	return nil
}
