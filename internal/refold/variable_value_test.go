// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	valuesPath = "/api/v2/public/env/values"
	valuePath  = "/api/v2/public/env/value/" + definitionID
	valueID    = "6a314b06d396207fd24fb16b"
	// regionOfUser is a document of a list, with what the tests of all operations take for a
	// definition as well.
	regionOfUser = `{"_id":"` + valueID + `","variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu","name":"REGION","encrypted":false}`
)

func regionKey() refold.VariableKey {
	return refold.VariableKey{DefinitionID: definitionID, AccountID: "user", Scope: refold.ScopeLinkedAccount}
}

var (
	noValues = asksFor("not a list of values of variables in JSON", ofAnotherAccount, emptyAnswer)
	noValue  = asksFor("not a list of values of variables in JSON", ofAnotherAccount, emptyAnswer)
)

// VariableValue has the operations of values of variables.
func (operationsOf) VariableValue() objectOperations {
	return objectOperations{
		fine: `"variable_definition_id":"` + definitionID + `","linked_account_id":"user","value":"eu"`,
		calls: map[string]operation{
			"VariableValue": {requests: "GET", asks: noValues, hidesScope: true, hidesBody: true, body: pageOf(regionOfUser), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.VariableValue(ctx, regionKey(), refold.ReadOptions{})
				return err
			}},
			"SetVariableValue": {requests: "POST", asks: noValue, hidesBody: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.SetVariableValue(ctx, refold.VariableSetting{Key: regionKey(), Value: "eu"}, nil)
				return err
			}},
			"DeleteVariableValue": {requests: "DELETE", asks: noValue, hidesBody: true, do: func(ctx context.Context, c *refold.Client) error {
				return c.DeleteVariableValue(ctx, regionKey(), valueID, nil)
			}},
			"ListVariableValues": {requests: "GET GET", asks: noDefinitions, hidesScope: true, isOfNoAccount: true, body: pageOf(regionOfUser), do: func(ctx context.Context, c *refold.Client) error {
				var last error
				for _, err := range c.ListVariableValues(ctx, refold.ScopeLinkedAccount, "", "") {
					last = err
				}
				return last
			}},
		},
	}
}
