// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	// everyAccount is the import id for all accounts of the environment.
	everyAccount = "*"
	doingImport  = "import"
)

// ImportState implements resource.ResourceWithImportState: by "*", by a comma-separated list of
// ids, and by identity.
func (r *accountsResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	reader := importer{client: client, diagnostics: &response.Diagnostics}
	found := reader.read(ctx, request)
	if response.Diagnostics.HasError() {
		return
	}
	accounts := make(map[string]account, len(found))
	state := model{
		Forms:         credentials.Forms{AuthCredentials: types.MapNull(credentialsType()), AuthCredentialsWO: types.MapNull(credentialsType())},
		AdoptExisting: types.BoolValue(false),
		ForceDestroy:  types.BoolValue(false),
		MaxDeletions:  types.Int64Value(defaultMaxDeletions),
	}
	for _, account := range found {
		accounts[account.AccountID] = whole(account)
		state.learnScope(account.Scope())
	}
	state.Accounts = accountsValue(accounts)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, accounts)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// importer finds the accounts that an import asks for.
type importer struct {
	client      *refold.Client
	diagnostics *diag.Diagnostics
}

func (i importer) read(ctx context.Context, request resource.ImportStateRequest) []*refold.LinkedAccount {
	if request.ID == everyAccount {
		return i.readAll(ctx)
	}
	ids, err := splitIDs(request.ID)
	if err != nil {
		i.diagnostics.AddError("Not usable as an import id", fmt.Sprintf("The import id %s cannot be read: %s. %s", diagnose.Quote(request.ID), err, importHelp))
		return nil
	}
	if request.ID == "" && request.Identity != nil {
		var named identity
		i.diagnostics.Append(request.Identity.Get(ctx, &named)...)
		ids = named.LinkedAccountIDs
	}
	if len(ids) == 0 && !i.diagnostics.HasError() {
		i.diagnostics.AddError("No linked accounts to import", "The import names none. "+importHelp)
	}
	var unusable mistakes
	for _, id := range ids {
		if err := refold.CheckLinkedAccountID(id); err != nil {
			unusable.add(id, attribute.ExplainLinkedAccountID(id, err))
		}
	}
	unusable.report(path.Root("accounts"), "Not usable as linked account ids", unusable.first, i.diagnostics)
	if i.diagnostics.HasError() {
		return nil
	}
	return i.readSome(ctx, ids)
}

const importHelp = "Use \"*\" for every account of the environment, or the ids separated by commas; an id with a comma or a double quote in it is put in double quotes, and each double quote within is doubled."

// splitIDs reads the ids as CSV, in one line or several, and returns each once, in order. White
// space around them is not part of them.
func splitIDs(list string) ([]string, error) {
	reader := csv.NewReader(strings.NewReader(list))
	reader.TrimLeadingSpace = true
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	ids := slices.Concat(lines...)
	for i, id := range ids {
		ids[i] = strings.TrimSpace(id)
		if ids[i] == "" {
			return nil, fmt.Errorf("entry %d of %d is empty", i+1, len(ids))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// readAll leaves out accounts that no configuration can hold: the next apply would delete them.
func (i importer) readAll(ctx context.Context) []*refold.LinkedAccount {
	found, err := i.client.AllLinkedAccounts(ctx)
	hidden, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	if err != nil && !isPartial {
		i.diagnostics.Append(diagnose.Failure("import every", diagnose.LinkedAccount(everyAccount), err))
		return nil
	}
	if err == nil && len(found) == 0 {
		i.diagnostics.AddError("No linked accounts to import", "There is no linked account in the environment that the API key selects. Check the provider's `api_key`.")
	}
	var unusable []string
	if isPartial {
		for _, id := range hidden.IDs {
			unusable = append(unusable, id.AccountID)
		}
	}
	var usable []*refold.LinkedAccount
	for _, account := range found {
		if refold.CheckLinkedAccountID(account.AccountID) != nil {
			unusable = append(unusable, account.AccountID)
		} else {
			usable = append(usable, account)
		}
	}
	if len(unusable) > 0 {
		i.diagnostics.Append(unusableIDsWarning(unusable))
	}
	return usable
}

func (i importer) readSome(ctx context.Context, ids []string) []*refold.LinkedAccount {
	var found []*refold.LinkedAccount
	var missing []string
	for id, lookup := range i.client.ReadLinkedAccounts(ctx, ids, refold.ReadOptions{}) {
		switch {
		case lookup.Err == nil:
			found = append(found, lookup.Account)
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
			missing = append(missing, id)
		default:
			i.diagnostics.Append(diagnose.Failure(doingImport, diagnose.LinkedAccount(id), lookup.Err))
			return nil
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		i.diagnostics.Append(importMissing(missing, len(ids)))
	}
	return found
}
