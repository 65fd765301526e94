// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Connection has the operations of connections by keys.
func (operationsOf) Connection() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"SaveKeyCredentials": {requests: "PUT GET", asks: asksFor("not a list of applications in JSON", ofAnotherAccount, emptyAnswer), looksAfter: true, body: slackByKeys, do: func(ctx context.Context, c *refold.Client) error {
				saved, err := c.SaveKeyCredentials(ctx, slackKeys(nil), nil)
				if err != nil {
					return err
				}
				return saved.ReadBackError
			}},
			"RemoveConnection": {requests: "DELETE", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				return c.RemoveConnection(ctx, "user", "slack", "keybased", nil)
			}},
		},
	}
}

func slackKeys(before *refold.Connection) refold.KeyCredentials {
	return refold.KeyCredentials{AccountID: "user", Slug: "slack", AuthType: "keybased", Keys: map[string]string{"token": "5ecret-k7Qz"}, Before: before}
}

// slackBefore is the connection in slackByKeys.
func slackBefore() *refold.Connection {
	return &refold.Connection{AuthType: "keybased", Identifier: "T1", Status: "active", ConnectedAt: "2026-05-18T09:30:17.525Z"}
}

func TestSaveKeyCredentials(t *testing.T) {
	net := newNetwork(t, answer(200, `{"success":true}`), answer(200, slackByKeys))
	client := newClient(t, net)
	saved, err := client.SaveKeyCredentials(t.Context(), refold.KeyCredentials{
		AccountID: "a/b c", Slug: "slack", AuthType: "keybased", Keys: map[string]string{"subdomain": "acme", "api_token": `5"<&`},
	}, nil)
	if err != nil || saved.ReadBackError != nil {
		t.Fatalf("%+v, %v", saved, err)
	}
	if connection, isThere := saved.Application.Connection("keybased"); !isThere || connection != *slackBefore() {
		t.Errorf("%+v", saved.Application)
	}
	request := net.requests()[0]
	if request.Method != "PUT" || request.URI != accountsPath+"/integration/save-key-credentials/slack?auth_type=keybased&linked_account_id=a%2Fb+c" || request.Body != `{"api_token":"5\"\u003c\u0026","subdomain":"acme"}` {
		t.Errorf("sent %s %s %s", request.Method, request.URI, request.Body)
	}
	if id := selectedIn(request.Header); id != "a/b c" {
		t.Errorf("the header selects %q", id)
	}
	// What was read after it serves the next one who asks.
	if _, err := client.Applications(t.Context(), "a/b c", 0); err != nil || net.methods() != "PUT GET" {
		t.Errorf("%v after %s", err, net.methods())
	}
}

// TestSavedCredentialsAreShown: the answer says that they were saved, or only what Refold shows
// does (FACTS 0.4, 2.3).
func TestSavedCredentialsAreShown(t *testing.T) {
	const own = `{"integration":{"name":"Slack"},"scopes":["read"]}`
	anew := strings.Replace(slackByKeys, "2026-05-18", "2026-05-19", 1)
	for name, test := range map[string]struct {
		answer   string
		before   *refold.Connection
		shown    []string
		requests string
		says     string // empty where they count as saved
	}{
		"new":                               {`{"success":true}`, nil, []string{slackByKeys}, "PUT GET", ""},
		"new, seen late":                    {`{"success":true}`, nil, []string{noSlack, noSlack, slackByKeys}, "PUT GET GET GET", ""},
		"new, never seen":                   {`{"success":true}`, nil, []string{noSlack}, "PUT GET GET GET GET", `after it, Refold shows no connection of type "keybased"`},
		"new, of an app that is not listed": {`{"success":true}`, nil, []string{`[]`}, "PUT GET GET GET GET", `after it, Refold shows no connection of type "keybased"`},
		"new, answered by the app":          {own, nil, []string{slackByKeys}, "PUT GET", ""},
		"new, without a word":               {``, nil, []string{slackByKeys}, "PUT GET", ""},
		"new, without a word or a trace":    {``, nil, []string{noSlack}, "PUT GET GET GET GET", "nothing that Refold shows has changed"},
		"again":                             {`{"success":true}`, slackBefore(), []string{slackByKeys}, "PUT GET", ""},
		"again, answered by the app":        {own, slackBefore(), []string{slackByKeys}, "PUT GET", ""},
		"again, without a word":             {`null`, slackBefore(), []string{slackByKeys, anew}, "PUT GET GET", ""},
		"again, without a word or a trace":  {`{}`, slackBefore(), []string{slackByKeys}, "PUT GET GET GET GET", "the answer does not say that the credentials were saved"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				plays := []reply{answer(200, test.answer)}
				for _, body := range test.shown {
					plays = append(plays, answer(200, body))
				}
				net := newNetwork(t, plays...)
				saved, err := newClient(t, net).SaveKeyCredentials(t.Context(), slackKeys(test.before), nil)
				expect(t, net.methods(), test.requests)
				if test.says != "" {
					isUnproven(t, name, err, test.says)
					return
				}
				if err != nil || saved.ReadBackError != nil || !saved.Application.IsConnected {
					t.Errorf("%+v, %v", saved, err)
				}
			})
		})
	}
}

