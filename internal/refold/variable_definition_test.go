// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	definitionsPath = "/api/v2/public/env/definitions"
	definitionID    = "6a1401de41e63efd08fb3e54"
	// plainRegion is the definition of a value that is shown.
	plainRegion = `{"_id":"` + definitionID + `","org_id":"` + organization + `","name":"REGION","description":"Where","scope":"linked_account","var_format":"string","encrypted":false,"created_at":"2026-05-25T08:06:38.123Z","updated_at":"2026-05-26T08:06:38.123Z"}`

	definitionNotFound = `{"status_code":404,"http_error_type":"NOT_FOUND","error_code":"RESOURCE_NOT_FOUND","message":"Variable definition not found"}`
)

var noDefinitions = asksFor("not a list of definitions of variables in JSON", "not a list of definitions of variables in JSON", emptyAnswer)

// VariableDefinition has the operations of definitions of variables.
func (operationsOf) VariableDefinition() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"VariableDefinitions": {requests: "GET", asks: noDefinitions, isOfNoAccount: true, hidesScope: true, body: pageOf(plainRegion), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.VariableDefinitions(ctx, 0)
				return err
			}},
			"VariableDefinition": {requests: "GET", asks: noDefinitions, isOfNoAccount: true, hidesScope: true, body: pageOf(plainRegion), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.VariableDefinition(ctx, definitionID, 0)
				return err
			}},
		},
	}
}

// TestDecodeVariableDefinition covers the document of FACTS 2.8, in a list and by itself. What does
// not say plainly that values are shown counts as encrypted.
func TestDecodeVariableDefinition(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want refold.VariableDefinition
	}{
		"everything": {plainRegion, refold.VariableDefinition{
			ID: definitionID, OrganizationID: organization, Name: "REGION", Description: "Where", Scope: refold.ScopeLinkedAccount, Format: "string",
			CreatedAt: "2026-05-25T08:06:38.123Z", UpdatedAt: "2026-05-26T08:06:38.123Z",
		}},
		"dates as elsewhere": {
			`{"_id":"` + definitionID + `","encrypted":"false","createdAt":"2026-05-25T08:06:38","updatedAt":"2026-05-26T08:06:38.123Z"}`,
			refold.VariableDefinition{ID: definitionID, CreatedAt: "2026-05-25T08:06:38Z", UpdatedAt: "2026-05-26T08:06:38.123Z"},
		},
		"encrypted":       {`{"_id":"` + definitionID + `","encrypted":true}`, refold.VariableDefinition{ID: definitionID, Encrypted: true}},
		"does not say":    {`{"_id":"` + definitionID + `"}`, refold.VariableDefinition{ID: definitionID, Encrypted: true}},
		"says null":       {`{"_id":"` + definitionID + `","encrypted":null}`, refold.VariableDefinition{ID: definitionID, Encrypted: true}},
		"says a number":   {`{"_id":"` + definitionID + `","encrypted":0}`, refold.VariableDefinition{ID: definitionID, Encrypted: true}},
		"says an object":  {`{"_id":"` + definitionID + `","encrypted":{"value":false}}`, refold.VariableDefinition{ID: definitionID, Encrypted: true}},
		"odd, and sparse": {`{"_id":"` + definitionID + `","name":{"a":1},"description":null,"scope":7,"var_format":"J\u0007SON","encrypted":false}`, refold.VariableDefinition{ID: definitionID, Scope: "7", Format: "JSON"}},
	} {
		t.Run(name, func(t *testing.T) {
			listed, err := newClient(t, newNetwork(t, answer(200, pageOf(test.body)))).VariableDefinition(t.Context(), definitionID, 0)
			if err != nil || !reflect.DeepEqual(*listed, test.want) {
				t.Errorf("in a list: %+v, %v", listed, err)
			}
			for _, form := range []string{`{"definition":%s}`, `%s`} {
				alone, err := newClient(t, newNetwork(t, answer(200, pageOf()), answer(200, fmt.Sprintf(form, test.body)))).VariableDefinition(t.Context(), definitionID, 0)
				if err != nil || !reflect.DeepEqual(*alone, test.want) {
					t.Errorf("alone, as %s: %+v, %v", form, alone, err)
				}
			}
		})
	}
}

