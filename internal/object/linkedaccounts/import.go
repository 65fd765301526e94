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
	"github.com/gocobalt/terraform-provider-refold/internal/number"
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
	work := operations{Reconciler: r.reconciler(&response.Diagnostics)}
	if response.Diagnostics.HasError() {
		return
	}
	found := work.find(ctx, request, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	accounts := make(map[string]account, len(found))
	state := model{
		Forms:         credentials.Forms{AuthCredentials: types.MapNull(credentialsType()), AuthCredentialsWO: types.MapNull(credentialsType())},
		UDFExclusive:  types.BoolValue(true),
		AdoptExisting: types.BoolValue(false),
		ForceDestroy:  types.BoolValue(false),
		MaxDeletions:  number.WholeOf(defaultMaxDeletions),
	}
	var notShown, elsewhere mistakes
	for _, found := range found {
		state.learnScope(found.Scope())
		if problem := diagnose.CheckScope(diagnose.LinkedAccount(found.AccountID), state.scope(), found.Scope()); problem != nil {
			elsewhere.add(found.AccountID, problem.What)
			continue
		}
		account, err := whole(found)
		if err != nil {
			notShown.add(found.AccountID, err.Error())
		}
		accounts[found.AccountID] = account
		r.Import(found.AccountID)
	}
	if len(notShown.ids) > 0 {
		response.Diagnostics.Append(notShownWarning(notShown))
	}
	if len(elsewhere.ids) > 0 {
		response.Diagnostics.Append(elsewhereWarning(elsewhere, state.scope()))
	}
	state.Accounts = accountsValue(accounts)
	state.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, accounts)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// find reads the accounts that an import asks for.
func (o operations) find(ctx context.Context, request resource.ImportStateRequest, diagnostics *diag.Diagnostics) []*refold.LinkedAccount {
	if request.ID == everyAccount {
		return o.findAll(ctx, diagnostics)
	}
	ids, err := splitIDs(request.ID)
	if err != nil {
		diagnostics.AddError("Not usable as an import id", fmt.Sprintf("The import id %s cannot be read: %s. %s", diagnose.Quote(request.ID), err, importHelp))
		return nil
	}
	if request.ID == "" && request.Identity != nil {
		var named identity
		diagnostics.Append(request.Identity.Get(ctx, &named)...)
		ids = named.LinkedAccountIDs
	}
	if len(ids) == 0 && !diagnostics.HasError() {
		diagnostics.AddError("No linked accounts to import", "The import names none. "+importHelp)
	}
	var unusable mistakes
	for _, id := range ids {
		if err := refold.CheckLinkedAccountID(id); err != nil {
			unusable.add(id, attribute.ExplainLinkedAccountID(id, err))
		}
	}
	unusable.report(path.Root("accounts"), "Not usable as linked account ids", unusable.first, diagnostics)
	if diagnostics.HasError() {
		return nil
	}
	return o.findSome(ctx, ids, diagnostics)
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

// joinIDs is the import id of some accounts, which splitIDs takes apart.
func joinIDs(ids []string) string {
	var line strings.Builder
	writer := csv.NewWriter(&line)
	// A strings.Builder takes everything.
	_ = writer.Write(ids)
	writer.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}

// findAll leaves out accounts that no configuration can hold: the next apply would delete them.
func (o operations) findAll(ctx context.Context, diagnostics *diag.Diagnostics) []*refold.LinkedAccount {
	found, err := o.Client.AllLinkedAccounts(ctx)
	hidden, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	if err != nil && !isPartial {
		diagnostics.Append(diagnose.Failure("import every", diagnose.LinkedAccount(everyAccount), err))
		return nil
	}
	if err == nil && len(found) == 0 {
		diagnostics.AddError("No linked accounts to import", "There is no linked account in the environment that the API key selects. Check the provider's `api_key`.")
	}
	var unusable []refold.UnusableID
	if isPartial {
		unusable = hidden.IDs
	}
	var usable []*refold.LinkedAccount
	for _, account := range found {
		if err := refold.CheckLinkedAccountID(account.AccountID); err != nil {
			unusable = append(unusable, refold.UnusableID{AccountID: account.AccountID, Reason: err})
		} else {
			usable = append(usable, account)
		}
	}
	if len(unusable) > 0 {
		diagnostics.Append(unusableIDsWarning(unusable))
	}
	return usable
}

func (o operations) findSome(ctx context.Context, ids []string, diagnostics *diag.Diagnostics) []*refold.LinkedAccount {
	var found []*refold.LinkedAccount
	var missing []string
	for id, lookup := range o.Client.ReadLinkedAccounts(ctx, ids, refold.ReadOptions{}) {
		switch {
		case lookup.Err == nil:
			found = append(found, lookup.Account)
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
			missing = append(missing, id)
		default:
			diagnostics.Append(diagnose.Failure(doingImport, diagnose.LinkedAccount(id), lookup.Err))
			return nil
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		diagnostics.Append(importMissing(missing, len(ids)))
	}
	return found
}
