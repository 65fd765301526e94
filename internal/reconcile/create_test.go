// SPDX-License-Identifier: MPL-2.0

package reconcile_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	own       = mockapi.DefaultAppID
	itExists  = "error: It exists"
	takenOver = "Took over an existing linked account"
	overwrote = "error: An existing linked account was overwritten"
	openMaker = "error: It is not known who made the linked account"
	taken     = "Took a linked account for the one that this run has made"
	leftover  = "The linked account exists now, without all of its credentials"
)

var (
	pro  = map[string]any{"plan": "pro"}
	acme = reconcile.Desired{Name: text("Acme"), UDF: &refold.UDF{"plan": "pro"}}
	// connected is acme with credentials.
	connected = reconcile.Desired{Name: text("Acme"), UDF: &refold.UDF{"plan": "pro"}, Credentials: map[string]string{"key": "secret"}}
	nameless  = reconcile.Desired{Credentials: map[string]string{"key": "secret"}}
)

func TestCreate(t *testing.T) {
	created := want{complete: true, upserted: true, requests: "GET user_1, PUT linked-account", account: true, claimed: true}
	refused := want{requests: "GET user_1", problems: []string{itExists}}
	because := func(reason string) want {
		return refused.with(func(w *want) { w.mentions = []string{reason} })
	}
	overwritten := want{upserted: true, requests: "GET user_1, PUT linked-account", problems: []string{overwrote}, claimed: true}
	const repeated = "GET user_1, PUT linked-account, GET user_1, PUT linked-account"
	stopped := want{requests: "GET user_1, PUT linked-account, GET user_1"}
	for name, test := range map[string]scenario{
		"new": {task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
			w.then = holds("Acme", pro)
		})},
		"new, with credentials": {task: reconcile.Task{Desired: connected}, want: created.with(func(w *want) {
			w.requests, w.app = "GET user_1, PUT linked-account, GET user_1", "key@"+own
			w.then = func(t *testing.T, at *organization, _ reconcile.Outcome) {
				if appID, known := at.reconciler.Data.OwnAppID(); appID != own || !known {
					t.Errorf("the own app is %q, %v", appID, known)
				}
			}
		})},
		"new, with credentials, and the own app is known": {prepare: ownAppKnown, task: reconcile.Task{Desired: connected}, want: created.with(func(w *want) {
			w.app = "key@" + own
		})},
		"new, with credentials, and the own app is not listed": {behaviour: mockapi.Behaviour{Document: mockapi.DocumentBehaviour{HideDefaultApp: true}}, task: reconcile.Task{Desired: connected}, want: created.with(func(w *want) {
			w.requests, w.app = "GET user_1, PUT linked-account, GET user_1", "key@"
		})},
		"new, with credentials, and the look at the own app fails": {prepare: nth(2, http.MethodGet, vanish), task: reconcile.Task{Desired: connected}, want: created.with(func(w *want) {
			w.requests, w.app = "GET user_1, PUT linked-account, GET user_1", "key@"
			w.then = func(t *testing.T, at *organization, _ reconcile.Outcome) {
				if _, known := at.reconciler.Data.OwnAppID(); known {
					t.Error("the own app is known")
				}
			}
		})},
		"new, with the app's id": {task: reconcile.Task{Desired: reconcile.Desired{AppID: "mine", Credentials: connected.Credentials}}, want: created.with(func(w *want) {
			w.app = "key@mine"
		})},
		"known to be absent": {task: reconcile.Task{Desired: acme, KnownAbsent: true}, want: created.with(func(w *want) {
			w.requests = "PUT linked-account"
			w.then = func(t *testing.T, _ *organization, got reconcile.Outcome) {
				if got.IsNew == nil || !*got.IsNew {
					t.Errorf("new: %v", got.IsNew)
				}
			}
		})},
		"server that does not tell what is new": {behaviour: answers(mockapi.AnswerFull), task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
			w.then = func(t *testing.T, _ *organization, got reconcile.Outcome) {
				if got.IsNew != nil {
					t.Errorf("new: %v", *got.IsNew)
				}
			}
		})},
		"look fails": {prepare: refusing(http.MethodGet, id, 401, "Invalid"), task: reconcile.Task{Desired: acme}, want: want{
			requests: "GET user_1", problems: []string{"error: Could not create linked account"},
		}},
		"look fails, with credentials": {prepare: refusing(http.MethodGet, id, 401, "Invalid"), task: reconcile.Task{Desired: connected}, want: want{
			requests: "GET user_1", problems: []string{"error: Could not create linked account"},
		}},
		"write fails": {prepare: refusing(http.MethodPut, "linked-account", 400, "name is too long"), task: reconcile.Task{Desired: connected}, want: want{
			requests: "GET user_1, PUT linked-account", problems: []string{"error: Could not create linked account"}, app: "key?@",
		}},

		"exists, with another name":                {prepare: exists("Other", pro), task: reconcile.Task{Desired: acme}, want: because("it differs from this configuration")},
		"exists, with other fields":                {prepare: exists("Acme", map[string]any{"plan": "free"}), task: reconcile.Task{Desired: acme}, want: because("it differs")},
		"exists, with a name of its own":           {prepare: exists("Acme", pro), task: reconcile.Task{Desired: reconcile.Desired{UDF: acme.UDF}}, want: because("it differs")},
		"exists, and nothing tells it from others": {prepare: exists("", nil), task: reconcile.Task{Desired: reconcile.Desired{UDF: &refold.UDF{}}}, want: because("neither a name nor user-defined fields")},
		"exists, for more than a day":              {prepare: existsFor(24*time.Hour+time.Second, "Acme", pro), task: reconcile.Task{Desired: acme}, want: because("it was created more than 24 hours ago")},
		"exists, and nobody says since when": {
			prepare: answering(http.MethodGet, id, 200, document(`"name":"Acme","udf":[{"key_name":"plan","key_value":"pro"}],"integrations":[]`)),
			task:    reconcile.Task{Desired: acme}, want: because("Refold does not say when it was created"),
		},
		"exists, and nobody says which one it is": {
			prepare: func(at *organization) {
				answering(http.MethodGet, id, 200, anonymous(document(`"name":"Acme","udf":[{"key_name":"plan","key_value":"pro"}],"integrations":[],"createdAt":"`+time.Now().UTC().Format(time.RFC3339)+`"`)))(at)
			},
			task: reconcile.Task{Desired: acme}, want: because("Refold does not show its own id"),
		},
		"exists, and nobody says what is connected": {
			behaviour: mockapi.Behaviour{Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsNull}}, prepare: exists("Acme", pro),
			task: reconcile.Task{Desired: acme}, want: because("Refold does not say which apps are connected"),
		},
		"exists, with a customer's app": {prepare: exists("Acme", pro, mockapi.Integration{Type: "slack", Name: "Slack"}), task: reconcile.Task{Desired: connected}, want: because("apps are connected to it").with(func(w *want) {
			w.requests = "GET user_1, GET user_1"
		})},
		"exists, with two apps": {prepare: exists("Acme", pro, customApp(own), customApp("other")), task: reconcile.Task{Desired: connected}, want: refused.with(func(w *want) {
			w.requests = "GET user_1, GET user_1"
		})},
		"exists, with an app of its own but no credentials for it": {prepare: exists("Acme", pro, customApp(own)), task: reconcile.Task{Desired: acme}, want: refused},
		"exists, with another app than app_id": {prepare: exists("Acme", pro, customApp("other")), task: reconcile.Task{Desired: reconcile.Desired{
			Name: acme.Name, UDF: acme.UDF, AppID: own, Credentials: connected.Credentials,
		}}, want: refused},
		"exists, with another app than the own one":                    {prepare: after(exists("Acme", pro, customApp("other")), ownAppKnown), task: reconcile.Task{Desired: connected}, want: refused},
		"exists, with an app without an id, and the own is not listed": {prepare: after(exists("Acme", pro, customApp("")), ownAppUnlisted), task: reconcile.Task{Desired: connected}, want: refused},

		"left by an interrupted create": {prepare: exists("Acme", pro), task: reconcile.Task{Desired: acme}, want: want{
			complete: true, requests: "GET user_1", problems: []string{takenOver}, account: true, claimed: true,
		}},
		"left for a day": {prepare: existsFor(24*time.Hour, "Acme", pro), task: reconcile.Task{Desired: acme}, want: want{
			complete: true, requests: "GET user_1", problems: []string{takenOver}, account: true, claimed: true,
		}},
		"left with the app that another account has shown to be the own": {prepare: after(exists("Acme", pro, customApp(own)), ownAppKnown), task: reconcile.Task{Desired: connected}, want: want{
			complete: true, requests: "GET user_1, PUT key", problems: []string{takenOver}, app: "key@" + own, account: true, claimed: true,
		}},
		"left with a name alone": {prepare: exists("Acme", nil), task: reconcile.Task{Desired: reconcile.Desired{Name: acme.Name}}, want: want{
			complete: true, requests: "GET user_1", problems: []string{takenOver}, account: true, claimed: true,
		}},
		"left with fields alone": {prepare: exists("", pro), task: reconcile.Task{Desired: reconcile.Desired{UDF: acme.UDF}}, want: want{
			complete: true, requests: "GET user_1", problems: []string{takenOver}, account: true, claimed: true,
		}},
		"left with the app of app_id": {prepare: exists("Acme", pro, customApp(own)), task: reconcile.Task{Desired: reconcile.Desired{
			Name: acme.Name, UDF: acme.UDF, AppID: own, Credentials: connected.Credentials,
		}}, want: want{
			complete: true, requests: "GET user_1, PUT key", problems: []string{takenOver}, app: "key@" + own, account: true, claimed: true,
		}},
		"left without credentials": {prepare: exists("Acme", pro), task: reconcile.Task{Desired: connected}, want: want{
			complete: true, upserted: true, requests: "GET user_1, GET user_1, PUT key, PUT linked-account, GET user_1",
			problems: []string{takenOver}, app: "key@" + own, account: true, claimed: true,
		}},
		"left with credentials": {prepare: exists("Acme", pro, customApp(own)), task: reconcile.Task{Desired: connected}, want: want{
			complete: true, requests: "GET user_1, GET user_1, PUT key",
			problems: []string{takenOver}, app: "key@", account: true, claimed: true,
		}},
		"left, and credentials are refused": {prepare: after(exists("Acme", pro), refusing(http.MethodPut, "key", 400, "too long")), task: reconcile.Task{Desired: connected}, want: want{
			requests: "GET user_1, GET user_1, PUT key", problems: []string{`error: Could not store credential "key" of linked account`}, app: "key?@",
		}},
		"left, and gone at the second look": {prepare: after(exists("Other", pro), nth(2, http.MethodGet, vanish)), task: reconcile.Task{Desired: connected}, want: created.with(func(w *want) {
			w.requests, w.app = "GET user_1, GET user_1, PUT linked-account, GET user_1", "key@"+own
		})},

		"adopted": {prepare: exists("Other", map[string]any{"seats": "5"}), task: reconcile.Task{Desired: acme, Adopt: true}, want: created.with(func(w *want) {
			w.then = holds("Acme", pro)
		})},
		"adopted as it is": {prepare: exists("Acme", pro), task: reconcile.Task{Desired: acme, Adopt: true}, want: created.with(func(w *want) {
			w.upserted, w.requests = false, "GET user_1"
		})},
		"adopted as it is, and connected for years": {prepare: existsFor(1000*time.Hour, "Acme", pro, mockapi.Integration{Type: "slack", Name: "Slack"}), task: reconcile.Task{Desired: acme, Adopt: true}, want: created.with(func(w *want) {
			w.upserted, w.requests = false, "GET user_1"
		})},
		"adopted with credentials, which nobody can compare": {prepare: after(exists("Acme", pro), ownAppKnown), task: reconcile.Task{Desired: connected, Adopt: true}, want: created.with(func(w *want) {
			w.app = "key@" + own
		})},
		"adopted with an app that may be another's": {prepare: exists("Acme", pro, customApp("other")), task: reconcile.Task{Desired: connected, Adopt: true}, want: created.with(func(w *want) {
			w.requests, w.app = "GET user_1, GET user_1, PUT linked-account", "key@"
		})},
		"adopted, with fields that are not configured and would be lost": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}}, prepare: exists("Other", pro),
			task: reconcile.Task{Desired: reconcile.Desired{Name: text("Acme")}, Adopt: true}, want: created.with(func(w *want) {
				w.requests, w.problems = "GET user_1, PUT linked-account, PUT linked-account", []string{restored}
				w.then = holds("Acme", pro)
			})},

		"overwritten": {prepare: nth(1, http.MethodPut, exists("Other", nil)), task: reconcile.Task{Desired: connected}, want: overwritten.with(func(w *want) {
			w.app = "key?@"
			w.mentions = []string{"has replaced: name, user-defined fields, credentials of your organization's own app.", "Take it over."}
			w.then = holds("Acme", pro)
		})},
		"overwritten, and what survives is left alone": {
			behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true}},
			prepare:   nth(1, http.MethodPut, exists("Other", map[string]any{"seats": "5"})), task: reconcile.Task{Desired: reconcile.Desired{UDF: acme.UDF}}, want: overwritten.with(func(w *want) {
				w.mentions = []string{"has replaced: user-defined fields."}
			})},
		"overwritten with nothing": {prepare: nth(1, http.MethodPut, exists("Other", nil)), task: reconcile.Task{}, want: overwritten.with(func(w *want) {
			w.mentions = []string{"Nothing is configured here"}
		})},
		"overwritten, as the date of its creation shows": {
			behaviour: answers(mockapi.AnswerFull), prepare: nth(1, http.MethodPut, existsFor(time.Hour, "Other", nil)), task: reconcile.Task{Desired: acme}, want: overwritten,
		},
		"overwritten, as the look afterwards shows": {
			behaviour: answers(mockapi.AnswerSuccess), prepare: nth(1, http.MethodPut, existsFor(time.Hour, "Other", nil)), task: reconcile.Task{Desired: acme},
			want: overwritten.with(func(w *want) { w.requests = "GET user_1, PUT linked-account, GET user_1" }),
		},
		"appeared, as the first attempt made it": {prepare: losingFirstWrite, task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
			w.requests, w.problems = repeated, []string{taken}
		})},
		"appeared, as the first attempt made it, and nothing tells it from others": {prepare: firstAnswered(http.MethodPut, 502, exists("", nil)), task: reconcile.Task{Desired: nameless}, want: created.with(func(w *want) {
			w.requests, w.problems, w.app = repeated+", GET user_1", []string{taken}, "key@"+own
		})},
		"appeared, and nobody says since when": {
			prepare: losingAndThen(document(`"name":"Acme","udf":[{"key_name":"plan","key_value":"pro"}],"integrations":[]`)),
			task:    reconcile.Task{Desired: acme}, want: created.with(func(w *want) { w.requests, w.problems = repeated, []string{taken} }),
		},
		"appeared, by a clock that is behind": {
			prepare: firstAnswered(http.MethodPut, 502, existsFor(50*time.Second, "Acme", pro)), task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
				w.requests, w.problems = repeated, []string{taken}
			})},
		"appeared, at a server that keeps texts": {
			prepare: firstAnswered(http.MethodPut, 502, exists("Acme", map[string]any{"seats": "250", "beta": "true"})),
			task:    reconcile.Task{Desired: reconcile.Desired{Name: text("Acme"), UDF: &refold.UDF{"seats": json.Number("250"), "beta": true}}},
			want:    created.with(func(w *want) { w.requests, w.problems = repeated, []string{taken} }),
		},
		"appeared with an app of the customer": {
			prepare: firstAnswered(http.MethodPut, 502, exists("Acme", pro, mockapi.Integration{Type: "slack", Name: "Slack"})), task: reconcile.Task{Desired: connected},
			want: stopped.with(func(w *want) { w.problems, w.app = []string{openMaker}, "key?@" }),
		},
		"appeared only after the look": {
			prepare: appearingAtSecondWrite(exists("Acme", pro)), task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
				w.requests, w.problems = repeated+", GET user_1", []string{taken}
			}),
		},
		"appeared only after the look, with an app of the customer": {
			prepare: appearingAtSecondWrite(exists("Theirs", nil, mockapi.Integration{Type: "slack", Name: "Slack"})), task: reconcile.Task{Desired: acme},
			want: overwritten.with(func(w *want) { w.requests = repeated + ", GET user_1" }),
		},
		"made by somebody while Refold was overloaded": {
			prepare: firstAnswered(http.MethodPut, 429, exists("Acme", pro)), task: reconcile.Task{Desired: acme}, want: stopped.with(func(w *want) {
				w.problems, w.mentions = []string{itExists}, []string{"somebody has made it meanwhile"}
			})},
		"made by somebody while Refold was out of order": {
			prepare: firstAnswered(http.MethodPut, 500, exists("Theirs", pro)), task: reconcile.Task{Desired: acme}, want: stopped.with(func(w *want) {
				w.problems, w.then = []string{openMaker}, holds("Theirs", pro)
			})},
		"made by somebody before Refold was out of order": {
			prepare: firstAnswered(http.MethodPut, 500, existsFor(time.Hour, "Acme", pro)), task: reconcile.Task{Desired: acme, KnownAbsent: true}, want: stopped.with(func(w *want) {
				w.requests, w.problems = "PUT linked-account, GET user_1", []string{openMaker}
			})},
		"not there while Refold was overloaded": {
			prepare: firstAnswered(http.MethodPut, 429, func(*organization) {}), task: reconcile.Task{Desired: acme}, want: created.with(func(w *want) {
				w.requests, w.then = repeated, holds("Acme", pro)
			})},
		"not there any more when it is adopted": {
			prepare: after(exists("Other", nil), firstAnswered(http.MethodPut, 429, vanish)), task: reconcile.Task{Desired: acme, Adopt: true}, want: created.with(func(w *want) {
				w.requests, w.then = repeated, holds("Acme", pro)
			})},
		"that cannot be looked at before it is repeated": {
			prepare: firstAnswered(http.MethodPut, 503, refusing(http.MethodGet, id, 401, "Invalid")), task: reconcile.Task{Desired: acme}, want: stopped.with(func(w *want) {
				w.problems = []string{"error: Could not create linked account"}
			})},

		"half-way": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("Other", pro), withStored("key"), refusing(http.MethodPut, "key", 400, "too long")),
			task:      reconcile.Task{Desired: connected, Adopt: true},
			want: want{
				upserted: true, requests: "GET user_1, GET user_1, PUT linked-account, PUT linked-account, PUT key",
				problems: []string{`error: Could not store credential "key" of linked account`, leftover},
				mentions: []string{"within 24 hours of its creation, an account that equals its configuration is taken over"}, app: "key?@", claimed: true,
			}},
		"half-way, and nothing tells it from others": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("", nil), withStored("key"), refusing(http.MethodPut, "key", 400, "too long")),
			task:      reconcile.Task{Desired: nameless, Adopt: true},
			want: want{
				upserted: true, requests: "GET user_1, GET user_1, PUT linked-account, PUT linked-account, PUT key",
				problems: []string{`error: Could not store credential "key" of linked account`, leftover},
				mentions: []string{"Take it over."}, app: "key?@", claimed: true,
			}},
		"key by key, where the upsert takes none": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("Acme", pro), withStored("key"), ownAppKnown), task: reconcile.Task{Desired: connected, Adopt: true},
			want: created.with(func(w *want) {
				w.requests, w.app = "GET user_1, PUT linked-account, PUT linked-account, PUT key", "key@"+own
				w.then = func(t *testing.T, at *organization, _ reconcile.Outcome) {
					if stored := at.Credentials(mockapi.EnvironmentTest, id); stored["key"] != "secret" {
						t.Error("the credential was not stored")
					}
				}
			})},

		"key by key, and the second upsert fails": {
			behaviour: mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
			prepare:   after(exists("Acme", pro), withStored("key"), ownAppKnown, refusingNth(2, http.MethodPut, "linked-account")), task: reconcile.Task{Desired: connected, Adopt: true},
			want: want{
				requests: "GET user_1, PUT linked-account, PUT linked-account", problems: []string{"error: Could not create linked account"}, app: "key?@",
			}},

		"what an earlier creation may have stored under other names": {
			prepare: after(exists("Acme", pro), withStored("old"), ownAppKnown),
			task:    reconcile.Task{Desired: connected, Prior: reconcile.Prior{App: &credentials.DefaultApp{CredentialNames: []string{"key", "old"}, Uncertain: []string{"key", "old"}}}},
			want: want{
				complete: true, requests: "GET user_1, PUT key, DELETE old", problems: []string{takenOver}, app: "key@" + own, account: true, claimed: true, then: holdsCredentials("key"),
			}},
		"what an earlier creation may have stored cannot be removed": {
			prepare: after(exists("Acme", pro), withStored("old"), ownAppKnown, refusing(http.MethodDelete, "old", 400, "in use")),
			task:    reconcile.Task{Desired: acme, Adopt: true, Prior: reconcile.Prior{App: &credentials.DefaultApp{CredentialNames: []string{"old"}, Uncertain: []string{"old"}}}},
			want: want{
				requests: "GET user_1, DELETE old", problems: []string{`error: Could not remove credential "old" of linked account`}, app: "old?@" + own,
			}},
		"what an earlier creation may have stored cannot be removed after a write": {
			prepare: after(exists("Other", pro), withStored("old"), ownAppKnown, refusing(http.MethodDelete, "old", 400, "in use")),
			task:    reconcile.Task{Desired: acme, Adopt: true, Prior: reconcile.Prior{App: &credentials.DefaultApp{CredentialNames: []string{"old"}, Uncertain: []string{"old"}}}},
			want: want{
				upserted: true, requests: "GET user_1, PUT linked-account, DELETE old", problems: []string{`error: Could not remove credential "old" of linked account`, leftover}, app: "old?@" + own, claimed: true,
			}},

		"of another resource of the run": {prepare: claimed, task: reconcile.Task{Desired: acme}, want: want{
			problems: []string{"error: Two resources manage the same linked account"}, claimed: true,
		}},
		"written elsewhere": {task: reconcile.Task{Desired: acme, Prior: reconcile.Prior{Scope: there}}, want: created.with(func(w *want) {
			w.problems = []string{"error: The linked account was written to another organization or environment"}
		})},
		"written where others are": {task: reconcile.Task{Desired: acme, Prior: reconcile.Prior{Scope: here}}, want: created},
	} {
		t.Run(name, func(t *testing.T) { test.run(t, reconcile.Reconciler.Create) })
	}
}