func TestDefinitionsThatCannotBeRead(t *testing.T) {
	for body, says := range map[string]string{
		`{}`: "not a list of definitions", `[]`: "not a list of definitions", pageOf(`null`): "not a list of definitions", pageOf(`7`): "not a list of definitions", pageOf(plainRegion, `{"name":"X"}`): "not a list of definitions",
	} {
		if definitions, err := newClient(t, newNetwork(t, answer(200, body)), withoutRetries).VariableDefinitions(t.Context(), 0); definitions != nil || err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, %v", body, definitions, err)
		}
	}
	for body, says := range map[string]string{
		`{}`: "without an _id", `[]`: "not a definition", `{"definition":"x"}`: "not a definition", `{"definition":{}}`: "without an _id", `{"definition":{"_id":"other"}}`: "the answer is about another definition, other",
	} {
		net := newNetwork(t, answer(200, pageOf()), answer(200, body))
		if definition, err := newClient(t, net, withoutRetries).VariableDefinition(t.Context(), definitionID, 0); definition != nil || err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, %v", body, definition, err)
		}
	}
}

// TestOneDefinitionListServesAPlan, and what it does not have is asked for once.
func TestOneDefinitionListServesAPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
			switch {
			case request.URL.Path == definitionsPath:
				return after(time.Second, answer(200, pageOf(plainRegion)))(request)
			case strings.HasSuffix(request.URL.Path, "/unlisted"):
				return after(time.Second, answer(200, `{"definition":{"_id":"unlisted"}}`))(request)
			}
			return after(time.Second, answer(404, definitionNotFound))(request)
		})
		client := newClient(t, net)
		ask := func() {
			var group sync.WaitGroup
			for range 20 {
				group.Go(func() {
					for id, want := range map[string]refold.Kind{definitionID: refold.Other, "unlisted": refold.Other, "missing": refold.NotFound} {
						found, err := client.VariableDefinition(t.Context(), id, 0)
						if refold.KindOf(err) != want || (err == nil) != (want == refold.Other) || err == nil && found.ID != id {
							t.Errorf("%s: %+v, %v", id, found, err)
						}
					}
				})
			}
			group.Wait()
		}
		ask()
		ask()
		if sent := len(net.requests()); sent != 3 {
			t.Errorf("%d requests for one list, one definition and one that is missing", sent)
		}
		time.Sleep(refold.SnapshotLife + time.Nanosecond)
		ask()
		if sent := len(net.requests()); sent != 6 {
			t.Errorf("%d requests, when the first were too old", sent)
		}
	})
}

func TestDefinitionsOnManyPages(t *testing.T) {
	for _, behaviour := range []mockapi.VariableBehaviour{{}, {DefinitionMaxLimit: 3, CamelDates: true}, {AllDefinitions: true, DefinitionMaxLimit: 1}} {
		server := newListServer(t, 0, mockapi.Behaviour{Variable: behaviour})
		client := server.client()
		found, err := client.VariableDefinitions(t.Context(), 0)
		known := server.VariableDefinitions(mockapi.EnvironmentTest)
		if err != nil || len(found) != len(known) {
			t.Fatalf("%d definitions, %v", len(found), err)
		}
		for i, definition := range found {
			want := known[i]
			if definition.ID != want.ID || definition.Name != want.Name || definition.Scope != want.Scope || definition.Format != want.Format || definition.Encrypted != want.Encrypted || definition.UpdatedAt == "" {
				t.Errorf("%+v, want %+v", definition, want)
			}
		}
		if _, err := client.VariableDefinition(t.Context(), "000000000000000000000000", 0); refold.KindOf(err) != refold.NotFound {
			t.Errorf("err = %v", err)
		}
		if refold.FindVariableDefinition(found, known[2].ID) != found[2] || refold.FindVariableDefinition(found, "x") != nil {
			t.Error("a definition is not found by its id")
		}
	}
}
