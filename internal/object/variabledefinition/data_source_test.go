// SPDX-License-Identifier: MPL-2.0

package variabledefinition_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	test            = mockapi.EnvironmentTest
	definitionType  = "refold_variable_definition"
	definitionsType = "refold_variable_definitions"
	definitionsPath = "/api/v2/public/env/definitions"
)

type attributes = map[string]tftypes.Value

// start runs a Refold with the definitions of the mock.
func start(t *testing.T, rules mockapi.VariableBehaviour) *acctest.Refold {
	t.Helper()
	return acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{Variable: rules}))
}

func byID(id string) attributes { return attributes{"id": acctest.Text(id)} }

func byName(name, scope string) attributes {
	return attributes{"name": acctest.Text(name), "scope": acctest.Text(scope)}
}

// read is what a data source shows.
func read(t *testing.T, provider *acctest.Protocol, typeName string, values attributes) attributes {
	t.Helper()
	shown, met := provider.ReadDataSource(typeName, values)
	acctest.WantNoDiagnostics(t, met)
	if shown == nil {
		t.Fatalf("%s shows nothing", typeName)
	}
	return shown
}

// ids are those that the data source of many shows.
func ids(t *testing.T, shown attributes) []string {
	t.Helper()
	var values []tftypes.Value
	if err := shown["ids"].As(&values); err != nil || values == nil {
		t.Fatalf("ids is %s (%v)", shown["ids"], err)
	}
	found := []string{}
	for _, value := range values {
		var id string
		if err := value.As(&id); err != nil {
			t.Fatal(err)
		}
		found = append(found, id)
	}
	return found
}

func TestDefinitionInBothWays(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.VariableBehaviour{}).Protocol(t)
	wanted := attributes{
		"id": acctest.Text(mockapi.APISecretVariableID), "name": acctest.Text("API_SECRET"), "scope": acctest.Text("linked_account"),
		"description": acctest.Text("Signs what workflows send"), "format": acctest.Text("string"), "encrypted": acctest.Yes(),
		"organization_id": acctest.Text(mockapi.OrganizationID),
		"created_at":      acctest.Text("2026-05-25T08:01:34.000Z"), "updated_at": acctest.Text("2026-05-25T08:01:34.000Z"),
	}
	for name, values := range map[string]attributes{
		"by id":   byID(mockapi.APISecretVariableID),
		"by name": byName("API_SECRET", "linked_account"),
	} {
		shown := read(t, provider, definitionType, values)
		for attribute, want := range wanted {
			if !shown[attribute].Equal(want) {
				t.Errorf("%s: %s is %s, want %s", name, attribute, shown[attribute], want)
			}
		}
	}
}

// One list serves all who ask, in whatever way.
func TestOneListServesAll(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.VariableBehaviour{})
	provider := server.Protocol(t)
	for _, values := range []attributes{byID(mockapi.RegionVariableID), byName("SEAT_LIMIT", "linked_account"), byName("BATCH_SIZE", "workflow")} {
		read(t, provider, definitionType, values)
	}
	read(t, provider, definitionsType, nil)
	read(t, provider, definitionsType, attributes{"scope": acctest.Text("workspace")})
	if sent := server.Count("", ""); sent != 1 {
		t.Errorf("%d requests", sent)
	}
}

// A definition that a list leaves out is asked for by itself.
func TestDefinitionThatIsNotListed(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.VariableBehaviour{})
	server.Intercept(acctest.Instead(http.MethodGet, definitionsPath, acctest.Answering(200, `{"docs":[],"totalDocs":0,"hasNextPage":false}`)))
	shown := read(t, server.Protocol(t), definitionType, byID(mockapi.RegionVariableID))
	if !shown["name"].Equal(acctest.Text("REGION")) {
		t.Errorf("the definition is %s", shown)
	}
}

// Where nobody says whether values are encrypted, they count as such.
func TestDefinitionAtAnyServer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rules     mockapi.VariableBehaviour
		encrypted bool
	}{
		"small pages":           {mockapi.VariableBehaviour{DefinitionMaxLimit: 3}, false},
		"dates as elsewhere":    {mockapi.VariableBehaviour{CamelDates: true}, false},
		"nothing of encryption": {mockapi.VariableBehaviour{DefinitionsOmitEncrypted: true}, true},
	} {
		provider := start(t, test.rules).Protocol(t, acctest.Unpaced)
		shown := read(t, provider, definitionType, byName("BATCH_SIZE", "workflow"))
		if !shown["encrypted"].Equal(tftypes.NewValue(tftypes.Bool, test.encrypted)) || !shown["created_at"].Equal(acctest.Text("2026-05-25T08:01:34.000Z")) {
			t.Errorf("%s: the definition is %s", name, shown)
		}
		if got := ids(t, read(t, provider, definitionsType, nil)); len(got) != 8 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestDefinitionsThatAreSelected(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.VariableBehaviour{}).Protocol(t)
	for name, test := range map[string]struct {
		values attributes
		want   []string
	}{
		"scope":  {attributes{"scope": acctest.Text("workspace")}, []string{mockapi.SupportEmailVariableID}},
		"name":   {attributes{"name": acctest.Text("REGION")}, []string{mockapi.RegionVariableID}},
		"format": {attributes{"format": acctest.Text("url")}, []string{mockapi.CallbackURLVariableID, mockapi.SignedURLVariableID}},
		"all":    {attributes{"scope": acctest.Text("workflow"), "name": acctest.Text("BATCH_SIZE"), "format": acctest.Text("number")}, []string{mockapi.BatchSizeVariableID}},
		"a part": {attributes{"name": acctest.Text("REG")}, []string{}},
	} {
		if got := ids(t, read(t, provider, definitionsType, test.values)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Every definition is there once, in Refold's order, from as many pages as it takes.
func TestDefinitionsOfManyPages(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.VariableBehaviour{})
	var all []mockapi.VariableDefinition
	want := []string{}
	for number := range 230 {
		id := fmt.Sprintf("6a1401de41e63efd08fb%04d", 1000-number)
		all = append(all, mockapi.VariableDefinition{ID: id, Name: id, Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString})
		want = append(want, id)
	}
	server.SetVariableDefinitions(test, all...)
	if got := ids(t, read(t, server.Protocol(t, acctest.Unpaced), definitionsType, nil)); !slices.Equal(got, want) {
		t.Errorf("%d definitions: %q", len(got), got)
	}
}

// A name that is right but for its scope is shown with the scopes that have it, before all others.
func TestUnknownDefinitionNamesTheNearest(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.VariableBehaviour{}).Protocol(t)
	_, met := provider.ReadDataSource(definitionType, byName("region", "workspace"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such variable definition", `"region" of the scope "workspace". It shows: "REGION" of "linked_account" (`+mockapi.RegionVariableID+").")
	_, met = provider.ReadDataSource(definitionType, byName("REGIO", "linked_account"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such variable definition", `"REGION" of`, `"SUPPORT_EMAIL" of "workspace"`)
}
