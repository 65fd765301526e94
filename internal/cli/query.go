// SPDX-License-Identifier: MPL-2.0

package cli

import "github.com/hashicorp/go-version"

// CanAct reports whether the CLI knows actions, which came with query.
func (c CLI) CanAct() bool { return c.CanQuery() }

// CanQuery reports whether the CLI has the command query: Terraform 1.14 and
// later. OpenTofu has none.
func (c CLI) CanQuery() bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && c.Product == Terraform && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion("1.14.0")))
}
