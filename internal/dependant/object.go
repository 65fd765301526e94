// SPDX-License-Identifier: MPL-2.0

// Package dependant is what all objects have in common that belong, or may belong, to a linked
// account, and that its deletion takes along: their turns, the scope that no answer about them
// names, what to say when it is the account that is gone, and the frame of their resources.
package dependant

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Object is one of them.
type Object struct {
	// Noun is Refold's word for it ("integration").
	Noun string
	// AccountID is the account that it belongs to, or empty for one that belongs to none.
	AccountID string
	// IDs are what tells it from all others of its kind, in the order of its identity.
	IDs []string
	// Name is what messages call it.
	Name string
}

// ImportID is the id by which Terraform imports the object.
func (o Object) ImportID() string {
	return providerdata.JoinImportID(o.IDs...)
}

// Key is by what the movements and the claims of a run know the object.
func (o Object) Key() ownership.Key { return ownership.Key{Kind: o.Noun, ID: o.ImportID()} }

// Subject is the object as diagnostics name it.
func (o Object) Subject() diagnose.Subject {
	return diagnose.Subject{Noun: o.Noun, Name: o.Name, Account: o.AccountID}
}

// Turn is the right to write the object. Nobody else of this run writes anything of its account
// until Release: Refold holds locks (FACTS 4.31).
type Turn struct {
	// Claim is that of the object itself.
	Claim ownership.Turn
	// account is nil for an object that belongs to none.
	account *ownership.Turn
}

// TakeTurn waits for it. Owner is the name of the resource, empty where its state has none.
func (o Object) TakeTurn(ctx context.Context, data *providerdata.Data, owner string) (Turn, error) {
	var turn Turn
	if o.AccountID != "" {
		account, err := data.Claims.TakeTurn(ctx, ownership.AccountKey(o.AccountID), "")
		if err != nil {
			return Turn{}, fmt.Errorf("wait for other writes to linked account %q: %w", o.AccountID, err)
		}
		turn.account = &account
	}
	own, err := data.Claims.TakeTurn(ctx, o.Key(), owner)
	if err != nil {
		turn.releaseAccount()
		return Turn{}, fmt.Errorf("wait for other writes to %s: %w", o.Subject(), err)
	}
	turn.Claim = own
	return turn, nil
}

// HasAccount reports whether a resource of this run has created or changed the account, so that
// there is one.
func (t Turn) HasAccount() bool { return t.account != nil && t.account.IsClaimed() }

// Release ends the turn.
func (t Turn) Release() {
	t.Claim.Release()
	t.releaseAccount()
}

func (t Turn) releaseAccount() {
	if t.account != nil {
		t.account.Release()
	}
}

// Scope is what the API key selects, held against the scope of a state, if there is one: no answer
// about the object names it (FACTS 2.6, 2.7), and in another environment there is another object of
// the same name. Doing is what is tried, as a verb.
func (o Object) Scope(ctx context.Context, client *refold.Client, doing string, state refold.Scope) (refold.Scope, *diagnose.Problem) {
	selected, err := client.Scope(ctx, o.AccountID)
	if err != nil {
		return refold.Scope{}, diagnose.Failure(doing, o.Subject(), err)
	}
	if state.IsKnown() {
		if problem := diagnose.CheckGone(o.Subject(), state, selected, o.forget()); problem != nil {
			return refold.Scope{}, problem
		}
	}
	return selected, nil
}

func (o Object) forget() string {
	return fmt.Sprintf("If the %s was removed on purpose, remove it from the state: terraform state rm ADDRESS.", o.Subject().Short())
}

// IsAccountGone asks for the account of an object that is not there, at the price of the bulk
// reader, and reports whether the answer is certain to say that it does not exist.
func (o Object) IsAccountGone(ctx context.Context, client *refold.Client, state refold.Scope) (bool, error) {
	if o.AccountID == "" {
		return false, nil
	}
	_, err := client.ReadLinkedAccount(ctx, o.AccountID, refold.ReadOptions{})
	if refold.KindOf(err) != refold.AccountNotFound {
		return false, err
	}
	searched := diagnose.SearchedScope(err)
	return !searched.IsKnown() || diagnose.CheckScope(o.Subject(), state, searched) == nil, nil
}

// MissingWarning is for an object that leaves the state because Refold does not find it. Without is
// as of diagnose.MissingWarning.
func (o Object) MissingWarning(searched refold.Scope, without string) *diagnose.Problem {
	return diagnose.MissingWarning(o.Subject(), diagnose.Missing{Searched: searched}, without)
}

// SayAccountGone warns that an account is not found, once in a run: what belonged to it went with
// it. A resource of the account itself may have said so already.
func SayAccountGone(data *providerdata.Data, accountID string, searched refold.Scope, diagnostics *diag.Diagnostics) {
	if !data.IsFirstToMiss(accountID) {
		return
	}
	missing := diagnose.Missing{Searched: searched}
	diagnostics.Append(diagnose.NewWarning("The linked account is not found", fmt.Sprintf(
		"Linked account %q is not found%s, and with it went its integrations, configs and whatever else belonged to it. It was %s.", accountID, missing.Place(), missing.Cause()),
		"What is still configured of it is created anew by the next apply, where the account is as well. If it is to stay deleted, remove all of it from the configuration."))
}

// NoAccount refuses to make an object of an account that does not exist.
func (o Object) NoAccount(doing string, err error) diag.Diagnostic {
	return diagnose.AccountFailure(doing, o.Subject(), resourceWaits, err)
}

const resourceWaits diagnose.Waits = "If the account is created in the same run, refer to the resource's `linked_account_id` instead of repeating the id, so that it is created first (a refold_linked_accounts has none for each account: use `depends_on`)."

// ClaimedWarning explains a deletion that was left out.
func (o Object) ClaimedWarning() *diagnose.Problem {
	return diagnose.NewWarning(fmt.Sprintf("The %s was not deleted", o.Noun), fmt.Sprintf(
		"In this run, %s was also created or taken over under another address, so it stays at Refold, and only this address is forgotten.", o.Subject()),
		"To rename a resource, use a moved block. To create it anew, do without create_before_destroy.")
}

// ClaimedTwiceError refuses to create what another resource of this run manages.
func (o Object) ClaimedTwiceError() *diagnose.Problem {
	return diagnose.NewError(fmt.Sprintf("Two resources manage the same %s", o.Noun), fmt.Sprintf(
		"%s was to be created here, and another resource of this configuration has just created or changed it. It is left as that resource made it.", o.Subject().AtStart()),
		fmt.Sprintf("Keep the %s in one place. To move it from one resource to another, use a `moved` block.", o.Subject().Short()))
}
