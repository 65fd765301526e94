// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	hostedURL  = "https://app.refold.ai/connect/" + jwt
	urlAnswer  = `{"hosted_url":"` + hostedURL + `"}`
	noBearer   = `{"error":"INVALID_TOKEN","message":"Invalid token"}`
	connectURI = "/api/v2/public/connect-url?linked_account_id=user"
)

// ConnectURL has the operation of connect URLs.
func (operationsOf) ConnectURL() objectOperations {
	return objectOperations{
		fine: `"hosted_url":"` + hostedURL + `"`,
		calls: map[string]operation{
			"CreateConnectURL": {requests: "POST POST", asks: noToken, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.CreateConnectURL(ctx, "user", refold.ConnectPage{})
				return err
			}},
		},
	}
}

func TestCreateConnectURL(t *testing.T) {
	net := newNetwork(t, answer(200, tokenAnswer), answer(200, urlAnswer))
	got, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{
		BaseColor: "#fff", ButtonColor: "red", Color: "blue", BackgroundColor: "grey", Name: "Acme", RedirectURL: "https://acme.example", ConfigID: "c 1",
	})
	if err != nil || got.URL != hostedURL || time.Until(got.Expires).Round(time.Minute) != (599747*time.Second).Round(time.Minute) {
		t.Fatal(got, err)
	}
	request := net.requests()[1]
	const body = `{"base_color":"#fff","button_color":"red","color":"blue","bgColor":"grey","name":"Acme","redirect_url":"https://acme.example"}`
	if request.Method != "POST" || request.URI != "/api/v2/public/connect-url?config_id=c+1&linked_account_id=user" || request.Body != body {
		t.Errorf("sent %s %s %s", request.Method, request.URI, request.Body)
	}
	if request.Header.Get("Authorization") != "Bearer "+jwt || request.Header.Values("X-Api-Key") != nil {
		t.Errorf("sent with %v", request.Header)
	}
}

// Servers that want the key get it, with the account in header and query.
func TestConnectURLByKey(t *testing.T) {
	net := newNetwork(t, answer(200, tokenAnswer), answer(401, noBearer), answer(200, urlAnswer))
	got, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{})
	// Whose token is in that URL is not known.
	if err != nil || got.URL != hostedURL || !got.Expires.IsZero() {
		t.Fatal(got, err)
	}
	request := net.requests()[2]
	if request.URI != connectURI || request.Body != `{}` || request.Header.Get("X-Api-Key") != testKey || request.Header.Get("Authorization") != "" {
		t.Errorf("sent %s %s with %v", request.URI, request.Body, request.Header)
	}
	if id := selectedIn(request.Header); id != "user" {
		t.Errorf("the header selects %q", id)
	}
}

func TestConnectURLRefused(t *testing.T) {
	net := newNetwork(t, answer(200, tokenAnswer), answer(401, noBearer), answer(404, `{"message":"no such page"}`))
	_, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{})
	if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Status != 401 || !refusal.BySessionToken {
		t.Errorf("%v: what the reference documents says more", err)
	}
	net = newNetwork(t, answer(400, tokenAccountNotFound))
	if _, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{}); refold.KindOf(err) != refold.AccountNotFound || net.methods() != "POST" {
		t.Errorf("%v after %s", err, net.methods())
	}
}

func TestAnswersWithoutAConnectURL(t *testing.T) {
	for body, want := range map[string]string{
		`{"success":true}`:                              "JSON without a hosted_url",
		`{"hosted_url":null}`:                           "JSON without a hosted_url",
		`{"hosted_url":"/connect/` + jwt + `"}`:         "a hosted_url that is no URL of a web page",
		`{"hosted_url":"javascript://x/` + jwt + `"}`:   "a hosted_url that is no URL of a web page",
		`{"hosted_url":"http://x.example/` + jwt + `"}`: "a hosted_url of http instead of https",
		`"` + hostedURL + `"`:                           "no connect URL in JSON",
	} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, answer(200, tokenAnswer), answer(200, body))
			_, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{})
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), jwt[:25]) {
				t.Errorf("%s: %v", body, err)
			}
		})
	}
}

// A deployment within a network may have no https at all.
func TestConnectURLOfAServerWithoutHTTPS(t *testing.T) {
	plain := func(o *refold.Options) { o.BaseURL = &url.URL{Scheme: "http", Host: "127.0.0.1"} }
	net := newNetwork(t, answer(200, tokenAnswer), answer(200, `{"hosted_url":"http://127.0.0.1/connect/`+jwt+`"}`))
	if got, err := newClient(t, net, plain).CreateConnectURL(t.Context(), "user", refold.ConnectPage{}); err != nil || got.URL != "http://127.0.0.1/connect/"+jwt {
		t.Errorf("%v, %v", got, err)
	}
}

func TestConnectURLErrorsShowNoToken(t *testing.T) {
	net := newNetwork(t, answer(200, `{"token":"opaque-5ecret","refresh_token":"opaque-refre5h"}`), answer(400, `{"message":"bad opaque-5ecret and opaque-refre5h"}`))
	_, err := newClient(t, net).CreateConnectURL(t.Context(), "user", refold.ConnectPage{})
	if err == nil || !strings.Contains(err.Error(), "bad (redacted) and (redacted)") {
		t.Error(err)
	}
}
