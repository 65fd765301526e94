// SPDX-License-Identifier: MPL-2.0

// Package attribute is the schema pieces that objects share, with their
// validators: ids of accounts, slugs of apps, texts that must not be empty.
package attribute
