// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	tokenPath   = "/api/v2/public/session-token"
	jwt         = "eyJhbGciOiJIUzI1NiJ9.eyJsaW5rZWQiOiJ1c2VyIn0.c2lnbmF0dXJl"
	refreshJWT  = "eyJhbGciOiJIUzI1NiJ9.eyJyZWZyZXNoIjoxfQ.c2lnbmF0dXJl"
	tokenAnswer = `{"token":"` + jwt + `","refresh_token":"` + refreshJWT + `","expires_in":599747,"refresh_expires_in":2586947}`

	tokenAccountNotFound = `{"error":"INVALID_LINKED_ACCOUNT_ID","message":"No linked account found for account id : user in environment test"}`
)

// SessionToken has the operations of session tokens.
func (operationsOf) SessionToken() objectOperations {
	return objectOperations{
		fine: `"token":"` + jwt + `"`,
		calls: map[string]operation{
			"CreateSessionToken": {requests: "POST", asks: noToken, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.CreateSessionToken(ctx, "user", true)
				return err
			}},
			"RevokeSessionToken": {requests: "POST", asks: noProof, byToken: true, do: func(ctx context.Context, c *refold.Client) error {
				return c.RevokeSessionToken(ctx, "user", jwt)
			}},
		},
	}
}

func TestCreateSessionToken(t *testing.T) {
	for name, fresh := range map[string]bool{"": false, "?force_refresh=true": true} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, answer(200, tokenAnswer))
			token, err := newClient(t, net).CreateSessionToken(t.Context(), "user", fresh)
			if err != nil {
				t.Fatal(err)
			}
			want := refold.SessionToken{Token: jwt, RefreshToken: refreshJWT, Expires: time.Now().UTC().Add(599747 * time.Second)}
			if *token != want {
				t.Errorf("token %+v, want %+v", token, want)
			}
			request := net.requests()[0]
			if request.Method != "POST" || request.URI != tokenPath+name || request.Body != `{"linked_account_id":"user"}` {
				t.Errorf("sent %s %s %s", request.Method, request.URI, request.Body)
			}
			if request.Header.Get("X-Api-Key") != testKey || request.Header.Get("Authorization") != "" {
				t.Errorf("sent with %v", request.Header)
			}
		})
	}
}

func TestTokensThatDoNotSayWhenTheyExpire(t *testing.T) {
	for _, lifetime := range []string{"null", "0", "-5", `"soon"`, "{}", "1e300", "99999999999"} {
		net := newNetwork(t, answer(200, `{"token":"t","expires_in":`+lifetime+`}`))
		token, err := newClient(t, net).CreateSessionToken(t.Context(), "user", false)
		if err != nil || !token.Expires.IsZero() || token.RefreshToken != "" {
			t.Errorf("expires_in %s: %+v, %v", lifetime, token, err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(200, `{"token":"t","expires_in":"60.9"}`))
		token, err := newClient(t, net).CreateSessionToken(t.Context(), "user", false)
		if err != nil || token.Expires != time.Now().UTC().Add(time.Minute) {
			t.Errorf("%+v, %v", token, err)
		}
	})
}

func TestSessionTokenOfAnUnknownAccount(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   refold.Kind
	}{
		"current":         {400, tokenAccountNotFound, refold.AccountNotFound},
		"old":             {500, tokenAccountNotFound, refold.AccountNotFound},
		"another account": {400, strings.Replace(tokenAccountNotFound, ": user in", ": user2 in", 1), refold.Other},
		"no scope":        {400, strings.Replace(tokenAccountNotFound, " in environment", " of environment", 1), refold.Other},
		"as others say":   {404, notFound("user"), refold.AccountNotFound},
		"no id arrived":   {400, `{"error":"INVALID_LINKED_ACCOUNT_ID","message":"linked_account_id is required"}`, refold.Other},
	} {
		net := newNetwork(t, answer(test.status, test.body))
		_, err := newClient(t, net).CreateSessionToken(t.Context(), "user", false)
		refusal, ok := errors.AsType[*refold.Error](err)
		if !ok || refusal.Kind != test.want || len(net.requests()) != 1 {
			t.Errorf("%s: %v after %s", name, err, net.methods())
			continue
		}
		if test.want == refold.AccountNotFound && refusal.Scope.Environment != "test" {
			t.Errorf("%s: scope %+v", name, refusal.Scope)
		}
	}
}

func TestAnswersWithoutAToken(t *testing.T) {
	for body, want := range map[string]string{
		``:                       "an empty answer",
		`{"success":true}`:       "JSON without a token",
		`{"token":5}`:            "JSON without a token",
		`["` + jwt + `"]`:        "no session token in JSON",
		`{"token":"a\nb"}`:       "a token that no header can carry",
		`{"token":"` + jwt[:30]:  "no session token in JSON",
		`<title>` + jwt + `</ti`: "an HTML page",
	} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, answer(200, body))
			_, err := newClient(t, net).CreateSessionToken(t.Context(), "user", false)
			refusal, ok := errors.AsType[*refold.Error](err)
			if !ok || !refusal.NotRefold || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), jwt[:25]) {
				t.Errorf("%s: %v", body, err)
			}
		})
	}
}

