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
	received, err := c.get(ctx, call{segments: linkedAccountPath.join(accountID), accountID: accountID})
	if err != nil {
		return nil, err
	}
	account, err := decodeAccount(received, accountID)
	if err != nil {
		return nil, err
	}
	if account.UDF == nil {
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
	// ReadBackError is set when the answer was incomplete and reading the
	// account back failed. The upsert itself was accepted.
	ReadBackError error
}

// UpsertLinkedAccount creates or updates an account. Answers may be as short as
// {"success": true} (FACTS 0.1); what is missing is then read back.
func (c *Client) UpsertLinkedAccount(ctx context.Context, upsert Upsert) (*UpsertAnswer, error) {
	request := call{
		method:    http.MethodPut,
		segments:  linkedAccountPath,
		body:      upsert,
		accountID: upsert.AccountID,
		secrets:   upsert.secrets(),
		meanings:  []meaning{duplicateCredential},
		repeating: repeatable,
	}
	return write(ctx, c, request, func(ctx context.Context, received answer) (*UpsertAnswer, error) {
		return c.settleUpsert(ctx, received, upsert.AccountID)
	})
}

// settleUpsert finds out what an upsert made of the account. Its error is only ever the guard's.
func (c *Client) settleUpsert(ctx context.Context, received answer, accountID string) (*UpsertAnswer, error) {
	answered, newAccount := decodeUpsertAnswer(received, accountID)
	result := &UpsertAnswer{Account: answered, NewAccount: newAccount, MayHaveArrived: received.arrivedBefore}
	if isComplete(answered) {
		if err := c.observe(answered.Scope()); err != nil {
			return nil, err
		}
		return result, nil
	}
	account, err := c.readBack(ctx, accountID)
	switch {
	case isEnvironmentError(err):
		return nil, err
	case err != nil:
		result.Account, result.ReadBackError = c.supplement(answered), err
	default:
		result.Account = account
	}
	return result, nil
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
// (FACTS 2.1.6). An account that does not exist is an *Error of kind AccountNotFound.
func (c *Client) DeleteLinkedAccount(ctx context.Context, accountID string) error {
	_, err := write(ctx, c, call{
		method:    http.MethodDelete,
		segments:  linkedAccountPath.join(accountID),
		accountID: accountID,
		repeating: repeatable,
	}, accepted)
	return err
}

// readBackWaits are the pauses between looks at an account that was written a moment ago; whether
// Refold reads its own writes is not documented (FACTS 4.21).
var readBackWaits = [...]time.Duration{250 * time.Millisecond, time.Second, 2 * time.Second}

func (c *Client) readBack(ctx context.Context, accountID string) (*LinkedAccount, error) {
	account, err := c.LinkedAccount(ctx, accountID)
	for _, wait := range readBackWaits {
		if KindOf(err) != AccountNotFound {
			break
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(wait):
		}
		account, err = c.LinkedAccount(ctx, accountID)
	}
	return account, err
}

// decodeAccount reads the answer to a GET, which must be the account asked for
// (FACTS 4.9: ids may be matched without regard to case).
func decodeAccount(received answer, accountID string) (*LinkedAccount, error) {
	var wire wireAccount
	if err := json.Unmarshal(received.body, &wire); err != nil {
		return nil, unreadable(received, "not a linked account in JSON")
	}
	account, err := wire.account(received.date)
	switch {
	case err != nil:
		return nil, unreadable(received, err.Error())
	case account.AccountID == "":
		return nil, unreadable(received, "JSON without an account_id")
	case account.AccountID != accountID:
		other := received.clean.quote(account.AccountID, messageLimit)
		return nil, ofAnotherAccount(received, "the answer is about another account, "+other)
	}
	return account, nil
}

// decodeUpsertAnswer takes from an answer what there is of the account.
func decodeUpsertAnswer(received answer, accountID string) (*LinkedAccount, *bool) {
	var wire wireAccount
	if json.Unmarshal(received.body, &wire) != nil {
		return &LinkedAccount{AccountID: accountID}, nil
	}
	account, err := wire.account(received.date)
	if err != nil || account.AccountID != accountID {
		return &LinkedAccount{AccountID: accountID}, wire.NewAccount
	}
	return account, wire.NewAccount
}

// isComplete reports whether an upsert's answer has all that the state needs.
func isComplete(account *LinkedAccount) bool {
	return account.ID != "" && account.UDF != nil && account.Scope().IsKnown()
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
