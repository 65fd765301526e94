// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	valuesPath = "/api/v2/public/env/values"
	valuePath  = "/api/v2/public/env/value/" + definitionID
	valueID    = "6a314b06d396207fd24fb16b"
	// regionOfUser is a document of a list, with what the tests of all operations take for a
	// definition as well.
	regionOfUser = `{"_id":"` + valueID + `","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu","name":"REGION","encrypted":false}`

	valueNotFound = `{"status_code":404,"http_error_type":"NOT_FOUND","error_code":"RESOURCE_NOT_FOUND","message":"Variable value not found"}`
	ciphertext    = "MGNmZDM1NjJhM2U0ZmQzODU5OGU3N2NhNGJiYWNhMGU="
)

func regionKey() refold.VariableKey {
	return refold.VariableKey{DefinitionID: definitionID, AccountID: "user", Scope: refold.ScopeLinkedAccount}
}

func secretKey() refold.VariableKey {
	key := regionKey()
	key.Encrypted = true
	return key
}

var noValues = asksFor("not a list of values of variables in JSON", ofAnotherAccount, emptyAnswer)

// VariableValue has the operations of values of variables.
func (operationsOf) VariableValue() objectOperations {
	return objectOperations{
		fine: `"variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu"`,
		calls: map[string]operation{
			"VariableValue": {requests: "GET", asks: noValues, hidesScope: true, hidesBody: true, body: pageOf(regionOfUser), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.VariableValue(ctx, regionKey(), refold.ReadOptions{})
				return err
			}},
			"CurrentVariableValue": {requests: "GET", asks: noValues, hidesScope: true, hidesBody: true, body: pageOf(regionOfUser), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.CurrentVariableValue(ctx, regionKey())
				return err
			}},
			"SetVariableValue": {requests: "POST", asks: noValues, hidesBody: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.SetVariableValue(ctx, refold.VariableSetting{Key: regionKey(), Value: "eu"}, nil)
				return err
			}},
			"DeleteVariableValue": {requests: "DELETE", asks: noValues, hidesBody: true, do: func(ctx context.Context, c *refold.Client) error {
				return c.DeleteVariableValue(ctx, regionKey(), valueID, nil)
			}},
			"ListVariableValues": {requests: "GET GET", asks: noDefinitions, hidesScope: true, isOfNoAccount: true, body: pageOf(regionOfUser), do: func(ctx context.Context, c *refold.Client) error {
				var last error
				for _, err := range c.ListVariableValues(ctx, refold.ScopeLinkedAccount, "", "") {
					last = err
				}
				return last
			}},
		},
	}
}

// valueIn is the value that a document of a list shows.
func valueIn(t *testing.T, key refold.VariableKey, document string) (*refold.VariableValue, error) {
	t.Helper()
	return newClient(t, newNetwork(t, answer(200, pageOf(document)), answer(404, valueNotFound)), withoutRetries).VariableValue(t.Context(), key, refold.ReadOptions{})
}

