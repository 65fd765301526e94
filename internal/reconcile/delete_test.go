// SPDX-License-Identifier: MPL-2.0

package reconcile_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	isConnected = "error: The customer still has connected apps"
	notDeleted  = "error: Could not delete linked account"
	anotherOne  = "error: The linked account is not the one that Terraform knows"
	unknownApps = "error: It is not known which apps the customer has connected"
	unplaced    = "error: The account of this state cannot be told from others"
)

func TestDelete(t *testing.T) {
	slack := mockapi.Integration{Type: "slack", Name: "Slack"}
	app := &credentials.DefaultApp{AppID: own, CredentialNames: []string{"key"}}
	mine := reconcile.Task{Prior: reconcile.Prior{Scope: here, App: app}}
	forced := reconcile.Task{Prior: reconcile.Prior{Scope: here, App: app}, Force: true}
	deleted := want{complete: true, requests: "GET user_1, DELETE user_1", then: isThere(false)}
	gone := deleted.with(func(w *want) { w.requests = "GET user_1" })
	kept := want{requests: "GET user_1", app: "key@" + own, then: isThere(true)}
	refused := func(problem string) want {
		return kept.with(func(w *want) { w.problems = []string{problem} })
	}
	for name, test := range map[string]scenario{
		"plain": {prepare: exists("Acme", pro), task: mine, want: deleted},
		"gone":  {task: mine, want: gone},
		"gone, by a key of elsewhere": {task: reconcile.Task{Prior: reconcile.Prior{Scope: there, App: app}}, want: kept.with(func(w *want) {
			w.problems, w.then = []string{swapped}, nil
		})},
		"gone, as a server says that does not tell where it looks": {
			behaviour: mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}}, task: mine, want: kept.with(func(w *want) {
				w.problems, w.mentions, w.then = []string{"error: Refold does not say where it looked for the account"}, []string{"Forget it."}, nil
			})},
		"gone, in a state that does not say where it was": {task: reconcile.Task{Prior: reconcile.Prior{App: app}}, want: kept.with(func(w *want) {
			w.problems, w.then = []string{unplaced}, nil
		})},
		"gone between the look and the deletion": {prepare: after(exists("Acme", pro), nth(1, http.MethodDelete, vanish)), task: mine, want: deleted},
		"a namesake elsewhere":                   {prepare: exists("Acme", pro), task: reconcile.Task{Prior: reconcile.Prior{Scope: there, App: app}}, want: refused(swapped)},
		"state that does not say where it is":    {prepare: exists("Acme", pro), task: reconcile.Task{Prior: reconcile.Prior{App: app}}, want: deleted},
		"the look fails":                         {prepare: after(exists("Acme", pro), refusing(http.MethodGet, id, 401, "Invalid")), task: mine, want: refused(notDeleted)},
		"the deletion fails": {prepare: after(exists("Acme", pro), refusing(http.MethodDelete, id, 400, "no")), task: mine, want: refused(notDeleted).with(func(w *want) {
			w.requests = "GET user_1, DELETE user_1"
		})},

		"the account of the state": {prepare: existsAs(priorID), task: reconcile.Task{Prior: reconcile.Prior{ID: priorID, Scope: here}}, want: deleted},
		"a namesake that somebody made anew": {prepare: exists("Acme", pro), task: reconcile.Task{Prior: reconcile.Prior{ID: priorID, Scope: here, App: app}}, want: refused(anotherOne).with(func(w *want) {
			w.mentions = []string{"this state knows it as " + priorID, "Keep it."}
		})},
		"nobody says whether it is the same": {
			prepare: answering(http.MethodGet, id, 200, anonymous(document(`"name":"Acme","udf":[],"integrations":[]`))),
			task:    reconcile.Task{Prior: reconcile.Prior{ID: priorID, Scope: here, App: app}},
			want: refused("error: Refold does not show whether it is the same linked account").with(func(w *want) {
				w.mentions, w.then = []string{"by the `id` " + priorID, "`force_destroy = true`", "Keep it."}, nil
			}),
		},
		"nobody says what is connected": {
			behaviour: mockapi.Behaviour{Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsNull}}, prepare: exists("Acme", pro), task: mine,
			want: refused(unknownApps).with(func(w *want) { w.mentions = []string{"not even an empty one", "`force_destroy = true`", "Keep it."} }),
		},
		"nobody says what is connected, without a word of it": {
			behaviour: mockapi.Behaviour{Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent}}, prepare: exists("Acme", pro), task: mine,
			want: refused(unknownApps),
		},
		"connected, as a list does not show yet": {prepare: after(exists("Acme", pro), listed, connecting(slack)), task: mine, want: refused(isConnected)},

		"no answer comes": {prepare: after(exists("Acme", pro), answering(http.MethodDelete, id, 502, "")), task: mine, want: refused(notDeleted).with(func(w *want) {
			w.requests, w.mentions = "GET user_1, DELETE user_1, GET user_1, DELETE user_1", []string{"Run the same command again later"}
		})},
		"with a customer's app": {prepare: exists("Acme", pro, slack), task: mine, want: refused(isConnected).with(func(w *want) {
			w.mentions = []string{"- Slack (slack)", "Keep it."}
		})},
		"with the own app":                      {prepare: exists("Acme", pro, customApp(own)), task: mine, want: deleted},
		"with the own app, which app_id names":  {prepare: exists("Acme", pro, customApp(own)), task: reconcile.Task{Prior: reconcile.Prior{Scope: here, OwnAppID: own}}, want: deleted},
		"with the own app and a customer's":     {prepare: exists("Acme", pro, customApp(own), slack), task: mine, want: refused(isConnected)},
		"with a custom app that is not the own": {prepare: exists("Acme", pro, customApp("other")), task: mine, want: refused(isConnected).with(func(w *want) { w.mentions = []string{"(custom, app other)"} })},
		"with a custom app that nobody identifies": {prepare: exists("Acme", pro, customApp("")), task: reconcile.Task{Prior: reconcile.Prior{Scope: here, App: &credentials.DefaultApp{CredentialNames: []string{"key"}}}}, want: refused(isConnected).with(func(w *want) {
			w.app = "key@"
		})},
		"with a custom app, where none was set up": {prepare: exists("Acme", pro, customApp(own)), task: reconcile.Task{Prior: reconcile.Prior{Scope: here}}, want: refused(isConnected).with(func(w *want) {
			w.app = ""
		})},
		"with an app that has the own app's id and another type": {prepare: exists("Acme", pro, mockapi.Integration{Type: "slack", Name: "Slack", AppID: text(own)}), task: mine, want: refused(isConnected)},

		"by force":                              {prepare: exists("Acme", pro, slack), task: forced, want: deleted},
		"by force, in a run that knows its key": {prepare: after(exists("Acme", pro, slack), scopeKnown), task: forced, want: deleted.with(func(w *want) { w.requests = "DELETE user_1" })},
		"by force, a namesake that somebody made anew": {prepare: after(exists("Acme", pro), scopeKnown), task: reconcile.Task{Prior: reconcile.Prior{ID: priorID, Scope: here}, Force: true}, want: deleted.with(func(w *want) {
			w.requests = "DELETE user_1"
		})},
		"by force, nobody says what is connected": {
			behaviour: mockapi.Behaviour{Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsNull}}, prepare: exists("Acme", pro), task: forced, want: deleted,
		},
		"by force, and no answer comes": {prepare: after(exists("Acme", pro), scopeKnown, answering(http.MethodDelete, id, 502, "")), task: forced, want: refused(notDeleted).with(func(w *want) {
			w.requests, w.mentions = "DELETE user_1, GET user_1, DELETE user_1", []string{"Make a new plan before you apply again"}
		})},
		"by force, elsewhere":                                {prepare: exists("Acme", pro, slack), task: reconcile.Task{Prior: reconcile.Prior{Scope: there, App: app}, Force: true}, want: refused(swapped)},
		"by force, and the look fails":                       {prepare: after(exists("Acme", pro), refusing(http.MethodGet, id, 401, "Invalid")), task: forced, want: refused(notDeleted)},
		"by force, in a state that does not say where it is": {prepare: after(exists("Acme", pro, slack), scopeKnown), task: reconcile.Task{Prior: reconcile.Prior{App: app}, Force: true}, want: deleted},
		"by force, in a state that does not say where it is, of a run that has read the list": {prepare: after(exists("Acme", pro, slack), listed), task: reconcile.Task{Prior: reconcile.Prior{App: app}, Force: true}, want: deleted.with(func(w *want) {
			w.requests = "DELETE user_1"
		})},
		"by force, gone, in a state that does not say where it was": {task: reconcile.Task{Prior: reconcile.Prior{App: app}, Force: true}, want: kept.with(func(w *want) {
			w.problems, w.then = []string{unplaced}, nil
		})},

		"of another resource of the run": {prepare: after(exists("Acme", pro), claimed), task: mine, want: want{
			complete: true, problems: []string{"The linked account was not deleted"}, claimed: true, then: isThere(true),
		}},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Delete) })
	}
}