// A session token that nobody knows yet is recognised by its form.
func TestErrorsShowNoSessionToken(t *testing.T) {
	for _, body := range []string{
		`{"success":false,"token":"` + jwt + `"}`,
		`{"error":"SERVER_ERROR","message":"cannot store ` + jwt + `"}`,
		`{"error":"SERVER_ERROR","message":"see https://app.refold.ai/connect/` + jwt + `"}`,
		`token ` + jwt,
	} {
		net := newNetwork(t, answer(400, body))
		_, err := newClient(t, net).CreateSessionToken(t.Context(), "user", false)
		if err == nil || strings.Contains(err.Error(), "c2lnbmF0dXJl") || !strings.Contains(err.Error(), "(redacted)") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// A fresh token whose answer got lost is asked for again.
func TestSessionTokenIsAskedForAgain(t *testing.T) {
	for name, first := range map[string]reply{
		"a lost answer":      failure(syscall.ECONNRESET),
		"an answer cut off":  brokenOff(200, `{"token":`),
		"an answer cut away": answer(200, `{"token":"`+jwt),
		"a fault":            answer(503, ``),
	} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, first, answer(200, tokenAnswer))
			token, err := newClient(t, net).CreateSessionToken(t.Context(), "user", true)
			if err != nil || token.Token != jwt || net.methods() != "POST POST" {
				t.Errorf("%s: %v after %s", name, err, net.methods())
			}
		})
	}
}

// The guard lets no token of another environment out.
func TestSessionTokensAreGuarded(t *testing.T) {
	net := newNetwork(t, answer(200, document("user")), answer(200, tokenAnswer))
	_, err := newClient(t, net, guarding("production")).CreateSessionToken(t.Context(), "user", false)
	if _, isMismatch := errors.AsType[*refold.EnvironmentError](err); !isMismatch || net.methods() != "GET" {
		t.Errorf("%v after %s", err, net.methods())
	}
	net = newNetwork(t, answer(200, document("user")), answer(200, tokenAnswer))
	if _, err := newClient(t, net, guarding("test")).CreateSessionToken(t.Context(), "user", false); err != nil || net.methods() != "GET POST" {
		t.Errorf("%v after %s", err, net.methods())
	}
}

func TestRevokeSessionToken(t *testing.T) {
	net := newNetwork(t, answer(200, `{"success":true,"revoked_count":1}`))
	if err := newClient(t, net).RevokeSessionToken(t.Context(), "user", jwt); err != nil {
		t.Fatal(err)
	}
	request := net.requests()[0]
	if request.Method != "POST" || request.URI != tokenPath+"/revoke" || request.Body != "" {
		t.Errorf("sent %s %s %s", request.Method, request.URI, request.Body)
	}
	if request.Header.Get("Authorization") != "Bearer "+jwt || request.Header.Values("X-Api-Key") != nil {
		t.Errorf("sent with %v", request.Header)
	}
}

// Only a token that has ended counts as revoked: one that a proxy dropped on its
// way gets the same status and code.
func TestRevokeOfAnInvalidToken(t *testing.T) {
	for name, test := range map[string]struct {
		status    int
		body      string
		isRevoked bool
	}{
		"ended":             {401, `{"error":"INVALID_TOKEN","message":"Invalid token"}`, true},
		"the oldest form":   {401, `{"error_type":"UNAUTHORIZED","message":"Invalid token"}`, true},
		"a missing comma":   {401, "{\"http_error_type\": \"UNAUTHORIZED\"\n\"error_code\": \"INVALID_TOKEN\", \"message\": \"Invalid token\"}", true},
		"did not arrive":    {401, `{"error":"INVALID_TOKEN","message":"Authorization Token Missing"}`, false},
		"wanted a key":      {401, `{"error":"SERVER_ERROR","message":"Invalid Credentials"}`, false},
		"a page of a proxy": {401, `<title>Sign in</title>`, false},
		"another status":    {400, `{"error":"INVALID_TOKEN","message":"Invalid token"}`, false},
	} {
		net := newNetwork(t, answer(test.status, test.body))
		err := newClient(t, net).RevokeSessionToken(t.Context(), "user", jwt)
		if (err == nil) != test.isRevoked {
			t.Errorf("%s: %v", name, err)
		}
		if refusal, ok := errors.AsType[*refold.Error](err); err != nil && (!ok || !refusal.BySessionToken) {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// Refold documents a revoked_count of 0 or 1, and older servers send none.
func TestRevokeThatRevokesNothing(t *testing.T) {
	for body, isRevoked := range map[string]bool{
		`{"success":true,"revoked_count":1}`: true, `{"success":true}`: true, `{"success":true,"revoked_count":null}`: true,
		`{"success":true,"revoked_count":0}`: false, `{"success":true,"revoked_count":"0"}`: false,
	} {
		err := newClient(t, newNetwork(t, answer(200, body))).RevokeSessionToken(t.Context(), "user", jwt)
		if (err == nil) != isRevoked || err != nil && !strings.Contains(err.Error(), "revoked_count is 0") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestRevokeShowsNoToken(t *testing.T) {
	for _, token := range []string{jwt, "opaque-5ecret"} {
		net := newNetwork(t, answer(400, `{"message":"cannot revoke Bearer `+token+`"}`))
		err := newClient(t, net).RevokeSessionToken(t.Context(), "user", token)
		if err == nil || strings.Contains(err.Error(), token) || !strings.Contains(err.Error(), "(redacted)") {
			t.Error(err)
		}
	}
}
