// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestAge: every answer that shows an account tells how old it is, by the server's own clock.
func TestAge(t *testing.T) {
	for name, show := range map[string]func(*testing.T, *refold.Client) *refold.LinkedAccount{
		"get": func(t *testing.T, client *refold.Client) *refold.LinkedAccount {
			account, err := client.LinkedAccount(t.Context(), customer(0))
			if err != nil {
				t.Fatal(err)
			}
			return account
		},
		"list": func(t *testing.T, client *refold.Client) *refold.LinkedAccount {
			accounts, err := client.AllLinkedAccounts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			// What is listed keeps the age that it had on the page.
			time.Sleep(time.Hour)
			return accounts[0]
		},
		"upsert": func(t *testing.T, client *refold.Client) *refold.LinkedAccount {
			written, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: customer(0)})
			if err != nil {
				t.Fatal(err)
			}
			return written.Account
		},
	} {
		for answerName, behaviour := range map[string]mockapi.Behaviour{
			"":            {},
			", read back": {Account: mockapi.AccountBehaviour{UpsertAnswer: mockapi.AnswerSuccess}},
			", old dates": {Answer: mockapi.AnswerBehaviour{ZonelessDates: true}},
		} {
			t.Run(name+answerName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := newListServer(t, 1, behaviour)
					time.Sleep(25 * time.Hour)
					if age, known := show(t, server.client()).Age(); !known || age != 25*time.Hour {
						t.Errorf("the age is %s, known: %t", age, known)
					}
				})
			})
		}
	}
}

func TestAgeOfDates(t *testing.T) {
	answered := time.Date(2026, 5, 23, 11, 24, 6, 0, time.UTC)
	for name, test := range map[string]struct {
		created  string
		answered time.Time
		age      time.Duration
		isKnown  bool
	}{
		"a day":                       {"2026-05-22T11:24:06.000Z", answered, 24 * time.Hour, true},
		"another zone":                {"2026-05-22T13:24:06+02:00", answered, 24 * time.Hour, true},
		"in the second of the answer": {"2026-05-23T11:24:06.840Z", answered, 0, true},
		"by a clock that is ahead":    {"2026-05-23T11:25:06.000Z", answered, 0, true},
		"from the future":             {"2026-05-23T11:25:06.001Z", answered, 0, false},
		"no Date":                     {"2026-05-22T11:24:06.000Z", time.Time{}, 0, false},
		"no date of creation":         {"", answered, 0, false},
		"not a date":                  {"yesterday", answered, 0, false},
	} {
		account := refold.LinkedAccount{CreatedAt: test.created, AnsweredAt: test.answered}
		if age, known := account.Age(); age != test.age || known != test.isKnown {
			t.Errorf("%s: %s, known: %t", name, age, known)
		}
	}
}

// TestAgeWithoutDate: a proxy may drop the header, or write something else into it.
func TestAgeWithoutDate(t *testing.T) {
	for _, headers := range [][]string{nil, {"Date", ""}, {"Date", "now"}} {
		account, err := newClient(t, newNetwork(t, answer(200, document("user"), headers...))).LinkedAccount(t.Context(), "user")
		if err != nil {
			t.Fatal(err)
		}
		if age, known := account.Age(); known || age != 0 || !account.AnsweredAt.IsZero() {
			t.Errorf("%v: the age is %s, of an answer at %s", headers, age, account.AnsweredAt)
		}
	}
}
