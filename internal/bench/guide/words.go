// SPDX-License-Identifier: MPL-2.0

package guide

import (
	"fmt"
	"runtime"
	"strconv"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// MeasuredWith is a sentence about the CLI and the machine.
func MeasuredWith(found cli.CLI) string {
	product := "Terraform"
	if found.Product == cli.OpenTofu {
		product = "OpenTofu"
	}
	return fmt.Sprintf("Measured with %s %s, %s.", product, found.Version, Machine())
}

// Machine names the class of this machine, for people who compare figures.
func Machine() string {
	cores := "cores"
	if runtime.NumCPU() == 1 {
		cores = "core"
	}
	return fmt.Sprintf("%d %s, %s/%s", runtime.NumCPU(), cores, runtime.GOOS, runtime.GOARCH)
}

// Thousands writes a number below a million as people read it.
func Thousands(number int) string {
	if number < 1000 {
		return strconv.Itoa(number)
	}
	return fmt.Sprintf("%d,%03d", number/1000, number%1000)
}
