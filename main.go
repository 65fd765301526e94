// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-refold is the Terraform provider for Refold.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// version is set at release time by the linker.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger such as delve can attach")
	showVersion := flag.Bool("version", false, "print the version and end")
	flag.Parse()
	if *showVersion {
		fmt.Println(version)
		return
	}
	if err := provider.PrepareProcess(); err != nil {
		log.Fatal(err)
	}
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	var process provider.Process
	server := func() tfprotov6.ProviderServer { return process.NewServer(version) }
	err := tf6server.Serve(provider.Address, server, options...)
	// This is where every orderly end gets to, also of a run that failed or was stopped.
	if err := errors.Join(err, process.End()); err != nil {
		log.Fatal(err)
	}
}
