// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// environment is the one whose objects are recorded.
const environment = mockapi.EnvironmentTest

// content is what a mock Refold holds besides what every one begins with. Credentials of the own
// app are not part of it: Refold shows them to nobody.
type content struct {
	Accounts []mockapi.Account
	// Configs are by account.
	Configs map[string][]mockapi.Config
	Values  []mockapi.VariableValue
}

// contentOf is what a mock holds now.
func contentOf(refold *mockapi.Server) content {
	found := content{Accounts: refold.Accounts(environment), Configs: map[string][]mockapi.Config{}, Values: refold.VariableValues(environment)}
	for _, account := range found.Accounts {
		if configs := refold.Configs(environment, account.AccountID); len(configs) > 0 {
			found.Configs[account.AccountID] = configs
		}
	}
	return found
}

// parseContent reads what was recorded. It knows every field, so that none is lost without a word.
func parseContent(recorded []byte) (content, error) {
	decoder := json.NewDecoder(bytes.NewReader(recorded))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var found content
	if err := decoder.Decode(&found); err != nil {
		return content{}, fmt.Errorf("read what Refold held: %w", err)
	}
	return found, nil
}

// putInto lets an empty mock hold it, with the same ids and times.
func (c content) putInto(refold *mockapi.Server) {
	for _, account := range c.Accounts {
		refold.Create(environment, account)
	}
	for account, configs := range c.Configs {
		for _, config := range configs {
			refold.SetConfig(environment, account, config)
		}
	}
	for _, value := range c.Values {
		refold.SetVariableValue(environment, value)
	}
}

// makeKnown makes what the recorded configurations import.
func makeKnown(refold *mockapi.Server) {
	name := "Initech"
	refold.Create(environment, mockapi.Account{AccountID: "initech", Name: &name, UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	refold.Create(environment, mockapi.Account{AccountID: "initrode"})
	refold.Create(environment, mockapi.Account{AccountID: "hooli", Name: &name})
	refold.Connect(environment, "initech", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"keybased"}})
	refold.SetConfig(environment, "initech", mockapi.Config{Slug: "hubspot", Values: map[string]any{"sync_interval": json.Number("30"), "owner_email": "jo@initech.example"}})
	refold.SetVariableValue(environment, mockapi.VariableValue{DefinitionID: mockapi.RegionVariableID, AccountID: "initech", Value: "eu"})
}
