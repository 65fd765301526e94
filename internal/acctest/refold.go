// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// Refold is a running mock server.
type Refold struct {
	*mockapi.Server
	// URL is the base URL.
	URL string
}

// StartRefold runs a mock Refold until the test ends. Each request and answer
// that breaks the contract fails the test.
func StartRefold(t testing.TB, options ...mockapi.Option) *Refold {
	t.Helper()
	mock := mockapi.New(options...)
	return &Refold{Server: mock, URL: Serve(t, contract.Check(t, mock))}
}

// Serve runs any handler on a loopback port until the test ends, and returns its base URL.
func Serve(t testing.TB, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// Provider is a provider block for this server with a key of the test environment, and a pace that
// does not slow the test down. Further arguments are lines of the block.
func (r *Refold) Provider(lines ...string) string {
	return Provider(r.URL, mockapi.TestKey, lines...)
}

// Provider is a provider block.
func Provider(baseURL, apiKey string, lines ...string) string {
	block := fmt.Sprintf("provider \"refold\" {\n  base_url = %q\n  api_key = %q\n  requests_per_second = 10000\n  burst = 1000\n", baseURL, apiKey)
	for _, line := range lines {
		block += "  " + line + "\n"
	}
	return block + "}\n"
}

// CountByMethod counts the logged requests by method.
func (r *Refold) CountByMethod() map[string]int {
	counts := map[string]int{}
	for _, request := range r.Requests() {
		counts[request.Method]++
	}
	return counts
}

// UDF returns an account's user-defined fields at the server, nil for an
// account that does not exist.
func (r *Refold) UDF(accountID string) map[string]any {
	account, ok := r.Account(mockapi.EnvironmentTest, accountID)
	if !ok {
		return nil
	}
	return account.UDFMap()
}

// RefuseKey answers as Refold does to a key that it does not know (FACTS 1.6).
func RefuseKey(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`)
}
