// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// LinkedAccount has the operations of accounts, and of the credentials in them.
func (operationsOf) LinkedAccount() objectOperations {
	return objectOperations{
		fine: `"success":true,"docs":[` + document("user") + `],"totalDocs":1,"hasNextPage":false`,
		calls: map[string]operation{
			"Scope": {requests: "GET", asks: noAccount, findsAbsence: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.Scope(ctx, "user")
				return err
			}},
			"LinkedAccount": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.LinkedAccount(ctx, "user")
				return err
			}},
			"ReadLinkedAccount": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.ReadLinkedAccount(ctx, "user", refold.ReadOptions{})
				return err
			}},
			"ReadLinkedAccounts": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				var last error
				for _, found := range c.ReadLinkedAccounts(ctx, []string{"user"}, refold.ReadOptions{}) {
					last = found.Err
				}
				return last
			}},
			"AllLinkedAccounts": {requests: "GET", asks: noList, endsBySnapshotLife: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.AllLinkedAccounts(ctx)
				return err
			}},
			"ListLinkedAccounts": {requests: "GET", asks: noList, do: func(ctx context.Context, c *refold.Client) error {
				return lastError(c.ListLinkedAccounts(ctx, refold.ListFilter{}, refold.ListOptions{}))
			}},
			"SelectLinkedAccounts": {requests: "GET", asks: noList, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.SelectLinkedAccounts(ctx, refold.ListFilter{Search: "Acme"})
				return err
			}},
			"UpsertLinkedAccount": {requests: "PUT", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				result, err := c.UpsertLinkedAccount(ctx, refold.Upsert{AccountID: "user", Name: new("A")})
				if err != nil {
					return err
				}
				return result.ReadBackError
			}},
			"DeleteLinkedAccount": {requests: "DELETE", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				return c.DeleteLinkedAccount(ctx, "user", nil)
			}},
			"PutCredential": {requests: "PUT", asks: noProof, do: func(ctx context.Context, c *refold.Client) error {
				return c.PutCredential(ctx, "user", "k", "v", nil)
			}},
			"DeleteCredential": {requests: "DELETE", asks: noProof, do: func(ctx context.Context, c *refold.Client) error {
				return c.DeleteCredential(ctx, "user", "k", nil)
			}},
		},
	}
}

