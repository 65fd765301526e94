// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// longestError is more than any error needs: quoted texts are bounded.
const longestError = 4 << 10

// readable fails the test when an error cannot be shown to a user.
func readable(t *testing.T, err error) {
	t.Helper()
	text := err.Error()
	if text == "" || len(text) > longestError || !utf8.ValidString(text) || strings.ContainsFunc(text, isUnprintable) {
		t.Errorf("an error that cannot be shown: %q", text)
	}
	if strings.Contains(text, testKey) {
		t.Errorf("an error with the key: %q", text)
	}
}

func isUnprintable(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func isPlain(text string) bool { return !strings.ContainsFunc(text, isUnprintable) }

// FuzzAccount reads whatever a server may answer to a GET.
func FuzzAccount(f *testing.F) {
	for _, seed := range []string{
		document("user"), notFound("user"), `{"account_id":"user"}`, `{"account_id":"user","udf":{"a":1e400}}`, `[]`, ``, "\xff", `{"account_id":"` + testKey + `"}`,
		`{"account_id":"user","_id":5,"name":{"a":1},"createdAt":true,"udf":[{"key_name":1,"key_value":[1,{"a":null}]}]}`, `{"success":false,"message":"` + testKey + `"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		account, err := newClient(t, newNetwork(t, answer(200, string(body))), withoutRetries).LinkedAccount(t.Context(), "user")
		if err != nil {
			if account != nil {
				t.Errorf("both an account and %v", err)
			}
			readable(t, err)
			return
		}
		if account.AccountID != "user" || account.UDF == nil && account.UDFError == nil {
			t.Errorf("account %+v", account)
		}
		for _, label := range []string{account.ID, account.OrganizationID, account.Environment, account.CreatedAt, account.UpdatedAt} {
			if !isPlain(label) {
				t.Errorf("a label that cannot be shown: %q", label)
			}
		}
		if _, err := json.Marshal(account.UDF); err != nil {
			t.Errorf("udf cannot be sent back: %v", err)
		}
	})
}

// FuzzIntegrations: the guard against deletions depends on every one of them.
func FuzzIntegrations(f *testing.F) {
	for _, seed := range []string{
		`null`, `[]`, `[null]`, `{}`, `"a"`, `[1,"x",{"type":"slack"},[]]`, `[{"type":{"a":1},"name":"\u0000","reauth_required":"yes","app_id":7}]`,
		`[{"type":"custom","app_id":"6a05d19680458c9a09e79c2e","reauth_required":true,"createdAt":"2026-05-18T09:30:17"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, list []byte) {
		if !json.Valid(list) {
			return
		}
		account, err := newClient(t, newNetwork(t, answer(200, `{"account_id":"user","integrations":`+string(list)+`}`)), withoutRetries).LinkedAccount(t.Context(), "user")
		if err != nil {
			t.Fatalf("%s made the account unreadable: %v", list, err)
		}
		want := 1
		var entries []json.RawMessage
		if json.Unmarshal(list, &entries) == nil {
			want = len(entries)
		}
		if len(account.Integrations) != want {
			t.Errorf("%s became %d integrations, want %d", list, len(account.Integrations), want)
		}
		for _, found := range account.Integrations {
			if !isPlain(found.Type + found.Name + found.Icon + found.AppID + found.CreatedAt + found.UpdatedAt) {
				t.Errorf("an integration that cannot be shown: %+v", found)
			}
		}
	})
}

// FuzzError takes any refusal, from Refold or anything in front of it.
func FuzzError(f *testing.F) {
	for _, seed := range []struct {
		status int
		body   string
		header string
	}{
		{404, notFound("user"), ""}, {500, notFound("user"), ""}, {429, `{"message":"slow down"}`, "5"}, {503, "<html><title>\x1b[31m</title>", "Wed, 21 Oct 2099 07:28:00 GMT"},
		{401, `{"error": "Invalid Credentials" "message": "x"}`, ""}, {302, "", "//evil.example"}, {200, `{"error":"no"}`, ""}, {400, `{"message":["a",{"message":"` + testKey + `"}]}`, "-1"},
		{400, "{\"error\":\"tk0f1e2d3\x7fc-key\"}", ""}, {403, `{"error":"FORBIDDEN"}`, "99999999999999999999"}, {502, "tk0f1e\x002d3c-key", ""}, {404, `{"message":"Linked Account with account id user not found."}`, ""},
	} {
		f.Add(seed.status, []byte(seed.body), seed.header)
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, header string) {
		status = 200 + (status%400+400)%400
		net := newNetwork(t, answer(status, string(body), "Retry-After", header, "Location", header))
		err := newClient(t, net, withoutRetries).DeleteLinkedAccount(t.Context(), "user", nil)
		if err == nil {
			if status > 299 {
				t.Errorf("status %d was taken for a success", status)
			}
			return
		}
		readable(t, err)
		refusal, ok := errors.AsType[*refold.Error](err)
		if !ok {
			return
		}
		if refusal.Kind == refold.AccountNotFound && status != http.StatusNotFound && status != http.StatusInternalServerError {
			t.Errorf("status %d means that the account is gone: %s", status, body)
		}
		if refusal.RetryAfter < 0 || !isPlain(refusal.Scope.OrganizationID+refusal.Scope.Environment) {
			t.Errorf("refusal %+v", refusal)
		}
	})
}

// FuzzURL: what a server decodes is what was meant, whatever is in an id.
func FuzzURL(f *testing.F) {
	for _, seed := range [][2]string{
		{"user_1", "key"}, {"a b+c%2F/d", "api key"}, {"ä@x.test", "../.."}, {"a?b#c;d=e&f", "%"}, {"...", "a/./b"}, {"日本\u200b", "\u2028"}, {`\`, `"<>`},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, id, name string) {
		if refold.CheckLinkedAccountID(id) != nil || refold.CheckCredentialName(name) != nil {
			return
		}
		net := newNetwork(t, answer(200, `{"success":true}`))
		client := newClient(t, net)
		if err := client.DeleteLinkedAccount(t.Context(), id, nil); err != nil {
			t.Fatal(err)
		}
		if err := client.PutCredential(t.Context(), id, name, "v", nil); err != nil {
			t.Fatal(err)
		}
		requests := net.requests()
		arrives(t, requests[0].URI, accountsPath, id)
		query := arrives(t, requests[1].URI, accountsPath+"/default-app/auth-credentials", name)
		if got := query["linked_account_id"]; len(got) != 1 || got[0] != id {
			t.Errorf("%q arrives in the query as %q", id, got)
		}
		for header, values := range requests[1].Header {
			if strings.EqualFold(header, "linked_account_id") && values[0] != id {
				t.Errorf("%q arrives in the header as %q", id, values)
			}
		}
	})
}

// arrives decodes an address as a server does, and returns its query.
func arrives(t *testing.T, uri, folder, last string) url.Values {
	t.Helper()
	received, err := url.ParseRequestURI(uri)
	if err != nil {
		t.Fatalf("%s cannot be read: %v", uri, err)
	}
	escaped := received.EscapedPath()
	segment, ok := strings.CutPrefix(escaped, folder+"/")
	decoded, err := url.PathUnescape(segment)
	if !ok || err != nil || strings.Contains(segment, "/") || decoded != last {
		t.Errorf("%q arrives as %q of %s (%v)", last, decoded, uri, err)
	}
	if path.Clean(escaped) != escaped {
		t.Errorf("a proxy would make %s of %s", path.Clean(escaped), escaped)
	}
	query, err := url.ParseQuery(received.RawQuery)
	if err != nil {
		t.Errorf("the query of %s cannot be read: %v", uri, err)
	}
	return query
}

// FuzzUpsertAnswer: an accepted write is never mistaken for one that is about
// another account, however little of its answer can be read.
func FuzzUpsertAnswer(f *testing.F) {
	// A shorter one is redacted only where it stands by itself.
	const credential = "hunter2-k7Qz"
	for _, seed := range []string{
		`{"success":true}`, `{"new_account":true}`, complete(`,"udf":[]`), complete(`,"udf":[{"key_name":"a","key_value":1}],"new_account":false`), `{"new_account":"yes"}`, ``,
		`{"account_id":"other","udf":[],"_id":"1","environment":"test","associated_org":"o"}`, `{"account_id":"user","udf":7}`, `{"success":false,"message":"` + credential + ` ` + testKey + `"}`, `<html>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
			if request.Method == http.MethodPut {
				return answer(200, string(body))(request)
			}
			return answer(200, document("user"))(request)
		})
		result, err := newClient(t, net, withoutRetries).UpsertLinkedAccount(t.Context(), refold.Upsert{
			AccountID: "user", YourApp: &refold.YourApp{AuthCredentials: map[string]string{"k": credential}},
		})
		if err != nil {
			if strings.Contains(err.Error(), credential) {
				t.Errorf("an error with a credential: %v", err)
			}
			readable(t, err)
			return
		}
		if result.ReadBackError != nil || result.Account.AccountID != "user" || result.Account.ID == "" || result.Account.UDF == nil || !result.Account.Scope().IsKnown() {
			t.Errorf("%s became %+v, %+v", body, result, result.Account)
		}
	})
}

// FuzzListPage reads whatever a server may answer for each page of a list. It asks for few pages,
// whatever they say, and takes nothing from them that cannot be shown.
func FuzzListPage(f *testing.F) {
	full := document("user")
	for _, seed := range []string{
		`{"docs":[` + full + `],"totalDocs":1,"limit":100,"totalPages":1,"page":1,"hasNextPage":false}`, `{"docs":[` + full + `],"totalDocs":250,"hasNextPage":true}`,
		`{"docs":[` + full + `,` + strings.ReplaceAll(full, "user", "USER") + `],"totalDocs":"2"}`, `{"docs":[],"totalDocs":0}`, `{"docs":[]}`, `{"docs":null}`, `{"docs":{}}`, `[]`, ``, `null`, "\xff",
		`{"docs":[` + full + `],"totalDocs":2147483647,"totalPages":-1}`, `{"docs":[null,1,"x",{"account_id":".."}],"totalDocs":1e9}`, `{"docs":[{"account_id":"user"}],"totalPages":3}`,
		`{"error":"SERVER_ERROR","message":"` + testKey + `"}`, "{\"error\":\"tk0f1e2d3\x7fc-key\"}", `{"docs":[{"account_id":"` + testKey + ` "}],"totalDocs":1}`, `{"docs":[{"account_id":"user","environment":"\u0000","udf":[{"key_name":1,"key_value":2}]}],"hasNextPage":"true"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
			if isList(request) {
				return answer(200, string(body))(request)
			}
			return answer(404, `{"message":"Linked Account with account id user not found"}`)(request)
		})
		client := newClient(t, net, withoutRetries, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 1e6, 1e6 })
		accounts, err := client.AllLinkedAccounts(t.Context())
		if err != nil {
			if _, isPartial := errors.AsType[*refold.UnusableIDsError](err); accounts != nil && !isPartial {
				t.Errorf("both %d accounts and %v", len(accounts), err)
			}
			readable(t, err)
		}
		for _, account := range accounts {
			if account.ID == "" || account.UDF == nil || !isPlain(account.ID+account.OrganizationID+account.Environment+account.CreatedAt+account.UpdatedAt) {
				t.Errorf("account %+v", account)
			}
		}
		if sent := len(net.requests()); sent > 100+len(body) {
			t.Errorf("%d requests", sent)
		}
		for id, found := range client.ReadLinkedAccounts(t.Context(), []string{"user", "nobody"}, refold.ReadOptions{TrustAbsence: true}) {
			if (found.Account == nil) == (found.Err == nil) || found.Account != nil && found.Account.AccountID != id {
				t.Errorf("%s became %+v, %v", id, found.Account, found.Err)
			}
		}
	})
}

