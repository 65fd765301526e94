// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// behaviours are all switches that reach an operation of the contract.
func behaviours() map[string]mockapi.Behaviour {
	type b = mockapi.Behaviour
	all := map[string]b{
		"current": {},
		"get and delete not found 500, short": {Account: mockapi.AccountBehaviour{
			GetNotFoundAs500: true, DeleteNotFoundAs500: true, ShortNotFound: true,
		}},
		"ids":                   {Account: mockapi.AccountBehaviour{IDsIgnoreCase: true, IDsVisibleASCII: true}},
		"name ignored":          {Account: mockapi.AccountBehaviour{EmptyName: mockapi.EmptyNameIgnored}},
		"delete encodes twice":  {Account: mockapi.AccountBehaviour{DeleteEncodesTwice: true}},
		"test user":             {Account: mockapi.AccountBehaviour{TestUser: "x"}},
		"merge":                 {UDF: mockapi.UDFBehaviour{Merge: true}},
		"merge, null removes":   {UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullRemoves}},
		"merge, null ignored":   {UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullIgnored}},
		"udf omitted, empty":    {UDF: mockapi.UDFBehaviour{OmittedClears: true, EmptyIgnored: true}},
		"udf strings":           {UDF: mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringified}},
		"udf strings only":      {UDF: mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringsOnly}},
		"udf rounded":           {UDF: mockapi.UDFBehaviour{RoundNumbers: true}},
		"credentials replaced":  {Credential: mockapi.CredentialBehaviour{Replace: true, LastKeyRemoves: true}},
		"stored keys refused":   {Credential: mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}},
		"app_id required":       {Credential: mockapi.CredentialBehaviour{RequireAppID: true}},
		"unknown account":       {Credential: mockapi.CredentialBehaviour{UnknownAccountAsDefaultApp: true}},
		"name null":             {Document: mockapi.DocumentBehaviour{UnsetName: mockapi.UnsetNameNull, NoIntegrations: mockapi.NoIntegrationsNull}},
		"name empty":            {Document: mockapi.DocumentBehaviour{UnsetName: mockapi.UnsetNameEmpty, NoIntegrations: mockapi.NoIntegrationsAbsent}},
		"hidden, zoneless":      {Document: mockapi.DocumentBehaviour{HideDefaultApp: true}, Answer: mockapi.AnswerBehaviour{ZonelessDates: true}},
		"delete answers text":   {Account: mockapi.AccountBehaviour{DeleteAnswersText: true}},
		"401 in broken JSON":    {Answer: mockapi.AnswerBehaviour{BrokenUnauthorized: true}},
		"session not found 500": {SessionToken: mockapi.SessionTokenBehaviour{NotFoundAs500: true, OmitExpiry: true}},
		"connect-url by key":    {ConnectURL: mockapi.ConnectURLBehaviour{ByKey: true}, SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshRevokesOld}},
		"disconnect in short":   {Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true}},
		"lag":                   {ReadLag: 2},
		"old list documents":    {List: mockapi.ListBehaviour{FourFields: true, MaxLimit: 1}},
		"a body that is no big": {BodyLimit: 60},
	}
	maps.Copy(all, applicationBehaviours())
	maps.Copy(all, configBehaviours())
	maps.Copy(all, variableBehaviours())
	maps.Copy(all, executionBehaviours())
	for name, envelope := range map[string]mockapi.Envelope{
		"E1": mockapi.EnvelopeE1, "E2": mockapi.EnvelopeE2, "E3": mockapi.EnvelopeE3, "E4": mockapi.EnvelopeE4,
	} {
		all[name] = b{Answer: mockapi.AnswerBehaviour{Errors: envelope}}
	}
	for name, form := range map[string]mockapi.WriteAnswer{
		"full": mockapi.AnswerFull, "full with new_account": mockapi.AnswerFullNew, "minimal": mockapi.AnswerMinimal,
		"success": mockapi.AnswerSuccess, "text": mockapi.AnswerText, "empty": mockapi.AnswerEmpty,
	} {
		all["answer "+name] = b{Account: mockapi.AccountBehaviour{UpsertAnswer: form}}
	}
	return all
}

