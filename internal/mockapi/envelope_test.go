// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestEnvelopes(t *testing.T) {
	for envelope, want := range map[mockapi.Envelope][]string{
		mockapi.EnvelopeE1: {"error_type", "message", "request_id", "status_code"},
		mockapi.EnvelopeE2: {"error_code", "http_error_type", "message", "request_id", "status_code"},
		mockapi.EnvelopeE3: {"error", "http_error_type", "message", "status_code"},
		mockapi.EnvelopeE4: {"error_code", "http_error_type", "message", "status_code"},
	} {
		c := start(t, mockapi.Behaviour{Answer: mockapi.AnswerBehaviour{Errors: envelope}})
		answer := c.get("gone")
		equal(t, "status", answer.status, 404)
		equal(t, "keys", keys(answer.json()), want)
		for name, value := range answer.json() {
			switch name {
			case "error", "error_code":
				equal(t, name, value, "SERVER_ERROR")
			case "http_error_type", "error_type":
				equal(t, name, value, "NOT_FOUND")
			case "status_code":
				equal(t, name, value, json.Number("404"))
			}
		}
	}
}

func TestUnauthorized(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for _, key := range []string{"", "tk-wrong", strings.ToUpper(mockapi.TestKey)} {
		answer := c.send(http.MethodGet, accountPath+"/x", "", "x-api-key", key)
		answer.fails(401, "SERVER_ERROR", "Invalid Credentials")
		answer.has("http_error_type", "UNAUTHORIZED")
	}
	c.api.Behave(func(b *mockapi.Behaviour) { b.Answer.BrokenUnauthorized = true })
	broken := c.send(http.MethodGet, accountPath+"/x", "", "x-api-key", "")
	equal(t, "status", broken.status, 401)
	if json.Valid([]byte(broken.body)) || !strings.Contains(broken.body, `"message": "Invalid Credentials"`) {
		t.Errorf("body %s", broken.body)
	}
	fixed := strings.Replace(broken.body, "\"UNAUTHORIZED\"\n", "\"UNAUTHORIZED\",\n", 1)
	if !json.Valid([]byte(fixed)) {
		t.Errorf("more than one comma is missing: %s", broken.body)
	}
}

func TestBodyLimit(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	body := `{"linked_account_id":"x","name":"` + strings.Repeat("n", 1<<20) + `"}`
	c.upsert(body).fails(413, "SERVER_ERROR", "request entity too large")
	c.api.Behave(func(b *mockapi.Behaviour) { b.BodyLimit = 2 << 20 })
	c.upsert(body).ok()
}

// A new key selects what the former one did, which ends at once.
func TestRotateKey(t *testing.T) {
	const newKey = "tk0c9b5f0e-0b5e-4c39-9d5c-1a8f2f5f7d11"
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.RotateKey(mockapi.TestKey, newKey)
	c.send(http.MethodGet, accountPath+"/x", "", "x-api-key", newKey).ok()
	c.send(http.MethodGet, accountPath+"/x", "", "x-api-key", mockapi.TestKey).fails(401, "SERVER_ERROR", "Invalid Credentials")
	equal(t, "accounts", len(c.api.Accounts("test")), 1)
}
