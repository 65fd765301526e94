// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// output collects what a run prints; on each write it calls seen with all of it so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	seen func(text string)
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if o.seen != nil {
		o.seen(o.text.String())
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// watchLeftovers fails the test when the run left a file behind or its mock running.
func watchLeftovers(t *testing.T, out *output) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if strings.HasPrefix(entry.Name(), "refold-") {
				t.Errorf("left behind: %s", entry.Name())
			}
		}
		address := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`).FindStringSubmatch(out.String())
		if address == nil {
			t.Fatalf("the output does not name the mock's address:\n%s", out)
		}
		if connection, err := new(net.Dialer).Dial("tcp", address[1]); err == nil {
			_ = connection.Close()
			t.Errorf("the mock still listens on %s", address[1])
		}
	})
}

// fakeCLI makes a Terraform of a shell script that does what body says for its arguments.
func fakeCLI(t *testing.T, body string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "terraform")
	script := "#!/bin/sh\nif [ \"$1\" = version ]; then echo Terraform v1.11.4; exit; fi\n" + body + "\n"
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(cli.PathVariable, path)
}

// isRefused is true of a run with a CLI that does not know all of examples/demo, which has to fail
// and show what the CLI says of that.
func isRefused(t *testing.T, out *output, err error) bool {
	t.Helper()
	found, notFound := cli.Find(t.Context())
	if notFound != nil {
		t.Fatal(notFound)
	}
	refusal := found.Refusal(readText(t, filepath.Join("..", "..", "examples", "demo", "main.tf")))
	if refusal == "" {
		return false
	}
	if err == nil || !strings.Contains(out.String()+err.Error(), refusal) {
		t.Errorf("%s has to say %q: %v\n%s", found, refusal, err, out.String())
	}
	return true
}

func TestDemo(t *testing.T) {
	var out output
	watchLeftovers(t, &out)
	err := runDemo(t.Context(), &out, "")
	if isRefused(t, &out, err) {
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	text, ofCustomer, _ := strings.Cut(out.String(), "=== 12 of 16: Sign a customer up")
	wantCustomer(t, ofCustomer)
	wantPicture(t, text)
	at := 0
	for _, want := range []string{
		"=== 1 of 16: Initialise", " init", "Apply complete! Resources: 10 added", "No changes.", "plan -detailed-exitcode",
		changedAddress, "Apply complete! Resources: 0 added, 1 changed, 0 destroyed",
		"=== 9 of 16: Lose a customer", "Slack", "Error: ", "=== 10 of 16: Destroy", "Destroy complete! Resources: 10 destroyed", "no accounts",
	} {
		if want == "plan -detailed-exitcode" {
			at = 0 // it stands before its result as well as after it
		}
		found := strings.Index(text[at:], want)
		if found < 0 {
			t.Fatalf("the output lacks, or has in another order, %q:\n%s", want, text)
		}
		at += found
	}
	for _, unwanted := range []string{"\x1b[", cyberdyneToken, tyrellToken} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the output contains %q:\n%s", unwanted, text)
		}
	}
	// That a customer is at stake is worth a warning, and nothing else is.
	before, rest, _ := strings.Cut(text, "=== 9 of 16: ")
	_, after, _ := strings.Cut(rest, "=== 10 of 16: ")
	if strings.Contains(before+after, "Warning") {
		t.Errorf("it warns:\n%s", text)
	}
}

// wantCustomer is about what the demo prints of the customer, from their sign-up on.
func wantCustomer(t *testing.T, text string) {
	t.Helper()
	rest := text
	for _, want := range []string{
		"Apply complete! Resources: 6 added", "connected_apps", "=== 14 of 16: See all of it in one plan", "5 -> 30", "1 to change",
		"To be connected again: Slack.", "connected anew outside Terraform", "=== 15 of 16", "Deletion is prevented", "=== 16 of 16",
		"refold_config.hubspot: Destruction complete", "refold_integration.hubspot: Destruction complete", "refold_linked_account.customer: Destruction complete", "every step did what it should",
	} {
		_, after, isThere := strings.Cut(rest, want)
		if !isThere {
			t.Fatalf("the output lacks, or has in another order, %q:\n%s", want, text)
		}
		rest = after
	}
	for _, unwanted := range []string{"\x1b[", hubSpotKey, apiSecret, "pat-of-their-own"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the output contains %q:\n%s", unwanted, text)
		}
	}
}

func TestDemoFailsLoudly(t *testing.T) {
	tests := map[string]struct {
		script string
		want   []string
	}{
		"a command fails": {
			script: `[ "$1" != apply ] || { echo "Error: boom"; exit 1; }`,
			want:   []string{`step 2, "Create the accounts"`, "terraform apply -auto-approve: exit status 1", "the mock Refold received no request"},
		},
		"nothing was created": {
			script: `exit 0`,
			want:   []string{`step 3, "Look at Refold"`, "acme is missing", "cyberdyne is missing"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out output
			watchLeftovers(t, &out)
			fakeCLI(t, test.script)
			err := runDemo(t.Context(), &out, "")
			if err == nil {
				t.Fatalf("the demo succeeded:\n%s", out.String())
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error lacks %q: %v", want, err)
				}
			}
			if strings.Contains(out.String(), "every step did") {
				t.Error("it says that everything worked")
			}
		})
	}
}

func TestDemoIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out := output{seen: func(text string) {
		if strings.Contains(text, "applying now") {
			cancel()
		}
	}}
	watchLeftovers(t, &out)
	fakeCLI(t, `[ "$1" = apply ] || exit 0
