// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestInvisible(t *testing.T) {
	for text, shown := range map[string]string{
		"a\u200bb": `"a\u200bb"`, "\u200eb": `"\u200eb"`, "a\ufeff": `"a\ufeff"`, "a\u00adb": `"a\u00adb"`, "a\u2060b": `"a\u2060b"`, "a\u202eb": `"a\u202eb"`,
		"a\u3164": `"a\u3164"`, "a\u115fb": `"a\u115fb"`, "a\ufe0f": `"a\ufe0f"`, "a\u2800": `"a\u2800"`, "a\U000e0041\"": `"a\U000e0041\""`,
	} {
		if len(refold.Invisible(text)) != 1 || refold.ShowInvisible(text) != shown {
			t.Errorf("%q: %U, shown as %s, want %s", text, refold.Invisible(text), refold.ShowInvisible(text), shown)
		}
	}
	for _, text := range []string{"", "user_1", "a b", "a\u00a0b", "\u00e4", "\u65e5\u672c", "\U0001f600"} {
		if found := refold.Invisible(text); found != nil {
			t.Errorf("%q: %U", text, found)
		}
	}
	if found := refold.Invisible("\u200b\u200c\u200b"); len(found) != 2 {
		t.Errorf("found %U", found)
	}
}

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

func TestCheckFieldID(t *testing.T) {
	for _, id := range []string{"sync_interval", "Sync interval", "contact.owner", "a/b", "50%", "größe", " a ", "..."} {
		if err := refold.CheckFieldID(id); err != nil {
			t.Errorf("CheckFieldID(%q) = %v", id, err)
		}
	}
	for id, says := range map[string]string{"": "empty", ".": "URLs", "..": "URLs", "a\tb": "control character", "\xff": "UTF-8"} {
		if err := refold.CheckFieldID(id); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("CheckFieldID(%q) = %v, want it to say %q", id, err, says)
		}
	}
}

func TestCheckHeader(t *testing.T) {
	for _, text := range []string{"", "user_1", "a b", "a  b", "a/b%c+d@e:f~!", `"<>\`} {
		if err := refold.CheckHeader(text); err != nil {
			t.Errorf("CheckHeader(%q) = %v", text, err)
		}
	}
	for text, says := range map[string]string{
		" ": "white space", " a": "white space", "a ": "white space", "a\n": "white space", "\u00a0a": "white space", "a\tb": "ASCII", "a\x00b": "ASCII", "a\x7fb": "ASCII", "ä": "ASCII", "日": "ASCII", "a\u00a0b": "ASCII", "a\xffb": "ASCII",
	} {
		if err := refold.CheckHeader(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("CheckHeader(%q) = %v, want it to say %q", text, err, says)
		}
	}
}
