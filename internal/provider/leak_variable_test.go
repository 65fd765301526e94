// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

// Canaries of values that are never to be shown: two that are configured, and one that somebody
// else has set.
const (
	firstValueCanary  = `canary-first "/+<31aa`
	secondValueCanary = `canary-second "/+<52bb`
	theirValueCanary  = `canary-theirs "/+<83cc`
)

const variableConfiguration = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

variable "first" {
  type      = string
  ephemeral = true
}

variable "second" {
  type      = string
  ephemeral = true
}

resource "refold_variable_value" "encrypted" {
  variable_definition_id = "` + mockapi.APISecretVariableID + `"
  linked_account_id      = "acme"
  value_wo               = var.first
  value_wo_version       = 1
}

resource "refold_variable_value" "plain" {
  variable_definition_id = "` + mockapi.RegionVariableID + `"
  linked_account_id      = "acme"
  value_wo               = var.first
  value_wo_version       = 1
}
`

// No encrypted value, no ciphertext of one, no mark in its place, and no write-only value of a
// plain variable stands in a state (its private part included), a plan, an output, an error or a
// log at its most talkative, over creation, rotation, import, drift and failure (FACTS 2.9, 4.45,
// 4.46).
func TestVariableValuesDoNotLeak(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.VariableBehaviour{
		"redacted":               {},
		"ciphertext in reads":    {Encrypted: mockapi.EncryptedReadCiphertext, DefinitionsOmitEncrypted: true, OmitEncrypted: true, PlainDefinition: true},
		"values asked for alone": {Encrypted: mockapi.EncryptedReadCiphertext, AnswerSuccess: true, IgnoreFilters: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name != "ciphertext in reads" {
				shortrun.Thorough(t, "the case \"ciphertext in reads\"")
			}
			checkVariableLeaks(t, behaviour)
		})
	}
}

func checkVariableLeaks(t *testing.T, behaviour mockapi.VariableBehaviour) {
	t.Helper()
	api := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{Variable: behaviour}))
	// Without the contract, which knows no answer like those that echo.
	refold := &acctest.Refold{Server: api, URL: acctest.Serve(t, api)}
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
	log := filepath.Join(t.TempDir(), "trace.log")
	workspace := acctest.NewWorkspace(t, map[string]string{"main.tf": variableConfiguration},
		"TF_LOG=TRACE", "TF_LOG_PATH="+log, "REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+refold.URL,
		"TF_VAR_first="+firstValueCanary, "TF_VAR_second="+secondValueCanary,
	)
	if acctest.IsRefused(t, workspace) {
		return
	}
	outputs, run := recording(t, workspace)
	keep := func(name string) {
		outputs["state after "+name] = read(t, filepath.Join(workspace.Folder, "terraform.tfstate"))
	}
	run("init", true, "init", "-no-color")
	run("plan", true, "plan", "-no-color", "-out=plan.bin")
	run("apply", true, "apply", "-no-color", "plan.bin")
	keep("creation")
	run("second plan", true, "plan", "-no-color", "-detailed-exitcode")
	run("state rm", true, "state", "rm", "refold_variable_value.encrypted")
	run("import", true, "import", "-no-color", "refold_variable_value.encrypted", mockapi.APISecretVariableID+"/acme")
	keep("import")
	edit(t, workspace, "var.first", "var.second")
	edit(t, workspace, "_version       = 1", "_version       = 2")
	run("plan of a rotation", true, "plan", "-no-color", "-out=rotation.bin")
	run("rotation", true, "apply", "-no-color", "rotation.bin")
	keep("rotation")
	for _, definitionID := range []string{mockapi.APISecretVariableID, mockapi.RegionVariableID} {
		refold.SetVariableValue(mockapi.EnvironmentTest, mockapi.VariableValue{DefinitionID: definitionID, AccountID: "acme", Value: theirValueCanary})
	}
	run("drift", true, "plan", "-no-color")
	run("refresh", true, "apply", "-no-color", "-refresh-only", "-auto-approve")
	keep("refresh")
	edit(t, workspace, "_version       = 2", "_version       = 3")
	for _, failing := range []struct{ method, command string }{{http.MethodPost, "apply"}, {http.MethodGet, "apply"}, {http.MethodDelete, "destroy"}} {
		name := "failing " + failing.method
		refold.Intercept(echoingValues(failing.method))
		run(name, false, failing.command, "-no-color", "-auto-approve")
		if !strings.Contains(outputs["output of "+name], redact.Redacted) {
			t.Errorf("the %s shows no trace of the echo that this test needs:\n%s", name, outputs["output of "+name])
		}
		refold.Intercept(nil)
		keep(name)
	}
	run("destroy", true, "destroy", "-no-color", "-auto-approve")

	outputs["log"] = read(t, log)
	logsEveryRequest(t, outputs["log"], refold)
	for _, file := range []string{"plan.bin", "rotation.bin"} {
		outputs[file] = unzip(t, filepath.Join(workspace.Folder, file))
	}
	for place, text := range outputs {
		absent(t, place, text, firstValueCanary, secondValueCanary, theirValueCanary, mockapi.CiphertextMark, mockapi.RedactedValue)
	}
}

// echoingValues is a server that refuses requests about values. Its answer has the ciphertext of a
// value in it, and its message quotes that and what it was sent, each time in another form.
func echoingValues(method string) mockapi.Interceptor {
	const ciphertext = mockapi.CiphertextMark + "QUJDREVGR0g="
	var answers atomic.Int64
	return func(w http.ResponseWriter, request *http.Request) bool {
		if request.Method != method || !strings.Contains(request.URL.Path, "/env/value") {
			return false
		}
		encodings := redacttest.Encodings()
		encode := encodings[int(answers.Add(1))%len(encodings)].Encode
		body, _ := io.ReadAll(request.Body)
		var sent struct{ Value string }
		_ = json.Unmarshal(body, &sent)
		message, _ := json.Marshal("refused: " + strings.Join([]string{encode(sent.Value), encode(string(body)), encode(ciphertext)}, " "))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error_code":"BAD_REQUEST","status_code":400,"message":`+string(message)+`,"details":{"value":"`+ciphertext+`"}}`)
		return true
	}
}
