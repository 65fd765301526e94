// SPDX-License-Identifier: MPL-2.0

//go:build linux

package linkedaccount_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// An apply that is cut off in the middle, in whatever way, is finished by the
// next one: every account is there once, none had to be imported by hand.
func TestInterruptedApply(t *testing.T) {
	t.Parallel()
	const count, through, held = 30, 12, 5
	for name, interrupt := range map[string]func(*applying){
		"SIGINT": func(a *applying) { a.signalGroup(syscall.SIGINT) },
		"SIGINT twice": func(a *applying) {
			a.signalGroup(syscall.SIGINT)
			a.output.await("Interrupt received", a.ended)
			a.signalGroup(syscall.SIGINT)
		},
		"SIGKILL of the provider": func(a *applying) { a.killProvider() },
		"SIGKILL of the CLI":      func(a *applying) { a.signalCLI(syscall.SIGKILL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			workspace := workspaceFor(t, refold, count)
			arrived, release := holdPuts(refold, through, held)
			apply := startApply(t, workspace)
			select {
			case <-arrived:
			case <-apply.ended:
				t.Fatalf("the apply ended before it could be interrupted:\n%s", apply.output)
			}
			interrupt(apply)
			<-apply.ended
			if apply.command.ProcessState.Success() {
				t.Errorf("the apply succeeded although it was interrupted:\n%s", apply.output)
			}
			release()
			before := map[string]string{}
			for _, account := range refold.Accounts(test) {
				before[account.AccountID] = account.ID
			}
			if len(before) == 0 || len(before) == count {
				t.Errorf("%d accounts were created before the interruption, which proves nothing", len(before))
			}
			output, err := run(t.Context(), workspace, applyNow...)
			if err != nil {
				t.Fatalf("the next apply: %v\n%s\nthe interrupted one:\n%s", err, output, apply.output)
			}
			if !strings.Contains(output, "Took over an existing linked account") {
				t.Errorf("no account had to be taken over, which proves nothing:\n%s", output)
			}
			mustRun(t, workspace, "plan", "-no-color", "-detailed-exitcode")
			checkAll(t, refold, count)
			for _, account := range refold.Accounts(test) {
				if known := before[account.AccountID]; known != "" && known != account.ID {
					t.Errorf("%s was created anew", account.AccountID)
				}
			}
			if deletions := refold.Count(http.MethodDelete, ""); deletions > 0 {
				t.Errorf("%d deletions were asked for", deletions)
			}
		})
	}
}

// holdPuts lets the first writes through and keeps the others waiting until
// whoever sent them is gone, or release: then their work is done all the same.
// Arrived is closed when so many of them are there.
func holdPuts(refold *acctest.Refold, through, held int) (arrived <-chan struct{}, release func()) {
	there, released := make(chan struct{}), make(chan struct{})
	var mutex sync.Mutex
	puts := 0
	refold.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
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
			case <-released:
			}
		}
		return false
	})
	return there, func() {
		refold.Intercept(nil)
		close(released)
	}
}

// applying is an apply that runs.
type applying struct {
	t       *testing.T
	command *exec.Cmd
	output  *watched
	// ended is closed when the CLI has ended.
	ended chan struct{}
}

// startApply runs an apply as a terminal does: in a process group of its own,
// whose members all get a Ctrl-C.
func startApply(t *testing.T, workspace *cli.Workspace) *applying {
	t.Helper()
	apply := &applying{t: t, output: &watched{wrote: make(chan struct{}, 1)}, ended: make(chan struct{})}
	apply.command = exec.CommandContext(t.Context(), workspace.CLI.Path, applyNow...)
	apply.command.Dir = workspace.Folder
	apply.command.Env = cli.Environment(os.Environ(), workspace.Home, append(workspace.Settings(), "TF_IN_AUTOMATION=1")...)
	apply.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	apply.command.Stdout, apply.command.Stderr = apply.output, apply.output
	if err := apply.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(apply.ended)
		_ = apply.command.Wait() // how it ended is in ProcessState
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-apply.command.Process.Pid, syscall.SIGKILL) // usually nothing is left
		<-apply.ended
	})
	return apply
}

func (a *applying) signalGroup(signal syscall.Signal) {
	if err := syscall.Kill(-a.command.Process.Pid, signal); err != nil {
		a.t.Errorf("send %s to the CLI and its provider: %v", signal, err)
	}
}

func (a *applying) signalCLI(signal syscall.Signal) {
	if err := a.command.Process.Signal(signal); err != nil {
		a.t.Errorf("send %s to the CLI: %v", signal, err)
	}
}

// killProvider ends the provider, which is the CLI's only child.
func (a *applying) killProvider() {
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

func children(t *testing.T, parent int) []int {
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

// await waits until the output holds a text, or the command has ended.
func (w *watched) await(text string, ended <-chan struct{}) {
	for !strings.Contains(w.String(), text) {
		select {
		case <-w.wrote:
		case <-ended:
			return
		}
	}
}
