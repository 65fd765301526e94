// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"strings"
)

// authMode says what an endpoint accepts (FACTS 2.0).
type authMode int

const (
	keyOnly authMode = iota
	keyOrSession
	keyOrSwitchedSession // Behaviour.Account.RefuseSessionToken decides
	sessionOnly
	switchedConnect // Behaviour.ConnectURL.ByKey decides
)

// identity is who a request comes from. token is empty for an API key.
type identity struct {
	place     place
	accountID string
	token     string
}

func (s *Server) authenticate(r *http.Request, mode authMode) (identity, error) {
	if mode == switchedConnect {
		mode = s.behaviour.ConnectURL.authMode()
	}
	if mode == sessionOnly {
		return s.authenticateSession(r)
	}
	if value := r.Header.Get("X-Api-Key"); value != "" {
		return s.authenticateKey(value)
	}
	sessionAllowed := mode == keyOrSession ||
		mode == keyOrSwitchedSession && !s.behaviour.Account.RefuseSessionToken
	if sessionAllowed && r.Header.Get("Authorization") != "" {
		return s.authenticateSession(r)
	}
	return identity{}, fail(http.StatusUnauthorized, codeServerError, messageUnauthorized)
}

func (s *Server) authenticateKey(value string) (identity, error) {
	for _, key := range s.keys {
		if key.Value == value {
			return identity{place: place{key.OrganizationID, key.Environment}}, nil
		}
	}
	return identity{}, fail(http.StatusUnauthorized, codeServerError, messageUnauthorized)
}

func (s *Server) authenticateSession(r *http.Request) (identity, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return identity{}, fail(http.StatusUnauthorized, codeInvalidToken, "Authorization Token Missing")
	}
	token, isBearer := strings.CutPrefix(header, "Bearer ")
	found := s.tokens[token]
	if !isBearer || found == nil || !s.clock().Before(found.expires) {
		return identity{}, fail(http.StatusUnauthorized, codeInvalidToken, "Invalid token")
	}
	return identity{place: found.place, accountID: found.accountID, token: token}, nil
}

func (b ConnectURLBehaviour) authMode() authMode {
	if b.ByKey {
		return keyOnly
	}
	return sessionOnly
}
