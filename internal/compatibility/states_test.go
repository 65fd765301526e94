// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const recordHint = "keep what a release needs with: make record VERSION=..."

// What a release has written into a state, is read by this provider, changes nothing, and needs
// nothing but reads. A configuration in a record may follow a change that is announced; a state
// stays as it was written.
func TestStatesOfReleasesPlanNothing(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join("testdata", "*.*.*", "*", stateFile))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no recorded states: %v; %s", err, recordHint)
	}
	for _, one := range cases {
		folder := filepath.Dir(one)
		t.Run(strings.TrimPrefix(filepath.ToSlash(folder), "testdata/"), func(t *testing.T) {
			t.Parallel()
			planRecorded(t, folder)
		})
	}
}

func planRecorded(t *testing.T, folder string) {
	files, err := filesIn(folder)
	if err != nil {
		t.Fatal(err)
	}
	held, err := parseContent([]byte(files[contentFile]))
	if err != nil {
		t.Fatal(err)
	}
	refold := acctest.StartRefold(t)
	held.putInto(refold.Server)
	configuration := map[string]string{configurationFile: files[configurationFile]}
	workspace := acctest.NewWorkspace(t, configuration, "REFOLD_BASE_URL="+refold.URL, "REFOLD_API_KEY="+mockapi.TestKey)
	state := files[stateFile]
	if !workspace.CLI.CanWriteOnly() {
		state = withoutMarks(t, state)
	}
	acctest.WriteFile(t, workspace, cliStateFile, state)
	if isWriteOnly := strings.Contains(files[configurationFile], "_wo "); isWriteOnly && !workspace.CLI.CanWriteOnly() {
		if output, err := acctest.RunCLI(t.Context(), workspace, "init", "-no-color"); err == nil || !strings.Contains(output, "required_version") {
			t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
		}
		return
	}
	acctest.MustRunCLI(t, workspace, "init", "-no-color")
	acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode", "-out=saved.tfplan")
	wantNoDrift(t, acctest.MustRunCLI(t, workspace, "show", "-json", "saved.tfplan"))
	if len(refold.Requests()) == 0 {
		t.Error("nothing was asked of Refold")
	}
	for _, request := range refold.Requests() {
		if request.Method != http.MethodGet {
			t.Errorf("sent: %s", request)
		}
	}
}

// withoutMarks takes out of a state what the CLI itself notes down of secrets. Old ones take the
// notes of those that came later for a change, whatever the provider does.
func withoutMarks(t *testing.T, state string) string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(state))
	decoder.UseNumber()
	var decoded struct {
		Version   json.Number      `json:"version"`
		Lineage   string           `json:"lineage"`
		Serial    json.Number      `json:"serial"`
		Resources []map[string]any `json:"resources"`
	}
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	for _, resource := range decoded.Resources {
		for _, instance := range resource["instances"].([]any) {
			delete(instance.(map[string]any), "sensitive_attributes")
		}
	}
	encoded, err := json.Marshal(decoded)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// wantNoDrift: the refresh found what the state held, also what Refold alone decides on.
func wantNoDrift(t *testing.T, plan string) {
	t.Helper()
	var shown struct {
		PlannedValues json.RawMessage `json:"planned_values"`
		ResourceDrift []struct {
			Address string
			Change  struct{ Before, After json.RawMessage }
		} `json:"resource_drift"`
	}
	if err := json.Unmarshal([]byte(plan), &shown); err != nil || len(shown.PlannedValues) == 0 {
		t.Fatalf("the plan cannot be read: %v\n%s", err, plan)
	}
	for _, one := range shown.ResourceDrift {
		t.Errorf("%s was read as\n%s\nand the state, upgraded, held\n%s", one.Address, one.Change.After, one.Change.Before)
	}
}

// Every release keeps its schema, and a state of every configuration that there was then: of the
// newest one, of all. A configuration that came later cannot be recorded for it any more.
func TestEveryReleaseIsRecorded(t *testing.T) {
	log := repositoryLog(t)
	cases, err := os.ReadDir(filepath.Join("testdata", casesFolder))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no configurations to record: %v", err)
	}
	for _, number := range log.recorded() {
		names := []string{schemaFile}
		if states, err := filepath.Glob(filepath.Join("testdata", number, "*", stateFile)); err != nil || len(states) == 0 {
			t.Errorf("no states of %s: %v; %s", number, err, recordHint)
		}
		if number == log.versions[0].number {
			for _, one := range cases {
				names = append(names, filepath.Join(one.Name(), stateFile))
			}
		}
		for _, name := range names {
			if _, err := os.Stat(filepath.Join("testdata", number, name)); errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s of %s is missing; %s", name, number, recordHint)
			}
		}
	}
}

// Every resource is in a state that is recorded, and every attribute that can be configured.
func TestRecordedStatesUseEveryAttribute(t *testing.T) {
	facts, err := providerFacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob(filepath.Join("testdata", casesFolder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	source := ""
	for _, one := range cases {
		files, err := filesIn(one)
		if err != nil {
			t.Fatal(err)
		}
		source += files[configurationFile]
	}
	for _, fact := range facts {
		resource, isManaged := strings.CutPrefix(fact.Object, "resource/")
		isConfigured := fact.Name == "usage" && fact.Value != "computed" && !strings.Contains(fact.Part, ":")
		if !isManaged || !isConfigured {
			continue
		}
		name := fact.Part[strings.LastIndex(fact.Part, ".")+1:]
		if !isSetIn(source, resource, name) {
			t.Errorf("no configuration in testdata/%s sets %s of %s", casesFolder, fact.Part, resource)
		}
	}
}

// isSetIn reports whether a block of the resource sets an attribute of that name.
func isSetIn(source, resource, name string) bool {
	for _, block := range strings.Split(source, "\nresource ") {
		if !strings.HasPrefix(block, `"`+resource+`"`) {
			continue
		}
		for line := range strings.Lines(block) {
			if words := strings.Fields(line); len(words) > 1 && words[0] == name && words[1] == "=" {
				return true
			}
		}
	}
	return false
}
