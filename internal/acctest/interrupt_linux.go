// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// holdPuts lets the first writes through and keeps the others waiting until whoever sent one of
// them is gone, or release: then their work is done all the same. One for all, because a call of
// the protocol that begins at the instant of a Ctrl-C is not cut off, and is waited for. Arrived is
// closed when so many of them are there.
func (r *Refold) holdPuts(through, held int) (arrived <-chan struct{}, release func()) {
	there, released := make(chan struct{}), make(chan struct{})
	let := sync.OnceFunc(func() { close(released) })
	var mutex sync.Mutex
	puts := 0
	r.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
		if request.Method != http.MethodPut {
			return false
		}
		mutex.Lock()
		puts++
		number := puts
		mutex.Unlock()
		if number == through+held {
			close(there)
		}
		if number > through {
			select {
			case <-request.Context().Done():
				let()
			case <-released:
			}
		}
		return false
	})
	return there, func() {
		r.Intercept(nil)
		let()
	}
}

// Interrupt applies until so many writes went through and so many more are under
// way, cuts that off, and then lets the writes go on. It returns when the CLI has
// ended, which must not be a success.
func (r *Refold) Interrupt(t testing.TB, workspace *cli.Workspace, through, held int, interrupt func(*Applying)) *Applying {
	t.Helper()
	arrived, release := r.holdPuts(through, held)
	apply := startApply(t, workspace)
	select {
	case <-arrived:
	case <-apply.Ended:
		t.Fatalf("the apply ended before it could be interrupted:\n%s", apply.Output)
	}
	interrupt(apply)
	<-apply.Ended
	if apply.command.ProcessState.Success() {
		t.Errorf("the apply succeeded although it was interrupted:\n%s", apply.Output)
	}
	release()
	return apply
}

// Applying is an apply that runs.
type Applying struct {
	// Output is what the CLI wrote so far.
	Output *watched
	// Ended is closed when the CLI has ended.
	Ended chan struct{}

	t       testing.TB
	command *exec.Cmd
}

// startApply runs an apply as a terminal does: in a process group of its own,
// whose members all get a Ctrl-C.
func startApply(t testing.TB, workspace *cli.Workspace) *Applying {
	t.Helper()
	apply := &Applying{t: t, Output: &watched{wrote: make(chan struct{}, 1)}, Ended: make(chan struct{})}
	apply.command = exec.CommandContext(t.Context(), workspace.CLI.Path, "apply", "-no-color", "-auto-approve")
	apply.command.Dir = workspace.Folder
	apply.command.Env = cli.Environment(os.Environ(), workspace.Home, append(workspace.Settings(), "TF_IN_AUTOMATION=1")...)
	apply.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	apply.command.Stdout, apply.command.Stderr = apply.Output, apply.Output
	if err := apply.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(apply.Ended)
		_ = apply.command.Wait() // how it ended is in ProcessState
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-apply.command.Process.Pid, syscall.SIGKILL) // usually nothing is left
		<-apply.Ended
	})
	return apply
}

// SignalGroup sends a signal to the CLI and its provider, as a terminal does. After
// an earlier signal they may have ended just now.
func (a *Applying) SignalGroup(signal syscall.Signal) {
	if err := syscall.Kill(-a.command.Process.Pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		a.t.Errorf("send %s to the CLI and its provider: %v", signal, err)
	}
}

// SignalCLI sends a signal to the CLI alone.
func (a *Applying) SignalCLI(signal syscall.Signal) {
	if err := a.command.Process.Signal(signal); err != nil {
		a.t.Errorf("send %s to the CLI: %v", signal, err)
	}
}

// KillProvider ends the provider, which is the CLI's only child.
func (a *Applying) KillProvider() {
	providers := children(a.t, a.command.Process.Pid)
	if len(providers) != 1 {
		a.t.Errorf("the CLI runs %d providers, want 1", len(providers))
	}
	for _, pid := range providers {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			a.t.Errorf("kill the provider: %v", err)
		}
	}
}

func children(t testing.TB, parent int) []int {
	t.Helper()
	statuses, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, path := range statuses {
		status, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(status, fmt.Appendf(nil, "\nPPid:\t%d\n", parent)) {
			continue // of another parent, or gone meanwhile
		}
		var pid int
		if _, err := fmt.Sscanf(path, "/proc/%d/status", &pid); err != nil {
			t.Fatal(err)
		}
		found = append(found, pid)
	}
	return found
}

// watched is output that can be waited for.
type watched struct {
	mutex sync.Mutex
	text  strings.Builder
	wrote chan struct{}
}

// Write implements io.Writer.
func (w *watched) Write(chunk []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	select {
	case w.wrote <- struct{}{}:
	default:
	}
	return w.text.Write(chunk)
}

// String is what was written so far.
func (w *watched) String() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.text.String()
}

// Await waits until the output holds a text, or the command has ended.
func (w *watched) Await(text string, ended <-chan struct{}) {
	for !strings.Contains(w.String(), text) {
		select {
		case <-w.wrote:
		case <-ended:
			return
		}
	}
}