// TestDecodeVariableValue covers the documents of FACTS 2.9, and what is odd in them.
func TestDecodeVariableValue(t *testing.T) {
	const named = `"_id":"` + valueID + `","variable_definition_id":"` + definitionID + `","linked_account_id":"user"`
	plain := func(value string) refold.VariableValue {
		return refold.VariableValue{ID: valueID, VariableKey: regionKey(), Value: value, IsShown: true}
	}
	number := func(value string) refold.VariableValue {
		shown := plain(value)
		shown.IsNumber = true
		return shown
	}
	hidden := refold.VariableValue{ID: valueID, VariableKey: regionKey()}
	secret := refold.VariableValue{ID: valueID, VariableKey: secretKey()}
	full := plain("eu")
	full.OrganizationID, full.Environment, full.UpdatedAt = organization, "test", "2026-06-16T13:09:26.023Z"
	for name, test := range map[string]struct {
		key  refold.VariableKey
		body string
		want refold.VariableValue
	}{
		"everything":           {regionKey(), `{` + named + `,"org_id":"` + organization + `","environment":"test","workflow_id":null,"value":"eu","createdAt":"2026-06-16T13:09:25.023Z","updatedAt":"2026-06-16T13:09:26.023Z"}`, full},
		"the definition whole": {regionKey(), `{"_id":"` + valueID + `","variable_definition_id":{"_id":"` + definitionID + `","name":"REGION","scope":"linked_account","encrypted":false},"linked_account_id":"user","value":"eu"}`, plain("eu")},
		"no text":              {regionKey(), `{` + named + `,"value":""}`, plain("")},
		"a number":             {regionKey(), `{` + named + `,"value":7.50}`, number("7.50")},
		"a large number":       {regionKey(), `{` + named + `,"value":-1152921504606846977}`, number("-1152921504606846977")},
		"a number as a text":   {regionKey(), `{` + named + `,"value":"7.50"}`, plain("7.50")},
		"a boolean":            {regionKey(), `{` + named + `,"value":true}`, plain("true")},
		"null":                 {regionKey(), `{` + named + `,"value":null}`, hidden},
		"nothing":              {regionKey(), `{` + named + `}`, hidden},
		"an object":            {regionKey(), `{` + named + `,"value":{"a":1}}`, hidden},
		"a mark":               {regionKey(), `{` + named + `,"value":"[REDACTED]"}`, hidden},
		"encrypted by the key": {secretKey(), `{` + named + `,"value":"` + ciphertext + `"}`, secret},
		"encrypted by the document": {
			regionKey(), `{` + named + `,"value":"` + ciphertext + `","encrypted":true}`, secret,
		},
		"encrypted by its definition": {
			regionKey(), `{"_id":"` + valueID + `","variable_definition_id":{"_id":"` + definitionID + `","encrypted":"true"},"linked_account_id":"user","value":"` + ciphertext + `"}`, secret,
		},
		"the key knows better": {secretKey(), `{` + named + `,"value":"` + ciphertext + `","encrypted":false}`, secret},
		"date as elsewhere":    {secretKey(), `{` + named + `,"value":7,"updated_at":"2026-06-16T13:09:26"}`, refold.VariableValue{ID: valueID, VariableKey: secretKey(), UpdatedAt: "2026-06-16T13:09:26Z"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := valueIn(t, test.key, test.body); err != nil || !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
}

// TestValueOfAnother: what names another account, workflow or definition is not the value, and
// nothing is taken from what names nobody.
func TestValueOfAnother(t *testing.T) {
	for name, document := range map[string]string{
		"account":      `{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"User","value":"5ecret"}`,
		"a workflow's": `{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"user","workflow_id":"w","value":"5ecret"}`,
		"definition":   `{"_id":"1","variable_definition_id":"other","linked_account_id":"user","value":"5ecret"}`,
		"nobody":       `{"_id":"1","variable_definition_id":"` + definitionID + `","value":"5ecret"}`,
		"nothing":      `{"_id":"1","linked_account_id":"user","value":"5ecret"}`,
		"no object":    `"5ecret"`,
		"odd":          `{"_id":"1","variable_definition_id":["` + definitionID + `"],"linked_account_id":{"_id":"user"},"value":"5ecret"}`,
	} {
		if value, err := valueIn(t, regionKey(), document); refold.KindOf(err) != refold.NotFound || value != nil || strings.Contains(err.Error(), "5ecret") {
			t.Errorf("%s: %+v, %v", name, value, err)
		}
	}
}

// TestValueAlone is of servers whose lists name nobody: by definition and target, without an id.
func TestValueAlone(t *testing.T) {
	unnamed := answer(200, pageOf(`{"_id":"1","variable_definition_id":"`+definitionID+`","value":"5ecret"}`))
	for name, test := range map[string]struct {
		key   refold.VariableKey
		body  string
		want  refold.VariableValue
		kind  refold.Kind
		error string
	}{
		"plain":               {key: regionKey(), body: `{"value":"eu","encrypted":false,"name":"REGION","scope":"linked_account","variable_definition_id":"` + definitionID + `"}`, want: refold.VariableValue{VariableKey: regionKey(), Value: "eu", IsShown: true}},
		"does not say":        {key: regionKey(), body: `{"value":"eu"}`, want: refold.VariableValue{VariableKey: regionKey(), Value: "eu", IsShown: true}},
		"says encrypted":      {key: regionKey(), body: `{"value":"5ecret","encrypted":true}`, want: refold.VariableValue{VariableKey: secretKey()}},
		"encrypted":           {key: secretKey(), body: `{"value":"5ecret"}`, want: refold.VariableValue{VariableKey: secretKey()}},
		"encrypted, and null": {key: secretKey(), body: `{"value":null,"encrypted":true}`, want: refold.VariableValue{VariableKey: secretKey()}},
		"null":                {key: regionKey(), body: `{"value":null}`, kind: refold.NotFound, error: "the variable has no value there"},
		"nothing":             {key: regionKey(), body: `{}`, kind: refold.NotFound, error: "the variable has no value there"},
		"no object":           {key: regionKey(), body: `["5ecret"]`, error: "not a value of a variable in JSON"},
		"another definition":  {key: regionKey(), body: `{"value":"5ecret","variable_definition_id":"other"}`, kind: refold.WrongObject, error: "a value of another definition, other"},
		"another account":     {key: regionKey(), body: `{"value":"5ecret","linked_account_id":"User"}`, kind: refold.WrongAccount, error: "about another account, User"},
		"another workflow":    {key: regionKey(), body: `{"value":"5ecret","workflow_id":"w"}`, kind: refold.WrongObject, error: "about another workflow, w"},
	} {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, unnamed, answer(200, test.body))
			value, err := newClient(t, net, withoutRetries).VariableValue(t.Context(), test.key, refold.ReadOptions{})
			expect(t, net.requests()[1].URI, valuePath+"?linked_account_id=user")
			if test.error != "" {
				if value != nil || refold.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.error) || strings.Contains(err.Error(), "5ecret") {
					t.Errorf("%+v, %v", value, err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(*value, test.want) {
				t.Errorf("%+v, %v", value, err)
			}
		})
	}
}

// TestValueIs: two spellings of one JSON number are one value, and two of a text are not.
func TestValueIs(t *testing.T) {
	for _, test := range []struct {
		value refold.VariableValue
		text  string
		want  bool
	}{
		{refold.VariableValue{Value: "eu", IsShown: true}, "eu", true},
		{refold.VariableValue{Value: "eu", IsShown: true}, "EU", false},
		{refold.VariableValue{Value: "7.5", IsShown: true}, "7.50", false},
		{refold.VariableValue{Value: "7.5", IsShown: true, IsNumber: true}, "7.50", true},
		{refold.VariableValue{Value: "7.5", IsShown: true, IsNumber: true}, " 7.50 ", true},
		{refold.VariableValue{Value: "1e3", IsShown: true, IsNumber: true}, "1000", true},
		{refold.VariableValue{Value: "12345678901234567000", IsShown: true, IsNumber: true}, "12345678901234567890", true},
		{refold.VariableValue{Value: "7.5", IsShown: true, IsNumber: true}, "7.51", false},
		{refold.VariableValue{Value: "7.5", IsShown: true, IsNumber: true}, "seven", false},
		{refold.VariableValue{}, "", false},
	} {
		if got := test.value.Is(test.text); got != test.want {
			t.Errorf("%+v is %q: %t", test.value, test.text, got)
		}
	}
}

// TestVariableValueRequests: what names a value stands in each place as it is.
func TestVariableValueRequests(t *testing.T) {
	account := refold.VariableKey{DefinitionID: "d/1", AccountID: "größe a/b", Scope: refold.ScopeLinkedAccount}
	header := account
	header.AccountID = "a/b c+d"
	workflow := refold.VariableKey{DefinitionID: "d", WorkflowID: "w/1", Scope: refold.ScopeWorkflow}
	shared := refold.VariableKey{DefinitionID: "d", Scope: refold.ScopeWorkspace}
	get := func(key refold.VariableKey) func(context.Context, *refold.Client) error {
		return func(ctx context.Context, c *refold.Client) error {
			if _, err := c.VariableValue(ctx, key, refold.ReadOptions{}); refold.KindOf(err) != refold.NotFound {
				return fmt.Errorf("read: %w", err)
			}
			return nil
		}
	}
	set := func(key refold.VariableKey) func(context.Context, *refold.Client) error {
		return func(ctx context.Context, c *refold.Client) error {
			_, err := c.SetVariableValue(ctx, refold.VariableSetting{Key: key, Value: `5"<ö`}, nil)
			return err
		}
	}
	remove := func(key refold.VariableKey) func(context.Context, *refold.Client) error {
		return func(ctx context.Context, c *refold.Client) error {
			return c.DeleteVariableValue(ctx, key, "v/1", nil)
		}
	}
	const page = "&page=1&variable_definition_id="
	for name, test := range map[string]struct {
		do                        func(context.Context, *refold.Client) error
		answer, method, uri, body string
		header                    string
	}{
		"read of an account":    {get(account), pageOf(), "GET", valuesPath + "/linked_account?limit=100&linked_account_id=gr%C3%B6%C3%9Fe+a%2Fb" + page + "d%2F1", "", ""},
		"read of a workflow":    {get(workflow), pageOf(), "GET", valuesPath + "/workflow?limit=100" + page + "d&workflow_id=w%2F1", "", ""},
		"read of a workspace":   {get(shared), pageOf(), "GET", valuesPath + "/workspace?limit=100" + page + "d", "", ""},
		"read by the target":    {get(refold.VariableKey{DefinitionID: "d", WorkflowID: "w"}), pageOf(), "GET", valuesPath + "/workflow?limit=100" + page + "d&workflow_id=w", "", ""},
		"read of nobody":        {get(refold.VariableKey{DefinitionID: "d"}), pageOf(), "GET", valuesPath + "/org?limit=100" + page + "d", "", ""},
		"set for an account":    {set(account), `{"_id":"1","variable_definition_id":"d/1","linked_account_id":"größe a/b","value":"x"}`, "POST", valuesPath, `{"linked_account_id":"größe a/b","value":"5\"\u003cö","variable_definition_id":"d/1"}`, ""},
		"set for a workflow":    {set(workflow), `{"_id":"1","variable_definition_id":"d","workflow_id":"w/1","value":"x"}`, "POST", valuesPath, `{"value":"5\"\u003cö","variable_definition_id":"d","workflow_id":"w/1"}`, ""},
		"set for a workspace":   {set(shared), `{"_id":"1","variable_definition_id":"d","value":"x"}`, "POST", valuesPath, `{"value":"5\"\u003cö","variable_definition_id":"d"}`, ""},
		"delete of an account":  {remove(header), `{"status":"success"}`, "DELETE", valuesPath + "/v%2F1", "", "a/b c+d"},
		"delete of a workspace": {remove(shared), `{"status":"success"}`, "DELETE", valuesPath + "/v%2F1", "", ""},
	} {
		net := newNetwork(t, answer(200, test.answer))
		if err := test.do(t.Context(), newClient(t, net)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		request := net.requests()[0]
		if len(net.requests()) != 1 || request.Method != test.method || request.URI != test.uri || request.Body != test.body || selectedIn(request.Header) != test.header {
			t.Errorf("%s: sent %s %s %s with %v, of %s", name, request.Method, request.URI, request.Body, request.Header, net.methods())
		}
	}
}

// TestSetVariableValue on servers of all kinds: what it returns is what Refold shows.
func TestSetVariableValue(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour mockapi.VariableBehaviour
		readLag   int
		requests  int
		hidesID   bool
	}{
		"as documented":                  {requests: 1},
		"redacted":                       {behaviour: mockapi.VariableBehaviour{RedactAnswer: true}, requests: 1},
		"short answer":                   {behaviour: mockapi.VariableBehaviour{AnswerSuccess: true}, requests: 2},
		"short answer, late":             {behaviour: mockapi.VariableBehaviour{AnswerSuccess: true}, readLag: 2, requests: 4},
		"short answer, nobody is named":  {behaviour: mockapi.VariableBehaviour{AnswerSuccess: true, HideTarget: true}, requests: 3, hidesID: true},
		"short answer, filters ignored":  {behaviour: mockapi.VariableBehaviour{AnswerSuccess: true, IgnoreFilters: true}, requests: 2},
		"short answer, and read as null": {behaviour: mockapi.VariableBehaviour{AnswerSuccess: true, Encrypted: mockapi.EncryptedReadNull}, requests: 2},
		"numbers":                        {behaviour: mockapi.VariableBehaviour{JSONNumbers: true}, requests: 1},
		"numbers, after a short answer":  {behaviour: mockapi.VariableBehaviour{JSONNumbers: true, AnswerSuccess: true}, requests: 2},
	} {
		for _, definitionID := range variablesOfAccounts {
			t.Run(name+" "+definitionID, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := newListServer(t, 1, mockapi.Behaviour{Variable: test.behaviour, ReadLag: test.readLag})
					key := keyOf(definitionID, customer(0))
					value, err := server.client().SetVariableValue(t.Context(), refold.VariableSetting{Key: key, Value: textOf(definitionID, key.AccountID)}, nil)
					stored := server.VariableValues(mockapi.EnvironmentTest)
					if err != nil || len(stored) != 1 || stored[0].Value != textOf(definitionID, key.AccountID) {
						t.Fatalf("%+v, %v; stored: %+v", value, err, stored)
					}
					isRight := value.Is(textOf(definitionID, key.AccountID))
					if key.Encrypted {
						isRight = !value.IsShown && value.Value == ""
					}
					if !isRight || value.VariableKey != key || (value.ID == stored[0].ID) == test.hidesID || test.hidesID && value.ID != "" {
						t.Errorf("%+v of %+v", value, stored[0])
					}
					if sent := server.Count("", ""); sent != test.requests {
						t.Errorf("%d requests, want %d", sent, test.requests)
					}
				})
			})
		}
	}
}