// Where the app cannot be read after it, they were saved only if the answer says so.
func TestSavedCredentialsCannotBeReadBack(t *testing.T) {
	for body, isSaved := range map[string]bool{`{"success":true}`: true, `ok`: true, `{"integration":{}}`: true, ``: false, `[]`: false, `{}`: false, `It works!`: false} {
		net := newNetwork(t, answer(200, body), answer(403, `{"message":"no"}`))
		saved, err := newClient(t, net).SaveKeyCredentials(t.Context(), slackKeys(nil), nil)
		if !isSaved {
			isUnproven(t, body, err, "the app could not be looked at: HTTP 403")
		} else if err != nil || saved.ReadBackError == nil || saved.Application != nil {
			t.Errorf("%s: %+v, %v", body, saved, err)
		}
	}
}

func TestSaveKeyCredentialsFails(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   refold.Kind
		says   string
	}{
		"refused by the app": {500, `{"error":"SERVER_ERROR","message":"Failed to verify credentials: token 5ecret-k7Qz is revoked"}`, refold.CredentialsRefused, "Failed to verify credentials: token (redacted) is revoked"},
		"another refusal":    {400, `{"message":"Failed to verify credentials: x"}`, refold.Other, "Failed to verify"},
		"no such account":    {404, notFound("user"), refold.AccountNotFound, "not found"},
		"a lost header":      {404, `{"error":"MISSING_REQUIRED_FIELD","message":"Linked account id is required with API Key, for this resource"}`, refold.Other, "MISSING_REQUIRED_FIELD"},
		"a refusal with 200": {200, `{"error":"Custom apps are not supported"}`, refold.Other, "Custom apps"},
	} {
		net := newNetwork(t, answer(test.status, test.body))
		saved, err := newClient(t, net).SaveKeyCredentials(t.Context(), slackKeys(nil), nil)
		if saved != nil || err == nil || refold.KindOf(err) != test.want || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "5ecret") || net.methods() != "PUT" {
			t.Errorf("%s: %v after %s", name, err, net.methods())
		}
	}
}

// TestKeysAreRedacted: whatever quotes them, then and later.
func TestKeysAreRedacted(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for coreName, core := range secretCores {
		secret := begin + core + end
		for echoName, echo := range echoes {
			for carrierName, carrier := range carriers {
				t.Run(coreName+"/"+echoName+"/"+carrierName, func(t *testing.T) {
					client := newClient(t, newNetwork(t, carrier(echo(secret))), withoutRetries)
					_, err := client.SaveKeyCredentials(t.Context(), refold.KeyCredentials{AccountID: "user", Slug: "slack", AuthType: "keybased", Keys: map[string]string{"a": secret, "b": ""}}, nil)
					checkClean(t, err)
					_, err = client.Applications(t.Context(), "user", 0)
					checkClean(t, err)
				})
			}
		}
	}
}

