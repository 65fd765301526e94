// SPDX-License-Identifier: MPL-2.0

package accountcsv

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// longestError is more than ten problems need: quoted texts are bounded.
const longestError = 16 << 10

// FuzzParse reads whatever a file may hold.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "linked_account_id", "linked_account_id,name,plan\nacme,Acme,pro\n", "\ufefflinked_account_id;name;\r\n acme ;;\r\n;;\r\n", "linked_account_id\tname\racme\t\"a\nb\"\r",
		"linked_account_id,\"a\n", "linked_account_id\na\na\n.\n", "linked_account_id,\na,b\n", "\xff\xfe", "a\x00", "linked_account_id,name\nlinked_account_id,name\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		accounts, err := Parse(text)
		if err != nil {
			readable(t, err)
			if accounts != nil {
				t.Errorf("both %d accounts and %v", len(accounts), err)
			}
			return
		}
		if lines := strings.Count(text, "\n") + strings.Count(text, "\r"); accounts == nil || len(accounts) > lines {
			t.Errorf("%d accounts from %d lines", len(accounts), lines)
		}
		for id, account := range accounts {
			checkAccount(t, id, account)
		}
	})
}

func checkAccount(t *testing.T, id string, account Account) {
	t.Helper()
	if err := refold.CheckLinkedAccountID(id); err != nil {
		t.Errorf("id %q: %v", id, err)
	}
	if account.Name != nil && strings.TrimSpace(*account.Name) == "" {
		t.Errorf("%q has the name %q", id, *account.Name)
	}
	for key, value := range account.UDF {
		if key == "" || key != strings.TrimSpace(key) || key == idColumn || key == nameColumn || strings.TrimSpace(value) == "" {
			t.Errorf("%q has the field %q = %q", id, key, value)
		}
	}
}

// readable fails the test when an error cannot be shown to a user.
func readable(t *testing.T, err error) {
	t.Helper()
	text := strings.ReplaceAll(err.Error(), "\n- ", "")
	if text == "" || len(text) > longestError || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		t.Errorf("an error that cannot be shown: %q", text)
	}
}
