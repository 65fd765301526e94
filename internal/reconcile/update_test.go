// SPDX-License-Identifier: MPL-2.0

package reconcile_test

import (
	"context"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	restored       = "User-defined fields were restored"
	lost           = "error: User-defined fields were lost"
	perhapsLost    = "User-defined fields may be lost"
	notStored      = "Refold did not store the user-defined fields as configured"
	notReadBack    = "The linked account was written, but could not be read back"
	vanished       = "The linked account had been deleted"
	gone           = "error: The linked account was deleted meanwhile"
	anotherWritten = "Another linked account was written"
	swapped        = "error: The API key belongs to another organization or environment"
	notUpdated     = "error: Could not update linked account"
)

func TestUpdate(t *testing.T) {
	prior := reconcile.Prior{Scope: here}
	ofState := reconcile.Task{Desired: acme, Prior: reconcile.Prior{ID: ownID, Scope: here}, FieldsDiffer: true}
	// The test begins with the year 2000, which is the second of this id.
	ofMoment := reconcile.Task{Desired: acme, Prior: reconcile.Prior{ID: "386d43808d3a91e4c7000001", Scope: here}, FieldsDiffer: true}
	aMoment := func(*organization) { time.Sleep(2 * time.Second) }
	renamed := reconcile.Task{Desired: reconcile.Desired{Name: text("Acme")}, Prior: prior, FieldsDiffer: true}
	updated := want{complete: true, upserted: true, requests: "GET user_1, PUT linked-account", account: true, claimed: true}
	failed := want{requests: "GET user_1", problems: []string{notUpdated}, claimed: true}
	repeated := want{requests: "GET user_1, PUT linked-account, GET user_1", claimed: true}
	clearing := mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}}
	for name, test := range map[string]scenario{
		"name and fields": {prepare: exists("Other", map[string]any{"seats": "5"}), task: reconcile.Task{Desired: acme, Prior: prior, FieldsDiffer: true}, want: updated.with(func(w *want) {
			w.then = holds("Acme", pro)
		})},
		"name beside credentials, whose app nobody asks for": {
			prepare: after(exists("Other", pro), withStored("old")), task: reconcile.Task{
				Desired: connected, Prior: reconcile.Prior{Scope: here, App: &credentials.DefaultApp{CredentialNames: []string{"old"}}}, FieldsDiffer: true,
				Credentials: credentials.Change{Put: []string{"key"}, Remove: []string{"old"}},
			}, want: updated.with(func(w *want) {
				w.requests, w.app, w.then = "PUT linked-account, PUT key, DELETE old", "key@", holdsCredentials("key")
			})},
		"name alone": {prepare: exists("Other", pro), task: renamed, want: updated.with(func(w *want) {
			w.then = holds("Acme", pro)
		})},
		"nothing": {prepare: exists("Other", pro), task: reconcile.Task{Desired: acme, Prior: prior}, want: want{complete: true, claimed: true}},
		"refused": {prepare: after(exists("Other", pro), refusing(http.MethodPut, "linked-account", 400, "no")), task: renamed, want: failed.with(func(w *want) {
			w.requests = "GET user_1, PUT linked-account"
		})},
		"the name is stored otherwise": {
			prepare: after(exists("Acme", pro), answering(http.MethodPut, "linked-account", 200, document(`"name":"ACME","udf":[]`))), task: renamed,
			want: updated.with(func(w *want) { w.problems = []string{"Refold did not store the name as configured"} }),
		},

		"key of elsewhere": {prepare: exists("Other", pro), task: reconcile.Task{Desired: acme, Prior: reconcile.Prior{Scope: there}, FieldsDiffer: true}, want: failed.with(func(w *want) {
			w.problems = []string{swapped}
		})},
		"credentials with a key of elsewhere": {prepare: exists("Other", pro), task: reconcile.Task{Desired: connected, Prior: reconcile.Prior{Scope: there}, Credentials: credentials.Change{Put: []string{"key"}}}, want: failed.with(func(w *want) {
			w.problems = []string{swapped}
		})},
		"state that does not say where it is": {prepare: exists("Other", pro), task: reconcile.Task{Desired: acme, FieldsDiffer: true}, want: updated},
		"server that does not say where it looks": {
			behaviour: mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}}, task: renamed, want: failed.with(func(w *want) {
				w.problems, w.mentions = []string{"error: Refold does not say where it looked for the account"}, []string{"Forget it."}
			})},
		"key that is refused": {prepare: refusing(http.MethodGet, id, 401, "Invalid"), task: renamed, want: failed},

		"vanished": {prepare: after(exists("Other", pro), nth(1, http.MethodPut, vanish)), task: renamed, want: updated.with(func(w *want) {
			w.problems = []string{vanished}
		})},
		"made anew, at a server that does not tell what is new": {
			behaviour: answers(mockapi.AnswerFull), prepare: exists("Other", pro),
			task: reconcile.Task{Desired: acme, Prior: reconcile.Prior{ID: "6a05d19680458c9a09e79c99", Scope: here}, FieldsDiffer: true},
			want: failed.with(func(w *want) { w.problems = []string{anotherOne} }),
		},
		"made anew by somebody before the look": {
			prepare: exists("Other", pro), task: ofState, want: failed.with(func(w *want) { w.problems, w.then = []string{anotherOne}, holds("Other", pro) }),
		},
		"not shown yet": {
			task:    ofMoment,
			prepare: after(aMoment, nth(3, http.MethodGet, knownAs(ofMoment.Prior.ID, "Other"))),
			want: updated.with(func(w *want) {
				w.requests, w.then = "GET user_1, GET user_1, GET user_1, PUT linked-account", holds("Acme", pro)
			}),
		},
		"gone, and made a moment ago": {task: ofMoment, prepare: aMoment, want: failed.with(func(w *want) {
			w.requests, w.problems, w.then = "GET user_1, GET user_1, GET user_1, GET user_1, GET user_1", []string{gone}, absent
		})},
		"gone before the look": {task: ofState, want: failed.with(func(w *want) { w.problems, w.then = []string{gone}, absent })},
		"made anew by somebody right before the write": {
			prepare: after(knownAs(ownID, "Other"), nth(1, http.MethodPut, func(at *organization) { vanish(at); exists("Theirs", nil)(at) })), task: ofState,
			want: updated.with(func(w *want) {
				w.problems, w.mentions = []string{anotherWritten}, []string{ownID, "has replaced: name, user-defined fields"}
			}),
		},
		"of credentials alone, made anew by somebody before the look": {
			prepare: exists("Other", pro), task: reconcile.Task{Desired: connected, Prior: ofState.Prior, Credentials: credentials.Change{Put: []string{"key"}}},
			want: failed.with(func(w *want) { w.problems = []string{anotherOne} }),
		},
		"vanished while it is repeated": {
			prepare: after(knownAs(ownID, "Other"), firstAnswered(http.MethodPut, 429, vanish)), task: ofState, want: repeated.with(func(w *want) {
				w.problems, w.mentions, w.then = []string{gone}, []string{`"user_1" was not written. This plan`}, absent
			})},
		"made anew by somebody while it is repeated": {
			prepare: after(knownAs(ownID, "Other"), firstAnswered(http.MethodPut, 503, func(at *organization) { vanish(at); exists("Theirs", nil)(at) })), task: ofState,
			want: repeated.with(func(w *want) {
				w.problems, w.then = []string{anotherOne}, holds("Theirs", map[string]any{})
				w.mentions = []string{"was not written once more; whether an attempt before"}
			})},
		"made anew by an attempt without an answer": {
			prepare: after(knownAs(ownID, "Other"), firstAnswered(http.MethodPut, 502, func(at *organization) { vanish(at); exists("Acme", pro)(at) })), task: ofState, want: updated.with(func(w *want) {
				w.requests, w.problems, w.then = "GET user_1, PUT linked-account, GET user_1, PUT linked-account", []string{vanished}, holds("Acme", pro)
			})},

		"fields that are not configured and were lost": {
			behaviour: clearing, prepare: exists("Other", pro), task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{restored}
				w.then = holds("Acme", pro)
			})},
		"fields that are not in the state and were lost": {
			behaviour: clearing, prepare: exists("Other", pro), task: renamedBeside(reconcile.Prior{Scope: here, LacksUDF: true}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{restored}
				w.then = holds("Acme", pro)
			})},
		"fields that are configured need no look": {prepare: after(exists("Other", pro), ownAppKnown), task: reconcile.Task{
			Desired: acme, Prior: reconcile.Prior{LacksUDF: true, Scope: here},
		}, want: want{complete: true, claimed: true}},
		"fields that nobody sees, of an account that is gone": {task: renamedBeside(reconcile.Prior{Scope: here, LacksUDF: true}), want: updated.with(func(w *want) {
			w.problems = []string{vanished}
		})},
		"fields that cannot be looked at": {prepare: refusing(http.MethodGet, id, 401, "Invalid"), task: renamedBeside(reconcile.Prior{Scope: here, LacksUDF: true}), want: failed},
		"fields of which only one is gone": {
			prepare: exists("Other", pro), task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro", "seats": "5"}}), want: updated,
		},
		"fields that cannot be written back": {
			behaviour: clearing, prepare: after(exists("Other", pro), refusingNth(2, http.MethodPut, "linked-account")),
			task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro", "seats": "5"}}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{lost}
				w.mentions = []string{`Lost are "plan", "seats", and`, "Refold answered: HTTP 400"}
			})},
		"fields that are written back, and not read back": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}, Account: mockapi.AccountBehaviour{UpsertAnswer: mockapi.AnswerMinimal}},
			prepare:   after(exists("Other", pro), refusingNth(3, http.MethodGet, id)),
			task:      renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, GET user_1, PUT linked-account, GET user_1", []string{restored}
				w.then = func(t *testing.T, _ *organization, got reconcile.Outcome) {
					if got.Account.ID == "" {
						t.Errorf("what was read before is forgotten: %+v", got.Account)
					}
				}
			})},
		"fields that are written back after a stop": {
			behaviour: clearing, prepare: after(exists("Other", pro), nth(1, http.MethodPut, func(at *organization) { at.stop() })),
			task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{restored}
			})},

		"fields that survive": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullRemoves}},
			prepare:   exists("Acme", map[string]any{"seats": "5"}), task: reconcile.Task{Desired: acme, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.requests = "GET user_1, PUT linked-account, PUT linked-account"
				w.then = func(t *testing.T, at *organization, got reconcile.Outcome) {
					holds("Acme", pro)(t, at, got)
					if again := string(at.Requests()[2].Body); !strings.Contains(again, `"plan":"pro"`) || !strings.Contains(again, `"seats":null`) {
						t.Errorf("what is sent again is not all: %s", again)
					}
				}
			})},
		"fields that stay": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullIgnored}},
			prepare:   exists("Acme", map[string]any{"seats": "5"}), task: reconcile.Task{Desired: acme, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{notStored}
				w.mentions = []string{`"seats": removed, still stored`}
			})},
		"fields that cannot be sent as null": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true}},
			prepare:   after(exists("Acme", map[string]any{"seats": "5"}), refusingNth(2, http.MethodPut, "linked-account")), task: reconcile.Task{Desired: acme, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.requests = "GET user_1, PUT linked-account, PUT linked-account"
				w.problems = []string{"Could not write user-defined fields of linked account", notStored}
			})},
		"fields that are stored otherwise": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringified}},
			prepare:   exists("Acme", nil), task: reconcile.Task{Desired: reconcile.Desired{UDF: &refold.UDF{"beta": true}}, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.problems, w.mentions = []string{notStored}, []string{`"beta": sent a boolean, stored a string`}
			})},
		"fields that are not stored": {
			prepare: after(exists("Acme", nil), answering(http.MethodPut, "linked-account", 200, document(`"name":"Acme","udf":[]`))),
			task:    reconcile.Task{Desired: acme, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.problems, w.mentions = []string{notStored}, []string{`"plan": sent a string, not stored`}
			})},

		"not proven": {
			behaviour: answers(mockapi.AnswerSuccess), prepare: after(exists("Other", pro), failingReadsAfterWrite),
			task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}),
			want: want{
				requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{notUpdated, perhapsLost}, claimed: true,
				mentions: []string{"the answer does not show the account, and it could not be read back: HTTP 403", `some servers clear them then: "plan".`},
			}},
		"not read back": {
			behaviour: answers(mockapi.AnswerMinimal), prepare: after(exists("Other", pro), failingReadsAfterWrite),
			task: renamedBeside(reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}),
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, GET user_1", []string{notReadBack}
				w.mentions = []string{`left out of the write: "plan".`}
			})},
		"not read back, with all fields in the write": {
			behaviour: answers(mockapi.AnswerMinimal), prepare: after(exists("Other", pro), failingReadsAfterWrite),
			task: reconcile.Task{Desired: acme, Prior: reconcile.Prior{Scope: here, UDF: refold.UDF{"plan": "pro"}}, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, GET user_1", []string{notReadBack}
				w.then = func(t *testing.T, _ *organization, got reconcile.Outcome) {
					if strings.Contains(got.Problems[0].Detail(), "left out") {
						t.Errorf("fields that were written are said to be left out: %s", got.Problems[0].Detail())
					}
				}
			})},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Update) })
	}
}

