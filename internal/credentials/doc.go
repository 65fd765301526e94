// SPDX-License-Identifier: MPL-2.0

// Package credentials is how resources hold the credentials of the
// organization's own app, which Refold stores for an account and never returns:
// their two forms, what is remembered of them, and what a change of them takes.
package credentials
