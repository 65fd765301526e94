// SPDX-License-Identifier: MPL-2.0

package rate

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// scenario is one way to create accounts.
type scenario struct {
	name string
	// perSecond is what the server allows; the provider counts on the published allowance.
	perSecond   float64
	parallelism int
	// processes run at the same time, with one key and this many accounts each.
	processes, accounts int
	goal                goal
}

// goal bounds the figures of a scenario. Shares are from 0 to 1.
type goal struct {
	leastUsed float64
	// mostRejected counts all requests, mostRejectedLater those after the first second.
	mostRejected, mostRejectedLater float64
}

func scenarios(accounts int) []scenario {
	known := goal{leastUsed: 0.95}
	untold := goal{mostRejected: 1, mostRejectedLater: 0.05}
	shared := goal{leastUsed: 0.85, mostRejected: 0.05, mostRejectedLater: 1}
	return []scenario{
		{"20/s, parallelism 10", mockapi.PublishedPerSecond, 10, 1, accounts, known},
		{"20/s, parallelism 50", mockapi.PublishedPerSecond, 50, 1, accounts, known},
		{"10/s that the provider is not told of, parallelism 10", 10, 10, 1, accounts, untold},
		{"10/s that the provider is not told of, parallelism 50", 10, 50, 1, accounts, untold},
		{"20/s shared by two processes, parallelism 10 each", mockapi.PublishedPerSecond, 10, 2, accounts / 2, shared},
	}
}

// run applies the accounts to a new mock and measures what arrived there.
func (s scenario) run(ctx context.Context, found cli.CLI) (_ figures, err error) {
	mock := mockapi.New()
	server := httptest.NewServer(mock)
	defer server.Close()
	var workspaces []*cli.Workspace
	defer func() {
		for _, workspace := range workspaces {
			err = errors.Join(err, workspace.Close())
		}
	}()
	for process := range s.processes {
		workspace, err := s.prepare(ctx, found, server.URL, process)
		if workspace != nil {
			workspaces = append(workspaces, workspace)
		}
		if err != nil {
			return figures{}, err
		}
	}
	mock.LimitRate(mockapi.RateLimit{PerSecond: s.perSecond, Burst: mockapi.PublishedBurst})
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for _, workspace := range workspaces {
		group.Go(func() error {
			output, err := workspace.Output(ctx, "apply", "-auto-approve", "-input=false", "-no-color", fmt.Sprintf("-parallelism=%d", s.parallelism))
			if err != nil {
				return fmt.Errorf("%w\n%s", err, output)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return figures{}, err
	}
	took := time.Since(start)
	if created, want := len(mock.Accounts(mockapi.EnvironmentTest)), s.processes*s.accounts; created != want {
		return figures{}, fmt.Errorf("the mock Refold has %d accounts instead of %d", created, want)
	}
	return measure(mock.Requests(), s.perSecond, took), nil
}

// prepare makes a workspace for one process, ready to apply.
func (s scenario) prepare(ctx context.Context, found cli.CLI, url string, process int) (*cli.Workspace, error) {
	workspace, err := cli.NewWorkspace(ctx, found, "", "REFOLD_BASE_URL="+url, "REFOLD_API_KEY="+mockapi.TestKey)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(workspace.Folder, "main.tf"), []byte(configuration(process, s.accounts)), 0o600); err != nil {
		return workspace, fmt.Errorf("write the configuration: %w", err)
	}
	if output, err := workspace.Output(ctx, "init", "-input=false", "-no-color"); err != nil {
		return workspace, fmt.Errorf("%w\n%s", err, output)
	}
	return workspace, nil
}

// blockSize accounts share a block: Terraform's own work grows with the square of a block's size.
const blockSize = 50

func configuration(process, accounts int) string {
	var text strings.Builder
	text.WriteString(`terraform {
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}
`)
	for first := 0; first < accounts; first += blockSize {
		fmt.Fprintf(&text, `
resource "refold_linked_account" "block_%[1]d" {
  for_each = toset([for i in range(%[1]d, %[2]d) : format("customer-%[3]d-%%04d", i)])

  linked_account_id = each.key
  name              = "Customer ${each.key}"
  udf               = { plan = "pro", seats = 20, beta = true }
}
`, first, min(first+blockSize, accounts), process)
	}
	return text.String()
}