// TestRefusedValue names each refusal of FACTS 2.9 by what it means.
func TestRefusedValue(t *testing.T) {
	setting := func(key refold.VariableKey, value string) refold.VariableSetting {
		return refold.VariableSetting{Key: key, Value: value}
	}
	server := newListServer(t, 1, mockapi.Behaviour{})
	for name, test := range map[string]struct {
		setting refold.VariableSetting
		want    refold.Kind
	}{
		"format":     {setting(keyOf(mockapi.SeatLimitVariableID, customer(0)), "many"), refold.ValueRefused},
		"definition": {setting(keyOf("000000000000000000000000", customer(0)), "x"), refold.DefinitionNotFound},
		"account":    {setting(keyOf(mockapi.RegionVariableID, "nobody"), "x"), refold.AccountNotFound},
		"scope":      {setting(refold.VariableKey{DefinitionID: mockapi.RegionVariableID, Scope: refold.ScopeWorkspace}, "x"), refold.Other},
	} {
		if value, err := server.client().SetVariableValue(t.Context(), test.setting, nil); value != nil || err == nil || refold.KindOf(err) != test.want || refold.MayHaveArrived(err) {
			t.Errorf("%s: %+v, %v", name, value, err)
		}
	}
	if stored := server.VariableValues(mockapi.EnvironmentTest); len(stored) != 0 {
		t.Errorf("stored: %+v", stored)
	}
}