// FuzzApplications: whether something is connected depends on every one of them.
func FuzzApplications(f *testing.F) {
	for _, seed := range []string{
		slackByKeys, noSlack, `[]`, `null`, `{}`, ``, `[null]`, `[{"slug":"slack"},{"app_id":"x","type":"custom","connected":true}]`, `[{"slug":"a","auth_type":"oauth2","auth_type_options":{"keybased":[null,"x",{"name":7}]}}]`,
		`[{"slug":"\u0000a","tags":{"a":1},"auth_type_options":[],"auth_input_map":{"b":"string"},"connected":"true","connected_accounts":[1,{"identifier":{"a":"\u2028"},"auth_type":[]}],"reauth_required":"yes"}]`, "[{\"slug\":\"\xff\"}]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		applications, err := applicationsIn(t, string(body))
		if err != nil {
			if applications != nil {
				t.Errorf("both applications and %v", err)
			}
			readable(t, err)
			return
		}
		var entries []json.RawMessage
		if json.Unmarshal(body, &entries) != nil || len(entries) != len(applications) {
			t.Errorf("%s became %d applications", body, len(applications))
		}
		for _, app := range applications {
			if app.RemovalSlug() == "" || !app.IsNamed(app.RemovalSlug()) || app.Tags == nil || app.ReauthRequired && !app.IsConnected || len(app.Connections) > 0 && !app.IsConnected {
				t.Errorf("application %+v", app)
			}
			if !isPlain(app.Slug + app.AppID + app.Type + app.Name + app.Icon + app.Description + app.AuthType + strings.Join(app.Tags, "") + strings.Join(app.AuthTypes, "")) {
				t.Errorf("an application that cannot be shown: %+v", app)
			}
			for _, connection := range app.Connections {
				if !isPlain(connection.AuthType + connection.Identifier + connection.Status + connection.ConnectedAt) {
					t.Errorf("a connection that cannot be shown: %+v", connection)
				}
			}
			if authType, hasKeys := app.KeyType(); hasKeys != refold.IsKeyBased(authType) {
				t.Errorf("%+v is connected by %q, by keys %t", app, authType, hasKeys)
			}
		}
	})
}

