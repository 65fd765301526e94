// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// allIDs expects all accounts to be had, and returns their ids.
func allIDs(t *testing.T, client *refold.Client) []string {
	t.Helper()
	accounts, err := client.AllLinkedAccounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, account := range accounts {
		if account.ID == "" || account.UDF == nil {
			t.Errorf("an account that is not whole: %+v", account)
		}
		ids = append(ids, account.AccountID)
	}
	return ids
}

func TestAllAccounts(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for _, exist := range []int{0, 1, 100, 101, 1234} {
		for name, behaviour := range map[string]mockapi.ListBehaviour{
			"":                {},
			"by 7":            {MaxLimit: 7},
			"old documents":   {FourFields: true},
			"old documents 7": {FourFields: true, MaxLimit: 7},
		} {
			t.Run(fmt.Sprint(exist, name), func(t *testing.T) {
				server := newListServer(t, 0, mockapi.Behaviour{List: behaviour})
				// The newest come first by their ids.
				for number := range exist {
					server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: customer(exist - 1 - number)})
				}
				if ids := allIDs(t, server.client()); !slices.Equal(ids, customers(0, exist)) {
					t.Errorf("%d accounts: %q", len(ids), ids)
				}
				size, gets := 100, 0
				if behaviour.MaxLimit > 0 {
					size = behaviour.MaxLimit
				}
				if behaviour.FourFields {
					gets = exist
				}
				server.sentWere("all", pagesOf(exist, size), gets)
			})
		}
	}
}

// What was read is new, calls at the same time share it, and single reads are served from it.
func TestAllAccountsAreReadAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 250, mockapi.Behaviour{})
		server.delay = time.Second
		client := server.client()
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if ids := allIDs(t, client); len(ids) != 250 {
					t.Errorf("%d accounts", len(ids))
				}
			})
		}
		group.Wait()
		server.sentWere("five calls at a time", 3, 0)
		read(t, client, customer(7), refold.ReadOptions{})
		server.sentWere("a read after them", 0, 0)
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "new"})
		if ids := allIDs(t, client); len(ids) != 251 {
			t.Errorf("%d accounts", len(ids))
		}
		server.sentWere("a later call", 3, 0)
	})
}

// A call that begins after a write sees it, also while a list is under way.
func TestAllAccountsAfterAWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 5, mockapi.Behaviour{})
		client := server.client()
		server.delay = 10 * time.Second
		var group sync.WaitGroup
		group.Go(func() { allIDs(t, client) })
		synctest.Wait()
		server.delay = time.Second
		if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "new"}); err != nil {
			t.Fatal(err)
		}
		if ids := allIDs(t, client); !slices.Contains(ids, "new") {
			t.Errorf("accounts: %q", ids)
		}
		group.Wait()
	})
}

// shifting deletes the first account of the server while its pages are read, so many times in all.
func shifting(server *listServer, times int) {
	deleted := 0
	server.before = func(request *http.Request) {
		if isList(request) && request.URL.Query().Get("page") == "2" && deleted < times {
			server.Remove(mockapi.EnvironmentTest, customer(deleted))
			deleted++
		}
	}
}

func TestAllAccountsOfAListThatShifts(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	shifting(server, 2)
	if ids := allIDs(t, server.client()); !slices.Equal(ids, customers(2, 250)) {
		t.Errorf("%d accounts: %q", len(ids), ids)
	}
	server = newListServer(t, 250, mockapi.Behaviour{})
	shifting(server, 100)
	_, err := server.client().AllLinkedAccounts(t.Context())
	if err == nil || !strings.Contains(err.Error(), "the list of linked accounts keeps changing while it is read") {
		t.Errorf("err = %v", err)
	}
	if sent := server.lists(); sent > 12 {
		t.Errorf("%d list pages", sent)
	}
}

// Without totals, an account that stands on two pages tells of a shift.
func TestAllAccountsShownTwice(t *testing.T) {
	server := newListServer(t, 150, mockapi.Behaviour{})
	shifts := 1
	server.edit = func(number int, page map[string]any) {
		withoutTotals(number, page)
		if number == 2 && shifts > 0 {
			shifts--
			page["docs"].([]any)[0] = listedDocument(customer(99))
		}
	}
	if ids := allIDs(t, server.client()); !slices.Equal(ids, customers(0, 150)) {
		t.Errorf("%d accounts: %q", len(ids), ids)
	}
	server.sentWere("a list that shifted, and again", 4, 0)
}

// Single reads use what a list that shifted shows, and confirm what it does not.
func TestReadsFromAListThatShifts(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{})
	shifting(server, 1)
	client := server.client()
	found := readMany(t, client, customers(1, 250), refold.ReadOptions{TrustAbsence: true})
	for id, lookup := range found {
		if lookup.Err != nil {
			t.Errorf("%s: %v", id, lookup.Err)
		}
	}
	server.sentWere("all, and the one that slipped", 3, 1)
	readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
	server.sentWere("an absence", 0, 1)
}

// Deletions between the first page and the rest shift what the rest shows, so
// the first page is read once more with it.
func TestReadsBetweenDeletions(t *testing.T) {
	server := newListServer(t, 450, mockapi.Behaviour{})
	client := server.client()
	for _, id := range customers(0, 450) {
		read(t, client, id, refold.ReadOptions{})
		if err := client.DeleteLinkedAccount(t.Context(), id, nil); err != nil {
			t.Fatal(err)
		}
	}
	if sent, most := server.lists()+server.gets(), bound(450, 5, 0)+1; sent > most {
		t.Errorf("%d reads (%d lists), want at most %d", sent, server.lists(), most)
	}
}

func TestAllAccountsThatCannotBeHad(t *testing.T) {
	for name, test := range brokenLists() {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 250, mockapi.Behaviour{})
			test.prepare(server)
			accounts, err := server.client().AllLinkedAccounts(t.Context())
			if accounts != nil || err == nil || !strings.Contains(err.Error(), test.says) || len(err.Error()) > longestError || refold.KindOf(err) != refold.Other {
				t.Errorf("%d accounts, err = %v, want it to say %q", len(accounts), err, test.says)
			}
			if sent := server.Count("", ""); sent > test.whole {
				t.Errorf("%d requests, want at most %d", sent, test.whole)
			}
		})
	}
}

// listedDocument is a document of a list as it is decoded.
func listedDocument(id string) map[string]any {
	return map[string]any{"_id": "6992cc7e9d38bc6a2ae28d12", "associated_org": organization, "account_id": id, "environment": "test", "udf": []any{}, "integrations": []any{}}
}

func TestAllAccountsThatNobodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 250, mockapi.Behaviour{})
		server.delay = time.Second
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, err := server.client().AllLinkedAccounts(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
		time.Sleep(time.Minute)
		server.sentWere("a list that was begun is finished", 3, 0)
	})
}

// A list that takes longer than it lives is given up.
func TestListThatTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 1000, mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: 1}})
		server.delay = 20 * time.Second
		start := time.Now()
		_, err := server.client().AllLinkedAccounts(t.Context())
		if _, ok := errors.AsType[*refold.UnreachableError](err); !ok || !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != refold.SnapshotLife {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
	})
}