// TestValueWithoutProof: an answer that shows nothing counts where a look shows what it has done.
func TestValueWithoutProof(t *testing.T) {
	shown := func(value, updated string) string {
		return pageOf(`{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":` + value + `,"updatedAt":"` + updated + `"}`)
	}
	const before, since = "2026-06-16T12:00:00.000Z", "2026-06-16T13:09:26.500Z"
	for name, test := range map[string]struct {
		key        refold.VariableKey
		body, read string
		requests   string
		says       string
	}{
		"the value":                       {regionKey(), `{}`, shown(`"eu"`, before), "POST GET", ""},
		"another value":                   {regionKey(), `{}`, shown(`"us"`, since), "POST GET GET GET GET", "nothing that Refold shows has changed"},
		"another value, but done":         {regionKey(), `{"success":true}`, shown(`"us"`, since), "POST GET GET GET GET", ""},
		"no value":                        {regionKey(), `{}`, pageOf(), "POST GET GET GET GET", "it could not be read back: HTTP 200 OK: the variable has no value there"},
		"no value, but done":              {regionKey(), `{"success":true}`, pageOf(), "POST GET GET GET GET", "it could not be read back"},
		"unreadable":                      {regionKey(), `{"success":true}`, `{}`, "POST GET", "it could not be read back: HTTP 200 OK: not a list of values"},
		"encrypted, changed since":        {secretKey(), `{}`, shown(`"[REDACTED]"`, since), "POST GET", ""},
		"encrypted, of before":            {secretKey(), `{}`, shown(`"[REDACTED]"`, before), "POST GET GET GET GET", "nothing that Refold shows has changed"},
		"encrypted, without a date":       {secretKey(), `{}`, shown(`"[REDACTED]"`, ""), "POST GET GET GET GET", "nothing that Refold shows has changed"},
		"encrypted, of before, but done":  {secretKey(), `{"success":true}`, shown(`"[REDACTED]"`, before), "POST GET", ""},
		"plain, but the answer says mark": {regionKey(), `{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"[REDACTED]"}`, shown(`"eu"`, since), "POST GET", ""},
		"without its id":                  {regionKey(), `{"variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu"}`, shown(`"eu"`, since), "POST GET", ""},
		"without its account":             {regionKey(), `{"_id":"1","variable_definition_id":"` + definitionID + `","value":"eu"}`, shown(`"eu"`, since), "POST GET", ""},
		"without its definition":          {regionKey(), `{"_id":"1","linked_account_id":"user","value":"eu"}`, shown(`"eu"`, since), "POST GET", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, answer(200, test.body), answer(200, test.read, "Date", "Tue, 16 Jun 2026 13:09:26 GMT"))
				client := newClient(t, net, withoutRetries)
				time.Sleep(time.Hour)
				value, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: test.key, Value: "eu"}, nil)
				expect(t, net.methods(), test.requests)
				if test.says != "" {
					isUnproven(t, test.body, err, test.says)
					return
				}
				if err != nil || value.ID != "1" {
					t.Errorf("%+v, %v", value, err)
				}
			})
		})
	}
}

