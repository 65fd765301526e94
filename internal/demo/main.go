// SPDX-License-Identifier: MPL-2.0

// Command demo shows the provider at work: it builds it, starts a mock Refold on a free port of
// this machine, and takes examples/demo and the customer of examples/customer through their lives
// with a real Terraform or OpenTofu (make demo). With -sandbox it prepares the former and leaves it
// to the user until Ctrl-C (make sandbox), and with -picture it keeps what a plan shows (make
// picture). With -archive it tries an archive of a release in place of a provider that it builds
// (make release-check). It leaves nothing running or behind.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	sandbox := flag.Bool("sandbox", false, "prepare a folder and a mock Refold to play with, and wait for Ctrl-C")
	address := flag.String("address", sandboxAddress, "where the sandbox's mock Refold listens")
	picture := flag.String("picture", "", "write what the plan of the demo shows to this file, for the picture of README.md")
	archive := flag.String("archive", "", "an archive of a release to use in place of a provider that is built")
	flag.Parse()
	run := func(ctx context.Context, out io.Writer) error { return runDemo(ctx, out, *archive) }
	if *sandbox {
		run = func(ctx context.Context, out io.Writer) error { return runSandbox(ctx, out, *address) }
	}
	if *picture != "" {
		run = func(ctx context.Context, _ io.Writer) error { return runPicture(ctx, *picture) }
	}
	os.Exit(exitCode(run, os.Stdout, os.Stderr))
}

func exitCode(run func(context.Context, io.Writer) error, stdout, stderr io.Writer) int {
	// SIGPIPE is among them so that `make demo | head` cleans up as well.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	err := run(ctx, stdout)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(stderr, "\nInterrupted: %v\nThe mock is stopped and the temporary folder is removed.\n", err)
		return 130
	default:
		fmt.Fprintf(stderr, "\nFAILED: %v\n", err)
		return 1
	}
}