// priorID is the _id of an account in a state.
const priorID = "6a05d19680458c9a09e79c99"

// existsAs is an account with this _id.
func existsAs(serverID string) func(*organization) {
	return func(at *organization) { at.Create(test, mockapi.Account{AccountID: id, ID: serverID}) }
}

func connecting(app mockapi.Integration) func(*organization) {
	return func(at *organization) { at.Connect(test, id, app) }
}

// listed is a run that has read the list of all accounts.
func listed(at *organization) {
	for range at.reconciler.Client.ReadLinkedAccounts(context.Background(), []string{id, "user_2", "user_3"}, refold.ReadOptions{}) {
	}
}

func isThere(want bool) func(*testing.T, *organization, reconcile.Outcome) {
	return func(t *testing.T, at *organization, _ reconcile.Outcome) {
		t.Helper()
		if _, ok := at.Account(test, id); ok != want {
			t.Errorf("the account is there: %v, want %v", ok, want)
		}
	}
}

// TestClaims: what one resource of a run creates or updates, another one does not
// delete, and does not create again.
func TestClaims(t *testing.T) {
	for name, do := range map[string]func(reconcile.Reconciler, context.Context, reconcile.Task) reconcile.Outcome{
		"created": reconcile.Reconciler.Create, "updated": reconcile.Reconciler.Update,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at, ctx := newOrganization(t, mockapi.Behaviour{})
				desired := acme
				desired.AccountID = id
				task := reconcile.Task{Desired: desired, Prior: reconcile.Prior{Scope: here}}
				if first := do(at.reconciler, ctx, task); !first.Complete {
					t.Fatalf("the first: %+v", first)
				}
				if second := at.reconciler.Create(ctx, task); second.Complete || second.Account != nil {
					t.Errorf("created again: %+v", second)
				}
				if second := at.reconciler.Delete(ctx, task); !second.Complete || len(second.Problems) != 1 {
					t.Errorf("deleted: %+v", second)
				}
				if counted := at.Count(http.MethodDelete, ""); counted > 0 {
					t.Errorf("%d deletions were sent", counted)
				}
			})
		})
	}
}

func TestWasReplaced(t *testing.T) {
	for _, test := range []struct {
		prior, found string
		want         bool
	}{{"a", "b", true}, {"a", "a", false}, {"", "b", false}, {"a", "", false}} {
		if got := reconcile.WasReplaced(test.prior, &refold.LinkedAccount{ID: test.found}); got != test.want {
			t.Errorf("%q, %q: %v", test.prior, test.found, got)
		}
	}
}