// TestValueOfAnotherIsSet: whoever merges two ids is told at once.
func TestValueOfAnotherIsSet(t *testing.T) {
	for body, want := range map[string]refold.Kind{
		`{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"User","value":"5ecret"}`:                   refold.WrongAccount,
		`{"_id":"1","variable_definition_id":"other","linked_account_id":"user","value":"5ecret"}`:                                  refold.WrongObject,
		`{"_id":"1","variable_definition_id":"` + definitionID + `","linked_account_id":"user","workflow_id":"w","value":"5ecret"}`: refold.WrongObject,
	} {
		net := newNetwork(t, answer(200, body))
		_, err := newClient(t, net).SetVariableValue(t.Context(), refold.VariableSetting{Key: regionKey(), Value: "eu"}, nil)
		if refold.KindOf(err) != want || net.methods() != "POST" || strings.Contains(err.Error(), "5ecret") {
			t.Errorf("%s: %v after %s", body, err, net.methods())
		}
	}
	elsewhere := `{"_id":"1","org_id":"` + organization + `","environment":"production","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu"}`
	client := newClient(t, newNetwork(t, answer(404, notFound("user")), answer(200, elsewhere)), guarding("test"))
	_, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: regionKey(), Value: "eu"}, nil)
	if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || !mismatch.Written || mismatch.Got != "production" {
		t.Errorf("err = %v", err)
	}
}

