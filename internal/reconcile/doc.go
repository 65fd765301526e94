// SPDX-License-Identifier: MPL-2.0

// Package reconcile brings one linked account at Refold in line with a
// configuration, and deletes it: a task in, an outcome out. It holds Refold's rules
// about adoption, user-defined fields, credentials and what may be lost, for every
// resource that manages linked accounts. Of schemas it knows only the names of the
// attributes that its problems point at.
package reconcile
