// SPDX-License-Identifier: MPL-2.0

// Package cli finds, builds and runs the Terraform or OpenTofu command line in a way that neither
// depends on the configuration of the user who runs it nor touches it.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// PathVariable names the environment variable that selects one CLI before all others. It is the one
// that terraform-plugin-testing reads.
const PathVariable = "TF_ACC_TERRAFORM_PATH"

// MinimumVersion is the oldest Terraform or OpenTofu that Find takes by itself: the first one with
// write-only attributes. A CLI selected through PathVariable may be older.
const MinimumVersion = "1.11.0"

// Product tells the two command lines apart.
type Product string

// The products that Find knows.
const (
	Terraform Product = "terraform"
	OpenTofu  Product = "opentofu"
)

// RegistryHost is the registry host that the product adds to a provider source without one.
func (p Product) RegistryHost() string {
	if p == OpenTofu {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

// CLI is an executable that answered `version`.
type CLI struct {
	Path    string // absolute
	Product Product
	Version string // without the leading v, for example 1.11.4
}

// Name is what a user types for this CLI: terraform or tofu.
func (c CLI) Name() string {
	if c.Product == OpenTofu {
		return "tofu"
	}
	return "terraform"
}

// String is for messages: product, version and path.
func (c CLI) String() string {
	product := "Terraform"
	if c.Product == OpenTofu {
		product = "OpenTofu"
	}
	return fmt.Sprintf("%s %s (%s)", product, c.Version, c.Path)
}

// ErrNotFound means that no usable CLI is at hand. Its text says what to do; the errors of Find
// that wrap it also say why each candidate was passed over.
var ErrNotFound = errors.New("no usable Terraform or OpenTofu, version " + MinimumVersion + " or later: put terraform or tofu on the PATH, " +
	"or set " + PathVariable + " to one, or run `make cli` to build OpenTofu once (about five minutes)")

// Find returns the CLI to use: the one named by PathVariable, else terraform, else tofu on the
// PATH, else the OpenTofu that Ensure built in this repository. A candidate that is too old or does
// not answer `version` is passed over, unless PathVariable names it: that is an error. Without any,
// the error is ErrNotFound.
func Find(ctx context.Context) (CLI, error) {
	if path := os.Getenv(PathVariable); path != "" {
		found, err := identify(ctx, path)
		if err != nil {
			return CLI{}, fmt.Errorf("use the CLI named by %s: %w", PathVariable, err)
		}
		return found, nil
	}
	var passedOver []error
	for _, name := range []string{"terraform", "tofu"} {
		path, err := exec.LookPath(name)
		if errors.Is(err, exec.ErrNotFound) {
			continue
		}
		if err == nil {
			var found CLI
			if found, err = identifyRecent(ctx, path); err == nil {
				return found, nil
			}
		}
		passedOver = append(passedOver, err)
	}
	if found, err := findBuilt(ctx); err == nil {
		return found, nil
	} else if !errors.Is(err, os.ErrNotExist) {
		passedOver = append(passedOver, err)
	}
	if ctx.Err() != nil {
		return CLI{}, fmt.Errorf("look for a CLI: %w", ctx.Err())
	}
	return CLI{}, errors.Join(append([]error{ErrNotFound}, passedOver...)...)
}

// Ensure is Find, and builds OpenTofu when nothing is found. It writes to out what it does when
// that takes time.
func Ensure(ctx context.Context, out io.Writer) (CLI, error) {
	found, err := Find(ctx)
	if !errors.Is(err, ErrNotFound) {
		return found, err
	}
	reasons := strings.TrimPrefix(strings.TrimPrefix(err.Error(), ErrNotFound.Error()), "\n")
	if reasons != "" {
		fmt.Fprintln(out, reasons)
	}
	return Build(ctx, out)
}

// identifyRecent is identify for a CLI that nobody asked for by name.
func identifyRecent(ctx context.Context, path string) (CLI, error) {
	found, err := identify(ctx, path)
	if err != nil {
		return CLI{}, err
	}
	have, err := version.NewVersion(found.Version)
	if err != nil {
		return CLI{}, fmt.Errorf("read the version of %s: %w", path, err)
	}
	if have.Core().LessThan(version.Must(version.NewVersion(MinimumVersion))) {
		return CLI{}, fmt.Errorf("%s is older than %s", found, MinimumVersion)
	}
	return found, nil
}

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v([0-9][0-9A-Za-z.+-]*)\s*$`)

// identify asks the executable which product and version it is, away from the user's configuration.
func identify(ctx context.Context, path string) (_ CLI, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return CLI{}, fmt.Errorf("make the path of %s absolute: %w", path, err)
	}
	dir, err := os.MkdirTemp("", "refold-cli-version-")
	if err != nil {
		return CLI{}, fmt.Errorf("create a folder to run %s in: %w", path, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	home, err := NewHome(dir)
	if err != nil {
		return CLI{}, err
	}
	var stdout, stderr strings.Builder
	command := newCommand(ctx, path, "version")
	command.Dir = home.Dir
	command.Env = Environment(os.Environ(), home)
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := runCommand(ctx, command); err != nil {
		return CLI{}, fmt.Errorf("%s does not answer `version`: %w: %s", path, err, strings.TrimSpace(stderr.String()))
	}
	match := versionLine.FindStringSubmatch(stdout.String())
	if match == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: `version` answered %.200q", path, stdout.String())
	}
	product := Terraform
	if match[1] == "OpenTofu" {
		product = OpenTofu
	}
	return CLI{Path: path, Product: product, Version: match[2]}, nil
}
