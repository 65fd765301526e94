// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// Lifetimes of the sample token of FACTS 2.5.
const (
	tokenLifetime        = 7 * 24 * time.Hour
	refreshTokenLifetime = 30 * 24 * time.Hour
)

// session is one issued token.
type session struct {
	place          place
	accountID      string
	token          string
	refreshToken   string
	expires        time.Time
	refreshExpires time.Time
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
	stored := s.places[c.place].find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, fail(choose(s.behaviour.SessionToken.NotFoundAs500, http.StatusInternalServerError, http.StatusBadRequest), codeInvalidAccount,
			"No linked account found for account id : %s in environment %s", id, c.place.environment)
	}
	issued := s.newestSession(c.place, stored.account.AccountID)
	isFresh := c.query.Get("force_refresh") == "true" && s.behaviour.SessionToken.Refresh != RefreshIgnored
	if issued == nil || isFresh {
		if issued != nil && s.behaviour.SessionToken.Refresh == RefreshRevokesOld {
			delete(s.tokens, issued.token)
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
	delete(s.tokens, c.token)
	return jsonAnswer(http.StatusOK, document{{"success", true}, {"revoked_count", 1}}), nil
}

func (s *Server) newestSession(at place, accountID string) *session {
	var newest *session
	for _, issued := range s.tokens {
		if issued.place != at || issued.accountID != accountID || !s.clock().Before(issued.expires) {
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
	s.tokens[issued.token] = issued
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
