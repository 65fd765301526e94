// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

// Canaries with characters that encodings change.
const (
	keyCanary       = "tk-canary-key-5f0c91"
	plainCanary     = `canary-plain "/+<9b1e`
	writeOnlyCanary = `canary-wo "/+<77ad`
)

const leakConfiguration = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

variable "plain" {
  type      = string
  sensitive = true
}

variable "write_only" {
  type      = string
  ephemeral = true
}

resource "refold_linked_account" "plain" {
  linked_account_id = "user_plain"
  your_app          = { auth_credentials = { secret = var.plain } }
}

resource "refold_linked_account" "write_only" {
  linked_account_id = "user_write_only"
  name              = "Acme"
  udf               = { plan = "pro" }
  force_destroy     = true
  your_app = {
    auth_credentials_wo         = { secret = var.write_only }
    auth_credentials_wo_version = 1
  }
}

resource "refold_linked_accounts" "plain" {
  accounts         = { user_many_plain = { name = "Plain", udf = null } }
  auth_credentials = { user_many_plain = { secret = var.plain } }
}

resource "refold_linked_accounts" "write_only" {
  accounts                    = { user_many_write_only = { name = "Write-only", udf = null } }
  auth_credentials_wo         = { user_many_write_only = { secret = var.write_only } }
  auth_credentials_wo_version = 1
}

data "refold_linked_account" "read" {
  linked_account_id = refold_linked_account.write_only.linked_account_id
}
`

// No secret reaches a log at its most talkative, any output, an error, or, in
// the write-only form, state and plan. Plain credentials stand in state and
// plan file, which is documented, and nowhere else.
func TestSecretsDoNotLeak(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, mockapi.WithKeys(mockapi.Key{Value: keyCanary, OrganizationID: mockapi.OrganizationID, Environment: mockapi.EnvironmentTest}))
	log := filepath.Join(t.TempDir(), "trace.log")
	workspace := acctest.NewWorkspace(t, map[string]string{"main.tf": leakConfiguration},
		"TF_LOG=TRACE", "TF_LOG_PATH="+log,
		"REFOLD_API_KEY="+keyCanary, "REFOLD_BASE_URL="+refold.URL,
		"TF_VAR_plain="+plainCanary, "TF_VAR_write_only="+writeOnlyCanary,
	)
	if acctest.IsRefused(t, workspace) {
		return
	}
	outputs, run := recording(t, workspace)
	run("init", true, "init", "-no-color")
	run("plan", true, "plan", "-no-color", "-out=plan.bin")
	run("apply", true, "apply", "-no-color", "plan.bin")
	run("second plan", true, "plan", "-no-color", "-detailed-exitcode")
	run("state rm", true, "state", "rm", "refold_linked_account.write_only")
	run("import", true, "import", "-no-color", "refold_linked_account.write_only", "user_write_only")
	run("apply after import", true, "apply", "-no-color", "-auto-approve")
	state := read(t, filepath.Join(workspace.Folder, "terraform.tfstate"))
	planFile := unzip(t, filepath.Join(workspace.Folder, "plan.bin"))

	refold.Intercept(echoing())
	edit(t, workspace, "_version = 1", "_version = 2")
	edit(t, workspace, "secret = var.plain", "secret = format(\"%s2\", var.plain)")
	for _, name := range []string{"failing apply", "second failing apply", "third failing apply"} {
		run(name, false, "apply", "-no-color", "-auto-approve")
		if !strings.Contains(outputs["output of "+name], redact.Redacted) {
			t.Errorf("the %s shows no trace of the echo that this test needs:\n%s", name, outputs["output of "+name])
		}
	}
	refold.Intercept(nil)

	var reached atomic.Int32
	foreign := acctest.Serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	redirected := func(name string, only func(*http.Request) bool, args ...string) {
		t.Helper()
		refold.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultRedirectElsewhere}, Elsewhere: foreign, Only: only})
		run(name, false, args...)
		if !strings.Contains(strings.Join(strings.Fields(outputs["output of "+name]), " "), "a redirect to "+foreign) {
			t.Errorf("%s does not name the redirect that this test needs:\n%s", name, outputs["output of "+name])
		}
	}
	redirected("redirected plan", nil, "plan", "-no-color")
	isWrite := func(request *http.Request) bool { return request.Method != http.MethodGet }
	redirected("redirected apply", isWrite, "apply", "-no-color", "-auto-approve")
	redirected("redirected destroy", isWrite, "destroy", "-no-color", "-auto-approve")
	refold.Inject(mockapi.Faults{})
	if sent := reached.Load(); sent > 0 {
		t.Errorf("%d requests reached a foreign host", sent)
	}
	run("destroy", true, "destroy", "-no-color", "-auto-approve")
	outputs["log"] = read(t, log)
	logsEveryRequest(t, outputs["log"], refold)

	for place, text := range outputs {
		absent(t, place, text, keyCanary, plainCanary, writeOnlyCanary)
	}
	absent(t, "state", state, keyCanary, writeOnlyCanary)
	absent(t, "plan file", planFile, keyCanary, writeOnlyCanary)
	if !acctest.HoldsSecret(state, plainCanary) {
		t.Error("plain credentials are not in the state, although the documentation says so")
	}
}

// recording runs a CLI, and keeps what each run wrote.
func recording(t *testing.T, workspace *cli.Workspace) (outputs map[string]string, run func(name string, succeeds bool, args ...string)) {
	outputs = map[string]string{}
	return outputs, func(name string, succeeds bool, args ...string) {
		t.Helper()
		output, err := acctest.RunCLI(t.Context(), workspace, args...)
		if (err == nil) != succeeds {
			t.Fatalf("%s: %v\n%s", name, err, output)
		}
		outputs["output of "+name] = output
	}
}

// logsEveryRequest checks that the log has a line for each request that Refold received: what is
// not logged cannot leak there.
func logsEveryRequest(t *testing.T, log string, refold *acctest.Refold) {
	t.Helper()
	logged, received := strings.Count(log, "request to Refold"), len(refold.Requests())
	if received == 0 || logged != received {
		t.Errorf("the log has %d requests, Refold received %d", logged, received)
	}
}

// echoing is a server that puts all it was sent into its error message, each time in another form.
func echoing() mockapi.Interceptor {
	var answers atomic.Int64
	return func(w http.ResponseWriter, request *http.Request) bool {
		if request.Method != http.MethodPut {
			return false
		}
		encodings := redacttest.Encodings()
		encode := encodings[int(answers.Add(1))%len(encodings)].Encode
		body, _ := io.ReadAll(request.Body)
		var sent struct{ Value string }
		_ = json.Unmarshal(body, &sent)
		message, _ := json.Marshal("refused: " + encode(sent.Value) + " with key " + encode(request.Header.Get("X-Api-Key")) + " in " + encode(string(body)))
		fail(w, http.StatusBadRequest, "BAD_REQUEST", string(message))
		return true
	}
}

func edit(t *testing.T, workspace *cli.Workspace, before, after string) {
	t.Helper()
	source := read(t, filepath.Join(workspace.Folder, "main.tf"))
	acctest.WriteFile(t, workspace, "main.tf", strings.ReplaceAll(source, before, after))
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func unzip(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all strings.Builder
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(&all, content)
		content.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func absent(t *testing.T, place, text string, canaries ...string) {
	t.Helper()
	for _, canary := range canaries {
		if acctest.HoldsSecret(text, canary) {
			t.Errorf("%s holds the canary %q", place, canary)
		}
	}
}
