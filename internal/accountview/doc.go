// SPDX-License-Identifier: MPL-2.0

// Package accountview is how data sources and lists select linked accounts, and
// what they show of them.
package accountview
