// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"fmt"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// VariableValue registers all kinds of the value of a variable.
func (objects) VariableValue() battery.Object {
	return battery.Object{
		Resources:     []battery.Resource{plainValueResource(), encryptedValueResource()},
		ListResources: []battery.ListResource{valueListResource()},
		Known:         []func(*mockapi.Server){createKnownValues},
	}
}

// createKnownValues makes what examples import.
func createKnownValues(refold *mockapi.Server) {
	for definitionID, value := range map[string]string{mockapi.RegionVariableID: "eu-west-1", mockapi.APISecretVariableID: plainSecret} {
		refold.SetVariableValue(test, mockapi.VariableValue{DefinitionID: definitionID, AccountID: "initech", Value: value})
	}
}

// plainValueResource is about a value that is shown.
func plainValueResource() battery.Resource {
	config := func(region string) battery.Attributes {
		return battery.Attributes{"variable_definition_id": mockapi.RegionVariableID, "linked_account_id": "acme", "value": region}
	}
	block := func(region string) string {
		return fmt.Sprintf("variable_definition_id = %q\nlinked_account_id = \"acme\"\nvalue = %q", mockapi.RegionVariableID, region)
	}
	return battery.Resource{
		Type:            "refold_variable_value",
		World:           func(t battery.T) battery.World { return valueWorld(t, mockapi.RegionVariableID) },
		Live:            accountAndVariable(mockapi.RegionVariableID),
		Config:          config("eu"),
		Changed:         config("us"),
		Block:           block("eu"),
		ChangedBlock:    block("us"),
		NaturalKey:      true,
		UnknownImportID: mockapi.RegionVariableID + "/nobody",
	}
}

func accountAndVariable(definitionID string) battery.Live {
	live := anAccount()
	live.Variables = []string{definitionID}
	return live
}

// encryptedValueResource is about a value that is never shown.
func encryptedValueResource() battery.Resource {
	config := func(version string) battery.Attributes {
		return battery.Attributes{
			"variable_definition_id": mockapi.APISecretVariableID, "linked_account_id": "acme",
			"value_wo": writeOnlySecret, "value_wo_version": version,
		}
	}
	block := func(version string) string {
		return fmt.Sprintf("variable_definition_id = %q\nlinked_account_id = \"acme\"\nvalue_wo = \"secret\"\nvalue_wo_version = %q", mockapi.APISecretVariableID, version)
	}
	return battery.Resource{
		Type:            "refold_variable_value",
		World:           func(t battery.T) battery.World { return valueWorld(t, mockapi.APISecretVariableID) },
		Live:            accountAndVariable(mockapi.APISecretVariableID),
		Config:          config("1"),
		Changed:         config("2"),
		Block:           block("1"),
		ChangedBlock:    block("2"),
		NaturalKey:      true,
		NoDrift:         "Refold never shows an encrypted value.",
		NotReadBack:     []string{"value_wo", "value_wo_version"},
		UnknownImportID: mockapi.APISecretVariableID + "/nobody",
		WriteOnly:       []string{writeOnlySecret},
	}
}

func valueWorld(t battery.T, definitionID string) battery.World {
	refold, handler := start(t)
	for _, environment := range []string{test, mockapi.EnvironmentProduction} {
		refold.Create(environment, mockapi.Account{AccountID: "acme"})
	}
	value := mockapi.VariableValue{DefinitionID: definitionID, AccountID: "acme", Value: "elsewhere"}
	return battery.World{
		Handler: handler,
		Count:   func() int { return len(refold.VariableValues(test)) },
		Change:  func() { refold.SetVariableValue(test, value) },
		PutIn: func() func() bool {
			refold.SetVariableValue(test, value)
			return func() bool {
				return slices.ContainsFunc(refold.VariableValues(test), func(one mockapi.VariableValue) bool { return one.Value == value.Value })
			}
		},
		Remove:        func() { refold.RemoveVariableValue(test, definitionID, "acme", "") },
		MakeElsewhere: func() { refold.SetVariableValue(mockapi.EnvironmentProduction, value) },
		ImportID:      func() string { return definitionID + "/acme" },
	}
}

func valueListResource() battery.ListResource {
	const accounts = 60
	return battery.ListResource{
		Type: "refold_variable_value",
		Live: battery.Live{Not: valuesAll},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			set := func(value mockapi.VariableValue) { refold.SetVariableValue(test, value) }
			for number := range accounts {
				id := fmt.Sprintf("customer-%02d", number)
				refold.Create(test, mockapi.Account{AccountID: id})
				set(mockapi.VariableValue{DefinitionID: mockapi.RegionVariableID, AccountID: id, Value: "eu"})
				set(mockapi.VariableValue{DefinitionID: mockapi.APISecretVariableID, AccountID: id, Value: plainSecret})
			}
			set(mockapi.VariableValue{DefinitionID: mockapi.SeatLimitVariableID, AccountID: "customer-07", Value: "7.50"})
			set(mockapi.VariableValue{DefinitionID: mockapi.SupportEmailVariableID, Value: "help@example.com"})
			return battery.World{Handler: handler}
		},
		Objects: 2*accounts + 2,
		// The definitions, and the first page.
		Requests: 2,
		Filters: []battery.Filter{
			{Arguments: battery.Attributes{"linked_account_id": "customer-07"}, Finds: 3},
			{Arguments: battery.Attributes{"variable_definition_id": mockapi.RegionVariableID}, Finds: accounts},
			{Arguments: battery.Attributes{"variable_definition_id": mockapi.SupportEmailVariableID}, Finds: 1},
			{Arguments: battery.Attributes{"linked_account_id": "customer-08", "variable_definition_id": mockapi.SeatLimitVariableID}, Finds: 0},
			{Arguments: battery.Attributes{"workflow_id": mockapi.DefaultWorkflowID}, Finds: 0},
		},
		Invalid: []battery.Attributes{{"linked_account_id": "kündin"}, {"workflow_id": ".."}, {"variable_definition_id": ""}},
	}
}
