// SPDX-License-Identifier: MPL-2.0

// Package reconcile brings one linked account at Refold in line with a
// configuration, and deletes it: Refold's rules about adoption, user-defined
// fields, credentials and what may be lost, for every resource that manages
// linked accounts. It knows Terraform's diagnostics, and of schemas only the names
// of the attributes that these point at.
package reconcile
