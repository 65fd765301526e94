// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// nothings are answers of 200 that show nothing.
var nothings = []string{``, `null`, `{}`, `[]`, `{"hello":"world"}`, `It works!`}

// TestUpsertWithoutProof: an upsert counts when its answer or a look shows the account.
func TestUpsertWithoutProof(t *testing.T) {
	for _, body := range append([]string{`{"success":true}`, `ok`, `{"new_account":true}`}, nothings...) {
		for says, look := range map[string]reply{
			"Linked Account with account id user":        answer(404, notFound("user")),
			"HTTP 401 Unauthorized: Invalid Credentials": answer(401, `{"message":"Invalid Credentials"}`),
			"HTTP 200 OK: JSON without an account_id":    answer(200, `{}`),
			"the connection broke off":                   brokenOff(200, ``),
		} {
			synctest.Test(t, func(t *testing.T) {
				result, err := newClient(t, newNetwork(t, answer(200, body), look), withoutRetries).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
				if result != nil {
					t.Errorf("%s, then %s: %+v", body, says, result)
				}
				isUnproven(t, body, err, says)
			})
		}
	}
}

// TestUpsertThatChangesNothing: what is read back of an account that was there before proves the
// write only where somebody has changed it since, or the answer says that it was done.
func TestUpsertThatChangesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		body, updated, requests string
		isProven                bool
	}{
		"of before":                {`null`, "2026-05-22T11:22:05.000Z", "PUT GET GET GET GET", false},
		"of before, with a word":   {`{"success":true}`, "2026-05-22T11:22:05.000Z", "PUT GET", true},
		"of before, by a document": {minimal, "2026-05-22T11:22:05.000Z", "PUT GET", true},
		"changed since":            {`null`, "2026-05-22T11:24:06.500Z", "PUT GET", true},
		"by clocks a bit apart":    {``, "2026-05-22T11:23:06.000Z", "PUT GET", true},
		"without a date":           {`{}`, "", "PUT GET", true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				read := strings.Replace(document("user"), "2026-05-25T04:37:50.064Z", test.updated, 1)
				net := newNetwork(t, answer(200, test.body), answer(200, read, "Date", "Fri, 22 May 2026 11:24:06 GMT"))
				client := newClient(t, net)
				time.Sleep(time.Hour)
				_, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
				expect(t, net.methods(), test.requests)
				if !test.isProven {
					isUnproven(t, test.body, err, "last changed before the request was sent")
				} else if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// isUnproven expects that a write may have arrived, may be sent again, and counts as not done.
func isUnproven(t *testing.T, body string, err error, says string) {
	t.Helper()
	if refold.KindOf(err) != refold.Unproven {
		t.Errorf("after %q: %v, want it to be unproven", body, err)
		return
	}
	readable(t, err)
	if arrived, repeatable := outcomeOf(t, err); !arrived || !repeatable || refold.IsUncertain(err) || !strings.Contains(err.Error(), says) {
		t.Errorf("after %q: arrived %v, repeatable %v: %v, want it to say %q", body, arrived, repeatable, err, says)
	}
}

// TestUpsertThatAnswersWithAnError sends nothing after it.
func TestUpsertThatAnswersWithAnError(t *testing.T) {
	for _, body := range []string{`{"status":"error"}`, `{"errors":["x"]}`, `{"ok":false}`, `{"success":false}`, `{"data":{"status":"failed"}}`} {
		net := newNetwork(t, answer(200, body), answer(200, document("user")))
		if _, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"}); err == nil || net.methods() != "PUT" {
			t.Errorf("%s: %v after %s", body, err, net.methods())
		}
	}
}

// TestAnswerAboutAnotherAccount: whoever merges two ids is told at once.
func TestAnswerAboutAnotherAccount(t *testing.T) {
	for name, operation := range operations {
		if operation.isOfNoAccount || operation.asks == noList {
			continue
		}
		net := newNetwork(t, answer(200, strings.Replace(fine, `"account_id":"user"`, `"account_id":"User"`, 1)))
		err := operation.do(t.Context(), newClient(t, net))
		if refold.KindOf(err) != refold.WrongAccount || !strings.Contains(err.Error(), "about another account, User") || net.methods() != operation.method() {
			t.Errorf("%s: %v after %s", name, err, net.methods())
		}
		if strings.Contains(err.Error(), "was changed in place of this one") != operation.writes() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDeletionWithoutProof looks at the account, and nowhere else does it cost a request.
func TestDeletionWithoutProof(t *testing.T) {
	for _, body := range nothings {
		for name, test := range map[string]struct {
			looks    []reply
			requests string
			says     string
		}{
			"gone":              {[]reply{answer(404, notFound("user"))}, "DELETE GET", ""},
			"gone, as of old":   {[]reply{answer(500, notFound("user"))}, "DELETE GET", ""},
			"gone in a while":   {[]reply{answer(200, document("user")), answer(404, notFound("user"))}, "DELETE GET GET", ""},
			"still there":       {[]reply{answer(200, document("user"))}, "DELETE GET GET GET GET", "it is still there"},
			"not to be seen":    {[]reply{answer(401, `{"message":"Invalid Credentials"}`)}, "DELETE GET", "it could not be looked at: HTTP 401"},
			"another's answer":  {[]reply{answer(200, document("USER"))}, "DELETE GET", "about another account, USER"},
			"a header is lost":  {[]reply{answer(404, `{"error":"MISSING_REQUIRED_FIELD","message":"Missing API Key"}`)}, "DELETE GET", "Missing API Key"},
			"nothing there too": {[]reply{answer(200, body)}, "DELETE GET", "it could not be looked at"},
		} {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, append([]reply{answer(200, body)}, test.looks...)...)
				err := newClient(t, net, withoutRetries).DeleteLinkedAccount(t.Context(), "user", nil)
				expect(t, name+": "+net.methods(), name+": "+test.requests)
				if test.says == "" {
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
					return
				}
				isUnproven(t, body, err, test.says)
			})
		}
	}
}

