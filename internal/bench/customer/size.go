// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// size is how many of each there are, in all.
type size struct{ accounts, integrations, configs, fields, switches, variables int }

// What each config has.
const (
	configFields   = 2
	configSwitches = 1
)

// sizeOf is that of a number of customers.
func sizeOf(customers int) size {
	apps := customers * len(appNames())
	return size{
		accounts: customers, integrations: apps, configs: apps, fields: apps * configFields, switches: apps * configSwitches,
		variables: customers * len(definitions()),
	}
}

// sizeAt is what a mock holds.
func sizeAt(mock *mockapi.Server) size {
	held := size{variables: len(mock.VariableValues(mockapi.EnvironmentTest))}
	for _, account := range mock.Accounts(mockapi.EnvironmentTest) {
		held.accounts++
		held.integrations += len(account.Integrations)
		for _, config := range mock.Configs(mockapi.EnvironmentTest, account.AccountID) {
			held.configs++
			held.fields += len(config.Values)
			for _, isOn := range config.Enabled {
				if isOn {
					held.switches++
				}
			}
		}
	}
	return held
}

// objects are those that Terraform manages.
func (s size) objects() int { return s.accounts + s.integrations + s.configs + s.variables }

// writes make all of it: one for each object, field and switch.
func (s size) writes() counts {
	return counts{
		accounts: {writes: s.accounts}, integrations: {writes: s.integrations}, configs: {writes: s.configs},
		fields: {writes: s.fields}, switches: {writes: s.switches}, variables: {writes: s.variables},
	}
}

func (s size) String() string {
	return fmt.Sprintf("%s accounts with %s integrations, %s configs and %s values of variables",
		guide.Thousands(s.accounts), guide.Thousands(s.integrations), guide.Thousands(s.configs), guide.Thousands(s.variables))
}
