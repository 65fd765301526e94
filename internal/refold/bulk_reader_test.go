// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// warm makes a client that has the list, of at most 100 accounts.
func warm(server *listServer) *refold.Client {
	server.t.Helper()
	client := server.client()
	read(server.t, client, customer(0), refold.ReadOptions{})
	read(server.t, client, customer(1), refold.ReadOptions{})
	server.sentWere("to get the list", 1, 1)
	return client
}

func TestMissingAccounts(t *testing.T) {
	server := newListServer(t, 5, mockapi.Behaviour{Account: mockapi.AccountBehaviour{IDsIgnoreCase: true}})
	client := warm(server)
	trust := refold.ReadOptions{TrustAbsence: true}

	refusal := readMissing(t, client, "nobody", trust)
	if refusal.Scope != testScope || !strings.Contains(refusal.Message, "not in the list of all linked accounts (their number: 5)") {
		t.Errorf("a trusted absence: %+v", refusal)
	}
	server.sentWere("a trusted absence", 0, 0)
	readMissing(t, client, "nobody", refold.ReadOptions{})
	server.sentWere("an absence that is to be confirmed", 0, 1)

	if _, err := client.ReadLinkedAccount(t.Context(), "C00001", trust); err == nil || !strings.Contains(err.Error(), "another account, "+customer(0)) {
		t.Errorf("an id in other case: %v", err)
	}
	server.sentWere("an id in other case", 0, 1)

	if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "nobody"}); err != nil {
		t.Fatal(err)
	}
	server.ResetRequests()
	read(t, client, "nobody", trust)
	server.sentWere("an account that was created since", 0, 1)
	if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "C00004", Name: new("x")}); refold.KindOf(err) != refold.WrongAccount {
		t.Errorf("a write in other case: %v", err)
	}
	server.ResetRequests()
	expect(t, read(t, client, customer(3), trust).Name, "x")
	server.sentWere("an account that was written in other case", 0, 1)
}

func TestListGetsOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 5, mockapi.Behaviour{})
		client := warm(server)
		time.Sleep(time.Minute)
		server.Change(mockapi.EnvironmentTest, customer(4), func(account *mockapi.Account) { account.Name = new("after") })
		expect(t, read(t, client, customer(4), refold.ReadOptions{MaxAge: time.Minute}).Name, "before")
		server.sentWere("a list of the very age", 0, 0)
		time.Sleep(time.Nanosecond)
		expect(t, read(t, client, customer(4), refold.ReadOptions{MaxAge: time.Minute}).Name, "after")
		server.sentWere("a list that is older", 0, 1)
		read(t, client, customer(4), refold.ReadOptions{})
		server.sentWere("the counting starts again", 1, 0)
		time.Sleep(refold.SnapshotLife)
		read(t, client, customer(4), refold.ReadOptions{MaxAge: time.Hour})
		server.sentWere("a list at the end of its life", 0, 0)
		time.Sleep(time.Nanosecond)
		read(t, client, customer(4), refold.ReadOptions{MaxAge: time.Hour})
		server.sentWere("a list after its life", 0, 1)
	})
}

// Who began to wait gets an answer from what was loaded meanwhile, even where
// that took longer than the list may be old.
func TestSlowListIsNewEnough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 250, mockapi.Behaviour{})
		server.delay = 20 * time.Second
		client := server.client()
		found := readMany(t, client, customers(0, 250), refold.ReadOptions{MaxAge: time.Second})
		for id, lookup := range found {
			if lookup.Err != nil {
				t.Errorf("%s: %v", id, lookup.Err)
			}
		}
		server.sentWere("all", 3, 0)
	})
}

// A list that fails after all retries is not tried again.
func TestListThatFails(t *testing.T) {
	for name, failing := range map[string]func(*listServer){
		"on the first page": func(server *listServer) { server.Intercept(failedList(http.StatusNotFound)) },
		"on a later page": func(server *listServer) {
			server.before = func(request *http.Request) {
				if request.URL.Query().Get("page") == "2" {
					server.Intercept(failedList(http.StatusInternalServerError))
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 250, mockapi.Behaviour{})
			client := server.client()
			failing(server)
			for _, id := range customers(0, 250) {
				read(t, client, id, refold.ReadOptions{TrustAbsence: true})
			}
			if sent := server.lists(); sent > 3 {
				t.Errorf("%d list requests", sent)
			}
			readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
			server.ResetRequests()
			readMany(t, server.client(), []string{customer(240), customer(241)}, refold.ReadOptions{})
			if sent := server.gets(); sent != 2 {
				t.Errorf("%d GETs of a client that has seen no list", sent)
			}
		})
	}
}

