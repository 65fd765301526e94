// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func keys(fields object) []string { return slices.Sorted(maps.Keys(fields)) }

func TestGetShowsTheDocumentedFields(t *testing.T) {
	at := fixedClock().Truncate(time.Millisecond)
	c := start(t, mockapi.Behaviour{}, mockapi.WithClock(fixedClock))
	c.api.Create("test", mockapi.Account{
		ID: "6992cc7e9d38bc6a2ae28d12", AccountID: "x", Name: new("Acme <&>"),
		UDF:          []mockapi.UDFEntry{{Key: "plan", Value: "pro", ID: "6a0adc293670c4d294dd15cd"}},
		Integrations: []mockapi.Integration{{ID: "6a0adc293670c4d294dd15ce", Type: "hubspot", Name: "Hubspot", Icon: "i.svg", Identifier: "me", AuthTypes: []string{"oauth2"}}},
		EnvVariables: map[string]string{"secret": "s"}, TenantAccountID: new("t"), CreatedAt: at,
	})
	const time = `"2026-07-24T09:30:17.525Z"`
	want := `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"` + mockapi.OrganizationID + `","account_id":"x","environment":"test",` +
		`"name":"Acme <&>","udf":[{"key_name":"plan","key_value":"pro","_id":"6a0adc293670c4d294dd15cd","createdAt":` + time + `,"updatedAt":` + time + `}],` +
		`"tenant_account_id":"t","createdAt":` + time + `,"updatedAt":` + time + `,"__v":0,"integrations":[{"_id":"6a0adc293670c4d294dd15ce",` +
		`"type":"hubspot","name":"Hubspot","app_id":null,"icon":"i.svg","identifier":"me","reauth_required":false,"createdAt":` + time + `,"updatedAt":` + time + `}]}`
	equal(t, "answer", c.get("x").ok().body, want)

	c.api.Behave(func(b *mockapi.Behaviour) { b.Answer.ZonelessDates = true })
	equal(t, "answer", c.get("x").ok().body, strings.ReplaceAll(want, `525Z"`, `525"`))
}

func TestUnsetName(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	for form, want := range map[mockapi.UnsetName]object{
		mockapi.UnsetNameAbsent: {}, mockapi.UnsetNameNull: {"name": nil}, mockapi.UnsetNameEmpty: {"name": ""},
	} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Document.UnsetName = form })
		for what, shown := range map[string]object{"get": c.get("x").ok().json(), "upsert": c.upsert(`{"linked_account_id":"x"}`).ok().json()} {
			maps.DeleteFunc(shown, func(name string, _ any) bool { return name != "name" })
			equal(t, fmt.Sprintf("%v on %s", want, what), shown, want)
		}
	}
}

func TestNoIntegrations(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	for form, want := range map[mockapi.NoIntegrations]object{
		mockapi.NoIntegrationsArray:  {"integrations": []any{}},
		mockapi.NoIntegrationsNull:   {"integrations": nil},
		mockapi.NoIntegrationsAbsent: {},
	} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = form })
		shown := c.get("x").ok().json()
		maps.DeleteFunc(shown, func(name string, _ any) bool { return name != "integrations" })
		equal(t, fmt.Sprint(want), shown, want)
	}
}

func TestScope(t *testing.T) {
	for scope, want := range map[mockapi.Scope]struct {
		shown  any
		stored string
	}{
		mockapi.ScopeEchoed: {"eu", "eu"}, mockapi.ScopeStored: {nil, "eu"}, mockapi.ScopeIgnored: {nil, ""},
	} {
		c := start(t, mockapi.Behaviour{Document: mockapi.DocumentBehaviour{Scope: scope}})
		c.upsert(`{"linked_account_id":"x","scope":"eu"}`).ok().has("scope", want.shown)
		c.get("x").ok().has("scope", want.shown)
		equal(t, "stored scope", c.account("x").Scope, want.stored)
	}
}

func TestWriteAnswers(t *testing.T) {
	full := []string{"__v", "_id", "account_id", "associated_org", "createdAt", "environment", "name", "udf", "updatedAt"}
	withNew := slices.Sorted(slices.Values(append(slices.Clone(full), "new_account")))
	for form, want := range map[mockapi.WriteAnswer][]string{
		mockapi.AnswerFull: full, mockapi.AnswerFullNew: withNew,
		mockapi.AnswerMinimal: {"_id", "account_id", "environment", "integrations", "name"},
		mockapi.AnswerSuccess: {"success"},
	} {
		c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{CreateAnswer: form, UpsertAnswer: form}})
		equal(t, "keys of an answer to a create", keys(c.send(http.MethodPost, accountPath, `{"linked_account_id":"x","name":"n"}`).ok().json()), want)
		equal(t, "keys of an answer to an upsert", keys(c.upsert(`{"linked_account_id":"x"}`).ok().json()), want)
	}
	for form, want := range map[mockapi.WriteAnswer]string{mockapi.AnswerText: "ok", mockapi.AnswerEmpty: ""} {
		c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{UpsertAnswer: form}})
		answer := c.upsert(`{"linked_account_id":"x"}`).ok()
		equal(t, "body", answer.body, want)
		equal(t, "content length", answer.header.Get("Content-Length"), map[string]string{"ok": "2", "": "0"}[want])
		c.account("x")
	}
}
