// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	definitionsPath = "/api/v2/public/env/definitions"
	definitionID    = "6a1401de41e63efd08fb3e54"
	// plainRegion is the definition of a value that is shown.
	plainRegion = `{"_id":"` + definitionID + `","org_id":"` + organization + `","name":"REGION","description":"Where","scope":"linked_account","var_format":"string","encrypted":false,"created_at":"2026-05-25T08:06:38.123Z","updated_at":"2026-05-26T08:06:38.123Z"}`
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
