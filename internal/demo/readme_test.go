// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// curl is the name under which the test binary stands in for curl, which not every machine has.
const curl = "curl"

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != curl {
		os.Exit(m.Run())
	}
	answer, err := http.Post(os.Args[len(os.Args)-1], "", nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = answer.Write(os.Stdout)
}

// quickStartID is the customer of examples/quickstart.
const quickStartID = "northwind"

// The quick start of README.md is followed from its first command to its last, in a shell, at the
// mock of the sandbox.
func TestQuickStart(t *testing.T) {
	q := newFollower(t)
	q.wantSandbox(q.read("README.md", "Quick start"))
	var seats []string
	for _, block := range q.blocks {
		switch {
		case block.changes != nil:
			q.edit(block.changes[1], block.changes[2])
		case block.language == "shell" && !strings.Contains(block.text, "make sandbox"):
			q.run(block.text)
		case block.language == "text":
			q.wantRefused(block.text)
		}
		if account, exists := q.refold.Account(mockapi.EnvironmentTest, quickStartID); exists {
			seats = append(seats, fmt.Sprint(account.UDFMap()["seats"]))
		}
	}
	if seats = slices.Compact(seats); !slices.Equal(seats, []string{"250", "300"}) {
		t.Errorf("the account had %q seats, and not first 250, then 300", seats)
	}
	if left := q.refold.Accounts(mockapi.EnvironmentTest); len(left) > 0 {
		t.Errorf("accounts are left: %v", left)
	}
}

// follower follows a page in a shell, at the mock of the sandbox, from a folder that stands for a
// clone of this repository.
type follower struct {
	*testing.T
	found  cli.CLI
	refold *refold
	// root is this repository, and clone what stands for it.
	root, clone string
	blocks      []followedBlock
	// prelude is run before each block: what stands in for commands, and where the last one ended.
	prelude, state string
	environment    []string
	output         string
	err            error
}

// followedBlock is a fenced block, or a change of a file that the prose asks for.
type followedBlock struct {
	language, text string
	changes        []string
}

