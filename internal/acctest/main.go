// SPDX-License-Identifier: MPL-2.0

// Package acctest is what acceptance tests share: a hermetic run of a real CLI, the provider under
// test, and a mock Refold that holds every request and answer against the contract.
package acctest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// Main is the TestMain of packages with acceptance tests. It finds a CLI, cuts the process off from
// the user's own CLI configuration and from TF_* and REFOLD_* variables, and runs the tests.
// Without a CLI it fails: acceptance tests are not skipped.
func Main(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (_ int, err error) {
	ctx := context.Background()
	found, err := findCLI()
	if err != nil {
		return 0, err
	}
	caches, err := goCaches(ctx)
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "refold-acctest-")
	if err != nil {
		return 0, fmt.Errorf("create a home for the CLI: %w", err)
	}
	defer os.RemoveAll(dir)
	home, err := cli.NewHome(dir)
	if err != nil {
		return 0, err
	}
	settings := append(caches,
		"TF_ACC=1",
		cli.PathVariable+"="+found.Path,
		// Terraform and OpenTofu complete "gocobalt/refold" with different hosts.
		"TF_ACC_PROVIDER_NAMESPACE=gocobalt",
		"TF_ACC_PROVIDER_HOST="+found.Product.RegistryHost(),
	)
	if err := cli.Isolate(home, settings...); err != nil {
		return 0, err
	}
	// Without TF_LOG* variables now, and as quiet as when a CLI serves it.
	if err := provider.QuietFramework(); err != nil {
		return 0, err
	}
	fmt.Println("acceptance tests run on", found.Product, found.Version)
	return m.Run(), nil
}

// A test process finds its CLI once, and builds the provider once, at the first test that needs it:
// both together take longer than a plan.
var (
	findCLI       = sync.OnceValues(func() (cli.CLI, error) { return cli.Find(context.Background()) })
	buildProvider = sync.OnceValues(func() (cli.Provider, error) {
		if os.Getenv("TF_ACC") == "" {
			return cli.Provider{}, errors.New("the TestMain of this package has to be acctest.Main, which removes what a test leaves")
		}
		return cli.BuildProvider(context.Background(), os.Getenv("HOME"))
	})
)

// goCaches lets tests build the provider although HOME is another one then.
func goCaches(ctx context.Context) ([]string, error) {
	variables := []string{"GOCACHE", "GOMODCACHE", "GOPATH"}
	output, err := exec.CommandContext(ctx, "go", append([]string{"env"}, variables...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("ask go for its caches: %w", err)
	}
	values := strings.Split(strings.TrimSpace(string(output)), "\n")
	if len(values) != len(variables) {
		return nil, fmt.Errorf("go env answered %q", output)
	}
	settings := make([]string, len(variables))
	for i, variable := range variables {
		settings[i] = variable + "=" + values[i]
	}
	return settings, nil
}
