// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// bed is where steps are measured: a workspace, and a mock Refold that Terraform core alone never
// asks.
type bed struct {
	mock      *mockapi.Server
	server    *httptest.Server
	workspace *cli.Workspace
	accounts  inventory
	allowed   limit
}

// newBed makes one ready for its first step. The caller closes it.
func newBed(ctx context.Context, found cli.CLI, accounts int, allowed limit, configuration string) (_ *bed, err error) {
	made := &bed{mock: mockapi.New(), accounts: inventory{accounts: accounts, firstName: "Customer 0", region: "eu"}, allowed: allowed}
	made.mock.LimitRate(mockapi.RateLimit{PerSecond: allowed.perSecond, Burst: allowed.burst})
	made.server = httptest.NewServer(made.mock)
	defer func() {
		if err != nil {
			err = errors.Join(err, made.close())
		}
	}()
	made.workspace, err = cli.NewWorkspace(ctx, found, "", "REFOLD_BASE_URL="+made.server.URL, "REFOLD_API_KEY="+mockapi.TestKey)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(made.workspace.Folder, "main.tf"), []byte(configuration), 0o600); err != nil {
		return nil, fmt.Errorf("write the configuration: %w", err)
	}
	if err := made.accounts.write(made.workspace.Folder); err != nil {
		return nil, err
	}
	return made, made.command(ctx, "init", "-input=false", "-no-color")
}

func (b *bed) close() error {
	b.server.Close()
	if b.workspace == nil {
		return nil
	}
	return b.workspace.Close()
}

func (b *bed) command(ctx context.Context, args ...string) error {
	output, err := b.workspace.Output(ctx, args...)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	return nil
}

// prepare changes the inventory as a step asks.
func (b *bed) prepare(one step) error {
	if one.revise == nil {
		return nil
	}
	one.revise(&b.accounts)
	return b.accounts.write(b.workspace.Folder)
}

// measure carries a step out once.
func (b *bed) measure(ctx context.Context, one step) (figures, error) {
	watch := watchMemory(b.workspace.Home.Mirror)
	begin, spent := time.Now(), childrenCPU()
	var all, last []mockapi.Request
	for _, args := range one.commands {
		b.mock.ResetRequests()
		if err := b.command(ctx, args...); err != nil {
			watch.stop()
			return figures{}, fmt.Errorf("%s: %w", one.name, err)
		}
		last = b.mock.Requests()
		all = append(all, last...)
	}
	measured := count(all)
	measured.took, measured.cpu, measured.peak = time.Since(begin), childrenCPU()-spent, watch.stop()
	measured.keepPace(last, b.allowed)
	return measured, nil
}

// undo makes the bed as it was before the step.
func (b *bed) undo(ctx context.Context, one step) error {
	for _, args := range one.undo {
		if err := b.command(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

// check makes sure that a run did what it was measured for.
func (b *bed) check(steps []step) error {
	want := b.accounts.accounts
	if steps[len(steps)-1].name == stepDestroy {
		want = 0
	}
	if left := len(b.mock.Accounts(mockapi.EnvironmentTest)); left != want {
		return fmt.Errorf("the mock Refold has %d accounts at the end instead of %d", left, want)
	}
	return nil
}