// TestRecheckOfAValue: before a repetition it is looked at, and what is found ends the call.
func TestRecheckOfAValue(t *testing.T) {
	found := errors.New("somebody has set another value")
	for name, do := range map[string]func(context.Context, *refold.Client, refold.Recheck) error{
		"set": func(ctx context.Context, c *refold.Client, recheck refold.Recheck) error {
			_, err := c.SetVariableValue(ctx, refold.VariableSetting{Key: regionKey(), Value: "eu"}, recheck)
			return err
		},
		"delete": func(ctx context.Context, c *refold.Client, recheck refold.Recheck) error {
			return c.DeleteVariableValue(ctx, regionKey(), valueID, recheck)
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, answer(503, ""), answer(200, fine))
			asked := 0
			err := do(t.Context(), newClient(t, net), func(context.Context, bool) error {
				asked++
				return found
			})
			if !errors.Is(err, found) || asked != 1 || len(net.requests()) != 1 {
				t.Errorf("%s: %v after %d questions and %s", name, err, asked, net.methods())
			}
		})
	}
}

// TestRecheckThatFails: it has not seen what became of the attempt before.
func TestRecheckThatFails(t *testing.T) {
	for status, mayHaveArrived := range map[int]bool{503: true, 429: false} {
		synctest.Test(t, func(t *testing.T) {
			client := newClient(t, newNetwork(t, answer(status, ""), answer(403, `{"message":"no"}`)))
			_, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: regionKey(), Value: "eu"}, func(ctx context.Context, _ bool) error {
				_, err := client.CurrentVariableValue(ctx, regionKey())
				return err
			})
			refusal, ok := errors.AsType[*refold.Error](err)
			if !ok || refusal.Status != 403 || err.Error() != refusal.Error() || refold.MayHaveArrived(err) != mayHaveArrived {
				t.Errorf("after %d: %v, may have arrived: %t", status, err, refold.MayHaveArrived(err))
			}
		})
	}
}

