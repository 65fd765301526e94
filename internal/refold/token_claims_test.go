// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// claiming is the answer with a token of these claims.
func claiming(claims string) reply {
	token := "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2lnbmF0dXJl"
	return answer(200, `{"token":"`+token+`","expires_in":599747}`)
}

// Whether a server returned an earlier token is only seen in the token.
func TestReusedSessionTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		ago := func(age time.Duration) string { return fmt.Sprintf(`{"iat":%d}`, now.Add(-age).Unix()) }
		for claims, want := range map[string]bool{
			ago(0): false, ago(4 * time.Minute): false, ago(6 * time.Minute): true, ago(-time.Hour): false,
			fmt.Sprintf(`{"iat":%d.5}`, now.Add(-time.Hour).Unix()):                   true,
			fmt.Sprintf(`{"iat":%d}`, now.Add(-time.Hour).UnixMilli()):                false,
			fmt.Sprintf(`{"iat":%d,"environment":5}`, now.Add(-6*time.Minute).Unix()): true,
			`{}`: false, `{"iat":0}`: false, `{"iat":-1}`: false, `{"iat":"1"}`: false, `{"iat":null}`: false, `[]`: false, `{`: false,
		} {
			token, err := newClient(t, newNetwork(t, claiming(claims))).CreateSessionToken(t.Context(), "user", true)
			if err != nil || token.IsReused != want {
				t.Errorf("%s: %+v, %v", claims, token, err)
			}
		}
		for _, opaque := range []string{"t", "a.b.c", "a.b", "..", "a.e30.c.d"} {
			token, err := newClient(t, newNetwork(t, answer(200, `{"token":"`+opaque+`"}`))).CreateSessionToken(t.Context(), "user", true)
			if err != nil || token.IsReused || token.Token != opaque {
				t.Errorf("%s: %+v, %v", opaque, token, err)
			}
		}
	})
}

// The time that retries take does not make a token an earlier one.
func TestATokenIssuedDuringRetriesIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := time.Now()
		fault := answer(503, ``, "Retry-After", "110")
		net := newNetwork(t, fault, fault, claiming(fmt.Sprintf(`{"iat":%d}`, asked.Add(-4*time.Minute).Unix())))
		token, err := newClient(t, net).CreateSessionToken(t.Context(), "user", true)
		if err != nil || token.IsReused || time.Since(asked) < 3*time.Minute {
			t.Errorf("%+v, %v after %s", token, err, time.Since(asked))
		}
	})
}

// A server that matches ids without regard to case issues a token for another account.
func TestSessionTokenOfAnotherAccount(t *testing.T) {
	for claims, isOfAnother := range map[string]bool{
		`{"linked_account_id":"user"}`:                     false,
		`{"linked_account_id":"User"}`:                     true,
		`{"linked_account_id":"acme"}`:                     true,
		`{"linked_account_id":"6992cc7e9d38bc6a2ae28d12"}`: false, // Refold's own id of the account.
		`{"linked_account_id":""}`:                         false,
		`{"linked_account_id":5}`:                          false,
		`{"environment":"test"}`:                           false,
	} {
		_, err := newClient(t, newNetwork(t, claiming(claims))).CreateSessionToken(t.Context(), "user", false)
		if isOfAnother != (refold.KindOf(err) == refold.WrongAccount) || isOfAnother != (err != nil) {
			t.Errorf("%s: %v", claims, err)
		}
	}
	_, err := newClient(t, newNetwork(t, claiming(`{"linked_account_id":"AAAAAAAAAAAAAAAAAAAAAAAA"}`))).CreateSessionToken(t.Context(), strings.Repeat("a", 24), false)
	if refold.KindOf(err) != refold.WrongAccount {
		t.Errorf("another case: %v", err)
	}
	_, err = newClient(t, newNetwork(t, claiming(`{"linked_account_id":"aaaaaaaaaaaaaaaaaaaaaaaa"}`))).CreateSessionToken(t.Context(), strings.Repeat("A", 24), false)
	if refold.KindOf(err) != refold.WrongAccount {
		t.Errorf("another case, in the form of Refold's own ids: %v", err)
	}
	_, err = newClient(t, newNetwork(t, claiming(`{"linked_account_id":"User"}`))).CreateConnectURL(t.Context(), "user", refold.ConnectPage{})
	if refold.KindOf(err) != refold.WrongAccount {
		t.Errorf("a connect URL: %v", err)
	}
}

// The guard holds for what the token names too: the key may have been swapped
// at the server since the look-up.
func TestSessionTokenOfAnotherEnvironment(t *testing.T) {
	for environment, isRefused := range map[string]bool{"production": true, "test": false, "": false} {
		net := newNetwork(t, answer(200, document("user")), claiming(fmt.Sprintf(`{"environment":%q}`, environment)))
		_, err := newClient(t, net, guarding("test")).CreateSessionToken(t.Context(), "user", false)
		mismatch, ok := errors.AsType[*refold.EnvironmentError](err)
		if ok != isRefused || ok != (err != nil) || ok && mismatch.Got != environment {
			t.Errorf("%q: %v", environment, err)
		}
	}
	if _, err := newClient(t, newNetwork(t, claiming(`{"environment":"production"}`))).CreateSessionToken(t.Context(), "user", false); err != nil {
		t.Errorf("without the guard: %v", err)
	}
}
