// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"testing"
)

func TestProxyPasswords(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string][]string{
		"HTTPS_PROXY=http://proxy.example:3128":             nil,
		"HTTPS_PROXY=":                                      nil,
		"NOT_A_PROXY_URL=http://user:pass@host":             nil,
		"https_proxy=http://user:p%40ss@proxy.example:3128": {"user:p%40ss", "p%40ss", "p@ss"},
		"HTTP_PROXY=user:p@ss@proxy.example":                {"user:p@ss", "p@ss", "p@ss"},
		"ALL_PROXY=socks5://user:100%@proxy.example":        {"user:100%", "100%"},
		"HTTP_PROXY=http://user@proxy.example":              {"user", "", ""},
	} {
		if got := proxyPasswords([]string{"HOME=/home", setting}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", setting, got, want)
		}
	}
}
