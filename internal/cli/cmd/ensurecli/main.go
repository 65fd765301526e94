// SPDX-License-Identifier: MPL-2.0

// Command ensurecli prints the path of the Terraform or OpenTofu that tests and the demo use, and
// builds OpenTofu first when there is none (make cli). With -opentofu it takes no other product
// (make test-opentofu), with -is it fails unless it found what is asked for (make test-acceptance).
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func main() {
	openTofu := flag.Bool("opentofu", false, "the OpenTofu that this repository pins, whatever else there is")
	want := flag.String("is", "", "product and version that it has to be, such as \"terraform ~> 1.14.0\"")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ensure := cli.Ensure
	if *openTofu {
		ensure = cli.Build
	}
	found, err := ensure(ctx, os.Stderr)
	if err == nil && *want != "" {
		err = found.Require(*want)
	}
	if err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "ensurecli:", err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, "Using", found)
	fmt.Println(found.Path)
}
