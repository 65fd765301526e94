// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"
)

var linkedAccountPath = path{"api", "v2", "public", "linked-account"}

// LinkedAccount reads an account (FACTS 2.1.3). An account that does not exist
// is an *Error of kind AccountNotFound.
func (c *Client) LinkedAccount(ctx context.Context, accountID string) (*LinkedAccount, error) {
	account, err := c.getAccount(ctx, accountID)
	if err != nil {
		return nil, err
	}
	c.compareWithLists(account)
	return account, nil
}

func (c *Client) getAccount(ctx context.Context, accountID string) (*LinkedAccount, error) {
	received, err := c.get(ctx, call{segments: linkedAccountPath.join(accountID), accountID: accountID})
	if err != nil {
		return nil, err
	}
	account, err := decodeAccount(received)
	if err != nil {
		return nil, err
	}
	if account.UDF == nil && account.UDFError == nil {
		account.UDF = UDF{}
	}
	if err := c.observe(account.Scope()); err != nil {
		return nil, err
	}
	return account, nil
}

// Upsert is what an upsert sends (FACTS 2.1.2). Fields that are nil are left
// out, and Refold leaves them as they are, or should.
type Upsert struct {
	AccountID string   `json:"linked_account_id"`
	Name      *string  `json:"name,omitempty"`
	UDF       *UDF     `json:"udf,omitempty"`
	YourApp   *YourApp `json:"your_app,omitempty"`
	// Recheck, unless it is nil, is asked before an attempt that leaves later than the first at
	// once could. Its error ends the upsert, and is in the chain of what is returned.
	Recheck Recheck `json:"-"`
}

// YourApp seeds the credentials of the organization's default app.
type YourApp struct {
	// AppID is only needed by self-hosted servers from before October 2024.
	AppID string `json:"app_id,omitempty"`
	// AuthCredentials must not be empty: Refold refuses that.
	AuthCredentials map[string]string `json:"auth_credentials"`
}

// UpsertAnswer is what became of an upsert that Refold accepted.
type UpsertAnswer struct {
	// Account is the account after the upsert. With ReadBackError set it holds
	// only what is known all the same, and its UDF is nil.
	Account *LinkedAccount
	// NewAccount is nil where the server does not say.
	NewAccount *bool
	// MayHaveArrived is true when an earlier attempt may have been carried out,
	// so that NewAccount says little.
	MayHaveArrived bool
	// Existed is true when the answer proves that the account was there before: Refold says that it
	// is not new, or, where it does not say, that it was created before this client was made, by
	// Refold's own clock. It is never true where MayHaveArrived is.
	Existed bool
	// ReadBackError is set when the answer shows the account, but not all of it, and
	// reading the rest back failed.
	ReadBackError error
}

// UpsertLinkedAccount creates or updates an account. Answers may be as short as
// {"success": true} (FACTS 0.1); what is missing is then read back. It has succeeded only where
// either of them shows the account, and is an *Error of kind Unproven else: also where an answer
// shows nothing at all, of an account that nobody has changed since.
func (c *Client) UpsertLinkedAccount(ctx context.Context, upsert Upsert) (*UpsertAnswer, error) {
	request := call{
		method:    http.MethodPut,
		segments:  linkedAccountPath,
		body:      upsert,
		accountID: upsert.AccountID,
		secrets:   upsert.secrets(),
		meanings:  []meaning{duplicateCredential},
		repeating: repeatable,
		recheck:   upsert.Recheck,
	}
	return write(ctx, c, request, func(ctx context.Context, received answer) (*UpsertAnswer, error) {
		return c.settleUpsert(ctx, received, upsert.AccountID)
	})
}

// settleUpsert finds out what an upsert made of the account.
func (c *Client) settleUpsert(ctx context.Context, received answer, accountID string) (*UpsertAnswer, error) {
	answered, newAccount := decodeUpsertAnswer(received)
	if err := c.observe(answered.Scope()); err != nil {
		return nil, err
	}
	result := &UpsertAnswer{Account: answered, NewAccount: newAccount, MayHaveArrived: received.arrivedBefore}
	if !isComplete(answered) {
		if err := c.readBack(ctx, received, accountID, result); err != nil {
			return nil, err
		}
	}
	result.Existed = c.existedBefore(result)
	if result.Existed {
		c.compareWithAbsence(accountID)
	}
	return result, nil
}

// readBack completes a result. Where the answer shows the account, it does not have to; where the
// answer shows nothing at all, the account has to have changed.
func (c *Client) readBack(ctx context.Context, received answer, accountID string, result *UpsertAnswer) error {
	isShown := result.Account.AccountID != ""
	isOfBefore := func(account *LinkedAccount) bool {
		return !isShown && received.says == silent && isUntouched(account, received.asked)
	}
	account, err := c.lookAfterWrite(ctx, accountID, func(account *LinkedAccount, err error) bool {
		return KindOf(err) == AccountNotFound || err == nil && isOfBefore(account)
	})
	switch {
	case err == nil && isOfBefore(account):
		return unproven(received, "the answer does not show the account, which was last changed before the request was sent", nil)
	case err == nil:
		result.Account = account
		return nil
	case isEnvironmentError(err):
		return err
	case !isShown:
		return unproven(received, "the answer does not show the account, and it could not be read back: "+err.Error(), err)
	}
	result.Account, result.ReadBackError = c.supplement(result.Account), err
	return nil
}

// isUntouched reports whether nobody has changed an account since a moment: every write moves its
// date (FACTS 2.1, 4.1).
func isUntouched(account *LinkedAccount, since time.Time) bool {
	precedes, known := account.precedes(account.UpdatedAt, since)
	return precedes && known
}

