// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const tokenConfiguration = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

ephemeral "refold_session_token" "own" {
  linked_account_id = "initech"
  force_refresh     = true
  revoke_on_close   = true
}

ephemeral "refold_session_token" "shared" {
  linked_account_id = "umbrella"
}

ephemeral "refold_connect_url" "page" {
  linked_account_id = "umbrella"
}

resource "terraform_data" "user" {
  provisioner "local-exec" {
    command = "test -n \"$OWN\" && test -n \"$SHARED\" && test -n \"$PAGE\""
    environment = {
      OWN    = ephemeral.refold_session_token.own.token
      SHARED = ephemeral.refold_session_token.shared.refresh_token
      PAGE   = ephemeral.refold_connect_url.page.hosted_url
    }
  }
}
`

// No session token, and no URL with one in it, stands in a state, a plan, an
// output, an error or a log at its most talkative.
func TestSessionTokensDoNotLeak(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "initech"})
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "umbrella"})
	log := filepath.Join(t.TempDir(), "trace.log")
	workspace := acctest.NewWorkspace(t, map[string]string{"main.tf": tokenConfiguration}, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+refold.URL)
	if acctest.IsRefused(t, workspace) {
		return
	}
	outputs, run := recording(t, workspace)
	run("init", true, "init", "-no-color")
	run("plan", true, "plan", "-no-color", "-out=plan.bin")
	run("apply", true, "apply", "-no-color", "plan.bin")
	refold.Intercept(echoBearer)
	run("a plan that cannot revoke", false, "plan", "-no-color")
	if !strings.Contains(outputs["output of a plan that cannot revoke"], "(redacted)") {
		t.Errorf("there is no trace of the echo that this test needs:\n%s", outputs["output of a plan that cannot revoke"])
	}
	refold.Intercept(nil)

	outputs["state"] = read(t, filepath.Join(workspace.Folder, "terraform.tfstate"))
	outputs["plan file"] = unzip(t, filepath.Join(workspace.Folder, "plan.bin"))
	outputs["log"] = read(t, log)
	logsEveryRequest(t, outputs["log"], refold)
	for _, ending := range []string{"/session-token", "/session-token/revoke", "/connect-url"} {
		if !slices.ContainsFunc(refold.Requests(), func(r mockapi.Request) bool { return strings.HasSuffix(r.Path, ending) }) {
			t.Errorf("no request to %s was sent, so this proves nothing about it", ending)
		}
	}
	secrets := issued(t, refold)
	for place, text := range outputs {
		absent(t, place, text, secrets...)
	}
	if left := leftInFolder(t, workspace.Folder, secrets); left != "" {
		t.Errorf("a token is in %s", left)
	}
}

// echoBearer refuses to revoke, and quotes the token.
func echoBearer(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasSuffix(r.URL.Path, "/revoke") {
		return false
	}
	sent := r.Header.Get("Authorization")
	message, _ := json.Marshal("cannot revoke " + sent + " or " + base64.StdEncoding.EncodeToString([]byte(sent)))
	fail(w, http.StatusUnauthorized, "UNAUTHORIZED", string(message))
	return true
}

// issued lists all tokens that a server has handed out.
func issued(t *testing.T, refold *acctest.Refold) []string {
	t.Helper()
	var secrets []string
	for _, request := range refold.Requests() {
		if !strings.HasSuffix(request.Path, "/session-token") {
			continue
		}
		var token struct {
			Token        string `json:"token"`
			RefreshToken string `json:"refresh_token"`
		}
		if err := json.Unmarshal(request.Answer, &token); err != nil {
			t.Fatal(err)
		}
		if token.Token == "" || token.RefreshToken == "" {
			t.Fatalf("an answer without tokens: %s", request.Answer)
		}
		secrets = append(secrets, token.Token, token.RefreshToken)
	}
	slices.Sort(secrets)
	return slices.Compact(secrets)
}

// leftInFolder names a file that holds a secret.
func leftInFolder(t *testing.T, folder string, secrets []string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		text := read(t, filepath.Join(folder, entry.Name()))
		if slices.ContainsFunc(secrets, func(secret string) bool { return acctest.HoldsSecret(text, secret) }) {
			return entry.Name()
		}
	}
	return ""
}
