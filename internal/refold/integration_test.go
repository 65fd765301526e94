// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// connected is the document of an account with integrations.
func connected(id, integrations string) string {
	return strings.Replace(document(id), `"integrations":[]`, `"integrations":[`+integrations+`]`, 1)
}

const (
	hubspot = `{"type":"hubspot","name":"Hubspot","app_id":null}`
	ownCRM  = `{"type":"custom","name":"Acme CRM","app_id":"6a05d19680458c9a09e79c2e"}`
)

// Integration has the operation of connected apps.
func (operationsOf) Integration() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"DisconnectIntegration": {requests: "DELETE", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
				result, err := c.DisconnectIntegration(ctx, "user", "slack", "", nil)
				if err != nil {
					return err
				}
				return result.ReadBackError
			}},
		},
	}
}

func TestDisconnectIntegration(t *testing.T) {
	net := newNetwork(t, answer(200, connected("user", ownCRM)))
	done, err := newClient(t, net).DisconnectIntegration(t.Context(), "user", "a/b c", "oauth2", nil)
	if err != nil || done.ReadBackError != nil || len(done.Integrations) != 1 || done.Integrations[0].Slug() != "6a05d19680458c9a09e79c2e" {
		t.Fatalf("%+v, %v", done, err)
	}
	request := net.requests()[0]
	if request.Method != "DELETE" || request.URI != accountsPath+"/integration/a%2Fb%20c?auth_type=oauth2&linked_account_id=user" || len(net.requests()) != 1 {
		t.Errorf("sent %s %s, of %s", request.Method, request.URI, net.methods())
	}
	if id := selectedIn(request.Header); id != "user" {
		t.Errorf("the header selects %q", id)
	}
}

// What the answer leaves open is read back: a missing field does not mean that nothing is left.
// Where that fails, it was done only if the answer says so.
func TestDisconnectReadsBack(t *testing.T) {
	for name, test := range map[string]struct {
		body   string
		isDone bool
	}{
		"success":                   {`{"success":true}`, true},
		"text":                      {`ok`, true},
		"nothing":                   {``, false},
		"null":                      {`null`, false},
		"without integrations":      {without("integrations", document("user")), false},
		"integrations, no identity": {`{"integrations":[]}`, false},
	} {
		net := newNetwork(t, answer(200, test.body), answer(200, connected("user", hubspot)))
		done, err := newClient(t, net).DisconnectIntegration(t.Context(), "user", "slack", "", nil)
		if err != nil || done.ReadBackError != nil || len(done.Integrations) != 1 || net.methods() != "DELETE GET" {
			t.Errorf("%s: %+v, %v after %s", name, done, err, net.methods())
		}
		net = newNetwork(t, answer(200, test.body), answer(403, `{"message":"no"}`))
		done, err = newClient(t, net).DisconnectIntegration(t.Context(), "user", "slack", "", nil)
		if !test.isDone {
			isUnproven(t, name, err, "HTTP 403")
		} else if err != nil || done.ReadBackError == nil || done.Integrations != nil {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
	}
}

func TestDisconnectFails(t *testing.T) {
	net := newNetwork(t, answer(500, notFound("user")))
	if _, err := newClient(t, net).DisconnectIntegration(t.Context(), "user", "slack", "", nil); refold.KindOf(err) != refold.AccountNotFound || len(net.requests()) != 1 {
		t.Errorf("%v after %s", err, net.methods())
	}
	net = newNetwork(t, answer(200, document("user")))
	_, err := newClient(t, net, guarding("production")).DisconnectIntegration(t.Context(), "user", "slack", "", nil)
	if _, isMismatch := errors.AsType[*refold.EnvironmentError](err); !isMismatch || net.methods() != "GET" {
		t.Errorf("%v after %s", err, net.methods())
	}
}

func TestCheckSlug(t *testing.T) {
	for slug, ok := range map[string]bool{
		"slack": true, "6a05d19680458c9a09e79c2e": true, "a b": true,
		"": false, " slack": false, "slack\n": false, "..": false, "a\tb": false, "custom": false,
	} {
		if err := refold.CheckSlug(slug); (err == nil) != ok {
			t.Errorf("%q: %v", slug, err)
		}
	}
}

// selectedIn is the account that a header names, in lower case with underscores.
func selectedIn(header http.Header) string {
	for name, values := range header {
		if name == "linked_account_id" {
			return strings.Join(values, ", ")
		}
	}
	return ""
}
