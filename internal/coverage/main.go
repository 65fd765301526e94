// SPDX-License-Identifier: MPL-2.0

// Command coverage runs the tests of the client, of reconcile and of the objects, and fails where
// they leave out too much of a file, or a function altogether, unless explained.txt says why (make
// cover). With -profile it takes what an earlier run has measured.
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// enough is the share of a file's statements, in percent, that needs no explanation.
const enough = 90

//go:embed explained.txt
var explained string

func main() {
	profile := flag.String("profile", "", "a profile that `go test -coverprofile` has written, instead of running the tests")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, *profile); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// rooms are what is measured: whose mistakes cost customers their connections.
func rooms() []string {
	return []string{"./internal/refold/...", "./internal/reconcile/...", "./internal/object/..."}
}

// tests are those of the rooms, and the battery that all objects run.
func tests() []string { return append(rooms(), "./internal/acctest/registered") }

func run(ctx context.Context, out io.Writer, profile string) error {
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	if profile == "" {
		folder, err := os.MkdirTemp("", "refold-coverage-")
		if err != nil {
			return fmt.Errorf("create a folder for the profile: %w", err)
		}
		defer os.RemoveAll(folder)
		profile = filepath.Join(folder, "profile")
		if err := measure(ctx, out, root, profile); err != nil {
			return err
		}
	}
	functions, err := readProfile(root, profile)
	if err != nil {
		return err
	}
	reasons, err := readExplained(explained)
	if err != nil {
		return err
	}
	summarize(out, functions)
	if problems := compare(functions, reasons); len(problems) > 0 {
		return fmt.Errorf("%d findings; test each file to %d %%, and each function at all, or say in internal/coverage/explained.txt why not:\n%s",
			len(problems), enough, strings.Join(problems, "\n"))
	}
	return nil
}

// measure runs the tests and writes the profile.
func measure(ctx context.Context, out io.Writer, root, profile string) error {
	args := []string{"test", "-count=1", "-vet=off", "-timeout=25m", "-coverpkg=" + strings.Join(rooms(), ","), "-coverprofile=" + profile}
	command := exec.CommandContext(ctx, "go", append(args, tests()...)...)
	command.Dir, command.Stdout, command.Stderr = root, out, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("run the tests: %w", err)
	}
	return nil
}
