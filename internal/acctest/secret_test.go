// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestSecretsAreFoundInEveryEncoding(t *testing.T) {
	const secret = `canary "/+<3c7d`
	quote := func(text string) string {
		quoted, err := json.Marshal(map[string]string{"value": text})
		if err != nil {
			t.Fatal(err)
		}
		return string(quoted)
	}
	for name, encode := range map[string]func(string) string{
		"as it is":            func(text string) string { return text },
		"JSON":                quote,
		"JSON in JSON":        func(text string) string { return quote(quote(text)) },
		"query":               url.QueryEscape,
		"path":                url.PathEscape,
		"JSON in a query":     func(text string) string { return url.QueryEscape(quote(text)) },
		"base64":              func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) },
		"base64url":           func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) },
		"hex":                 func(text string) string { return hex.EncodeToString([]byte(text)) },
		"HTML":                html.EscapeString,
		"upper case":          strings.ToUpper,
		"JSON in base64 JSON": func(text string) string { return quote(base64.StdEncoding.EncodeToString([]byte(quote(text)))) },
	} {
		if encoded := "before " + encode(secret) + " after"; !acctest.HoldsSecret(encoded, secret) {
			t.Errorf("%s: not found in %s", name, encoded)
		}
		if encoded := "before " + encode("something else") + " after"; acctest.HoldsSecret(encoded, secret) {
			t.Errorf("%s: found in %s", name, encoded)
		}
	}
}
