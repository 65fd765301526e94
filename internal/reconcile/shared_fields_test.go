// SPDX-License-Identifier: MPL-2.0

package reconcile_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// TestSharedFields: whichever way leads to a write, it has the fields of others, read once and
// right before.
func TestSharedFields(t *testing.T) {
	shared := reconcile.Desired{Name: text("Acme"), UDF: &refold.UDF{"plan": "pro", "old": nil}, SharesUDF: true}
	connecting := shared
	connecting.Credentials = connected.Credentials
	prior := reconcile.Prior{Scope: here, LacksUDF: true}
	task := reconcile.Task{Desired: shared, Prior: prior, FieldsDiffer: true}
	before := exists("Other", map[string]any{"plan": "free", "old": "x", "logins": "7"})
	kept := holds("Acme", map[string]any{"plan": "pro", "logins": "7"})
	updated := want{complete: true, upserted: true, requests: "GET user_1, PUT linked-account", account: true, claimed: true, then: kept}
	known := &credentials.DefaultApp{AppID: own, CredentialNames: []string{"old"}}
	const changed = "User-defined fields of others are not as they were"
	const overwritten = "User-defined fields of others were overwritten"
	ofState := task
	ofState.Prior.ID = ownID
	unconfigured := ofState
	unconfigured.Desired.UDF = nil
	withKeys := func(names ...string) reconcile.Task {
		task := task
		task.Prior.FieldKeys = udf.Keys{}.With(names...)
		return task
	}
	for name, test := range map[string]scenario{
		"update": {prepare: after(before, scopeKnown), task: task, want: updated},
		"fields that survive": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullRemoves}}, prepare: after(before, scopeKnown), task: task,
			want: updated.with(func(w *want) { w.requests += ", PUT linked-account" }),
		},
		"seed, at one look for both": {prepare: after(before, scopeKnown), task: reconcile.Task{Desired: connecting, Prior: prior, Credentials: credentials.Change{Seed: true}}, want: updated.with(func(w *want) {
			w.requests, w.app = "GET user_1, PUT linked-account, GET user_1", "key@"+own
		})},
		"seed, key by key": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(before, withStored("key"), scopeKnown), task: reconcile.Task{Desired: connecting, Prior: reconcile.Prior{Scope: here, App: known}, Credentials: credentials.Change{Seed: true}},
			want: updated.with(func(w *want) {
				w.requests, w.app = "GET user_1, PUT linked-account, PUT linked-account, PUT key", "key old@"+own
			})},
		"put into an app that is gone": {prepare: after(before, scopeKnown), task: reconcile.Task{Desired: connecting, Prior: reconcile.Prior{Scope: here, App: known}, Credentials: credentials.Change{Put: []string{"key"}}}, want: updated.with(func(w *want) {
			w.requests, w.app, w.account = "PUT key, GET user_1, PUT linked-account", "key old@"+own, false
		})},
		"of an account that is gone": {prepare: scopeKnown, task: task, want: updated.with(func(w *want) {
			w.problems, w.then = []string{vanished}, holds("Acme", pro)
		})},
		"that cannot be read": {prepare: after(before, scopeKnown, refusing(http.MethodGet, id, 401, "Invalid")), task: task, want: want{
			requests: "GET user_1", problems: []string{notUpdated}, claimed: true,
		}},
		"in no form that is known": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":"none"`))), task: task, want: want{
			requests: "GET user_1", problems: []string{"error: User-defined fields of others cannot be kept"}, mentions: []string{"nothing was written"}, claimed: true,
		}},
		"that an answer leaves out": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"name":"Other"`))), task: task, want: want{
			requests: "GET user_1", problems: []string{"error: User-defined fields of others cannot be kept"}, mentions: []string{"has no udf, not even an empty one"}, claimed: true,
		}},
		"that are null": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":null`))), task: task, want: want{
			requests: "GET user_1", problems: []string{"error: User-defined fields of others cannot be kept"}, claimed: true,
		}},
		"with a text that is no Unicode": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":[{"key_name":"note","key_value":"cut off \ud83d"}]`))), task: task, want: want{
			requests: "GET user_1", problems: []string{"error: User-defined fields of others cannot be kept"}, mentions: []string{`udf key "note" has a text that is no Unicode`}, claimed: true,
		}},
		"with such a text in a managed one": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":[{"key_name":"plan","key_value":"cut off \ud83d"},{"key_name":"old","key_value":"x"},{"key_name":"logins","key_value":"7"}]`))), task: task, want: updated},
		"that are not stored as they were": {prepare: after(before, scopeKnown, answering(http.MethodPut, "linked-account", 200, document(`"name":"Acme","udf":[{"key_name":"plan","key_value":"pro"}]`))), task: task, want: updated.with(func(w *want) {
			w.problems, w.mentions, w.then = []string{changed}, []string{`not stored: "logins"`}, nil
		})},
		"that are stored otherwise": {prepare: after(before, scopeKnown, answering(http.MethodPut, "linked-account", 200, document(`"name":"Acme","udf":[{"key_name":"plan","key_value":"pro"},{"key_name":"logins","key_value":8}]`))), task: task, want: updated.with(func(w *want) {
			w.problems, w.mentions, w.then = []string{changed}, []string{`stored otherwise: "logins"`}, nil
		})},
		"that change while the write is repeated": {
			prepare: after(before, scopeKnown, firstAnswered(http.MethodPut, 503, func(at *organization) {
				at.Change(test, id, func(account *mockapi.Account) { account.SetUDF("logins", "8") })
			})), task: task, want: updated.with(func(w *want) {
				w.requests, w.then = "GET user_1, PUT linked-account, GET user_1, PUT linked-account", holds("Acme", map[string]any{"plan": "pro", "logins": "8"})
			})},
		"that stay while the write is repeated": {
			prepare: after(before, scopeKnown, firstAnswered(http.MethodPut, 503, func(*organization) {})), task: task, want: updated.with(func(w *want) {
				w.requests = "GET user_1, PUT linked-account, GET user_1, PUT linked-account"
			})},
		"with one that has no value": {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":[{"key_name":"plan","key_value":"free"},{"key_name":"note"}]`))), task: task, want: want{
			requests: "GET user_1", problems: []string{"error: User-defined fields of others cannot be kept"}, mentions: []string{`udf key "note" has no value, not even null`}, claimed: true,
		}},
		"with one that is null":               {prepare: after(before, scopeKnown, answering(http.MethodGet, id, 200, document(`"udf":[{"key_name":"plan","key_value":"free"},{"key_name":"logins","key_value":"7"},{"key_name":"note","key_value":null}]`))), task: task, want: updated.with(func(w *want) { w.then = nil })},
		"of the account that the state knows": {prepare: after(knownAs(ownID, "Other"), scopeKnown), task: ofState, want: updated.with(func(w *want) { w.then = holds("Acme", pro) })},
		"of an account that is gone since the plan": {prepare: scopeKnown, task: ofState, want: want{
			requests: "GET user_1", problems: []string{gone}, mentions: []string{`"user_1"`, ownID, "to which the customer has nothing connected"}, claimed: true, then: absent,
		}},
		"of an account that was made anew since the plan": {prepare: after(before, scopeKnown), task: ofState, want: want{
			requests: "GET user_1", problems: []string{anotherOne}, mentions: []string{`"user_1" was not written`, ownID}, claimed: true, then: holds("Other", map[string]any{"plan": "free", "old": "x", "logins": "7"}),
		}},
		"of an account that vanishes while the write is repeated": {
			prepare: after(knownAs(ownID, "Other"), scopeKnown, firstAnswered(http.MethodPut, 503, vanish)), task: ofState, want: want{
				requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{gone}, claimed: true, then: absent,
			}},
		"of an account that is made anew while the write is repeated": {
			prepare: after(knownAs(ownID, "Other"), scopeKnown, firstAnswered(http.MethodPut, 503, func(at *organization) {
				vanish(at)
				exists("New", nil)(at)
			})), task: ofState, want: want{
				requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{anotherOne}, claimed: true, then: holds("New", map[string]any{}),
			}},
		"of an account that is gone, without any that is configured": {prepare: scopeKnown, task: unconfigured, want: want{
			requests: "GET user_1", problems: []string{gone}, claimed: true, then: absent,
		}},
		"of an account that was made anew, without any that is configured": {prepare: after(before, scopeKnown), task: unconfigured, want: want{
			requests: "GET user_1", problems: []string{anotherOne}, claimed: true, then: holds("Other", map[string]any{"plan": "free", "old": "x", "logins": "7"}),
		}},
		"that others took since the plan": {prepare: after(before, scopeKnown), task: withKeys("old"), want: updated.with(func(w *want) {
			w.problems, w.mentions = []string{overwritten}, []string{`new to the configuration of linked account "user_1": "plan"`}
		})},
		"that the state has": {prepare: after(before, scopeKnown), task: withKeys("old", "plan"), want: updated},
		"that others took while the write is repeated": {
			prepare: after(exists("Other", map[string]any{"old": "x", "logins": "7"}), scopeKnown, firstAnswered(http.MethodPut, 503, func(at *organization) {
				at.Change(test, id, func(account *mockapi.Account) {
					account.SetUDF("plan", "theirs")
					account.SetUDF("logins", "8")
				})
			})), task: withKeys("old"), want: updated.with(func(w *want) {
				w.requests, w.problems, w.then = "GET user_1, PUT linked-account, GET user_1, PUT linked-account", []string{overwritten}, holds("Acme", map[string]any{"plan": "pro", "logins": "8"})
			})},
		"without any that is configured": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}}, prepare: after(exists("Other", pro), scopeKnown),
			task: reconcile.Task{Desired: reconcile.Desired{Name: text("Acme"), SharesUDF: true}, Prior: prior, FieldsDiffer: true},
			want: updated.with(func(w *want) {
				w.requests, w.problems, w.then = "GET user_1, PUT linked-account, PUT linked-account", []string{restored}, holds("Acme", pro)
			})},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Update) })
	}
}

