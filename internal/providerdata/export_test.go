// SPDX-License-Identifier: MPL-2.0

package providerdata

// StartedBy is data of a provider that another process of the CLI has started.
func (d *Data) StartedBy(cli int) *Data {
	d.cli = cli
	return d
}
