// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// SessionTokenBehaviour holds the switches about session tokens.
type SessionTokenBehaviour struct {
	// Refresh is what force_refresh does to the token before, if anything (FACTS 4.32).
	Refresh SessionRefresh
	// RevokeEndsNothing answers a revocation with success and a revoked_count of 0,
	// and the token goes on to work (FACTS 2.5).
	RevokeEndsNothing bool
	// NotFoundAs500 answers for an unknown account with 500, not 400 (FACTS 2.5).
	NotFoundAs500 bool
	// OmitExpiry leaves out of an answer how long the token lasts (FACTS 2.5).
	OmitExpiry bool
}

// SessionRefresh is what force_refresh does to the token before (FACTS 4.32).
type SessionRefresh int

// Values of SessionRefresh.
const (
	// RefreshKeepsOld issues a token beside the one before.
	RefreshKeepsOld SessionRefresh = iota
	// RefreshRevokesOld ends the one before.
	RefreshRevokesOld
	// RefreshIgnored returns the token that is valid already, as without it.
	RefreshIgnored
)

// Lifetimes of the sample token of FACTS 2.5.
const (
	tokenLifetime        = 7 * 24 * time.Hour
	refreshTokenLifetime = 30 * 24 * time.Hour
)

// SessionToken has the endpoints of FACTS 2.5.
func (objects) SessionToken() []endpoint {
	const path = "/api/v2/public/session-token"
	return []endpoint{
		{http.MethodPost, path, keyOnly, (*Server).generateToken},
		{http.MethodPost, path + "/revoke", sessionOnly, (*Server).revokeToken},
	}
}

// session is one issued token.
type session struct {
	place          place
	accountID      string
	token          string
	refreshToken   string
	expires        time.Time
	refreshExpires time.Time
}

// sessions returns those of one place by their tokens.
func (s *Server) sessions(at place) *collection[session] { return storeOf[collection[session]](s, at) }

// session returns the one that a token is for, or nil when it is not valid.
func (s *Server) session(token string) *session {
	for _, key := range s.keys {
		found := s.sessions(key.place()).find(token)
		if found != nil && s.clock().Before(found.expires) {
			return found
		}
	}
	return nil
}

// endSessions ends all tokens that were issued to an account.
func (s *Server) endSessions(at place, accountID string) {
	kept := s.sessions(at)
	for _, issued := range kept.all() {
		if issued.accountID == accountID {
			kept.remove(issued.token)
		}
	}
}

// generateToken is POST /session-token (FACTS 2.5). Without force_refresh it
// returns the token that is valid already.
func (s *Server) generateToken(c *call) (answer, error) {
	fields, err := c.fields()
	if err != nil {
		return answer{}, err
	}
	id, _ := text(fields["linked_account_id"])
	if id == "" {
		return answer{}, fail(http.StatusBadRequest, codeInvalidAccount, "linked_account_id is required")
	}
	stored := s.accounts(c.place).find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, fail(choose(s.behaviour.SessionToken.NotFoundAs500, http.StatusInternalServerError, http.StatusBadRequest), codeInvalidAccount,
			"No linked account found for account id : %s in environment %s", id, c.place.environment)
	}
	issued := s.newestSession(c.place, stored.account.AccountID)
	isFresh := c.query.Get("force_refresh") == "true" && s.behaviour.SessionToken.Refresh != RefreshIgnored
	if issued == nil || isFresh {
		if issued != nil && s.behaviour.SessionToken.Refresh == RefreshRevokesOld {
			s.sessions(c.place).remove(issued.token)
		}
		issued = s.issue(c.place, stored.account.AccountID)
	}
	if s.behaviour.SessionToken.OmitExpiry {
		return jsonAnswer(http.StatusOK, document{{"token", issued.token}}), nil
	}
	now := s.clock()
	return jsonAnswer(http.StatusOK, document{
		{"token", issued.token},
		{"refresh_token", issued.refreshToken},
		{"expires_in", int(issued.expires.Sub(now).Seconds())},
		{"refresh_expires_in", int(issued.refreshExpires.Sub(now).Seconds())},
	}), nil
}

// revokeToken is POST /session-token/revoke (FACTS 2.5).
func (s *Server) revokeToken(c *call) (answer, error) {
	if s.behaviour.SessionToken.RevokeEndsNothing {
		return jsonAnswer(http.StatusOK, document{{"success", true}, {"revoked_count", 0}}), nil
	}
	s.sessions(c.place).remove(c.token)
	return jsonAnswer(http.StatusOK, document{{"success", true}, {"revoked_count", 1}}), nil
}

func (s *Server) newestSession(at place, accountID string) *session {
	var newest *session
	for _, issued := range s.sessions(at).all() {
		if issued.accountID != accountID || !s.clock().Before(issued.expires) {
			continue
		}
		if newest == nil || issued.expires.After(newest.expires) {
			newest = issued
		}
	}
	return newest
}

func (s *Server) issue(at place, accountID string) *session {
	now := s.now()
	issued := &session{
		place: at, accountID: accountID,
		expires: now.Add(tokenLifetime), refreshExpires: now.Add(refreshTokenLifetime),
	}
	issued.token = s.signToken(issued, now, issued.expires)
	issued.refreshToken = s.signToken(issued, now, issued.refreshExpires)
	s.sessions(at).add(issued.token, issued)
	return issued
}

// signToken makes a JWT with the claims of the documented sample. The signing
// key is no secret: tokens are looked up, never verified.
func (s *Server) signToken(issued *session, now, expires time.Time) string {
	s.sequence++
	head := encodeJSON(document{{"alg", "HS256"}, {"typ", "JWT"}})
	claims := encodeJSON(document{
		{"org_id", issued.place.organization},
		{"linked_account_id", issued.accountID},
		{"environment", issued.place.environment},
		{"jti", s.sequence},
		{"iat", now.Unix()},
		{"exp", expires.Unix()},
	})
	signed := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(claims)
	signature := hmac.New(sha256.New, []byte("mockapi"))
	signature.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature.Sum(nil))
}