func newFollower(t *testing.T) *follower {
	t.Helper()
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	started, err := startRefold(t.Context(), serving{address: anyPort, requests: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	q := &follower{T: t, found: found, refold: started, root: root, state: filepath.Join(t.TempDir(), "state")}
	t.Cleanup(func() {
		if err := started.stop(); err != nil {
			t.Error(err)
		}
	})
	q.prepare()
	return q
}

// read finds the blocks of a chapter, up to the next heading, and returns its text.
func (q *follower) read(page, chapter string) string {
	q.Helper()
	text, err := os.ReadFile(filepath.Join(q.root, filepath.FromSlash(page)))
	if err != nil {
		q.Fatal(err)
	}
	found := regexp.MustCompile(`(?s)\n##+ ` + chapter + `\n(.*?)(?:\n##+ |$)`).FindStringSubmatch(string(text))
	if found == nil {
		q.Fatalf("%s has no chapter %q", page, chapter)
	}
	q.blocks = nil
	part := regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$|Change `([^`]+)` to `([^`]+)` in `main.tf`")
	for _, found := range part.FindAllStringSubmatch(strings.ReplaceAll(found[1], "http://"+sandboxAddress, q.refold.url), -1) {
		block := followedBlock{language: found[1], text: found[2]}
		if found[3] != "" {
			block.changes = found[2:]
		}
		q.blocks = append(q.blocks, block)
	}
	return found[1]
}

func (q *follower) wantSandbox(text string) {
	q.Helper()
	if !strings.Contains(text, "http://"+sandboxAddress) || !strings.Contains(text, mockapi.TestKey) {
		q.Errorf("this does not name the sandbox at %s and its key %s:\n%s", sandboxAddress, mockapi.TestKey, text)
	}
}

// prepare makes of an empty folder the clone in which a page begins, as far as it needs that, and
// puts the sandbox's makings in the place of what is not at hand.
func (q *follower) prepare() {
	q.Helper()
	q.clone = filepath.Join(q.TempDir(), "terraform-provider-refold")
	if err := os.CopyFS(filepath.Join(q.clone, "examples"), os.DirFS(filepath.Join(q.root, "examples"))); err != nil {
		q.Fatal(err)
	}
	binary, err := os.Executable()
	if err != nil {
		q.Fatal(err)
	}
	commands := q.TempDir()
	if err := os.Symlink(binary, filepath.Join(commands, curl)); err != nil {
		q.Fatal(err)
	}
	home, err := cli.NewHome(q.TempDir())
	if err != nil {
		q.Fatal(err)
	}
	settings := []string{"PATH=" + commands + ":" + os.Getenv("PATH"), "TF_CLI_ARGS_apply=-auto-approve", "TF_CLI_ARGS_destroy=-auto-approve", "TF_CLI_ARGS=-no-color"}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		value, err := exec.CommandContext(q.Context(), "go", "env", name).Output()
		if err != nil {
			q.Fatal(err)
		}
		settings = append(settings, name+"="+strings.TrimSpace(string(value)))
	}
	q.environment = cli.Environment(os.Environ(), home, settings...)
	q.prelude = fmt.Sprintf("set -eu\nunset MAKEFLAGS MAKELEVEL MFLAGS\nterraform() { %s \"$@\"; }\nmake() { command make -C %s \"$@\" OUT=\"$PWD\"; }\n",
		quote(q.found.Path), quote(q.root))
	q.keep("cd " + quote(q.clone) + "\n")
}

func (q *follower) keep(state string) {
	q.Helper()
	if err := os.WriteFile(q.state, []byte(state), 0o600); err != nil {
		q.Fatal(err)
	}
}

// run leaves judging to what follows: a block that is to fail is followed by what it says.
func (q *follower) run(commands string) {
	q.Helper()
	if q.err != nil {
		q.Fatalf("a command failed: %v\n%s", q.err, q.output)
	}
	keep := fmt.Sprintf("{ export -p; echo cd \"'$PWD'\"; } >%s\n", quote(q.state))
	shell := exec.CommandContext(q.Context(), "sh", "-c", q.prelude+". "+quote(q.state)+"\n"+commands+keep)
	shell.Env = q.environment
	var output bytes.Buffer
	shell.Stdout, shell.Stderr = &output, &output
	q.err = shell.Run()
	q.output = output.String()
}

// wantRefused holds what a command says against what README.md shows; how it draws and breaks lines
// does not count. README.md ends in "..." where the command says more.
func (q *follower) wantRefused(shown string) {
	q.Helper()
	shown, isPart := strings.CutSuffix(shown, "\n...\n")
	if !isPart {
		q.Errorf("the command says more than\n%s\nwhich has to end in ...", shown)
	}
	var exit *exec.ExitError
	if !errors.As(q.err, &exit) || !strings.Contains(words(q.output), words(shown)) {
		q.Errorf("%v, and the output lacks\n%s\nIt is:\n%s", q.err, shown, q.output)
	}
	q.err = nil
}

func words(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(text)), " ")
}

func (q *follower) edit(from, to string) {
	q.Helper()
	state, err := os.ReadFile(q.state)
	if err != nil {
		q.Fatal(err)
	}
	folder := regexp.MustCompile(`(?m)^cd '(.*)'$`).FindSubmatch(state)
	if folder == nil {
		q.Fatalf("the last command ended nowhere: %s", q.output)
	}
	file := filepath.Join(string(folder[1]), "main.tf")
	content, err := os.ReadFile(file)
	if err != nil {
		q.Fatal(err)
	}
	if strings.Count(string(content), from) != 1 {
		q.Fatalf("main.tf does not hold %q once:\n%s", from, content)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(content), from, to, 1)), 0o600); err != nil {
		q.Fatal(err)
	}
}