func TestTheMockKeepsTheContract(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	loaded := load(t)
	for name, behaviour := range behaviours() {
		t.Run(name, func(t *testing.T) {
			api := mockapi.New(mockapi.WithBehaviour(behaviour))
			w := wrap(t, loaded, api)
			upsert := func(body string) { w.send(http.MethodPut, accountPath, body) }
			credential := func(method, key, body string) { w.send(method, credentialPath+key+"?linked_account_id=x", body) }
			get := func() { w.send(http.MethodGet, accountPath+"/x", "") }
			list := func(page string) { w.send(http.MethodGet, accountPath+"?limit=100&page="+page, "") }

			get()
			list("1")
			credential(http.MethodPut, "k", `{"value":"v"}`)
			upsert(`{"linked_account_id":"x"}`)
			get()
			credential(http.MethodDelete, "k", "")
			upsert(`{"linked_account_id":"x","name":"n","udf":{"a":"s","b":1.50,"c":true,"d":null}}`)
			upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"v"}}}`)
			upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"v","K":"v"}}}`)
			upsert(`{"linked_account_id":"x","udf":{}}`)
			upsert(`{"linked_account_id":"` + mockapi.OrganizationID + `"}`)
			get()
			credential(http.MethodPut, "k", `{"value":"v"}`)
			credential(http.MethodPut, "l", `{"value":"v"}`)
			credential(http.MethodDelete, "k", "")
			credential(http.MethodDelete, "k", "")
			credential(http.MethodDelete, "l", "")
			if _, ok := api.Account("test", "x"); ok {
				api.Connect("test", "x", mockapi.Integration{Type: "slack", Name: "Slack", Icon: "i", Identifier: []any{1}, ReauthRequired: true})
				api.SetConfig("test", "x", mockapi.Config{
					Slug: "hubspot", ConfigID: "apac", Errors: []string{"e"}, Values: map[string]any{"start_date": nil}, Enabled: map[string]bool{contactsID: true},
				})
				addExecutions(api)
			}
			get()
			list("1")
			list("2")
			w.send(http.MethodGet, accountPath+"/x", "", "x-api-key", "wrong")
			w.send(http.MethodGet, accountPath+"?limit=100&page=1", "", "x-api-key", "wrong")
			tokens(w)
			applications(w)
			configurations(w)
			variables(w)
			executions(w)
			w.send(http.MethodDelete, accountPath+"/integration/slack?linked_account_id=x", "")
			w.send(http.MethodDelete, accountPath+"/integration/slack?linked_account_id=x&auth_type=oauth2", "")
			w.send(http.MethodDelete, accountPath+"/x", "")
			w.send(http.MethodDelete, accountPath+"/x", "")
			w.send(http.MethodDelete, accountPath+"/integration/slack?linked_account_id=x", "")
			tokens(w)
			applications(w)
			configurations(w)
			variables(w)
			executions(w)
			get()
			if reported := w.take(); reported != "" {
				t.Error(reported)
			}
			if received := targets(api.Requests()); !slices.Equal(received, *w.sent) {
				t.Errorf("the mock received %q, sent were %q", received, *w.sent)
			}
		})
	}
}

// targets returns method and target of each request.
func targets(requests []mockapi.Request) []string {
	var all []string
	for _, request := range requests {
		target := url.URL{Opaque: request.Path, RawQuery: request.RawQuery}
		all = append(all, request.Method+" "+target.String())
	}
	return all
}

func TestTheMockHasEveryOperation(t *testing.T) {
	operations := load(t).Operations()
	if len(operations) == 0 {
		t.Error("the contract has no operation")
	}
	for _, operation := range operations {
		method, path, _ := strings.Cut(operation, " ")
		// Servers have the toggle of a workflow under one method or the other (FACTS 2.7).
		isPut := method == http.MethodPut && strings.HasSuffix(path, "/workflows/{workflow_id}")
		api := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{Config: mockapi.ConfigBehaviour{ToggleByPut: isPut}}))
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), method, strings.NewReplacer("{", "", "}", "").Replace(path), nil))
		if strings.Contains(answer.Body.String(), "Cannot "+method) {
			t.Errorf("the mock has no %s: answer %d: %s", operation, answer.Code, answer.Body)
		}
	}
}

// tokens asks for session tokens and connect URLs, and revokes: with the first
// token, without a valid one, and with the API key.
func tokens(w wrapped) {
	const body, connect = `{"linked_account_id":"x"}`, connectURLPath + "?linked_account_id=x"
	_, issued := w.send(http.MethodPost, tokenPath, body)
	var token struct{ Token string }
	_ = json.Unmarshal([]byte(issued), &token)
	bearer := []string{"x-api-key", "", "Authorization", "Bearer " + cmp.Or(token.Token, "none")}
	w.send(http.MethodPost, tokenPath+"?force_refresh=true", body)
	w.send(http.MethodPost, tokenPath, body, "x-api-key", "wrong")
	w.send(http.MethodPost, connect, `{"name":"n"}`, bearer...)
	w.send(http.MethodPost, connect+"&config_id=c", `{}`)
	w.send(http.MethodPost, connect, `{}`, "linked_account_id", "x")
	w.send(http.MethodPost, tokenPath+"/revoke", "", bearer...)
	w.send(http.MethodPost, tokenPath+"/revoke", "", bearer...)
}
