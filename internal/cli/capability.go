// SPDX-License-Identifier: MPL-2.0

package cli

import "github.com/hashicorp/go-version"

// CanAct reports whether the CLI knows actions, which came with query.
func (c CLI) CanAct() bool { return c.CanQuery() }

// CanQuery reports whether the CLI has the command query: Terraform 1.14 and
// later. OpenTofu has none.
func (c CLI) CanQuery() bool { return c.Product == Terraform && c.isAtLeast("1.14.0") }

// CanImportByIdentity reports whether an import block of the CLI may name an identity in
// place of an id.
func (c CLI) CanImportByIdentity() bool { return c.isAtLeast("1.12.0") }

// CanWriteOnly reports whether the CLI knows write-only arguments.
func (c CLI) CanWriteOnly() bool { return c.isAtLeast("1.11.0") }

// isAtLeast counts a pre-release as the release.
func (c CLI) isAtLeast(want string) bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(want)))
}
