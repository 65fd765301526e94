// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// through makes the requests of a client go through a proxy, whose URL has a password.
func through(host string) func(*refold.Options) {
	return func(o *refold.Options) {
		o.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: host, User: url.UserPassword("me", "s3cretpassword")})
		o.RetryWait = time.Millisecond
	}
}

// What a proxy says is not taken for Refold's word, and repeated only where it may pass.
func TestProxyThatRefuses(t *testing.T) {
	t.Parallel()
	for status, attempts := range map[int]int32{
		http.StatusProxyAuthRequired: 1, http.StatusForbidden: 1, http.StatusNotFound: 1,
		http.StatusBadGateway: 1 + refold.DefaultMaxRetries, http.StatusServiceUnavailable: 1 + refold.DefaultMaxRetries,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodConnect {
					t.Errorf("the proxy was sent %s", r.Method)
				}
				asked.Add(1)
				w.WriteHeader(status)
			}))
			defer proxy.Close()
			host := strings.TrimPrefix(proxy.URL, "http://")
			_, err := newClientAt(t, "https://refold.example", through(host)).LinkedAccount(t.Context(), "user")
			refused, isByProxy := errors.AsType[*refold.ProxyError](err)
			if !isByProxy || refused.Host != host || refused.Status != status || asked.Load() != attempts || refold.MayHaveArrived(err) {
				t.Errorf("%d attempts: %v", asked.Load(), err)
			}
			if text := err.Error(); !strings.Contains(text, "the proxy "+host+" answered") || strings.Contains(text, "s3cret") {
				t.Errorf("said: %s", text)
			}
		})
	}
}

// A proxy that is not there is named, for a server with and without encryption.
func TestProxyThatIsNotThere(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{"https://refold.example", "http://localhost:1"} {
		_, err := newClientAt(t, base, through(host)).LinkedAccount(t.Context(), "user")
		dead, isByProxy := errors.AsType[*refold.ProxyError](err)
		if !isByProxy || dead.Host != host || dead.Status != 0 || refold.MayHaveArrived(err) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", base, err)
		}
	}
}
