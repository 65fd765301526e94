// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// silenceSituations are about servers that do not answer, or with what cannot be
// read.
func silenceSituations() []situation {
	refused := &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	return []situation{
		{"No answer in time", creatingAt(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })},
		{"A connection that is closed", creatingAt(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })},
		{"A connection that breaks off in the answer", creatingAt(func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		})},
		{"Nobody listens", creatingOver(refused)},
		{"An unknown host", creatingOver(&net.DNSError{Err: "no such host", Name: "refold.test", IsNotFound: true})},
		{"A certificate that nobody vouches for", creatingOver(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}})},
		{"A certificate of another host", creatingOver(&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"proxy.test"}}, Host: "refold.test"}})},
		{"A server without https", creatingOver(http.ErrSchemeMismatch)},
		{"An answer that is too large", creatingAt(func(w http.ResponseWriter, _ *http.Request) {
			for chunk, err := make([]byte, 1<<20), error(nil); err == nil; {
				_, err = w.Write(chunk)
			}
		})},
		{"The run is interrupted", func(t *testing.T) diagnostics {
			var m manager
			m = managing(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				m.Stop()
				<-r.Context().Done()
			}), mockapi.TestKey)
			_, met := m.create(named("Acme"))
			return met
		}},
	}
}

// creatingOver is about a network on which every exchange fails so.
func creatingOver(cause error) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		_, met := managingOver(t, silent{cause}, mockapi.TestKey).create(named("Acme"))
		return met
	}
}

type silent struct{ cause error }

// RoundTrip implements http.RoundTripper.
func (s silent) RoundTrip(*http.Request) (*http.Response, error) { return nil, s.cause }
