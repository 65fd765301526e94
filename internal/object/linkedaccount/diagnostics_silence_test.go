// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// silenceSituations are about servers that do not answer, or with what cannot be read.
func silenceSituations() []diagnosticspage.Situation {
	refused := &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	return []diagnosticspage.Situation{
		{Name: "No answer in time", Meet: creatingAt(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })},
		{Name: "A connection that is closed", Meet: creatingAt(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })},
		{Name: "A connection that breaks off in the answer", Meet: creatingAt(func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		})},
		{Name: "Nobody listens", Meet: creatingOver(refused)},
		{Name: "A proxy that is not there", Meet: creatingOver(&refold.ProxyError{Host: "proxy.test:3128"})},
		{Name: "A proxy that wants a password", Meet: creatingOver(&refold.ProxyError{Host: "proxy.test:3128", Status: http.StatusProxyAuthRequired})},
		{Name: "A proxy that refuses to connect", Meet: creatingOver(&refold.ProxyError{Host: "proxy.test:3128", Status: http.StatusForbidden})},
		{Name: "A proxy that cannot connect", Meet: creatingOver(&refold.ProxyError{Host: "proxy.test:3128", Status: http.StatusBadGateway})},
		{Name: "An unknown host", Meet: creatingOver(&net.DNSError{Err: "no such host", Name: "refold.test", IsNotFound: true})},
		{Name: "A certificate that nobody vouches for", Meet: creatingOver(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}})},
		{Name: "A certificate of another host", Meet: creatingOver(&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"proxy.test"}}, Host: "refold.test"}})},
		{Name: "A server without https", Meet: creatingOver(http.ErrSchemeMismatch)},
		{Name: "An answer that is too large", Meet: creatingAt(func(w http.ResponseWriter, _ *http.Request) {
			for chunk, err := make([]byte, 1<<20), error(nil); err == nil; {
				_, err = w.Write(chunk)
			}
		})},
		{Name: "The run is interrupted", Meet: func(t *testing.T) acctest.Diagnostics {
			var m manager
			m = managing(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				m.Stop()
				<-r.Context().Done()
			}))
			config := m.Config(typeName, named("Acme"))
			plan := managing(t, diagnosticspage.NewRefold()).Plan(typeName, nil, config)
			_, met := m.ApplyPlanned(typeName, nil, plan, config)
			return met
		}},
	}
}

// creatingOver is about a network on which every exchange fails so.
func creatingOver(cause error) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		_, met := manager{diagnosticspage.Over(t, silent{cause})}.create(named("Acme"))
		return met
	}
}

type silent struct{ cause error }

// RoundTrip implements http.RoundTripper.
func (s silent) RoundTrip(*http.Request) (*http.Response, error) { return nil, s.cause }
