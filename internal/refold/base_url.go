// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// DefaultBaseURL is the hosted Refold API (FACTS 1.1).
const DefaultBaseURL = "https://app.refold.ai"

// ErrInsecureBaseURL is wrapped by ParseBaseURL's error for plain HTTP to a
// host other than this machine: the API key would travel unencrypted.
var ErrInsecureBaseURL = errors.New("plain http:// would send the API key unencrypted")

// ParseBaseURL checks the URL of a Refold deployment and brings it into the
// form that paths are appended to: no trailing slash, a path prefix kept
// (self-hosted deployments live behind one ingress, FACTS 1.2). Plain HTTP is
// accepted for loopback hosts, and for others only with allowInsecure.
func ParseBaseURL(text string, allowInsecure bool) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil {
		// url.Parse quotes its input, which may hold a password.
		return nil, fmt.Errorf("it is not a valid URL; expected something like %q", DefaultBaseURL)
	}
	switch {
	case base.Scheme != "https" && base.Scheme != "http":
		return nil, fmt.Errorf("it must start with https://, as in %q", DefaultBaseURL)
	case base.Hostname() == "":
		return nil, fmt.Errorf("it names no host; expected something like %q", DefaultBaseURL)
	case base.User != nil:
		return nil, errors.New("it must not contain a user name or password; the API key is the only credential")
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, errors.New("it must not contain a query or a fragment")
	case base.Scheme == "http" && !allowInsecure && !isLoopback(base.Hostname()):
		return nil, ErrInsecureBaseURL
	}
	return url.Parse(strings.TrimRight(base.String(), "/"))
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address := net.ParseIP(host)
	return address != nil && address.IsLoopback()
}
