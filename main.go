// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-refold is the Terraform provider for Refold.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// version is set at release time by the linker.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger such as delve can attach")
	flag.Parse()
	if err := provider.PrepareProcess(); err != nil {
		log.Fatal(err)
	}
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: provider.Address,
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