// TestDeleteVariableValue on servers of all kinds.
func TestDeleteVariableValue(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour mockapi.VariableBehaviour
	}{
		"as documented":   {},
		"short answer":    {mockapi.VariableBehaviour{AnswerSuccess: true}},
		"account ignored": {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountIgnored}},
		"account wanted":  {mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountDemanded}},
		"gone as 400":     {mockapi.VariableBehaviour{UnknownValueAs400: true}},
	} {
		server := newValueServer(t, 1, test.behaviour)
		client := server.client()
		for _, stored := range server.VariableValues(mockapi.EnvironmentTest) {
			key := keyOf(stored.DefinitionID, stored.AccountID)
			if err := client.DeleteVariableValue(t.Context(), key, stored.ID, nil); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := client.DeleteVariableValue(t.Context(), key, stored.ID, nil); refold.KindOf(err) != refold.NotFound {
				t.Errorf("%s, again: %v", name, err)
			}
		}
		if left := server.VariableValues(mockapi.EnvironmentTest); len(left) != 0 {
			t.Errorf("%s: left are %+v", name, left)
		}
	}
}

// TestDeletionOfAValueWithoutProof looks at it, and takes one with another id for another one.
func TestDeletionOfAValueWithoutProof(t *testing.T) {
	document := func(id string) string {
		return `{` + id + `"variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"5ecret"}`
	}
	there := pageOf(document(`"_id":"` + valueID + `",`))
	for name, test := range map[string]struct {
		looks    []reply
		requests string
		says     string
	}{
		"gone":            {[]reply{answer(200, pageOf())}, "DELETE GET", ""},
		"gone in a while": {[]reply{answer(200, there), answer(200, pageOf())}, "DELETE GET GET", ""},
		"with its account": {
			[]reply{answer(404, notFound("user"))}, "DELETE GET", "",
		},
		"with its definition": {[]reply{answer(404, definitionNotFound)}, "DELETE GET", ""},
		"made anew":           {[]reply{answer(200, pageOf(document(`"_id":"6a314b06d396207fd24fb16c",`)))}, "DELETE GET", ""},
		"still there":         {[]reply{answer(200, there)}, "DELETE GET GET GET GET", "it is still there"},
		"one without an id":   {[]reply{answer(200, pageOf(document(``)))}, "DELETE GET GET GET GET", "it is still there"},
		"not to be seen":      {[]reply{answer(401, `{"message":"Invalid Credentials"}`)}, "DELETE GET", "it could not be looked at: HTTP 401"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, append([]reply{answer(200, `{}`)}, test.looks...)...)
				err := newClient(t, net, withoutRetries).DeleteVariableValue(t.Context(), regionKey(), valueID, nil)
				expect(t, net.methods(), test.requests)
				if test.says != "" {
					isUnproven(t, name, err, test.says)
				} else if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestSecretValuesAreRedacted: neither what was set nor its ciphertext stands in any error, however
// the server quotes it, in this call or a later one.
func TestSecretValuesAreRedacted(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	secret, cipher := begin+"-"+end, begin+"Ciphertext"+end
	for what, setting := range map[string]refold.VariableSetting{
		"encrypted":         {Key: secretKey(), Value: secret},
		"by the caller":     {Key: regionKey(), Value: secret, IsSecret: true},
		"encrypted, anyhow": {Key: secretKey(), Value: secret, IsSecret: true},
	} {
		for carrierName, carrier := range carriers {
			for echoName, echo := range echoes {
				t.Run(what+"/"+carrierName+"/"+echoName, func(t *testing.T) {
					client := newClient(t, newNetwork(t, carrier(echo(secret))), withoutRetries)
					_, err := client.SetVariableValue(t.Context(), setting, nil)
					checkClean(t, err)
					// What a later call is told is no other.
					checkClean(t, client.PutCredential(t.Context(), "user", "k", "v", nil))
				})
			}
			t.Run(what+"/"+carrierName+"/ciphertext", func(t *testing.T) {
				shown := `{"_id":"` + valueID + `","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"` + cipher + `"}`
				client := newClient(t, newNetwork(t, answer(200, shown), carrier(cipher)), withoutRetries)
				value, err := client.SetVariableValue(t.Context(), setting, nil)
				if setting.Key.Encrypted && (err != nil || strings.Contains(fmt.Sprintf("%+v", value), begin)) {
					t.Errorf("%+v, %v", value, err)
				}
				checkClean(t, client.PutCredential(t.Context(), "user", "k", "v", nil))
			})
		}
	}
	refusal := answer(400, `{"message":"cannot replace `+cipher+`","value":"`+cipher+`"}`)
	_, err := newClient(t, newNetwork(t, refusal)).SetVariableValue(t.Context(), refold.VariableSetting{Key: secretKey(), Value: "x"}, nil)
	checkClean(t, err)
	_, err = newClient(t, newNetwork(t, refusal)).VariableValue(t.Context(), secretKey(), refold.ReadOptions{})
	checkClean(t, err)
	checkClean(t, newClient(t, newNetwork(t, refusal)).DeleteVariableValue(t.Context(), secretKey(), valueID, nil))
}

// TestValueAsOldAsBefore: of an encrypted value, only the time tells that what is read is not of
// before the write.
func TestValueAsOldAsBefore(t *testing.T) {
	const then, now = "2026-06-16T13:09:26.100Z", "2026-06-16T13:09:26.500Z"
	shown := func(updated string) reply {
		return answer(200, pageOf(`{"_id":"1","variable_definition_id":"`+definitionID+`","linked_account_id":"user","value":"[REDACTED]","updatedAt":"`+updated+`"}`), "Date", "Tue, 16 Jun 2026 13:09:26 GMT")
	}
	for name, test := range map[string]struct {
		body     string
		reads    []reply
		requests string
		updated  string
		says     string
	}{
		"late":          {`{"success":true}`, []reply{shown(then), shown(now)}, "POST GET GET", now, ""},
		"at once":       {`{"success":true}`, []reply{shown(now)}, "POST GET", now, ""},
		"not at all":    {`{"success":true}`, []reply{shown(then)}, "POST GET GET GET GET", then, ""},
		"without proof": {`{}`, []reply{shown(then)}, "POST GET GET GET GET", "", "nothing that Refold shows has changed"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, append([]reply{answer(200, test.body)}, test.reads...)...)
				setting := refold.VariableSetting{Key: secretKey(), Value: "x", Before: &refold.VariableValue{ID: "1", UpdatedAt: then}}
				value, err := newClient(t, net, withoutRetries).SetVariableValue(t.Context(), setting, nil)
				expect(t, net.methods(), test.requests)
				if test.says != "" {
					isUnproven(t, test.body, err, test.says)
					return
				}
				if err != nil || value.UpdatedAt != test.updated {
					t.Errorf("%+v, %v", value, err)
				}
			})
		})
	}
}

