// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// After each kind of write, also a failed one, the account is read by itself;
// all others still come from the list.
func TestWriteOvertakesTheList(t *testing.T) {
	name := "after"
	for what, write := range map[string]func(context.Context, *refold.Client, string) error{
		"upsert": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.UpsertLinkedAccount(ctx, refold.Upsert{AccountID: id, Name: &name})
			return err
		},
		"delete": func(ctx context.Context, c *refold.Client, id string) error {
			return c.DeleteLinkedAccount(ctx, id, nil)
		},
		"put credential": func(ctx context.Context, c *refold.Client, id string) error {
			return c.PutCredential(ctx, id, "k", "v", nil)
		},
		"delete credential": func(ctx context.Context, c *refold.Client, id string) error {
			return c.DeleteCredential(ctx, id, "k", nil)
		},
	} {
		for _, fails := range []bool{false, true} {
			t.Run(what, func(t *testing.T) {
				server := newListServer(t, 5, mockapi.Behaviour{})
				client := warm(server)
				if fails {
					server.Intercept(func(w http.ResponseWriter, request *http.Request) bool {
						if request.Method == http.MethodGet {
							return false
						}
						w.WriteHeader(http.StatusBadGateway)
						return true
					})
				}
				if err := write(t.Context(), client, customer(2)); fails && err == nil {
					t.Fatal("the write was to fail")
				}
				server.Intercept(nil)
				server.ResetRequests()
				_, err := client.ReadLinkedAccount(t.Context(), customer(2), refold.ReadOptions{TrustAbsence: true})
				if isGone := what == "delete" && !fails; isGone != (refold.KindOf(err) == refold.AccountNotFound) || (err != nil) != isGone {
					t.Errorf("read after the write: %v", err)
				}
				server.sentWere("the written account", 0, 1)
				read(t, client, customer(3), refold.ReadOptions{})
				server.sentWere("another account", 0, 0)
			})
		}
	}
}

// A page that was asked for before a write ended may show what was before it, whenever it arrives.
func TestWriteWhileTheListIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 5, mockapi.Behaviour{})
		client := server.client()
		read(t, client, customer(0), refold.ReadOptions{})
		server.delay = 10 * time.Second
		got := make(chan string)
		for range 2 {
			go func() { got <- read(t, client, customer(1), refold.ReadOptions{}).Name }()
		}
		synctest.Wait()
		name := "after"
		server.delay = time.Second
		if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: customer(1), Name: &name}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			expect(t, <-got, name)
		}
		server.ResetRequests()
		expect(t, read(t, client, customer(2), refold.ReadOptions{}).Name, "before")
		server.sentWere("another account", 0, 0)
	})
}
