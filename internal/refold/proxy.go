// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// ProxyError is in the chain of an error for a request that a proxy on the way has kept from the
// server. It did not arrive.
type ProxyError struct {
	// Host is the proxy's, with its port, and never with its password.
	Host string
	// Status is what the proxy answered, and 0 where it could not be reached.
	Status int
	cause  error
}

// Error implements error.
func (e *ProxyError) Error() string {
	if e.Status == 0 && e.cause == nil {
		return fmt.Sprintf("the proxy %s could not be reached", e.Host)
	}
	if e.Status == 0 {
		return fmt.Sprintf("the proxy %s could not be reached: %v", e.Host, e.cause)
	}
	return fmt.Sprintf("the proxy %s answered %d %s instead of connecting to the server", e.Host, e.Status, http.StatusText(e.Status))
}

// Unwrap gives why the proxy could not be reached.
func (e *ProxyError) Unwrap() error { return e.cause }

// isTemporary is for what may pass: a proxy that cannot reach the server, or is not there, for a
// while.
func (e *ProxyError) isTemporary() bool {
	return e.Status == 0 || e.Status == http.StatusTooManyRequests || isUnavailable(e.Status)
}

// refusedByProxy is the error of a proxy that does not connect to the server, and nil for one that
// does.
func refusedByProxy(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyError{Host: proxy.Host, Status: answer.StatusCode}
}

// blameProxy says so where it was the proxy that could not be reached.
func (t *attemptTransport) blameProxy(request *http.Request, err error) error {
	if !isDialing(err) {
		return err
	}
	proxy, failed := t.proxy(request)
	if failed != nil || proxy == nil {
		return err
	}
	return &ProxyError{Host: proxy.Host, cause: err}
}