// TestWritesThatOnlyTheirAnswerProves: nothing can be read that would show them.
func TestWritesThatOnlyTheirAnswerProves(t *testing.T) {
	for name, operation := range operations {
		if operation.asks != noProof {
			continue
		}
		for _, body := range nothings {
			synctest.Test(t, func(t *testing.T) {
				err := operation.do(t.Context(), newClient(t, newNetwork(t, answer(200, body))))
				isUnproven(t, name+" "+body, err, "the answer does not show that the request was carried out: ")
			})
		}
		for _, play := range []reply{answer(200, `{"success":true}`), answer(200, `{"message":"It was done successfully"}`), answer(200, `{"status":"success"}`), answer(200, `ok`), answer(204, ``)} {
			synctest.Test(t, func(t *testing.T) {
				if err := operation.do(t.Context(), newClient(t, newNetwork(t, play))); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
}

// TestLookThatIsStopped: what kept the write from being proven is in the chain.
func TestLookThatIsStopped(t *testing.T) {
	for _, name := range []string{"UpsertLinkedAccount", "DeleteLinkedAccount", "DisconnectIntegration"} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			err := operations[name].do(ctx, newClient(t, newNetwork(t, answer(200, `{}`), silence)))
			isUnproven(t, name, err, "")
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

// TestUpsertOfWhatExisted: by Refold's word, else by its own clock, and never after a repetition.
func TestUpsertOfWhatExisted(t *testing.T) {
	const date = "Fri, 22 May 2026 11:24:06 GMT"
	for name, test := range map[string]struct {
		created, newAccount string
		headers             []string
		lost, existed       bool
	}{
		"Refold says so":                {"", `,"new_account":false`, nil, false, true},
		"Refold says that it is new":    {"2025-01-01T00:00:00.000Z", `,"new_account":true`, []string{"Date", date}, false, false},
		"Refold said so before":         {"", `,"new_account":false`, nil, true, false},
		"older than the run":            {"2026-05-22T11:12:05.000Z", ``, []string{"Date", date}, false, true},
		"older, after a lost answer":    {"2026-05-22T11:12:05.000Z", ``, []string{"Date", date}, true, false},
		"as old as the run":             {"2026-05-22T11:14:06.000Z", ``, []string{"Date", date}, false, false},
		"as old, by clocks a bit apart": {"2026-05-22T11:13:06.000Z", ``, []string{"Date", date}, false, false},
		"of the run":                    {"2026-05-22T11:24:06.840Z", ``, []string{"Date", date}, false, false},
		"nobody says when":              {"", ``, []string{"Date", date}, false, false},
		"nobody says what time it is":   {"2025-01-01T00:00:00.000Z", ``, nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				plays := []reply{answer(200, strings.Replace(complete(`,"udf":[]`+test.newAccount), "2026-06-16T11:35:25.951Z", test.created, 1), test.headers...)}
				if test.lost {
					plays = append([]reply{failure(errors.New("reset"))}, plays...)
				}
				client := newClient(t, newNetwork(t, plays...), func(o *refold.Options) { o.RetryWait = time.Nanosecond })
				time.Sleep(10 * time.Minute)
				result, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
				if err != nil || result.Existed != test.existed || result.MayHaveArrived != test.lost {
					t.Errorf("%+v, %v", result, err)
				}
			})
		})
	}
}
