// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// interruptGrace is how long an interrupted command may take to end by itself (a CLI then waits for
// the request in flight and writes its state) before it is killed.
const interruptGrace = 30 * time.Second

// newCommand prepares a command that is interrupted, not killed, when ctx ends, and that a Ctrl-C
// in the terminal reaches only through ctx: two interrupts would make the CLI give up without
// writing its state.
func newCommand(ctx context.Context, path string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, path, args...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = interruptGrace
	ownProcessGroup(command)
	return command
}

// runCommand runs the command, which newCommand made with the same ctx, to its end and takes down
// whatever it left running. An error names the end of ctx when that is what ended the command.
func runCommand(ctx context.Context, command *exec.Cmd) error {
	if err := command.Start(); err != nil {
		return err
	}
	defer killProcessGroup(command)
	err := command.Wait()
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", context.Cause(ctx), err)
	}
	return err
}

// ExitCode returns the exit code that err, from running a command, stands for: 0 for nil, -1 for an
// error that is not about an exit code.
func ExitCode(err error) int {
	if err == nil {
		return 0
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return -1
}
