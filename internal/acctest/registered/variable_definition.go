// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// VariableDefinition registers the data sources about definitions of variables.
func (objects) VariableDefinition() battery.Object {
	return battery.Object{
		DataSources: []battery.DataSource{variableDefinitionDataSource(), variableDefinitionsDataSource()},
	}
}

// aRefold has the definitions that every mock begins with.
func aRefold(t battery.T) battery.World {
	_, handler := start(t)
	return battery.World{Handler: handler}
}

func variableDefinitionDataSource() battery.DataSource {
	return battery.DataSource{
		Type:    "refold_variable_definition",
		Live:    battery.Live{Not: showsAll},
		World:   aRefold,
		Config:  battery.Attributes{"name": "API_SECRET", "scope": "linked_account"},
		Shows:   battery.Attributes{"id": mockapi.APISecretVariableID, "format": "string", "encrypted": true},
		Unknown: battery.Attributes{"name": "API_SECRET", "scope": "workflow"},
		Invalid: []battery.Attributes{
			{}, {"name": "API_SECRET"}, {"scope": "linked_account"}, {"id": ".."}, {"name": "", "scope": "workflow"},
			{"id": mockapi.APISecretVariableID, "scope": "linked_account"},
		},
	}
}

func variableDefinitionsDataSource() battery.DataSource {
	return battery.DataSource{
		Type:         "refold_variable_definitions",
		Live:         battery.Live{Not: showsAll},
		World:        aRefold,
		Config:       battery.Attributes{"scope": "linked_account", "format": "number"},
		Shows:        battery.Attributes{"ids": []any{mockapi.SeatLimitVariableID, mockapi.AccessPINVariableID}},
		Unknown:      battery.Attributes{"name": "NOTHING"},
		ShowsNothing: battery.Attributes{"ids": []any{}, "definitions": []any{}},
		Invalid:      []battery.Attributes{{"scope": ""}, {"name": ""}, {"format": ""}},
	}
}
