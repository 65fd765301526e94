// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func (c client) token(query string) string {
	c.t.Helper()
	return c.send(http.MethodPost, tokenPath+query, `{"linked_account_id":"x"}`).ok().json()["token"].(string)
}

// as sends with a session token in place of the key.
func (c client) as(token, method, target, body string) reply {
	c.t.Helper()
	return c.send(method, target, body, "x-api-key", "", "Authorization", "Bearer "+token)
}

func TestSessionTokens(t *testing.T) {
	now := fixedClock()
	c := start(t, mockapi.Behaviour{}, mockapi.WithClock(func() time.Time { return now }))
	c.upsert(`{"linked_account_id":"x"}`).ok()

	first := c.send(http.MethodPost, tokenPath, `{"linked_account_id":"x"}`).ok()
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(first.json()["token"].(string), ".")[1])
	if err != nil || !strings.Contains(string(claims), `"linked_account_id":"x","environment":"test"`) {
		t.Errorf("claims %s (%v)", claims, err)
	}
	now = now.Add(100 * time.Second)
	again := c.send(http.MethodPost, tokenPath, `{"linked_account_id":"x"}`).ok()
	again.has("token", first.json()["token"])
	again.has("refresh_token", first.json()["refresh_token"])
	again.has("expires_in", json.Number("604700"))

	refreshed := c.token("?force_refresh=true")
	if refreshed == first.json()["token"] {
		t.Error("force_refresh must return another token")
	}
	equal(t, "token after a refresh", c.token(""), refreshed)
	now = now.Add(8 * 24 * time.Hour)
	if c.token("") == refreshed {
		t.Error("an expired token is returned again")
	}
	c.as(refreshed, http.MethodPost, tokenPath+"/revoke", "").fails(401, "INVALID_TOKEN", "Invalid token")
}

func TestRefreshMayRevokeTheOldToken(t *testing.T) {
	for refresh, want := range map[mockapi.SessionRefresh]int{mockapi.RefreshKeepsOld: 200, mockapi.RefreshRevokesOld: 401} {
		c := start(t, mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: refresh}})
		c.upsert(`{"linked_account_id":"x"}`).ok()
		old := c.token("")
		c.token("?force_refresh=true")
		equal(t, "status with the old token", c.as(old, http.MethodGet, accountPath+"/x", "").status, want)
	}
}

func TestRefreshMayBeIgnored(t *testing.T) {
	c := start(t, mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	first := c.token("?force_refresh=true")
	equal(t, "token after a refresh", c.token("?force_refresh=true"), first)
}

func TestRevokeMayEndNothing(t *testing.T) {
	c := start(t, mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{RevokeEndsNothing: true}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	token := c.token("")
	equal(t, "answer", c.as(token, http.MethodPost, tokenPath+"/revoke", "").ok().body, `{"success":true,"revoked_count":0}`)
	c.as(token, http.MethodGet, accountPath+"/x", "").ok()
}

func TestRevoke(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	token := c.token("")
	equal(t, "answer", c.as(token, http.MethodPost, tokenPath+"/revoke", "").ok().body, `{"success":true,"revoked_count":1}`)
	c.as(token, http.MethodPost, tokenPath+"/revoke", "").fails(401, "INVALID_TOKEN", "Invalid token")
	c.send(http.MethodPost, tokenPath+"/revoke", "").fails(401, "INVALID_TOKEN", "Authorization Token Missing")
	if c.token("") == token {
		t.Error("a revoked token is returned again")
	}
}

func TestSessionTokenOfAnUnknownAccount(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	const message = "No linked account found for account id : x in environment test"
	body := `{"linked_account_id":"x"}`
	c.send(http.MethodPost, tokenPath, body).fails(400, "INVALID_LINKED_ACCOUNT_ID", message)
	c.api.Behave(func(b *mockapi.Behaviour) { b.SessionToken.NotFoundAs500 = true })
	c.send(http.MethodPost, tokenPath, body).fails(500, "INVALID_LINKED_ACCOUNT_ID", message)
	c.send(http.MethodPost, tokenPath, `{}`).fails(400, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id is required")
}

func TestWhereSessionTokensWork(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"v"}}}`).ok()
	c.upsert(`{"linked_account_id":"y"}`).ok()
	token := c.token("")
	c.as(token, http.MethodGet, accountPath+"/x", "").ok().has("account_id", "x")
	equal(t, "status for another account", c.as(token, http.MethodGet, accountPath+"/y", "").status, 404)
	c.as(token, http.MethodPut, accountPath, `{"linked_account_id":"y","name":"mine"}`).ok().has("account_id", "x")
	c.as(token, http.MethodPut, credentialPath+"k?linked_account_id=y", `{"value":"w"}`).ok()
	equal(t, "credential", c.api.Credentials("test", "x")["k"], "w")
	c.as(token, http.MethodDelete, accountPath+"/x", "").fails(401, "SERVER_ERROR", "Invalid Credentials")
	c.as(token, http.MethodGet, accountPath, "").fails(401, "SERVER_ERROR", "Invalid Credentials")

	c.api.Behave(func(b *mockapi.Behaviour) { b.Account.RefuseSessionToken = true })
	c.as(token, http.MethodGet, accountPath+"/x", "").fails(401, "SERVER_ERROR", "Invalid Credentials")
	c.as(token, http.MethodPut, credentialPath+"k", `{"value":"w"}`).ok()
}

func TestDeletionEndsTheAccountsTokens(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	token := c.token("")
	c.send(http.MethodDelete, accountPath+"/x", "").ok()
	c.as(token, http.MethodGet, accountPath+"/x", "").fails(401, "INVALID_TOKEN", "Invalid token")
}