// TestSharedFieldsOfExistingAccount: an account that another program has written to is not taken
// for what an interrupted create left.
func TestSharedFieldsOfExistingAccount(t *testing.T) {
	shared := reconcile.Desired{Name: text("Acme"), UDF: &refold.UDF{"plan": "pro"}, SharesUDF: true}
	for name, test := range map[string]scenario{
		"adopted": {prepare: exists("Other", map[string]any{"logins": "7"}), task: reconcile.Task{Desired: shared, Adopt: true}, want: want{
			complete: true, upserted: true, requests: "GET user_1, GET user_1, PUT linked-account", account: true, claimed: true,
			then: holds("Acme", map[string]any{"logins": "7", "plan": "pro"}),
		}},
		"adopted as it is": {prepare: exists("Acme", map[string]any{"logins": "7", "plan": "pro"}), task: reconcile.Task{Desired: shared, Adopt: true}, want: want{
			complete: true, requests: "GET user_1", account: true, claimed: true,
		}},
		"not taken over": {prepare: exists("Acme", map[string]any{"logins": "7", "plan": "pro"}), task: reconcile.Task{Desired: shared}, want: want{
			requests: "GET user_1", problems: []string{"error: It exists"}, mentions: []string{"it has user-defined fields that are not configured"},
		}},
		"taken over": {prepare: exists("Acme", pro), task: reconcile.Task{Desired: shared}, want: want{
			complete: true, requests: "GET user_1", problems: []string{"Took over an existing linked account"}, account: true, claimed: true,
		}},
		"new, at the second attempt": {
			prepare: firstAnswered(http.MethodPut, 503, func(at *organization) {
				at.Create(test, mockapi.Account{AccountID: id, Name: text("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}, {Key: "logins", Value: "1"}}})
			}), task: reconcile.Task{Desired: shared}, want: want{
				complete: true, upserted: true, requests: "GET user_1, PUT linked-account, GET user_1, PUT linked-account", account: true, claimed: true, problems: []string{taken},
				then: holds("Acme", map[string]any{"plan": "pro", "logins": "1"}),
			}},
		"there for longer, at the second attempt": {
			prepare: firstAnswered(http.MethodPut, 503, func(at *organization) {
				at.Create(test, mockapi.Account{AccountID: id, Name: text("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}, {Key: "logins", Value: "1"}}, CreatedAt: time.Now().Add(-time.Hour)})
			}), task: reconcile.Task{Desired: shared}, want: want{
				requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{openMaker}, then: holds("Acme", map[string]any{"plan": "pro", "logins": "1"}),
			}},
		"somebody else's, at the second attempt": {
			prepare: firstAnswered(http.MethodPut, 503, func(at *organization) {
				at.Create(test, mockapi.Account{AccountID: id, Name: text("Other"), UDF: []mockapi.UDFEntry{{Key: "logins", Value: "1"}}})
			}), task: reconcile.Task{Desired: shared}, want: want{
				requests: "GET user_1, PUT linked-account, GET user_1", problems: []string{openMaker}, mentions: []string{"somebody else may have made it"},
				then: holds("Other", map[string]any{"logins": "1"}),
			}},
		"new": {task: reconcile.Task{Desired: shared}, want: want{
			complete: true, upserted: true, requests: "GET user_1, PUT linked-account", account: true, claimed: true, then: holds("Acme", pro),
		}},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Create) })
	}
}

// ownID is Refold's own id of an account that a state knows.
const ownID = "6992cc7e9d38bc6a2ae28d13"

// knownAs is an account that is there from the start, under this id of Refold's own.
func knownAs(ownID, name string) func(*organization) {
	return func(at *organization) {
		at.Create(test, mockapi.Account{AccountID: id, ID: ownID, Name: &name})
	}
}

// absent wants no account at Refold.
func absent(t *testing.T, at *organization, _ reconcile.Outcome) {
	t.Helper()
	if accounts := at.Accounts(test); len(accounts) > 0 {
		t.Errorf("Refold has %+v", accounts)
	}
}

// firstAnswered does something before the first request of a method, and answers it with a status.
func firstAnswered(method string, status int, do func(*organization)) func(*organization) {
	return func(at *organization) {
		at.Intercept(mockapi.First(method, func() { do(at) }, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	}
}
