// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	connectPath = "/api/v2/public/connect-url"
	hostedPage  = "https://app.refold.ai/connect/"
)

func TestConnectURL(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	token := c.token("")
	c.as(token, http.MethodPost, connectPath, `{"name":"n"}`).ok().has("hosted_url", hostedPage+token)
	c.as("wrong", http.MethodPost, connectPath, `{}`).fails(401, "INVALID_TOKEN", "Invalid token")
	c.send(http.MethodPost, connectPath+"?linked_account_id=x", `{}`).fails(401, "INVALID_TOKEN", "Authorization Token Missing")
}

func TestConnectURLByKey(t *testing.T) {
	c := start(t, mockapi.Behaviour{ConnectURL: mockapi.ConnectURLBehaviour{ByKey: true}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	answered := c.send(http.MethodPost, connectPath, `{}`, "linked_account_id", "x").ok()
	answered.has("hosted_url", hostedPage+c.token(""))
	c.send(http.MethodPost, connectPath+"?linked_account_id=x", `{}`).ok().has("hosted_url", answered.json()["hosted_url"])
	c.as(c.token(""), http.MethodPost, connectPath+"?linked_account_id=x", `{}`).fails(401, "SERVER_ERROR", "Invalid Credentials")
	c.send(http.MethodPost, connectPath, `{}`).fails(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	equal(t, "status for an unknown account", c.send(http.MethodPost, connectPath+"?linked_account_id=y", `{}`).status, 404)
}

func TestTokensThatDoNotTellTheirExpiry(t *testing.T) {
	c := start(t, mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{OmitExpiry: true}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	fields := c.send(http.MethodPost, tokenPath, `{"linked_account_id":"x"}`).ok().json()
	equal(t, "number of fields", len(fields), 1)
}

func TestDisconnectMayAnswerInShort(t *testing.T) {
	c := start(t, mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	c.api.Connect("test", "x", mockapi.Integration{Type: "slack", Name: "Slack"})
	answered := c.send(http.MethodDelete, accountPath+"/integration/slack?linked_account_id=x", "").ok()
	equal(t, "answer", answered.body, `{"success":true}`)
	account, _ := c.api.Account("test", "x")
	equal(t, "integrations", len(account.Integrations), 0)
}