// A server may answer in any of three ways, take the account from the header alone, and show what
// was before for a while (FACTS 2.0, 2.3, 4.21).
func TestConnectAtAnyServer(t *testing.T) {
	for name, behaviour := range map[string]mockapi.Behaviour{
		"current":               {},
		"answered by the app":   {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerApp}},
		"empty answer":          {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerEmpty}},
		"account in the query":  {Integration: mockapi.IntegrationBehaviour{AccountInQuery: true}},
		"short answers":         {Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true}},
		"slow to show":          {ReadLag: 2},
		"short and slow":        {ReadLag: 2, Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true, KeysAnswer: mockapi.KeysAnswerEmpty}},
		"fields nowhere":        {Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsNowhere}},
		"identifier in objects": {Application: mockapi.ApplicationBehaviour{IdentifierObject: true}},
		"what is not connected": {Application: mockapi.ApplicationBehaviour{ShowUnconnected: true, ReauthUnconnected: true}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newListServer(t, 0, behaviour)
				const id = "a/b %c"
				server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
				server.Connect(mockapi.EnvironmentTest, id, mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
				client := server.client()
				save := func(key string, before *refold.Connection) refold.Connection {
					t.Helper()
					time.Sleep(time.Minute)
					saved, err := client.SaveKeyCredentials(t.Context(), refold.KeyCredentials{AccountID: id, Slug: "hubspot", AuthType: "keybased", Keys: map[string]string{"api_key": key}, Before: before}, nil)
					if err != nil || saved.ReadBackError != nil {
						t.Fatalf("%+v, %v", saved, err)
					}
					connection, isThere := saved.Application.Connection("keybased")
					if _, isLeft := saved.Application.Connection("oauth2"); !isThere || !isLeft {
						t.Fatalf("%+v", saved.Application)
					}
					expect(t, server.Keys(mockapi.EnvironmentTest, id, "hubspot", "keybased")["api_key"], key)
					return connection
				}
				first := save("one", nil)
				if second := save("two", &first); second == first && behaviour.Integration.KeysAnswer == mockapi.KeysAnswerEmpty {
					t.Error("nothing showed that the keys were saved")
				}
				time.Sleep(time.Minute)
				if err := client.RemoveConnection(t.Context(), id, "hubspot", "keybased", nil); err != nil {
					t.Fatal(err)
				}
				account, _ := server.Account(mockapi.EnvironmentTest, id)
				if len(account.Integrations) != 1 || len(account.Integrations[0].AuthTypes) != 1 || account.Integrations[0].AuthTypes[0] != "oauth2" {
					t.Errorf("left: %+v", account.Integrations)
				}
				if err := client.RemoveConnection(t.Context(), id, "hubspot", "keybased", nil); err != nil {
					t.Errorf("once more: %v", err)
				}
			})
		})
	}
}

// Where only the query can name the account, a server that takes the header alone refuses, which is
// no word about the account (FACTS 0.2, 2.0).
func TestConnectAnAccountThatNoHeaderCanName(t *testing.T) {
	for isTaken, behaviour := range map[bool]mockapi.Behaviour{true: {Integration: mockapi.IntegrationBehaviour{AccountInQuery: true}}, false: {}} {
		server := newListServer(t, 0, behaviour)
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "müller"})
		_, err := server.client().SaveKeyCredentials(t.Context(), refold.KeyCredentials{AccountID: "müller", Slug: "hubspot", AuthType: "keybased", Keys: map[string]string{"api_key": "k"}}, nil)
		if isTaken != (err == nil) || err != nil && (refold.KindOf(err) != refold.Other || !strings.Contains(err.Error(), "MISSING_REQUIRED_FIELD")) {
			t.Errorf("taken from the query %t: %v", isTaken, err)
		}
	}
}

