// SPDX-License-Identifier: MPL-2.0

//go:build unix

package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// startScript runs a script until it has printed its first line, and returns what follows and its
// result. What follows ends when the last process that the script started is gone.
func startScript(t *testing.T, ctx context.Context, body string) (rest io.Reader, result <-chan error) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reader.Close() })
	command := newCommand(ctx, writeScript(t, filepath.Join(t.TempDir(), "script"), body))
	command.Stdout = writer
	done := make(chan error, 1)
	go func() {
		done <- runCommand(ctx, command)
		_ = writer.Close()
	}()
	lines := bufio.NewReader(reader)
	if line, err := lines.ReadString('\n'); err != nil || line != "started\n" {
		t.Fatalf("the script printed %q, %v", line, err)
	}
	return lines, done
}

func TestInterruptLetsTheCommandFinish(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	rest, result := startScript(t, ctx, `trap 'echo state written; exit 1' INT; echo started; while :; do /bin/sleep 0.05; done`)
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v does not say that the run was interrupted", err)
	}
	if written, err := io.ReadAll(rest); err != nil || string(written) != "state written\n" {
		t.Errorf("after the interrupt it printed %q, %v", written, err)
	}
}

// A provider process that outlives its CLI would hold the pipe open, and this test up.
func TestNothingIsLeftRunning(t *testing.T) {
	rest, result := startScript(t, t.Context(), `(trap '' INT; while :; do /bin/sleep 60; done) & echo started`)
	if err := <-result; err != nil {
		t.Errorf("the script failed: %v", err)
	}
	if _, err := io.ReadAll(rest); err != nil {
		t.Error(err)
	}
}

func TestExitCode(t *testing.T) {
	script := writeScript(t, filepath.Join(t.TempDir(), "script"), "exit 2")
	workspace := &Workspace{CLI: CLI{Path: script, Product: OpenTofu}, Folder: t.TempDir()}
	err := workspace.Run(t.Context(), io.Discard, io.Discard, "plan", "-detailed-exitcode")
	if ExitCode(err) != 2 || !strings.Contains(err.Error(), "tofu plan -detailed-exitcode") {
		t.Errorf("exit code %d of %v", ExitCode(err), err)
	}
	if ExitCode(nil) != 0 || ExitCode(io.EOF) != -1 {
		t.Error("success is 0, and an error without an exit code is -1")
	}
}
