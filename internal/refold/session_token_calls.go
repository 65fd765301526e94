// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"
)

var sessionTokenPath = path{"api", "v2", "public", "session-token"}

// SessionToken is a token with which a client acts for one account (FACTS 2.5).
// Both tokens are secrets.
type SessionToken struct {
	Token string
	// RefreshToken is empty where the server sends none. What it was for was
	// decommissioned in March 2026.
	RefreshToken string
	// Expires is when Token ends, in UTC and whole seconds, counted from the
	// moment of the answer. Zero where the server does not say.
	Expires time.Time
	// IsReused is true when Token says that it was issued clearly before it was asked for: more
	// than five minutes, as clocks differ. It is false for one that does not say.
	IsReused bool
	// IsRepeated is true for a fresh token that was asked for again because an answer got lost:
	// another one may have been issued, which nobody has and nobody can revoke.
	IsRepeated bool
}

// CreateSessionToken returns a token for an account (FACTS 2.5). Without fresh it is the account's
// valid one, which others hold as well, if there is one. An account that does not exist is an
// *Error of kind AccountNotFound, whose Scope has no organization. With Options.Environment set,
// nothing is issued before an answer has confirmed it, and a token that names another environment
// is an *EnvironmentError. One that names another account, which a server that matches ids without
// regard to case issues, is an *Error of kind WrongAccount.
//
// A server may ignore fresh: SessionToken.IsReused shows that.
//
// It is repeated although it is a POST. Without fresh, the same token comes again. Where the answer
// to a fresh one got lost, that token stays valid until it expires: nobody has it, and failing
// instead would leave it behind just the same. SessionToken.IsRepeated shows that.
func (c *Client) CreateSessionToken(ctx context.Context, accountID string, fresh bool) (*SessionToken, error) {
	request := call{
		method:       http.MethodPost,
		segments:     sessionTokenPath,
		body:         map[string]string{"linked_account_id": accountID},
		accountID:    accountID,
		keepsAccount: true,
		expectsJSON:  true,
		// It does no harm, as is said above.
		repeating: repeatable,
	}
	if fresh {
		request.query = url.Values{"force_refresh": {"true"}}
	}
	asked := time.Now()
	received, err := write(ctx, c, request, accepted)
	if err != nil {
		return nil, err
	}
	token, err := decodeSessionToken(received, time.Now())
	if err != nil {
		return nil, err
	}
	c.secrets.Add(token.Token, token.RefreshToken)
	claims := claimsOf(token.Token)
	if claims.isOfAnother(accountID) {
		other := received.clean.quote(claims.accountID, messageLimit)
		return nil, ofAnotherAccount(received, "the session token is for another account, "+other)
	}
	if err := c.observe(Scope{Environment: printable(claims.environment, messageLimit)}); err != nil {
		return nil, ofIssuedToken(err)
	}
	token.IsReused = claims.isIssuedBefore(asked)
	token.IsRepeated = fresh && received.arrivedBefore
	return token, nil
}

// ofIssuedToken marks the guard's error about a token that was issued, and that nobody gets.
func ofIssuedToken(err error) error {
	mismatch, ok := errors.AsType[*EnvironmentError](err)
	if !ok {
		return err
	}
	return &EnvironmentError{Want: mismatch.Want, Got: mismatch.Got, TokenIssued: true}
}

// RevokeSessionToken ends a token and its refresh token (FACTS 2.5), for all who
// hold it. One that is no longer valid is not an error; an answer that says that
// nothing was revoked is an *Error with status 200, of kind Unproven where it does not
// say anything.
func (c *Client) RevokeSessionToken(ctx context.Context, accountID, token string) error {
	received, err := write(ctx, c, call{
		method:       http.MethodPost,
		segments:     sessionTokenPath.join("revoke"),
		bearer:       token,
		accountID:    accountID,
		keepsAccount: true,
		expectsJSON:  true,
		// Asked again, Refold says that the token is not valid.
		repeating: repeatable,
	}, confirmed)
	refusal, isRefused := errors.AsType[*Error](err)
	switch {
	case isRefused && isInvalidToken(refusal):
		// It has ended.
	case err != nil:
		return err
	case hasRevokedNothing(received.body):
		return &Error{Status: received.status, Message: "revoked_count is 0, so no token was revoked", BySessionToken: true, Delivery: received.delivery}
	}
	c.openTokens.remove(token)
	return nil
}

// hasRevokedNothing is false for an answer without the count.
func hasRevokedNothing(body []byte) bool {
	var wire struct {
		Count lenientText `json:"revoked_count"`
	}
	return json.Unmarshal(body, &wire) == nil && wire.Count == "0"
}

// isInvalidToken tells a token that has ended from one that did not arrive:
// both are INVALID_TOKEN (FACTS 1.3). The oldest envelope has no code.
func isInvalidToken(refusal *Error) bool {
	message := strings.ToLower(refusal.Message)
	isNamed := refusal.Code == "INVALID_TOKEN" || message == "invalid token"
	return refusal.Status == http.StatusUnauthorized && isNamed && !strings.Contains(message, "missing")
}

func decodeSessionToken(received answer, now time.Time) (*SessionToken, error) {
	var wire struct {
		Token        any         `json:"token"`
		RefreshToken any         `json:"refresh_token"`
		ExpiresIn    lenientText `json:"expires_in"`
	}
	if json.Unmarshal(received.body, &wire) != nil {
		return nil, unreadable(received, "no session token in JSON")
	}
	token, _ := wire.Token.(string)
	switch {
	case token == "":
		return nil, unreadable(received, "JSON without a token")
	case !isVisibleASCII(token):
		return nil, unreadable(received, "a token that no header can carry")
	}
	refreshToken, _ := wire.RefreshToken.(string)
	return &SessionToken{Token: token, RefreshToken: refreshToken, Expires: expiry(string(wire.ExpiresIn), now)}, nil
}

// longestLifetime is beyond what any token lasts; more is a number of another unit or meaning.
const longestLifetime = 100 * 365 * 24 * time.Hour

func expiry(seconds string, now time.Time) time.Time {
	var lifetime float64
	if json.Unmarshal([]byte(seconds), &lifetime) != nil || lifetime <= 0 || lifetime > longestLifetime.Seconds() {
		return time.Time{}
	}
	return now.UTC().Truncate(time.Second).Add(time.Duration(math.Floor(lifetime)) * time.Second)
}
