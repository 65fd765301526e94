// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/go-version"
)

// CanAct reports whether the CLI knows actions, which came with query.
func (c CLI) CanAct() bool { return c.CanQuery() }

// CanQuery reports whether the CLI has the command query: Terraform 1.14 and
// later. OpenTofu has none.
func (c CLI) CanQuery() bool { return c.Product == Terraform && c.isAtLeast("1.14.0") }

// CanImportByIdentity reports whether an import block of the CLI may name an identity in
// place of an id.
func (c CLI) CanImportByIdentity() bool { return c.isAtLeast("1.12.0") }

// isAtLeast counts a pre-release as the release.
func (c CLI) isAtLeast(want string) bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(want)))
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
