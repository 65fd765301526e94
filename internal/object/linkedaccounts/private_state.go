// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// tracked is what is kept of an account that was given credentials, which Refold does not return.
type tracked struct {
	// ID is Refold's own id: another one means that the account was made anew, without the
	// credentials.
	ID string `json:"id,omitempty"`
	// App is what was set up of the organization's own app.
	App *credentials.DefaultApp `json:"app"`
	// Version is the auth_credentials_wo_version of the credentials that were last sent without a
	// failure, nil for credentials of the plain form. It goes for those that are not uncertain.
	Version *credentials.Version `json:"version,omitempty"`
}

// trackedState is what is kept of accounts, by linked account id.
func trackedState() providerdata.PrivateState[map[string]tracked] {
	return providerdata.PrivateState[map[string]tracked]{Key: "accounts_with_credentials", About: "credentials"}
}

// deletingState are accounts, by linked account id, whose deletion was sent and may have been
// carried out.
func deletingState() providerdata.PrivateState[[]string] {
	return providerdata.PrivateState[[]string]{Key: "deleting", About: "deletions"}
}

// fieldsInDoubt are keys of fields by linked account id, as of reconcile.Outcome, that the next
// read shows if they are there.
func fieldsInDoubt() providerdata.PrivateState[map[string][]string] {
	return providerdata.PrivateState[map[string][]string]{Key: "fields_in_doubt", About: "user-defined fields"}
}

func readFieldsInDoubt(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) map[string][]string {
	kept, problems := fieldsInDoubt().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return map[string][]string{}
	}
	return *kept
}

// keepFieldsInDoubt keeps those of results beside those that no read has settled.
func keepFieldsInDoubt(ctx context.Context, private providerdata.PrivateWriter, inDoubt map[string][]string, results []result) diag.Diagnostics {
	for _, result := range results {
		if keys := slices.Concat(inDoubt[result.accountID], result.FieldsInDoubt); len(keys) > 0 {
			inDoubt[result.accountID] = slices.Compact(slices.Sorted(slices.Values(keys)))
		}
	}
	if len(inDoubt) == 0 {
		return fieldsInDoubt().Keep(ctx, private, nil)
	}
	return fieldsInDoubt().Keep(ctx, private, &inDoubt)
}

// destroyedState marks the plan of a destruction. A replacement asks for none: its deletion has no
// mark.
func destroyedState() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "destroyed", About: "a destruction"}
}

func readDeleting(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) map[string]bool {
	kept, problems := deletingState().Read(ctx, private)
	diagnostics.Append(problems...)
	deleting := map[string]bool{}
	if kept != nil {
		for _, id := range *kept {
			deleting[id] = true
		}
	}
	return deleting
}

func keepDeleting(ctx context.Context, private providerdata.PrivateWriter, deleting map[string]bool) diag.Diagnostics {
	if len(deleting) == 0 {
		return deletingState().Keep(ctx, private, nil)
	}
	ids := sortedIDs(deleting)
	return deletingState().Keep(ctx, private, &ids)
}

// afterDeletions are those whose deletion may have been carried out after more deletions were
// tried.
func afterDeletions(deleting map[string]bool, results []result) map[string]bool {
	for _, result := range results {
		switch {
		case result.DeletionBegun:
			deleting[result.accountID] = true
		case !result.failed():
			delete(deleting, result.accountID)
		}
	}
	return deleting
}

func readTracked(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) map[string]tracked {
	kept, problems := trackedState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return map[string]tracked{}
	}
	return *kept
}

func keepTracked(ctx context.Context, private providerdata.PrivateWriter, kept map[string]tracked) diag.Diagnostics {
	if len(kept) == 0 {
		return trackedState().Keep(ctx, private, nil)
	}
	return trackedState().Keep(ctx, private, &kept)
}