// TestPlainValuesAreNoSecrets: a region that is shown in every state is not cut out of messages.
func TestPlainValuesAreNoSecrets(t *testing.T) {
	client := newClient(t, newNetwork(t, answer(200, strings.Replace(fine, `"eu"`, `"eu-central-1"`, 1)), answer(400, `{"message":"eu-central-1 is down"}`)))
	if _, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: regionKey(), Value: "eu-central-1"}, nil); err != nil {
		t.Error(err)
	}
	if err := client.PutCredential(t.Context(), "user", "k", "v", nil); err == nil || !strings.Contains(err.Error(), "eu-central-1 is down") {
		t.Errorf("err = %v", err)
	}
}

// TestTraceOfValues shows paths alone.
func TestTraceOfValues(t *testing.T) {
	var lines []string
	client := newClient(t, newNetwork(t, answer(200, fine)), func(o *refold.Options) {
		o.Trace = func(_ context.Context, attempt refold.Attempt) { lines = append(lines, fmt.Sprintf("%+v", attempt)) }
	})
	if _, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: secretKey(), Value: "5ecret-k7Qz"}, nil); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 || !strings.Contains(lines[0], http.MethodPost) || strings.Contains(lines[0], "5ecret") {
		t.Errorf("traced: %q", lines)
	}
}
