// SPDX-License-Identifier: MPL-2.0

//go:build linux || darwin

package scale

import (
	"syscall"
	"time"
)

// childrenCPU is the processor time of all processes that this one started and waited for, with
// their own: of the CLI and, because that waits for it, of the provider.
func childrenCPU() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