// existedBefore is UpsertAnswer.Existed.
func (c *Client) existedBefore(result *UpsertAnswer) bool {
	switch {
	case result.MayHaveArrived:
		return false
	case result.NewAccount != nil:
		return !*result.NewAccount
	}
	precedes, known := result.Account.precedes(result.Account.CreatedAt, c.made)
	return precedes && known
}

// supplement adds the scope that other answers have shown to an account that
// could not be read back.
func (c *Client) supplement(account *LinkedAccount) *LinkedAccount {
	account.UDF = nil
	if scope := c.scope.get(); scope.IsKnown() {
		account.OrganizationID, account.Environment = scope.OrganizationID, scope.Environment
	}
	return account
}

func (u Upsert) secrets() []string {
	if u.YourApp == nil {
		return nil
	}
	return slices.Collect(maps.Values(u.YourApp.AuthCredentials))
}

// DeleteLinkedAccount deletes an account and revokes all its connections; this cannot be undone
// (FACTS 2.1.6). An account that does not exist is an *Error of kind AccountNotFound. Where the
// answer does not say that it was deleted, the account is looked at; one that is still there, or
// cannot be looked at, is an *Error of kind Unproven. Unless it is nil, recheck is asked before an
// attempt that leaves later than the first at once could: meanwhile the customer may have connected
// an app, or, where an earlier attempt was carried out, somebody may have made the account anew.
// Its error ends the deletion, and is in the chain of what is returned.
func (c *Client) DeleteLinkedAccount(ctx context.Context, accountID string, recheck Recheck) error {
	_, err := write(ctx, c, call{
		method:    http.MethodDelete,
		segments:  linkedAccountPath.join(accountID),
		accountID: accountID,
		repeating: repeatable,
		recheck:   recheck,
	}, func(ctx context.Context, received answer) (answer, error) {
		return received, c.settleDeletion(ctx, received, accountID)
	})
	return err
}

func (c *Client) settleDeletion(ctx context.Context, received answer, accountID string) error {
	if received.says == succeeded {
		return nil
	}
	_, err := c.lookAfterWrite(ctx, accountID, func(_ *LinkedAccount, err error) bool { return err == nil })
	switch {
	case KindOf(err) == AccountNotFound:
		return nil
	case isEnvironmentError(err):
		return err
	case err == nil:
		return unproven(received, "the answer does not say that the account was deleted, and it is still there", nil)
	}
	return unproven(received, "the answer does not say that the account was deleted, and it could not be looked at: "+err.Error(), err)
}

// lookAfterWrite is AfterWrite for the account itself.
func (c *Client) lookAfterWrite(ctx context.Context, accountID string, isBefore func(*LinkedAccount, error) bool) (*LinkedAccount, error) {
	return AfterWrite(ctx, func(ctx context.Context) (*LinkedAccount, error) { return c.getAccount(ctx, accountID) }, isBefore)
}

// decodeAccount reads the answer to a GET.
func decodeAccount(received answer) (*LinkedAccount, error) {
	var wire wireAccount
	if err := json.Unmarshal(received.body, &wire); err != nil {
		return nil, unreadable(received, "not a linked account in JSON")
	}
	account := wire.account(received.date)
	switch {
	case account.AccountID == "":
		return nil, unreadable(received, "JSON without an account_id")
	}
	return account, nil
}

// decodeUpsertAnswer takes from an answer what there is of the account, which has no AccountID
// where it is not shown.
func decodeUpsertAnswer(received answer) (*LinkedAccount, *bool) {
	var wire wireAccount
	if json.Unmarshal(received.body, &wire) != nil {
		return &LinkedAccount{}, nil
	}
	return wire.account(received.date), wire.NewAccount
}

// isComplete reports whether an upsert's answer has all that the state needs.
func isComplete(account *LinkedAccount) bool {
	return account.AccountID != "" && account.ID != "" && account.UDF != nil && account.Scope().IsKnown()
}

// unreadable describes a successful answer that cannot be used.
func unreadable(received answer, what string) *Error {
	if len(received.body) == 0 {
		what = "an empty answer"
	}
	return &Error{Status: received.status, Message: what, NotRefold: true, Delivery: received.delivery}
}

// ofAnotherAccount describes a successful answer that is not about the account that was meant.
func ofAnotherAccount(received answer, what string) *Error {
	return &Error{Status: received.status, Message: what, Kind: WrongAccount, Delivery: received.delivery}
}

// ofAnotherObject is ofAnotherAccount for what belongs to an account, or to none.
func ofAnotherObject(received answer, what string) *Error {
	return &Error{Status: received.status, Message: what, Kind: WrongObject, Delivery: received.delivery}
}

// ofAccount refuses an answer that names another account than the call is about: servers may match
// ids without regard to case or Unicode form (FACTS 4.9).
func ofAccount(received answer, call call) (answer, error) {
	var wire struct {
		AccountID any `json:"account_id"`
	}
	if call.accountID == "" || json.Unmarshal(received.body, &wire) != nil {
		return received, nil
	}
	named, _ := wire.AccountID.(string)
	if named == "" || named == call.accountID {
		return received, nil
	}
	what := "the answer is about another account, " + received.clean.quote(named, messageLimit)
	if call.method != http.MethodGet {
		what += ", which was changed in place of this one"
	}
	return answer{}, ofAnotherAccount(received, what)
}

// unproven describes a successful answer to a write that proves nothing, with what kept the account
// from being looked at, if anything did. It is as of an answer that may have arrived.
func unproven(received answer, what string, cause error) *Error {
	delivery := received.delivery
	delivery.MayHaveArrived = true
	return &Error{Status: received.status, Message: what, Kind: Unproven, Delivery: delivery, cause: cause}
}