func TestRemoveConnection(t *testing.T) {
	const slack = `{"type":"slack","name":"Slack","app_id":null}`
	for name, test := range map[string]struct {
		slug     string
		answer   string
		looks    []reply
		requests string
		says     string
	}{
		"the last one":              {"slack", document("user"), nil, "DELETE", ""},
		"beside another app":        {"slack", connected("user", hubspot), nil, "DELETE", ""},
		"beside another type":       {"slack", connected("user", slack), []reply{answer(200, strings.ReplaceAll(slackByKeys, `"keybased"}]`, `"oauth2"}]`))}, "DELETE GET", ""},
		"seen late":                 {"slack", connected("user", slack), []reply{answer(200, slackByKeys), answer(200, noSlack)}, "DELETE GET GET", ""},
		"still there":               {"slack", connected("user", slack), []reply{answer(200, slackByKeys)}, "DELETE GET GET GET GET", `after it, Refold still shows the connection of type "keybased"`},
		"a custom app":              {"6a05d19680458c9a09e79c2e", connected("user", hubspot), nil, "DELETE", ""},
		"a custom app, still there": {"6a05d19680458c9a09e79c2e", connected("user", ownCRM), []reply{answer(200, `[{"app_id":"6a05d19680458c9a09e79c2e","type":"custom","connected":true}]`)}, "DELETE GET GET GET GET", "still shows"},
		"of an app that is gone":    {"slack", connected("user", slack), []reply{answer(200, `[]`)}, "DELETE GET", ""},
		"by a word":                 {"slack", `{"success":true}`, []reply{answer(200, document("user"))}, "DELETE GET", ""},
		"by a word, still there":    {"slack", `{"success":true}`, []reply{answer(200, connected("user", slack)), answer(200, slackByKeys)}, "DELETE GET GET GET GET GET", "still shows"},
		"by a word, unseen":         {"slack", `{"success":true}`, []reply{answer(403, `{"message":"no"}`), answer(200, noSlack)}, "DELETE GET GET", ""},
		"an account that went":      {"slack", `{"success":true}`, []reply{answer(404, notFound("user")), answer(404, notFound("user"))}, "DELETE GET GET", ""},
		"not to be seen":            {"slack", connected("user", slack), []reply{answer(403, `{"message":"no"}`)}, "DELETE GET", "the app could not be looked at: HTTP 403"},
		"without a word":            {"slack", ``, []reply{answer(403, `{"message":"no"}`)}, "DELETE GET", "it could not be looked at: HTTP 403"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, append([]reply{answer(200, test.answer)}, test.looks...)...)
				err := newClient(t, net).RemoveConnection(t.Context(), "user", test.slug, "keybased", nil)
				expect(t, net.methods(), test.requests)
				if uri := net.requests()[0].URI; uri != accountsPath+"/integration/"+test.slug+"?auth_type=keybased&linked_account_id=user" {
					t.Errorf("sent %s", uri)
				}
				if test.says != "" {
					isUnproven(t, name, err, test.says)
				} else if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestRecheckOfARemoval: the customer may have connected the app anew before it is sent again.
func TestRecheckOfARemoval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		errAnew := errors.New("it was connected anew")
		net := newNetwork(t, answer(503, ""))
		err := newClient(t, net).RemoveConnection(t.Context(), "user", "slack", "keybased", func(context.Context, bool) error { return errAnew })
		if !errors.Is(err, errAnew) || net.methods() != "DELETE" {
			t.Errorf("%v after %s", err, net.methods())
		}
	})
}

// TestLookAfterAConnectionEndsAfterAStop: both together have the grace, and not each of them.
func TestLookAfterAConnectionEndsAfterAStop(t *testing.T) {
	const slack = `{"type":"slack","name":"Slack","app_id":null}`
	for name, body := range map[string]string{"SaveKeyCredentials": `{"success":true}`, "RemoveConnection": connected("user", slack)} {
		for took, isInTime := range map[time.Duration]bool{time.Second: true, refold.StopGrace: false} {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				shown := map[string]string{"SaveKeyCredentials": slackByKeys, "RemoveConnection": noSlack}[name]
				net := newNetwork(t, after(2*time.Second, answer(200, body)), after(took, answer(200, shown)))
				err := operations[name].do(ctx, newClient(t, net))
				if isInTime != (err == nil) || err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("%s: %v", name, err)
				}
				if took := time.Since(start); took > time.Second+refold.StopGrace {
					t.Errorf("%s took %s", name, took)
				}
			})
		}
	}
}

// TestGuardOnALookAfterAConnection: the key was swapped at the server after the look-up, which the
// error says, and that the write was carried out.
func TestGuardOnALookAfterAConnection(t *testing.T) {
	const slack = `{"type":"slack","name":"Slack","app_id":null}`
	elsewhere := strings.Replace(notFound("user"), "environment test", "environment production", 1)
	for name, bodies := range map[string][]string{
		"SaveKeyCredentials": {`{"success":true}`, ``},
		"RemoveConnection":   {`{"success":true}`, connected("user", slack)},
	} {
		for _, body := range bodies {
			net := newNetwork(t, answer(404, notFound("user")), answer(200, body), answer(http.StatusNotFound, elsewhere))
			err := operations[name].do(t.Context(), newClient(t, net, guarding("test")))
			if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || *mismatch != (refold.EnvironmentError{Want: "test", Got: "production", Written: true}) {
				t.Errorf("%s after %q: %v", name, body, err)
			}
		}
	}
}
