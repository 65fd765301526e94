// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-refold is the Terraform provider for Refold.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

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
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	server := func() tfprotov6.ProviderServer { return provider.NewServer(version) }
	if err := tf6server.Serve(provider.Address, server, options...); err != nil {
		log.Fatal(err)
	}
}