func answers(form mockapi.WriteAnswer) mockapi.Behaviour {
	return mockapi.Behaviour{Account: mockapi.AccountBehaviour{UpsertAnswer: form}}
}

// losingFirstWrite carries the first write out and loses the answer.
func losingFirstWrite(at *organization) {
	isLost := false
	at.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || isLost {
			return false
		}
		isLost = true
		exists("Acme", pro)(at)
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
}

// appearingAtSecondWrite is an account that reads do not show between two attempts.
func appearingAtSecondWrite(appear func(*organization)) func(*organization) {
	return func(at *organization) {
		writes := 0
		at.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPut {
				return false
			}
			writes++
			if writes == 2 {
				appear(at)
				return false
			}
			w.WriteHeader(http.StatusBadGateway)
			return true
		})
	}
}

// losingAndThen is losingFirstWrite, after which reads of the account show a document.
func losingAndThen(shown string) func(*organization) {
	return firstAnswered(http.MethodPut, http.StatusBadGateway, func(at *organization) {
		exists("Acme", pro)(at)
		answering(http.MethodGet, id, http.StatusOK, shown)(at)
	})
}

// withStored gives the account credentials of these names.
func withStored(names ...string) func(*organization) {
	return func(at *organization) {
		values := map[string]string{}
		for _, name := range names {
			values[name] = "stored"
		}
		_, err := at.reconciler.Client.UpsertLinkedAccount(context.Background(), refold.Upsert{AccountID: id, YourApp: &refold.YourApp{AuthCredentials: values}})
		if err != nil {
			panic(err)
		}
	}
}

