// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// askForApplications expects an answer, and in which time.
func askForApplications(t *testing.T, client *refold.Client, accountID string, maxAge, took time.Duration) {
	t.Helper()
	start := time.Now()
	if applications, err := client.Applications(t.Context(), accountID, maxAge); err != nil || len(applications) != 1 {
		t.Errorf("%d applications, %v", len(applications), err)
	}
	if waited := time.Since(start); waited != took {
		t.Errorf("it took %s, want %s", waited, took)
	}
}

// TestSharedReadServesAll: those who ask while it is under way, and those who ask later.
func TestSharedReadServesAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(time.Second, answer(200, slackByKeys)))
		client := newClient(t, net)
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() { askForApplications(t, client, "user", 0, time.Second) })
		}
		group.Wait()
		expect(t, net.methods(), "GET")
		time.Sleep(time.Minute)
		askForApplications(t, client, "user", 0, 0)
		askForApplications(t, client, "user", refold.SnapshotLife, 0)
		askForApplications(t, client, "user", 61*time.Second, 0)
		expect(t, net.methods(), "GET")
		// Other accounts have others connected, and the catalogue has none.
		askForApplications(t, client, "USER", 0, time.Second)
		askForApplications(t, client, "", 0, time.Second)
		expect(t, net.methods(), "GET GET GET")
	})
}

// TestSharedReadAges by the moment when it was asked for.
func TestSharedReadAges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(time.Second, answer(200, slackByKeys)))
		client := newClient(t, net)
		askForApplications(t, client, "user", 0, time.Second)
		askForApplications(t, client, "user", time.Second, 0)
		askForApplications(t, client, "user", time.Second-1, time.Second)
		expect(t, net.methods(), "GET GET")
		time.Sleep(refold.SnapshotLife - time.Second)
		askForApplications(t, client, "user", 24*time.Hour, 0)
		time.Sleep(time.Nanosecond)
		askForApplications(t, client, "user", 24*time.Hour, time.Second)
		expect(t, net.methods(), "GET GET GET")
	})
}

// TestSharedReadThatIsTooOld: who wants it fresher than the one under way waits for that one, and
// asks anew.
func TestSharedReadThatIsTooOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(3*time.Second, answer(200, slackByKeys)))
		client := newClient(t, net)
		var group sync.WaitGroup
		group.Go(func() { askForApplications(t, client, "user", 0, 3*time.Second) })
		time.Sleep(2 * time.Second)
		group.Go(func() { askForApplications(t, client, "user", 2*time.Second, time.Second) })
		// Who comes first is served first.
		synctest.Wait()
		group.Go(func() { askForApplications(t, client, "user", time.Second, 4*time.Second) })
		group.Wait()
		expect(t, net.methods(), "GET GET")
	})
}

// TestSharedReadOfOneWhoGivesUp is left to the next one who waits.
func TestSharedReadOfOneWhoGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, after(2*time.Second, answer(200, slackByKeys)))
		client := newClient(t, net)
		ask := func(patience time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			_, err := client.Applications(ctx, "user", 0)
			return err
		}
		var group sync.WaitGroup
		group.Go(func() {
			if err := ask(time.Second); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("asks, gives up: %v", err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			err := ask(500 * time.Millisecond)
			if !errors.Is(err, context.DeadlineExceeded) || refold.MayHaveArrived(err) || refold.IsUncertain(err) {
				t.Errorf("waits, gives up: %v", err)
			}
			readable(t, err)
		})
		for range 10 {
			group.Go(func() {
				if err := ask(time.Minute); err != nil {
					t.Errorf("waits: %v", err)
				}
			})
		}
		group.Wait()
		expect(t, net.methods(), "GET GET")
	})
}

// TestSharedReadAfterAWrite: whoever asks after its end is told nothing of before it, also where it
// failed, and where the answer came between.
func TestSharedReadAfterAWrite(t *testing.T) {
	for name, write := range map[string]struct {
		do          func(context.Context, *refold.Client) error
		status      int
		isForgotten bool
	}{
		"of the account":       {operations["DisconnectIntegration"].do, 200, true},
		"that is refused":      {operations["DisconnectIntegration"].do, 400, true},
		"of credentials":       {operations["PutCredential"].do, 200, true},
		"that deletes":         {operations["DeleteLinkedAccount"].do, 200, true},
		"that changes no such": {operations["DeleteConfig"].do, 200, false},
		"of another account": {func(ctx context.Context, c *refold.Client) error {
			return c.DeleteLinkedAccount(ctx, "USER", nil)
		}, 200, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
					if request.Method == http.MethodGet {
						return after(2*time.Second, answer(200, slackByKeys))(request)
					}
					return after(time.Second, answer(write.status, `{"success":true}`))(request)
				})
				client := newClient(t, net)
				askForApplications(t, client, "user", 0, 2*time.Second)
				_ = write.do(t.Context(), client)
				again := time.Duration(0)
				if write.isForgotten {
					again = 2 * time.Second
				}
				askForApplications(t, client, "user", 0, again)
			})
		})
	}
}

