// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/http"
	"net/url"
)

const maxRedirects = 5

// checkRedirect follows a redirect only where the key may go and the request
// stays what it was: same scheme and host, same method. Any other one is
// handed back as the answer, which decodeError describes.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > maxRedirects || next.Method != first.Method || next.URL.Scheme != first.URL.Scheme || next.URL.Host != first.URL.Host {
		return http.ErrUseLastResponse
	}
	return nil
}

// redirectTarget names scheme and host of a Location header; the rest of it
// could hold anything.
func redirectTarget(header http.Header) string {
	location := header.Get("Location")
	target, err := url.Parse(location)
	switch {
	case location == "":
		return "an address that it does not name"
	case err != nil:
		return "an unreadable address"
	case target.Host == "":
		return "another address of the same host"
	}
	return (&url.URL{Scheme: target.Scheme, Host: target.Host}).String()
}