// TestTurns: two resources that create the same account at a time do it one after
// the other, and a stop ends the wait.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, ctx := newOrganization(t, mockapi.Behaviour{})
		turn, err := at.reconciler.Data.Claims.TakeTurn(ctx, ownership.AccountKey(id), "")
		if err != nil {
			t.Fatal(err)
		}
		outcomes := make(chan reconcile.Outcome)
		for _, do := range []func(context.Context, reconcile.Task) reconcile.Outcome{at.reconciler.Create, at.reconciler.Update, at.reconciler.Delete} {
			go func() {
				outcomes <- do(ctx, reconcile.Task{Desired: reconcile.Desired{AccountID: id, Name: text("Acme")}, FieldsDiffer: true})
			}()
		}
		synctest.Wait()
		if sent := at.requests(); sent != "" {
			t.Errorf("out of turn: %s", sent)
		}
		at.stop()
		for range 3 {
			if outcome := <-outcomes; outcome.Complete || !outcome.Problems.HasError() {
				t.Errorf("after a stop: %+v", outcome)
			}
		}
		turn.Release()
		if again, err := at.reconciler.Data.Claims.TakeTurn(t.Context(), ownership.AccountKey(id), ""); err != nil || again.IsClaimed() {
			t.Errorf("claimed: %v, %v", again.IsClaimed(), err)
		}
	})
}
