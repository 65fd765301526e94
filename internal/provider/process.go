// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime/debug"
)

// garbageCollection is Go's GOGC in percent. A plan of thousands of accounts
// makes garbage of nearly all that it allocates: collecting less often saves a
// part of its time, and 200 took more than 400 MB to delete 10,000 (make bench).
const garbageCollection = 150

// PrepareProcess sets up a process that is about to serve the provider, except
// for what the environment sets. Its error names what could not be set.
func PrepareProcess() error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbageCollection)
	}
	return QuietFramework()
}
