// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

// TestBrokenConnectionIsDescribed over real connections, whose errors are what
// the description has to recognise.
func TestBrokenConnectionIsDescribed(t *testing.T) {
	for name, broken := range map[string]struct {
		serve http.HandlerFunc
		says  string
	}{
		"before the answer": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "the connection was closed before an answer came"},
		"within the answer": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(document("user")))
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, "the connection broke off in the middle of the answer"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(broken.serve)
			defer server.Close()
			_, err := newClientAt(t, server.URL, withoutRetries).LinkedAccount(t.Context(), "user")
			if err == nil || err.Error() != broken.says {
				t.Errorf("err = %v, want %s", err, broken.says)
			}
		})
	}
}

func TestResetConnectionIsDescribed(t *testing.T) {
	_, err := newClient(t, newNetwork(t, failure(syscall.ECONNRESET)), withoutRetries).LinkedAccount(t.Context(), "user")
	if err == nil || !strings.HasPrefix(err.Error(), "the connection was cut") {
		t.Errorf("err = %v", err)
	}
}
