// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestCheckLinkedAccountID(t *testing.T) {
	good := []string{
		"user_12345", "12345678", "account:12345", "jane.doe@example.com", "a b", "a/b", "a%b", "a+b", "ä", "日本", "...", ".a", "a..", "?", "#",
		strings.Repeat("x", 500),
	}
	for _, id := range good {
		if err := refold.CheckLinkedAccountID(id); err != nil {
			t.Errorf("CheckLinkedAccountID(%q) = %v", id, err)
		}
	}
	bad := map[string]string{
		"":           "empty",
		" ":          "white space",
		" a":         "white space",
		"a ":         "white space",
		"a\t":        "white space",
		"a\n":        "white space",
		"\u00a0a":    "white space",
		"a\u2003":    "white space",
		"cafe\u0301": "normal form",
		".":          "URLs",
		"..":         "URLs",
		"a\tb":       "control character",
		"a\nb":       "control character",
		"a\x00b":     "control character",
		"a\x7fb":     "control character",
		"a\u0085b":   "control character",
		"a\xffb":     "UTF-8",
		"\xc3(":      "UTF-8",
		"a\x1b[31m":  "control character",
	}
	for id, says := range bad {
		err := refold.CheckLinkedAccountID(id)
		if err == nil {
			t.Errorf("CheckLinkedAccountID(%q) found nothing wrong", id)
		} else if !strings.Contains(err.Error(), says) {
			t.Errorf("CheckLinkedAccountID(%q) = %q, want it to say %q", id, err, says)
		}
	}
}

func TestCheckCredentialName(t *testing.T) {
	for _, name := range []string{"api_key", "API Key", "client.id", "a/b", "ä", " a "} {
		if err := refold.CheckCredentialName(name); err != nil {
			t.Errorf("CheckCredentialName(%q) = %v", name, err)
		}
	}
	for name, says := range map[string]string{"": "empty", ".": "URLs", "..": "URLs", "a\nb": "control character", "\xff": "UTF-8"} {
		err := refold.CheckCredentialName(name)
		if err == nil {
			t.Errorf("CheckCredentialName(%q) found nothing wrong", name)
		} else if !strings.Contains(err.Error(), says) {
			t.Errorf("CheckCredentialName(%q) = %q, want it to say %q", name, err, says)
		}
	}
}
