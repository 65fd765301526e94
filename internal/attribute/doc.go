// SPDX-License-Identifier: MPL-2.0

// Package attribute is the schema pieces that objects share, with their
// validators: ids of accounts, slugs of apps, texts that must not be empty, and
// what Refold tells of every object. The name of a piece ends with the kind of
// object whose schema it fits.
package attribute
