// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// hiding lets lists leave out an account that is there, and count as if it were not.
func hiding(id string) func(int, map[string]any) {
	return func(_ int, page map[string]any) {
		documents := page["docs"].([]any)
		page["docs"] = slices.DeleteFunc(documents, func(document any) bool { return document.(map[string]any)["account_id"] == id })
		page["totalDocs"] = len(page["docs"].([]any))
	}
}

// withoutApps lets lists show no connected app.
func withoutApps(_ int, page map[string]any) {
	for _, document := range page["docs"].([]any) {
		document.(map[string]any)["integrations"] = []any{}
	}
}

var trust = refold.ReadOptions{TrustAbsence: true}

// trusts reports whether lists answer for accounts, and for the absence of one.
func (s *listServer) trusts(client *refold.Client) bool {
	s.t.Helper()
	s.ResetRequests()
	read(s.t, client, customer(0), trust)
	readMissing(s.t, client, "nobody", trust)
	isTrusted := s.gets() == 0
	if !isTrusted && (s.gets() != 2 || s.lists() != 0) {
		s.t.Errorf("%d GETs and %d pages of a list for two accounts", s.gets(), s.lists())
	}
	return isTrusted
}

// TestListThatHidesAnAccount: the first answer that contradicts it ends the trust in every list.
func TestListThatHidesAnAccount(t *testing.T) {
	for name, test := range map[string]struct {
		answer mockapi.WriteAnswer
		// later is when the account is made, after the list was read.
		later time.Duration
		meet  func(*testing.T, *refold.Client)
		trust bool
	}{
		"an upsert is told that it is not new":  {mockapi.AnswerFullNew, 0, upsertHidden(true), false},
		"an upsert is shown when it was made":   {mockapi.AnswerFull, 0, upsertHidden(true), false},
		"an upsert reads it back":               {mockapi.AnswerSuccess, 0, upsertHidden(true), false},
		"a read finds it":                       {mockapi.AnswerFullNew, 0, getHidden, false},
		"a read finds one that was made since":  {mockapi.AnswerFullNew, time.Minute, getHidden, true},
		"an upsert meets one made since":        {mockapi.AnswerFull, time.Minute, upsertHidden(false), true},
		"an upsert, and after it a read":        {mockapi.AnswerFullNew, 2 * time.Minute, upsertNew, true},
		"an upsert of one that is read, lately": {mockapi.AnswerSuccess, 2 * time.Minute, upsertNew, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newListServer(t, 5, mockapi.Behaviour{Account: mockapi.AccountBehaviour{UpsertAnswer: test.answer}})
				server.edit = hiding("hidden")
				make := func() { server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "hidden"}) }
				if test.later == 0 {
					make()
				}
				time.Sleep(time.Hour)
				client := warm(server)
				readMissing(t, client, "hidden", trust)
				server.sentWere("an absence", 0, 0)
				time.Sleep(test.later)
				if test.later == time.Minute {
					make()
				}
				time.Sleep(time.Second)
				test.meet(t, client)
				if got := server.trusts(client); got != test.trust {
					t.Errorf("lists are trusted: %t, want %t", got, test.trust)
				}
			})
		})
	}
}

func upsertHidden(existed bool) func(*testing.T, *refold.Client) {
	return func(t *testing.T, client *refold.Client) {
		result, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "hidden"})
		if err != nil || result.Existed != existed {
			t.Errorf("%+v, %v", result, err)
		}
	}
}

func upsertNew(t *testing.T, client *refold.Client) {
	upsertHidden(false)(t, client)
	getHidden(t, client)
}

func getHidden(t *testing.T, client *refold.Client) {
	if _, err := client.LinkedAccount(t.Context(), "hidden"); err != nil {
		t.Error(err)
	}
}

// TestListThatHidesApps: a deletion goes by what is connected.
func TestListThatHidesApps(t *testing.T) {
	connect := func(server *listServer) {
		server.Connect(mockapi.EnvironmentTest, customer(1), mockapi.Integration{Type: "slack", Name: "Slack"})
	}
	for name, test := range map[string]struct {
		edit          func(int, map[string]any)
		before, after func(*listServer)
		trust         bool
	}{
		"it hides them":                 {withoutApps, connect, nil, false},
		"it shows them":                 {nil, connect, nil, true},
		"there are none":                {withoutApps, nil, nil, true},
		"one was connected since":       {withoutApps, nil, connect, true},
		"it is of before, by its dates": {ofBefore, connect, nil, false},
		"another one than was shown":    {renamed, connect, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newListServer(t, 5, mockapi.Behaviour{})
				if test.before != nil {
					test.before(server)
				}
				time.Sleep(time.Hour)
				server.edit = test.edit
				client := warm(server)
				time.Sleep(time.Minute)
				if test.after != nil {
					test.after(server)
				}
				if _, err := client.LinkedAccount(t.Context(), customer(1)); err != nil {
					t.Fatal(err)
				}
				if got := server.trusts(client); got != test.trust {
					t.Errorf("lists are trusted: %t, want %t", got, test.trust)
				}
			})
		})
	}
}

// ofBefore is the list as it was before an app was connected, of a cache for example.
func ofBefore(number int, page map[string]any) {
	withoutApps(number, page)
	for _, document := range page["docs"].([]any) {
		document.(map[string]any)["updatedAt"] = document.(map[string]any)["createdAt"]
	}
}

func renamed(_ int, page map[string]any) {
	for _, document := range page["docs"].([]any) {
		for _, app := range document.(map[string]any)["integrations"].([]any) {
			app.(map[string]any)["type"] = "hubspot"
		}
	}
}

// TestListThatIsWrittenTo: what was written since it was read contradicts nothing.
func TestListThatIsWrittenTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newListServer(t, 5, mockapi.Behaviour{})
		client := warm(server)
		time.Sleep(10 * time.Minute)
		for _, id := range []string{"new", customer(1)} {
			if _, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: id}); err != nil {
				t.Fatal(err)
			}
			server.Connect(mockapi.EnvironmentTest, id, mockapi.Integration{Type: "slack", Name: "Slack"})
			if _, err := client.LinkedAccount(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		read(t, client, customer(0), trust)
		read(t, client, customer(2), trust)
		if !server.trusts(client) {
			t.Error("lists are not trusted any more")
		}
	})
}

// TestListInAnotherUnicodeForm: a server may take both for the same account.
func TestListInAnotherUnicodeForm(t *testing.T) {
	server := newListServer(t, 2, mockapi.Behaviour{})
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "Cafe\u0301"})
	client := warm(server)
	readMissing(t, client, "caf\u00e9", trust)
	server.sentWere("an id in another form", 0, 1)
}