trap 'echo state written; exit 1' INT
echo applying now
while :; do /bin/sleep 0.05; done`)
	if err := runDemo(ctx, &out, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	if !strings.Contains(out.String(), "state written") {
		t.Errorf("the CLI was not given time to end:\n%s", out.String())
	}
}

func TestSandbox(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var folder string
	out := output{seen: func(text string) {
		if !strings.Contains(text, "Press Ctrl-C") || folder != "" {
			return
		}
		match := regexp.MustCompile(`(?m)^  cd '(.*)'$`).FindStringSubmatch(text)
		if match != nil {
			folder = match[1]
			if _, err := os.Stat(filepath.Join(folder, ".terraform")); err != nil {
				t.Errorf("the folder is not initialised: %v", err)
			}
		}
		cancel()
	}}
	watchLeftovers(t, &out)
	err := runSandbox(ctx, &out, anyPort)
	if isRefused(t, &out, err) {
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if folder == "" {
		t.Errorf("the output does not name the folder:\n%s", out.String())
	}
	if !strings.Contains(out.String(), "$REFOLD_BASE_URL/sandbox/connect/") {
		t.Errorf("the output does not say how a customer connects an app:\n%s", out.String())
	}
	for _, setting := range []string{"TF_CLI_CONFIG_FILE", "REFOLD_BASE_URL", "REFOLD_API_KEY", "TF_VAR_tyrell_crm_token", "TF_VAR_cyberdyne_crm_token"} {
		if !strings.Contains(out.String(), "export "+setting+"='") {
			t.Errorf("the output does not say to export %s", setting)
		}
	}
}

func TestSandboxWithoutItsAddress(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", anyPort)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	fakeCLI(t, "exit 1")
	err = runSandbox(t.Context(), io.Discard, taken.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "make sandbox ADDRESS="+anyPort) {
		t.Errorf("error %v does not say what to do", err)
	}
}

func TestPlannedChanges(t *testing.T) {
	changes, err := plannedChanges(`{"resource_changes": [
		{"address": "a.replaced", "mode": "managed", "change": {"actions": ["delete", "create"]}},
		{"address": "a.same", "mode": "managed", "change": {"actions": ["no-op"]}},
		{"address": "data.a.read", "mode": "data", "change": {"actions": ["read"]}}]}`)
	if err != nil || !slices.Equal(changes, []string{"delete a.replaced", "create a.replaced"}) {
		t.Errorf("changes %q, %v", changes, err)
	}
	if _, err := plannedChanges("Error"); err == nil {
		t.Error("text that is not JSON is no plan")
	}
}

func TestCompare(t *testing.T) {
	want := account{"Acme", fields("pro", "5", true), map[string]string{"token": "secret-1"}}
	tests := map[string]struct {
		actual map[string]account
		want   string // "" means equal
	}{
		"equal":       {map[string]account{"acme": want}, ""},
		"missing":     {nil, "acme is missing"},
		"too many":    {map[string]account{"acme": want, "more": want}, "more should not be there"},
		"name":        {map[string]account{"acme": {"Other", want.udf, want.credentials}}, `name \"Other\"`},
		"type":        {map[string]account{"acme": {want.name, map[string]any{"plan": "pro", "seats": "5", "beta": true}, want.credentials}}, "acme has name"},
		"credentials": {map[string]account{"acme": {want.name, want.udf, map[string]string{"token": "secret-2"}}}, "acme has other credentials"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := compare(map[string]account{"acme": want}, test.actual)
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows a credential: %v", err)
			}
		})
	}
}

func TestExitCode(t *testing.T) {
	fakeCLI(t, "exit 1")
	if code := exitCode(func(ctx context.Context, out io.Writer) error { return runDemo(ctx, out, "") }, io.Discard, io.Discard); code != 1 {
		t.Errorf("a failed demo exits with %d, want 1", code)
	}
}

func TestQuote(t *testing.T) {
	if got := quote(`it's $HOME`); got != `'it'\''s $HOME'` {
		t.Errorf("quoted as %s", got)
	}
}
