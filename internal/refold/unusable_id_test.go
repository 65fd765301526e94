// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var oldDocuments = mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}}

// newUnusableServer has two good accounts, with three between them that no request can name.
func newUnusableServer(t *testing.T, behaviour mockapi.Behaviour) *listServer {
	server := newListServer(t, 1, behaviour)
	for _, id := range []string{" lead", "..", "tab\tx", "z"} {
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id, Name: new("Odd")})
	}
	return server
}

// unusable are the ids of such an error; other errors end the test.
func unusable(t *testing.T, err error) []string {
	t.Helper()
	found, ok := errors.AsType[*refold.UnusableIDsError](err)
	if !ok {
		t.Fatalf("err = %v", err)
	}
	readable(t, err)
	var ids []string
	for _, id := range found.IDs {
		if id.Reason == nil {
			t.Errorf("no reason for %q", id.AccountID)
		}
		ids = append(ids, id.AccountID)
	}
	return ids
}

func TestListOfUnusableIDs(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour mockapi.Behaviour
		options   refold.ListOptions
		listed    []string
		unusable  []string
	}{
		"whole":                {mockapi.Behaviour{}, refold.ListOptions{}, []string{"c00001", " lead", "..", "tab\tx", "z"}, nil},
		"whole, at most two":   {mockapi.Behaviour{}, refold.ListOptions{AtMost: 2}, []string{"c00001", " lead", "..", "tab\tx", "z"}, nil},
		"names":                {oldDocuments, refold.ListOptions{NamesOnly: true}, []string{"c00001", " lead", "..", "tab\tx", "z"}, nil},
		"four fields":          {oldDocuments, refold.ListOptions{}, []string{"c00001", "z"}, []string{" lead", "..", "tab\tx"}},
		"four fields, at most": {oldDocuments, refold.ListOptions{AtMost: 2}, []string{"c00001", "z"}, []string{" lead", "..", "tab\tx"}},
	} {
		t.Run(name, func(t *testing.T) {
			var listed, without []string
			for account, err := range newUnusableServer(t, test.behaviour).client().ListLinkedAccounts(t.Context(), refold.ListFilter{}, test.options) {
				if err != nil {
					without = append(without, unusable(t, err)...)
					continue
				}
				listed = append(listed, account.AccountID)
			}
			if !slices.Equal(listed, test.listed) || !slices.Equal(without, test.unusable) {
				t.Errorf("listed %q, without %q", listed, without)
			}
		})
	}
}

func TestAllAccountsWithUnusableIDs(t *testing.T) {
	accounts, err := newUnusableServer(t, oldDocuments).client().AllLinkedAccounts(t.Context())
	if ids := unusable(t, err); !slices.Equal(ids, []string{" lead", "..", "tab\tx"}) || len(accounts) != 2 {
		t.Errorf("%d accounts, without %q", len(accounts), ids)
	}
	if text := err.Error(); !strings.Contains(text, `" lead", because it begins or ends with white space; and 2 more`) {
		t.Errorf("err = %s", text)
	}
	if ids := allIDs(t, newUnusableServer(t, mockapi.Behaviour{}).client()); len(ids) != 5 {
		t.Errorf("whole: %q", ids)
	}
}

// What is wrong with an id concerns no other account.
func TestSelectBesideUnusableIDs(t *testing.T) {
	for _, search := range []string{"", "o"} {
		server := newUnusableServer(t, oldDocuments)
		if ids := selectedIDs(t, server.client(), refold.ListFilter{IDPrefix: "c", Search: search}); search == "" && !slices.Equal(ids, []string{"c00001"}) {
			t.Errorf("search %q: %q", search, ids)
		}
		accounts, err := server.client().SelectLinkedAccounts(t.Context(), refold.ListFilter{Search: search})
		if ids := unusable(t, err); !slices.Equal(slices.Sorted(slices.Values(ids)), []string{" lead", "..", "tab\tx"}) || len(accounts) == 0 {
			t.Errorf("search %q: %d accounts, without %q", search, len(accounts), ids)
		}
	}
}

// newDamagedServer has 205 accounts, of which three are listed without an id that is a text, and
// two with ids that read alike.
func newDamagedServer(t *testing.T) *listServer {
	server := newListServer(t, 205, mockapi.Behaviour{})
	server.edit = func(number int, page map[string]any) {
		document := func(index int) map[string]any { return page["docs"].([]any)[index].(map[string]any) }
		switch number {
		case 1:
			delete(document(3), "account_id")
			document(4)["account_id"] = 17
			document(5)["account_id"] = "x\ufffd"
		case 2:
			document(6)["account_id"] = map[string]any{"a": "b"}
			document(7)["account_id"] = "x\ufffd"
		}
	}
	return server
}

// A document that cannot be read blocks nothing but itself: it is named by what there is, and an
// account that it may be is not taken for absent.
func TestListWithDamagedDocuments(t *testing.T) {
	server := newDamagedServer(t)
	accounts, err := server.client().AllLinkedAccounts(t.Context())
	if ids := unusable(t, err); !slices.Equal(ids, []string{"", "", ""}) || len(accounts) != 202 || !strings.Contains(err.Error(), "Refold's own id of it: 6") {
		t.Errorf("whole: %d accounts, without %q: %v", len(accounts), ids, err)
	}
	var listed, without []string
	for account, err := range server.client().ListLinkedAccounts(t.Context(), refold.ListFilter{}, refold.ListOptions{NamesOnly: true}) {
		if err != nil {
			without = append(without, unusable(t, err)...)
			continue
		}
		listed = append(listed, account.AccountID)
	}
	if len(listed) != 202 || len(without) != 3 {
		t.Errorf("%d are listed, without %q", len(listed), without)
	}
	client := server.client()
	readMany(t, client, customers(20, 40), refold.ReadOptions{})
	before := server.gets()
	readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
	if server.gets() == before {
		t.Error("the absence of an account follows from a list with a document that may be it")
	}
}

// An id is shown as it stands, but for its length and secrets.
func TestUnusableIDsAreFitToBeShown(t *testing.T) {
	for id, want := range map[string]string{
		" " + strings.Repeat("ä", 300):           " " + strings.Repeat("ä", 99) + "...",
		" " + mockapi.TestKey:                    " (redacted)",
		mockapi.TestKey[:4] + "\t" + "elsewhere": mockapi.TestKey[:4] + "\telsewhere",
	} {
		server := newListServer(t, 0, oldDocuments)
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
		_, err := server.client().AllLinkedAccounts(t.Context())
		if ids := unusable(t, err); !slices.Equal(ids, []string{want}) {
			t.Errorf("%q: %q", id, ids)
		}
	}
	server := newListServer(t, 0, oldDocuments)
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: " " + mockapi.TestKey[:4] + "\x7f" + mockapi.TestKey[4:]})
	if _, err := server.client().AllLinkedAccounts(t.Context()); strings.Contains(fmt.Sprint(unusable(t, err)), mockapi.TestKey[4:]) {
		t.Errorf("err = %v", err)
	}
}
