// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"context"
	"fmt"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// workbench is where steps are measured. Terraform core alone never asks its mock Refold.
type workbench struct {
	*bed.Bed
	accounts inventory
	allowed  limit
}

// newBench makes one ready for its first step. The caller closes it.
func newBench(ctx context.Context, found cli.CLI, accounts int, allowed limit, configuration string) (*workbench, error) {
	inventory := inventory{accounts: accounts, firstName: "Customer 0", region: "eu"}
	made, err := bed.New(ctx, found, map[string]string{"main.tf": configuration, inventoryFile: inventory.csv()})
	if err != nil {
		return nil, err
	}
	made.Mock.LimitRate(mockapi.RateLimit{PerSecond: allowed.perSecond, Burst: allowed.burst})
	return &workbench{made, inventory, allowed}, nil
}

// prepare changes the inventory as a step asks.
func (b *workbench) prepare(one step) error {
	if one.revise == nil {
		return nil
	}
	one.revise(&b.accounts)
	return b.Write(inventoryFile, b.accounts.csv())
}

// measure carries a step out once.
func (b *workbench) measure(ctx context.Context, one step) (figures, error) {
	watch := watchMemory(b.Workspace.Home.Mirror)
	begin, spent := time.Now(), childrenCPU()
	var all, last []mockapi.Request
	for _, args := range one.commands {
		b.Mock.ResetRequests()
		if err := b.Run(ctx, args...); err != nil {
			watch.stop()
			return figures{}, fmt.Errorf("%s: %w", one.name, err)
		}
		last = b.Mock.Requests()
		all = append(all, last...)
	}
	measured := count(all)
	measured.took, measured.cpu, measured.peak = time.Since(begin), childrenCPU()-spent, watch.stop()
	measured.keepPace(last, b.allowed)
	return measured, nil
}

// undo makes the bed as it was before the step.
func (b *workbench) undo(ctx context.Context, one step) error {
	for _, args := range one.undo {
		if err := b.Run(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

// check makes sure that a run did what it was measured for.
func (b *workbench) check(steps []step) error {
	want := b.accounts.accounts
	if steps[len(steps)-1].name == stepDestroy {
		want = 0
	}
	if left := len(b.Mock.Accounts(mockapi.EnvironmentTest)); left != want {
		return fmt.Errorf("the mock Refold has %d accounts at the end instead of %d", left, want)
	}
	return nil
}
