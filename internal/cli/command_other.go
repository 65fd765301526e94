// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package cli

import "os/exec"

// Elsewhere the operating system has no process groups to use: a command shares the terminal's
// interrupt.
func ownProcessGroup(*exec.Cmd) {}

func killProcessGroup(*exec.Cmd) {}
