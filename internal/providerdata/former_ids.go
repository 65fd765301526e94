// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"iter"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// FormerIDs are Refold's own ids (_id), by linked account id, of accounts that were managed until
// somebody made others under their linked account ids. A refresh that finds the others keeps them,
// so that the run of the CLI that it belongs to deletes none of these: nobody has seen them yet.
type FormerIDs map[string]string

// keptFormerIDs are FormerIDs with the process of the CLI that found them. A destroy configures the
// provider once for its refresh and again for its plan, and Terraform 1.11 plans what left
// the configuration by the state from before the refresh: neither tells its own run from a later
// one.
type keptFormerIDs struct {
	CLI int       `json:"cli"`
	IDs FormerIDs `json:"ids"`
}

func formerIDsState() PrivateState[keptFormerIDs] {
	return PrivateState[keptFormerIDs]{Key: "former_ids", About: "accounts that were made anew"}
}

// formerID is one of FormerIDs, as Remember takes it down; empty for an account that is the one of
// the state.
type formerID string

// KeepFormerIDs keeps what a refresh has found about accounts: in the private state, and for the
// plan of the same run.
func (d *Data) KeepFormerIDs(ctx context.Context, private PrivateWriter, accountIDs iter.Seq[string], former FormerIDs) diag.Diagnostics {
	for accountID := range accountIDs {
		Remember(d, accountID, formerID(former[accountID]))
	}
	return d.LeaveFormerIDs(ctx, private, former)
}

// LeaveFormerIDs keeps what is left in the private state, as after an update: what that has written
// is managed from then on.
func (d *Data) LeaveFormerIDs(ctx context.Context, private PrivateWriter, former FormerIDs) diag.Diagnostics {
	if len(former) == 0 {
		return formerIDsState().Keep(ctx, private, nil)
	}
	return formerIDsState().Keep(ctx, private, &keptFormerIDs{CLI: d.cli, IDs: former})
}

// PlanFormerIDs returns what is known of accounts that a plan deletes, from a refresh of the same
// run, and drops what an earlier run has kept: that has shown it.
func (d *Data) PlanFormerIDs(ctx context.Context, accountIDs []string, from PrivateReader, to PrivateWriter, diagnostics *diag.Diagnostics) FormerIDs {
	found := d.RecallFormerIDs(accountIDs)
	kept, problems := formerIDsState().Read(ctx, from)
	diagnostics.Append(problems...)
	switch {
	case kept == nil:
		return found
	case d != nil && kept.CLI != d.cli:
		diagnostics.Append(formerIDsState().Keep(ctx, to, nil)...)
		return found
	}
	maps.Copy(found, kept.IDs)
	return found
}

// RecallFormerIDs returns what a refresh by the same process has found about these accounts. It is
// never nil.
func (d *Data) RecallFormerIDs(accountIDs []string) FormerIDs {
	former := FormerIDs{}
	for _, accountID := range accountIDs {
		if id, isSeen := Recall[formerID](d, accountID); isSeen && id != "" {
			former[accountID] = string(id)
		}
	}
	return former
}

// HandOverFormerIDs keeps in the plan of a creation what the refresh of the same run has found
// about tainted objects with these linked account ids.
func (d *Data) HandOverFormerIDs(ctx context.Context, private PrivateWriter, accountIDs []string) diag.Diagnostics {
	return d.LeaveFormerIDs(ctx, private, d.RecallFormerIDs(accountIDs))
}

// ReadFormerIDs returns what a plan has kept for a deletion.
func ReadFormerIDs(ctx context.Context, private PrivateReader, diagnostics *diag.Diagnostics) FormerIDs {
	kept, problems := formerIDsState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return nil
	}
	return kept.IDs
}
