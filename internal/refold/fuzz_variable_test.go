// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// FuzzVariableDefinition: what does not say plainly that values are shown never lets one be shown.
func FuzzVariableDefinition(f *testing.F) {
	for _, seed := range []string{
		plainRegion, `{"definition":` + plainRegion + `}`, `{"_id":"` + definitionID + `"}`, `{"_id":"` + definitionID + `","encrypted":"FALSE"}`, `{"_id":"` + definitionID + `","encrypted":[false]}`,
		`{"definition":null}`, `{"definition":{"_id":"\ud800"}}`, `[]`, ``, "\xff", `{"_id":"` + definitionID + `","encrypted":false,"encrypted":true}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		definition, err := newClient(t, newNetwork(t, answer(200, pageOf()), answer(200, string(body))), withoutRetries).VariableDefinition(t.Context(), definitionID, 0)
		if err != nil {
			if definition != nil {
				t.Errorf("both a definition and %v", err)
			}
			readable(t, err)
			return
		}
		if definition.ID != definitionID || !isPlain(definition.Scope+definition.Format+definition.Description+definition.CreatedAt+definition.UpdatedAt) {
			t.Errorf("definition %+v", definition)
		}
		if !definition.Encrypted && !strings.Contains(string(body), "false") {
			t.Errorf("%s says that values are shown", body)
		}
	})
}

// FuzzVariableValue: whatever a document holds, nothing is kept of the value of an encrypted
// definition, and a value is that of the key or none.
func FuzzVariableValue(f *testing.F) {
	for _, seed := range []string{
		regionOfUser, `{"value":"` + ciphertext + `"}`, `{"value":null}`, `{"value":{"value":"x"}}`, `{"_id":"1","variable_definition_id":{"_id":"` + definitionID + `","encrypted":true},"linked_account_id":"user","value":7.50}`,
		`{"variable_definition_id":"` + definitionID + `","value":"\ud800"}`, `[]`, `null`, ``, "\xff", `{"value":"[REDACTED]"}`, `{"_id":"1","VALUE":"x","value":"y","linked_account_id":"user"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, key := range []refold.VariableKey{regionKey(), secretKey()} {
			for _, plays := range [][]reply{
				{answer(200, pageOf(string(body))), answer(404, valueNotFound)},
				{answer(200, pageOf(`{"_id":"1"}`)), answer(200, string(body))},
			} {
				value, err := newClient(t, newNetwork(t, plays...), withoutRetries).VariableValue(t.Context(), key, refold.ReadOptions{})
				if err != nil {
					if value != nil {
						t.Errorf("both a value and %v", err)
					}
					readable(t, err)
					continue
				}
				isKept := value.Value != "" || value.IsShown || value.IsNumber
				if key.Encrypted && (!value.Encrypted || isKept) || value.Encrypted && isKept || !value.IsShown && value.Value != "" || value.Value == "[REDACTED]" {
					t.Errorf("%s became %+v", body, value)
				}
				if value.DefinitionID != key.DefinitionID || value.AccountID != key.AccountID || value.WorkflowID != "" || !isPlain(value.ID+value.UpdatedAt+value.Environment+value.OrganizationID) {
					t.Errorf("%s became %+v", body, value)
				}
			}
		}
	})
}

// FuzzExecution: nothing but what is named is taken from a document full of payloads.
func FuzzExecution(f *testing.F) {
	for _, seed := range []string{
		`{"_id":"x","status":"ERRORED","associated_workflow":{"_id":"w","name":"\u0007"},"createdAt":"2026-06-16T13:09:26.023Z","completion_time":"2026-06-16T13:09:27Z","instance_execution_time":1e400}`,
		`{"_id":"x","associated_workflow":"w","associated_trigger_application":[],"instance_execution_time":"7"}`, `{"_id":"x","createdAt":"9999-99-99","completion_time":-1}`, `{"_id":"\u0000"}`, `[]`, `null`, ``, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := newClient(t, newNetwork(t, answer(200, pageOf(string(body)))), withoutRetries).Executions(t.Context(), refold.ExecutionFilter{AccountID: "user"}, 10)
		if err != nil {
			readable(t, err)
			return
		}
		for _, one := range page.Executions {
			if one.ID == "" || one.AccountID != "" && one.AccountID != "user" || one.Seconds != nil && *one.Seconds < 0 {
				t.Errorf("%s became %+v", body, one)
			}
			if !isPlain(one.ID + one.Name + one.Status + one.WorkflowID + one.WorkflowName + one.Slug + one.AppID + one.Type + one.Source + one.StartedAt + one.EndedAt + one.Duration) {
				t.Errorf("an execution that cannot be shown: %+v", one)
			}
		}
	})
}
