// SPDX-License-Identifier: MPL-2.0

//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

func ownProcessGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killProcessGroup ends provider processes that a killed CLI left behind. The usual answer is that
// the group is gone already, which is all right.
func killProcessGroup(command *exec.Cmd) {
	_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
}