// TestDecodeAccount covers the bodies of FACTS 2.1 to 2.1.3 and what older servers leave out.
func TestDecodeAccount(t *testing.T) {
	tests := map[string]struct {
		body string
		want refold.LinkedAccount
	}{
		"everything": {
			`{
			  "_id": "6992cc7e9d38bc6a2ae28d12", "associated_org": "6500a1b2c3d4e5f6a7b8c9d0", "account_id": "user", "environment": "production", "name": "Acme Inc.",
			  "udf": [
			    {"key_name": "plan", "key_value": "enterprise", "_id": "6a0adc293670c4d294dd15cd", "createdAt": "2026-05-18T09:30:17.525Z", "updatedAt": "2026-05-18T09:30:17.525Z"},
			    {"key_name": "seats", "key_value": 20}, {"key_name": "beta", "key_value": true}, {"key_name": "gone", "key_value": null}
			  ],
			  "integrations": [
			    {"type": "hubspot", "name": "Hubspot", "app_id": null, "icon": "https://img.example/h.png", "reauth_required": false, "createdAt": "2026-05-18T09:30:17.525Z", "updatedAt": "2026-05-19T09:30:17"},
			    {"_id": "1", "type": "custom", "name": "Acme CRM", "app_id": "6a05d19680458c9a09e79c2e", "identifier": {"x": 1}, "reauth_required": true},
			    {"type": "slack"}
			  ],
			  "createdAt": "2026-05-22T11:24:06.840Z", "updatedAt": "2026-05-25T04:37:50.064Z", "__v": 326, "is_seed": false, "tenant_account_id": null, "scope": "x"
			}`,
			refold.LinkedAccount{
				ID: "6992cc7e9d38bc6a2ae28d12", OrganizationID: organization, AccountID: "user", Environment: "production", Name: "Acme Inc.",
				ShowsUDF: true, UDF: refold.UDF{"plan": "enterprise", "seats": json.Number("20"), "beta": true, "gone": nil},
				Integrations: []refold.Integration{
					{Type: "hubspot", Name: "Hubspot", Icon: "https://img.example/h.png", ReauthRequired: new(false), CreatedAt: "2026-05-18T09:30:17.525Z", UpdatedAt: "2026-05-19T09:30:17Z"},
					{Type: refold.TypeCustom, Name: "Acme CRM", AppID: "6a05d19680458c9a09e79c2e", ReauthRequired: new(true)},
					{Type: "slack"},
				},
				ShowsIntegrations: true,
				CreatedAt:         "2026-05-22T11:24:06.840Z", UpdatedAt: "2026-05-25T04:37:50.064Z",
			},
		},
		"minimal, integrations null": {
			`{"_id":"1","account_id":"user","name":"A","environment":"test","integrations":null}`,
			refold.LinkedAccount{ID: "1", AccountID: "user", Name: "A", Environment: "test", UDF: refold.UDF{}},
		},
		"without integrations": {
			`{"account_id":"user","udf":[]}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{}},
		},
		"no integrations":  {`{"account_id":"user","integrations":[]}`, refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}, ShowsIntegrations: true}},
		"name null":        {`{"account_id":"user","name":null}`, refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}}},
		"name empty":       {`{"account_id":"user","name":""}`, refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}}},
		"udf null":         {`{"account_id":"user","udf":null}`, refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}}},
		"udf empty object": {`{"account_id":"user","udf":{}}`, refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{}}},
		"udf object": {
			`{"account_id":"user","udf":{"plan":"pro","seats":20.50,"beta":false,"gone":null}}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{"plan": "pro", "seats": json.Number("20.50"), "beta": false, "gone": nil}},
		},
		"huge numbers": {
			`{"account_id":"user","udf":[{"key_name":"i","key_value":123456789012345678901234567890},{"key_name":"f","key_value":0.1},{"key_name":"e","key_value":1e400}]}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{"i": json.Number("123456789012345678901234567890"), "f": json.Number("0.1"), "e": json.Number("1e400")}},
		},
		"huge number in an object": {
			`{"account_id":"user","udf":{"i":18446744073709551617}}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{"i": json.Number("18446744073709551617")}},
		},
		"nested values": {
			`{"account_id":"user","udf":[{"key_name":"o","key_value":{"a":[1,"x",null,true]}},{"key_name":"l","key_value":[]}]}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{
				"o": map[string]any{"a": []any{json.Number("1"), "x", nil, true}}, "l": []any{},
			}},
		},
		"udf entry without value": {
			`{"account_id":"user","udf":[{"key_name":"plan"}]}`,
			refold.LinkedAccount{AccountID: "user", ShowsUDF: true, UDF: refold.UDF{"plan": nil}, UDFWithoutValue: []string{"plan"}},
		},
		"dates without zone": {
			`{"account_id":"user","createdAt":"2026-05-22T11:24:06.840","updatedAt":"2026-05-22T11:24:06"}`,
			refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}, CreatedAt: "2026-05-22T11:24:06.840Z", UpdatedAt: "2026-05-22T11:24:06Z"},
		},
		"dates with another zone, and no dates": {
			`{"account_id":"user","createdAt":"2026-05-22T11:24:06+02:00","updatedAt":"yesterday"}`,
			refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}, CreatedAt: "2026-05-22T11:24:06+02:00", UpdatedAt: "yesterday"},
		},
		"white space around": {
			" \n{\"account_id\":\"user\"}\n ",
			refold.LinkedAccount{AccountID: "user", UDF: refold.UDF{}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, answer(200, test.body))
			account, err := newClient(t, net).LinkedAccount(t.Context(), "user")
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*account, test.want) {
				t.Errorf("got  %+v\nwant %+v", *account, test.want)
			}
			if account.Scope() != (refold.Scope{OrganizationID: test.want.OrganizationID, Environment: test.want.Environment}) {
				t.Errorf("Scope = %+v", account.Scope())
			}
			expect(t, net.methods(), "GET")
		})
	}
}

// TestUnusableAccount has answers of 200 that cannot be the account.
func TestUnusableAccount(t *testing.T) {
	tests := map[string]struct {
		status    int
		body      string
		says      string
		notRefold bool
	}{
		"empty":                {200, "", "empty answer", true},
		"no content":           {204, "", "empty answer", true},
		"text":                 {200, "ok", "not a linked account", true},
		"cut off":              {200, `{"account_id":"user"`, "not a linked account", true},
		"trailing comma":       {200, `{"account_id":"user",}`, "not a linked account", true},
		"two values":           {200, `{"account_id":"user"}{}`, "not a linked account", true},
		"array":                {200, `[{"account_id":"user"}]`, "not a linked account", true},
		"null":                 {200, "null", "without an account_id", true},
		"success only":         {200, `{"success":true}`, "without an account_id", true},
		"type mismatch":        {200, `{"account_id":5}`, "not a linked account", true},
		"HTML":                 {200, "<!DOCTYPE html><title>Sign in</title>", `HTML page titled "Sign in"`, true},
		"another account":      {200, document("User"), "about another account, User", false},
		"another, with escape": {200, `{"account_id":"evil\u001b[2J\u202e` + testKey + `"}`, "about another account, evil[2J(redacted)", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, answer(test.status, test.body))
			account, err := newClient(t, net, withoutRetries).LinkedAccount(t.Context(), "user")
			if account != nil {
				t.Errorf("account = %+v, want none", account)
			}
			refusal, ok := errors.AsType[*refold.Error](err)
			if !ok {
				t.Fatalf("err = %v, want *refold.Error", err)
			}
			wantKind := refold.Other
			if strings.HasPrefix(name, "another") {
				wantKind = refold.WrongAccount
			}
			if refusal.Kind != wantKind || refusal.NotRefold != test.notRefold || refusal.Status != test.status {
				t.Errorf("err = %+v", refusal)
			}
			if !strings.Contains(refusal.Message, test.says) {
				t.Errorf("message = %q, want it to say %q", refusal.Message, test.says)
			}
			expect(t, net.methods(), "GET")
		})
	}
}

// TestOddFields: one field of an unexpected form does not make an account
// unreadable, and an integration that cannot be read is not overlooked.
func TestOddFields(t *testing.T) {
	body := `{"account_id":"user","_id":17,"environment":"test","name":5,"createdAt":1716000000,"udf":[{"key_name":7,"key_value":"x"}],
		"integrations":[{"type":"hubspot\u001b[2J","name":{"en":"Hubspot"},"icon":{},"app_id":42,"reauth_required":"yes"},"zapier"],"error":""}`
	account, err := newClient(t, newNetwork(t, answer(200, body))).LinkedAccount(t.Context(), "user")
	if err != nil {
		t.Fatal(err)
	}
	want := refold.LinkedAccount{
		ID: "17", AccountID: "user", Environment: "test", Name: "5", CreatedAt: "1716000000", ShowsUDF: true, UDF: refold.UDF{"7": "x"},
		Integrations: []refold.Integration{
			{Type: "hubspot[2J", AppID: "42"},
			{Type: "unknown", Name: "an integration in a form that is not known"},
		},
		ShowsIntegrations: true,
	}
	if !reflect.DeepEqual(*account, want) {
		t.Errorf("got  %+v\nwant %+v", *account, want)
	}
	account, err = newClient(t, newNetwork(t, answer(200, `{"account_id":"user","integrations":{}}`))).LinkedAccount(t.Context(), "user")
	if err != nil || len(account.Integrations) != 1 {
		t.Errorf("integrations that are no list: %+v, %v", account, err)
	}
}

// What cannot be understood of user-defined fields leaves the rest of the account.
func TestUnreadableFields(t *testing.T) {
	for udf, says := range map[string]string{
		`"plan"`:              "neither a list nor an object",
		`[{"key_name":{}}]`:   "not a text",
		`[{"key_value":"x"}]`: "not a text",
		`["x"]`:               "not a text",
		`[{"key_name":"\ud800","key_value":1},{"key_name":"\udfff","key_value":2}]`: `the key "\ufffd" twice`,
		`[{"key_name":"a","key_value":1},{"key_name":"a","key_value":1}]`:           `the key "a" twice`,
	} {
		body := `{"_id":"1","account_id":"user","name":"Acme","udf":` + udf + `,"integrations":[{"type":"slack"}]}`
		account, err := newClient(t, newNetwork(t, answer(200, body))).LinkedAccount(t.Context(), "user")
		if err != nil {
			t.Errorf("%s: %v", udf, err)
			continue
		}
		if account.UDF != nil || account.UDFError == nil || !strings.Contains(account.UDFError.Error(), says) || account.Name != "Acme" || len(account.Integrations) != 1 {
			t.Errorf("%s: %+v", udf, account)
		}
	}
}

func TestMessagesInOtherForms(t *testing.T) {
	for body, want := range map[string]string{
		`{"message":["name is wrong","udf is wrong"]}`:       "name is wrong; udf is wrong",
		`{"error":{"message":"nested"},"error_code":"CODE"}`: "nested",
	} {
		_, err := newClient(t, newNetwork(t, answer(400, body))).LinkedAccount(t.Context(), "user")
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Message != want {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}
