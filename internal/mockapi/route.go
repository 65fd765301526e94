// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

const (
	linkedAccountPath = "/api/v2/public/linked-account"
	sessionTokenPath  = "/api/v2/public/session-token"
	connectURLPath    = "/api/v2/public/connect-url"
)

// route is one endpoint. A pattern segment that starts with ":" is a parameter.
type route struct {
	method  string
	pattern string
	auth    authMode
	handle  func(*Server, *call) (answer, error)
}

// routes lists the endpoints of FACTS 2.1, 2.2, 2.4, 2.5 with their way to
// authenticate (FACTS 2.0).
func routes() []route {
	const credential = linkedAccountPath + "/default-app/auth-credentials/:key"
	return []route{
		{http.MethodPost, linkedAccountPath, keyOnly, (*Server).createAccount},
		{http.MethodPut, linkedAccountPath, keyOrSwitchedSession, (*Server).upsertAccount},
		{http.MethodGet, linkedAccountPath, keyOnly, (*Server).listAccounts},
		{http.MethodGet, linkedAccountPath + "/:id", keyOrSwitchedSession, (*Server).getAccount},
		{http.MethodDelete, linkedAccountPath + "/:id", keyOnly, (*Server).deleteAccount},
		{http.MethodDelete, linkedAccountPath + "/integration/:slug", keyOnly, (*Server).deleteIntegration},
		{http.MethodPut, credential, keyOrSession, (*Server).putCredential},
		{http.MethodDelete, credential, keyOrSession, (*Server).deleteCredential},
		{http.MethodPost, sessionTokenPath, keyOnly, (*Server).generateToken},
		{http.MethodPost, sessionTokenPath + "/revoke", sessionOnly, (*Server).revokeToken},
		{http.MethodPost, connectURLPath, switchedConnect, (*Server).createConnectURL},
	}
}

// findRoute matches as Express does: static segments in any case, one trailing
// slash allowed, every parameter decoded exactly once. The parameters are nil
// when one cannot be decoded.
func findRoute(method, path string) (found route, parameters map[string]string, ok bool) {
	segments := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for _, candidate := range routes() {
		pattern := strings.Split(candidate.pattern, "/")
		if candidate.method != method || !matches(pattern, segments) {
			continue
		}
		return candidate, decodeParameters(pattern, segments), true
	}
	return route{}, nil, false
}

func matches(pattern, segments []string) bool {
	if len(pattern) != len(segments) {
		return false
	}
	for i, segment := range segments {
		if strings.HasPrefix(pattern[i], ":") {
			if segment == "" {
				return false
			}
			continue
		}
		if !strings.EqualFold(pattern[i], segment) {
			return false
		}
	}
	return true
}

func decodeParameters(pattern, segments []string) map[string]string {
	parameters := map[string]string{}
	for i, segment := range segments {
		name, isParameter := strings.CutPrefix(pattern[i], ":")
		if !isParameter {
			continue
		}
		decoded, err := url.PathUnescape(segment)
		if err != nil || !utf8.ValidString(decoded) {
			return nil
		}
		parameters[name] = decoded
	}
	return parameters
}

// wirePath returns the path as it came in. url.URL keeps it in RawPath when it is
// not what Go's own encoding would give; EscapedPath would encode such a path anew.
func wirePath(r *http.Request) string {
	if r.URL.RawPath != "" {
		return r.URL.RawPath
	}
	return r.URL.EscapedPath()
}