// FuzzConfig: the guard against deletions depends on every field, and every value goes back as it
// came.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		hubspotUser, `{"config_id":"user","fields":[]}`, `{"config_id":"user"}`, `{"config_id":7,"fields":[]}`, `{"success":true}`, `[]`, ``, "\xff", hubspotUser + "x", configNotFound,
		`{"config_id":"user","fields":[{"id":"f","value":{"a/b c.d":[1e400,1152921504606846976,null,{}]},"defaultValue":[],"options":[{"x":1}]}],"workflows":[{"id":"w","enabled":"true","fields":[null]}],"field_errors":["\u0007",{"message":["` + testKey + `"]}]}`,
		`{"config_id":"user","fields":[{"id":"a"},{"id":"a"}]}`, `{"config_id":"` + testKey + `","fields":[]}`, `{"config_id":"user","fields":[{"id":"\ud800"},{"id":"\udc00"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		config, err := configIn(t, string(body))
		if err != nil {
			if config != nil {
				t.Errorf("both a config and %v", err)
			}
			readable(t, err)
			return
		}
		if config.ConfigID != "user" || !isPlain(strings.Join(config.FieldErrors, "")) || strings.Contains(strings.Join(config.FieldErrors, ""), testKey) {
			t.Errorf("config %+v", config)
		}
		isField := map[string]bool{}
		for _, field := range config.Fields {
			if field.ID == "" || isField[field.ID] || config.Field(field.ID).ID != field.ID || !isPlain(field.Name+field.Type) {
				t.Errorf("field %+v", field)
			}
			isField[field.ID] = true
			if field.Value == nil {
				continue
			}
			net := newNetwork(t, answer(200, `{"success":true}`))
			if _, err := newClient(t, net).SetConfigField(t.Context(), userKey(), "f", field.Value, nil); err != nil {
				t.Errorf("%#v cannot be sent back: %v", field.Value, err)
			}
		}
		for _, workflow := range config.Workflows {
			if workflow.ID == "" || config.Workflow(workflow.ID).ID != workflow.ID || !isPlain(workflow.Name+workflow.Description) {
				t.Errorf("workflow %+v", workflow)
			}
		}
	})
}

// FuzzConfigURL: what a server decodes is what was meant, in each of the four places.
func FuzzConfigURL(f *testing.F) {
	for _, seed := range [][4]string{
		{"user_1", "hubspot", "user_1", "sync"}, {"a b+c%2F/d", "my app", "emea/2", "a.b/c"}, {"x", "a?b#c;d=e&f", "größe", "日本"}, {`\`, `"<>`, "%", " a "}, {" a", "b", "c", "d"}, {"ä", "b", "c", "d"}, {"a", "ä", "c", "d"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, id, slug, configID, fieldID string) {
		if refold.CheckLinkedAccountID(id) != nil || refold.CheckSlug(slug) != nil || refold.CheckFieldID(configID) != nil || refold.CheckFieldID(fieldID) != nil {
			return
		}
		net := newNetwork(t, answer(200, `{"success":true}`))
		client, key := newClient(t, net), refold.ConfigKey{AccountID: id, Slug: slug, ConfigID: configID}
		_, err := client.SetConfigField(t.Context(), key, fieldID, true, nil)
		if cannotTravel := refold.CheckHeader(id) != nil || refold.CheckHeader(slug) != nil; cannotTravel {
			if !errors.Is(err, refold.ErrNotInHeader) || len(net.requests()) != 0 {
				t.Errorf("%q, %q: %v after %s", id, slug, err, net.methods())
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := client.DeleteConfig(t.Context(), key, nil); err != nil {
			t.Fatal(err)
		}
		requests := net.requests()
		if query := arrives(t, requests[0].URI, fieldsPath, fieldID); len(query["config_id"]) != 1 || query["config_id"][0] != configID {
			t.Errorf("%q arrives in the query as %q", configID, query["config_id"])
		}
		folder, _, _ := strings.Cut(strings.TrimPrefix(requests[1].URI, "/api/v2/public/slug/"), "/")
		if arrived, err := url.PathUnescape(folder); err != nil || arrived != slug {
			t.Errorf("%q arrives in the path as %q (%v)", slug, arrived, err)
		}
		arrives(t, requests[1].URI, "/api/v2/public/slug/"+folder+"/config", configID)
		for _, request := range requests {
			if selectedIn(request.Header) != id {
				t.Errorf("%q arrives in the header as %q", id, selectedIn(request.Header))
			}
		}
		if requests[0].Header.Get("slug") != slug {
			t.Errorf("%q arrives in the header as %q", slug, requests[0].Header.Get("slug"))
		}
	})
}