// TestSharedReadAroundAWrite: an answer that was asked for before the end of a write serves the one
// who asked, and nobody after.
func TestSharedReadAroundAWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
			if request.Method == http.MethodGet {
				return after(3*time.Second, answer(200, slackByKeys))(request)
			}
			return after(time.Second, answer(200, `{"success":true}`))(request)
		})
		client := newClient(t, net)
		var group sync.WaitGroup
		group.Go(func() { askForApplications(t, client, "user", 0, 3*time.Second) })
		time.Sleep(time.Second)
		if err := client.DeleteLinkedAccount(t.Context(), "user", nil); err != nil {
			t.Error(err)
		}
		group.Go(func() { askForApplications(t, client, "user", 0, 4*time.Second) })
		group.Wait()
		askForApplications(t, client, "user", 0, 0)
		expect(t, net.methods(), "GET DELETE GET")
	})
}

// TestSharedReadThatFails: that there is no such account is an answer, and other errors are none.
func TestSharedReadThatFails(t *testing.T) {
	elsewhere := strings.Replace(notFound("user"), "environment test", "environment production", 1)
	for name, test := range map[string]struct {
		play     reply
		requests string
	}{
		"no such account":     {answer(404, notFound("user")), "GET"},
		"no such account now": {answer(404, shortNotFound), "GET"},
		"another 404":         {answer(404, lostHeader), "GET GET GET"},
		"no right":            {answer(403, `{"message":"no"}`), "GET GET GET"},
		"unreadable":          {answer(200, `{}`), "GET GET GET"},
	} {
		net := newNetwork(t, test.play)
		client := newClient(t, net)
		for range 3 {
			if applications, err := client.Applications(t.Context(), "user", 0); err == nil || applications != nil {
				t.Errorf("%s: %v", name, applications)
			}
		}
		expect(t, name+": "+net.methods(), name+": "+test.requests)
	}
	// A key that is swapped meanwhile is not hidden by what was shared before.
	net := newNetwork(t, answer(404, notFound("user")), answer(404, elsewhere))
	client := newClient(t, net, guarding("test"))
	for range 2 {
		if _, err := client.Applications(t.Context(), "user", 0); !isEnvironmentError(err) {
			t.Errorf("err = %v", err)
		}
	}
}

// TestSharedReadUnderWrites has readers and writers at the same time: no reader that begins after a
// write has ended is served by an answer that was asked for before.
func TestSharedReadUnderWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const accounts, rounds = 3, 40
		var mutex sync.Mutex
		isThere := map[string]bool{}
		net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
			id := request.URL.Query().Get("linked_account_id")
			mutex.Lock()
			if request.Method != http.MethodGet {
				isThere[id] = !isThere[id]
			}
			shown := map[bool]string{true: slackByKeys, false: noSlack}[isThere[id]]
			mutex.Unlock()
			if request.Method != http.MethodGet {
				shown = `{"success":true}`
			}
			return after(time.Duration(len(id))*7*time.Millisecond, answer(200, shown))(request)
		})
		client := newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 1e6, 1e6 })
		var group sync.WaitGroup
		for number := range accounts {
			id := strings.Repeat("x", number+1)
			group.Go(func() {
				for range rounds {
					if err := client.PutCredential(t.Context(), id, "k", "v", nil); err != nil {
						t.Error(err)
					}
					mutex.Lock()
					want := isThere[id]
					mutex.Unlock()
					applications, err := client.Applications(t.Context(), id, 0)
					if err != nil || applications[0].IsConnected != want {
						t.Errorf("%s: connected %t, want %t: %v", id, applications[0].IsConnected, want, err)
					}
				}
			})
			for range 5 {
				group.Go(func() {
					for range rounds {
						if _, err := client.Applications(t.Context(), id, 0); err != nil {
							t.Error(err)
						}
						time.Sleep(time.Millisecond)
					}
				})
			}
		}
		group.Wait()
	})
}
