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
	sessionOnly
)

// identity is who a request comes from. token is empty for an API key.
type identity struct {
	place     place
	accountID string
	token     string
}

func (s *Server) authenticate(r *http.Request, mode authMode) (identity, error) {
	if mode == sessionOnly {
		return s.authenticateSession(r)
	}
	if value := r.Header.Get("X-Api-Key"); value != "" {
		return s.authenticateKey(value)
	}
	if mode == keyOrSession && r.Header.Get("Authorization") != "" {
		return s.authenticateSession(r)
	}
	return identity{}, fail(http.StatusUnauthorized, codeServerError, messageUnauthorized)
}

func (s *Server) authenticateKey(value string) (identity, error) {
	for _, key := range s.keys {
		if key.Value == value {
			return identity{place: key.place()}, nil
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
	found := s.session(token)
	if !isBearer || found == nil {
		return identity{}, fail(http.StatusUnauthorized, codeInvalidToken, "Invalid token")
	}
	return identity{place: found.place, accountID: found.accountID, token: token}, nil
}