func TestRefusedKeyIsNotTriedForEachAccount(t *testing.T) {
	server := newListServer(t, 0, mockapi.Behaviour{})
	client := server.client(func(o *refold.Options) { o.APIKey = "revoked" })
	for id, lookup := range readMany(t, client, customers(0, 1000), refold.ReadOptions{}) {
		refusal, ok := errors.AsType[*refold.Error](lookup.Err)
		if !ok || refusal.Status != http.StatusUnauthorized {
			t.Fatalf("%s: %v", id, lookup.Err)
		}
	}
	if sent := server.Count("", ""); sent > 33 {
		t.Errorf("%d requests with a key that was refused", sent)
	}
}

// The wrong environment shows on a page as it does on an account.
func TestListOfTheWrongEnvironment(t *testing.T) {
	server := newListServer(t, 0, mockapi.Behaviour{})
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user"})
	client := server.client(guarding("production"))
	for id, lookup := range readMany(t, client, customers(0, 3), refold.ReadOptions{}) {
		mismatch, ok := errors.AsType[*refold.EnvironmentError](lookup.Err)
		if !ok || mismatch.Got != "test" {
			t.Errorf("%s: %v", id, lookup.Err)
		}
	}
	server.sentWere("the list", 1, 0)
	if _, err := client.ReadLinkedAccount(t.Context(), "user", refold.ReadOptions{}); !isEnvironmentError(err) {
		t.Errorf("a later read: %v", err)
	}
	if _, err := client.AllLinkedAccounts(t.Context()); !isEnvironmentError(err) {
		t.Errorf("all accounts: %v", err)
	}
	server.sentWere("later", 0, 0)
}

func isEnvironmentError(err error) bool {
	_, ok := errors.AsType[*refold.EnvironmentError](err)
	return ok
}

// The list shows the scope, which nothing needs to ask for then.
func TestListShowsTheScope(t *testing.T) {
	server := newListServer(t, 5, mockapi.Behaviour{})
	client := server.client()
	readMany(t, client, customers(0, 2), refold.ReadOptions{})
	if scope, err := client.Scope(t.Context(), "nobody"); err != nil || scope != testScope {
		t.Errorf("Scope = %+v, %v", scope, err)
	}
	server.sentWere("all", 1, 0)
}

// A caller that goes away is answered at once, and leaves the list to others.
func TestCallerThatGoesAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 5, mockapi.Behaviour{})
		client := server.client()
		read(t, client, customer(0), refold.ReadOptions{})
		server.ResetRequests()
		server.delay = 20 * time.Second
		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() {
			_, err := client.ReadLinkedAccount(ctx, customer(1), refold.ReadOptions{})
			gone <- err
		}()
		synctest.Wait()
		start := time.Now()
		cancel()
		err := <-gone
		if _, ok := errors.AsType[*refold.UnreachableError](err); !ok || !errors.Is(err, context.Canceled) || time.Since(start) != 0 {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		read(t, client, customer(2), refold.ReadOptions{})
		server.sentWere("both", 1, 0)
		for id, lookup := range client.ReadLinkedAccounts(ctx, []string{customer(3), "nobody", "nobody else"}, refold.ReadOptions{}) {
			if (id == customer(3)) != (lookup.Err == nil) || lookup.Err != nil && !errors.Is(lookup.Err, context.Canceled) {
				t.Errorf("%s after the end: %v", id, lookup.Err)
			}
		}
	})
}

// Whoever stops reading results leaves nothing behind: synctest waits for all goroutines.
func TestReaderThatStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 500, mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}})
		server.delay = time.Second
		for range server.client().ReadLinkedAccounts(t.Context(), customers(0, 500), refold.ReadOptions{}) {
			break
		}
		if sent := server.gets(); sent > 64 {
			t.Errorf("%d GETs", sent)
		}
	})
}

// What fails before it is a request fails as it does elsewhere.
func TestReadThatCannotBeSent(t *testing.T) {
	net := newNetwork(t, failure(io.ErrUnexpectedEOF))
	_, err := newClient(t, net, withoutRetries).ReadLinkedAccount(t.Context(), "user", refold.ReadOptions{})
	if _, ok := errors.AsType[*refold.UnreachableError](err); !ok {
		t.Errorf("err = %v", err)
	}
}
