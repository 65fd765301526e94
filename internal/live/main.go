// SPDX-License-Identifier: MPL-2.0

// Command live asks a real Refold what FACTS.md leaves open, and prints which switches of the mock
// follow (make live-questions). With -sweep it deletes what earlier runs have left behind, and
// nothing else.
//
// Where that Refold is, and with which key it is asked, the environment variables
// REFOLD_LIVE_BASE_URL and REFOLD_LIVE_API_KEY say. Only keys of the environment test are used.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/live/question"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
)

func main() {
	sweeps := flag.Bool("sweep", false, "delete the accounts that earlier runs have left behind")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, *sweeps, os.Getenv, nil, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// run asks, or sweeps. A network replaces the real one in tests.
func run(ctx context.Context, sweeps bool, lookup func(string) string, network http.RoundTripper, out io.Writer) error {
	settings, err := site.FromEnvironment(lookup)
	if err != nil {
		return err
	}
	settings.Network = network
	at, err := site.Open(ctx, settings)
	if err != nil {
		return err
	}
	if sweeps {
		return sweep(ctx, at, out)
	}
	fmt.Fprintf(out, "Asking %s. The accounts of this run begin with %s, and are deleted at its end.\n\n", at.BaseURL(), at.Prefix())
	report, failure := question.Ask(ctx, at)
	var text strings.Builder
	if err := report.Print(&text); err != nil {
		return err
	}
	if _, err := io.WriteString(out, at.Clean(text.String())); err != nil {
		return fmt.Errorf("print the answers: %w", err)
	}
	return failure
}

func sweep(ctx context.Context, at *site.Site, out io.Writer) error {
	swept, err := at.Sweep(ctx)
	for _, id := range swept {
		fmt.Fprintln(out, "deleted", id)
	}
	fmt.Fprintf(out, "%d accounts of earlier runs were deleted at %s.\n", len(swept), at.BaseURL())
	return err
}