// renamedBeside is an update of the name alone.
func renamedBeside(prior reconcile.Prior) reconcile.Task {
	return reconcile.Task{Desired: reconcile.Desired{Name: text("Acme")}, Prior: prior, FieldsDiffer: true}
}

// document is an account of the right scope.
func document(fields string) string {
	return `{"_id":"6a05d19680458c9a09e79c01","account_id":"` + id + `","associated_org":"` + mockapi.OrganizationID + `","environment":"` + test + `","new_account":false,` + fields + `}`
}

// anonymous is a document without the id (_id) that Refold gives an account.
func anonymous(document string) string { return strings.Replace(document, `"_id"`, `"other"`, 1) }

// refusingNth refuses the nth request of a method to a path with this end.
func refusingNth(n int, method, end string) func(*organization) {
	return func(at *organization) {
		at.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != method || path.Base(r.URL.Path) != end {
				return false
			}
			if n--; n != 0 {
				return false
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"BAD_REQUEST","message":"no"}`)
			return true
		})
	}
}

// failingReadsAfterWrite refuses every read that follows a write.
func failingReadsAfterWrite(at *organization) {
	isWritten := false
	at.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			isWritten = true
		}
		if r.Method != http.MethodGet || !isWritten {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	})
}

func TestUpdateOfCredentials(t *testing.T) {
	change := func(before *credentials.DefaultApp, change credentials.Change) reconcile.Task {
		return reconcile.Task{Desired: connected, Prior: reconcile.Prior{Scope: here, App: before}, Credentials: change}
	}
	seed := credentials.Change{Seed: true}
	known := &credentials.DefaultApp{AppID: own, CredentialNames: []string{"old"}}
	stored := after(exists("Acme", pro), withStored("old"))
	renameKey := credentials.Change{Put: []string{"key"}, Remove: []string{"old"}}
	storesNone := `error: Could not store credential "key" of linked account`
	for name, test := range map[string]scenario{
		"put and remove": {prepare: stored, task: change(known, renameKey), want: want{
			complete: true, requests: "PUT key, DELETE old", app: "key@" + own, claimed: true, then: holdsCredentials("key"),
		}},
		"put is refused": {prepare: after(stored, refusing(http.MethodPut, "key", 400, "too long")), task: change(known, renameKey), want: want{
			requests: "PUT key", problems: []string{storesNone}, app: "key? old@" + own, claimed: true,
		}},
		"remove is refused": {prepare: after(stored, refusing(http.MethodDelete, "old", 400, "in use")), task: change(known, renameKey), want: want{
			requests: "PUT key, DELETE old", problems: []string{`error: Could not remove credential "old" of linked account`}, app: "key? old?@" + own, claimed: true,
		}},
		"what was uncertain": {prepare: stored, task: change(&credentials.DefaultApp{AppID: own, CredentialNames: []string{"key", "old"}, Uncertain: []string{"key", "old"}}, renameKey), want: want{
			complete: true, requests: "PUT key, DELETE old", app: "key@" + own, claimed: true, then: holdsCredentials("key"),
		}},
		"what stays uncertain": {prepare: after(stored, refusing(http.MethodPut, "key", 400, "too long")), task: change(&credentials.DefaultApp{AppID: own, CredentialNames: []string{"key", "old"}, Uncertain: []string{"old"}}, renameKey), want: want{
			requests: "PUT key", problems: []string{storesNone}, app: "key? old?@" + own, claimed: true,
		}},
		"remove what is gone": {prepare: after(exists("Acme", pro), withStored("key")), task: change(known, credentials.Change{Remove: []string{"old"}}), want: want{
			complete: true, requests: "DELETE old", app: "@" + own, claimed: true,
		}},
		"remove from an app that is gone": {prepare: after(exists("Acme", pro), scopeKnown), task: change(known, credentials.Change{Remove: []string{"old"}}), want: want{
			complete: true, requests: "DELETE old", app: "@" + own, claimed: true,
		}},
		"put into an app that is gone": {prepare: after(exists("Acme", pro), scopeKnown), task: change(known, credentials.Change{Put: []string{"key"}}), want: want{
			complete: true, upserted: true, requests: "PUT key, PUT linked-account", app: "key old@" + own, claimed: true, then: holdsCredentials("key"),
		}},
		"put into an app that is gone, at a server that does not tell what is new": {behaviour: answers(mockapi.AnswerFull), prepare: after(exists("Acme", pro), scopeKnown), task: change(known, credentials.Change{Put: []string{"key"}}), want: want{
			complete: true, upserted: true, requests: "PUT key, PUT linked-account", app: "key old@" + own, claimed: true,
		}},
		"put into an app that is gone, and the write is refused": {prepare: after(exists("Acme", pro), scopeKnown, refusing(http.MethodPut, "linked-account", 400, "no")), task: change(known, credentials.Change{Put: []string{"key"}}), want: want{
			requests: "PUT key, PUT linked-account", problems: []string{"error: Could not store the credentials of linked account"}, app: "key? old@" + own, claimed: true,
		}},
		"put into an account that is gone": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{UnknownAccountAsDefaultApp: true}}, prepare: scopeKnown, task: change(known, credentials.Change{Put: []string{"key"}}), want: want{
				complete: true, upserted: true, requests: "PUT key, PUT linked-account", problems: []string{vanished}, app: "key old@" + own, claimed: true, then: holds("Acme", pro),
			}},

		"seed": {prepare: after(exists("Acme", pro), scopeKnown), task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1", app: "key@" + own, account: true, claimed: true, then: holdsCredentials("key"),
		}},
		"seed where the own app is known": {prepare: after(exists("Acme", pro), scopeKnown, ownAppKnown), task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "PUT linked-account", app: "key@" + own, account: true, claimed: true,
		}},
		"seed where it is in the state": {prepare: after(exists("Acme", pro), scopeKnown), task: change(known, seed), want: want{
			complete: true, upserted: true, requests: "PUT linked-account", app: "key old@" + own, account: true, claimed: true,
		}},
		"seed where the state has the app without its id": {prepare: after(exists("Acme", pro), scopeKnown), task: change(&credentials.DefaultApp{CredentialNames: []string{"old"}}, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1", app: "key old@" + own, account: true, claimed: true,
		}},
		"seed with its id": {prepare: after(exists("Acme", pro), scopeKnown), task: reconcile.Task{
			Desired: reconcile.Desired{AppID: "mine", Credentials: connected.Credentials}, Prior: reconcile.Prior{Scope: here}, Credentials: seed,
		}, want: want{
			complete: true, upserted: true, requests: "PUT linked-account", app: "key@mine", account: true, claimed: true,
		}},
		"seed beside another custom app": {prepare: after(exists("Acme", pro, customApp("other")), scopeKnown), task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account", app: "key@", account: true, claimed: true,
		}},
		"seed beside a customer's app": {prepare: after(exists("Acme", pro, mockapi.Integration{Type: "slack", Name: "Slack"}), scopeKnown), task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1", app: "key@" + own, account: true, claimed: true,
		}},
		"seed while a custom app is connected": {prepare: after(exists("Acme", pro), scopeKnown, nth(1, http.MethodPut, func(at *organization) {
			at.Connect(test, id, customApp("other"))
		})), task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1", app: "key@", account: true, claimed: true,
		}},
		"seed into an account that is gone": {prepare: scopeKnown, task: change(nil, seed), want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{vanished}, app: "key@" + own, account: true, claimed: true,
		}},
		"seed, and the look fails": {prepare: after(exists("Acme", pro), scopeKnown, refusing(http.MethodGet, id, 401, "Invalid")), task: change(nil, seed), want: want{
			requests: "GET user_1", problems: []string{notUpdated}, claimed: true,
		}},
		"seed, and the write fails": {prepare: after(exists("Acme", pro), scopeKnown, refusing(http.MethodPut, "linked-account", 400, "no")), task: change(nil, seed), want: want{
			requests: "GET user_1, PUT linked-account", problems: []string{notUpdated}, app: "key?@", claimed: true,
		}},
		"seed, key by key": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("Acme", pro), withStored("key")), task: change(known, seed), want: want{
				complete: true, upserted: true, requests: "PUT linked-account, PUT linked-account, PUT key", app: "key old@" + own, account: true, claimed: true,
			}},
		"seed, key by key, which is refused": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("Acme", pro), withStored("key"), refusing(http.MethodPut, "key", 400, "no")), task: change(known, credentials.Change{Seed: true, Remove: []string{"old"}}), want: want{
				upserted: true, requests: "PUT linked-account, PUT linked-account, PUT key", problems: []string{storesNone}, app: "key? old@" + own, account: true, claimed: true,
			}},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Update) })
	}
}

// scopeKnown is a run that knows what its key selects.
func scopeKnown(at *organization) {
	if _, err := at.reconciler.Client.Scope(context.Background()); err != nil {
		panic(err)
	}
}

func holdsCredentials(names ...string) func(*testing.T, *organization, reconcile.Outcome) {
	return func(t *testing.T, at *organization, _ reconcile.Outcome) {
		t.Helper()
		if got := credentials.Names(at.Credentials(test, id)); !slices.Equal(got, names) {
			t.Errorf("Refold holds credentials %q, want %q", got, names)
		}
	}
}
