// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// sandboxAddress is where the quick start of README.md finds the sandbox.
const sandboxAddress = "127.0.0.1:8484"

// runSandbox prepares the demo's folder and a mock at an address of this machine, says how to use
// them, and waits for the end of ctx.
func runSandbox(ctx context.Context, out io.Writer, address string) (err error) {
	stage, err := openStage(ctx, out, serving{address: address, requests: out}, "")
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("prepare the sandbox: %w\nSomething else has this address. Take a free one: make sandbox ADDRESS=%s", err, anyPort)
	}
	if err != nil {
		return fmt.Errorf("prepare the sandbox: %w", err)
	}
	defer func() {
		if err = errors.Join(err, stage.Close()); err == nil {
			fmt.Fprintln(out, "\nThe mock is stopped and the folder is removed.")
		}
	}()
	if output, err := stage.workspace.Output(ctx, "init", "-input=false", "-no-color"); err != nil {
		return fmt.Errorf("prepare the sandbox: %w\n%s", err, output)
	}
	fmt.Fprint(out, instructions(stage))
	<-ctx.Done()
	return nil
}

func instructions(s *stage) string {
	command := shellCommand(s.workspace.CLI)
	var text strings.Builder
	fmt.Fprintf(&text, "\nThe sandbox is ready. Paste this into another terminal:\n\n  cd %s\n", quote(s.workspace.Folder))
	fmt.Fprintln(&text, `  unset $(env | grep -oE '^(TF|REFOLD)_[A-Za-z0-9_]*')`)
	for _, setting := range s.workspace.Settings() {
		name, value, _ := strings.Cut(setting, "=")
		fmt.Fprintf(&text, "  export %s=%s\n", name, quote(value))
	}
	fmt.Fprintf(&text, `
Then, for example:

  %[1]s plan                  # what would be created
  %[1]s apply                 # create it
  edit accounts.csv, and %[1]s apply again
  %[1]s destroy

  # what Refold has
  curl -s -H "x-api-key: $REFOLD_API_KEY" "$REFOLD_BASE_URL/api/v2/public/linked-account?limit=100"

  # change an account behind Terraform's back, then plan
  curl -s -X PUT -H "x-api-key: $REFOLD_API_KEY" -H "Content-Type: application/json" \
    -d '{"linked_account_id": "globex", "udf": {"plan": "starter"}}' "$REFOLD_BASE_URL/api/v2/public/linked-account"

  # let a customer connect an app, then destroy: it is refused (apps: slack, hubspot, zendesk)
  curl -s -X POST "$REFOLD_BASE_URL/sandbox/connect/globex/slack"
  curl -s -X POST "$REFOLD_BASE_URL/sandbox/disconnect/globex/slack"

Requests appear below as they arrive. Press Ctrl-C here to stop the mock and remove the folder.

`, command)
	return text.String()
}

// shellCommand is the CLI's name when the user's shell finds the same file under it, else its path.
func shellCommand(found cli.CLI) string {
	if path, err := exec.LookPath(found.Name()); err == nil && path == found.Path {
		return found.Name()
	}
	return quote(found.Path)
}

// quote makes the value one word of a POSIX shell.
func quote(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
