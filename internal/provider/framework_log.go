// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"strings"
)

// frameworkLog is the variable that terraform-plugin-framework takes its log
// level from, anew for every call from the CLI.
const frameworkLog = "TF_LOG_SDK_FRAMEWORK"

// QuietFramework keeps the framework from writing log lines that nobody reads:
// several for every value of a plan, at a cost that grows with the square of
// the values. The CLI drops them unless a TF_LOG* variable has a value; then
// nothing is changed.
func QuietFramework() error {
	if logsWanted(os.Environ()) {
		return nil
	}
	if err := os.Setenv(frameworkLog, "OFF"); err != nil {
		return fmt.Errorf("set %s: %w", frameworkLog, err)
	}
	return nil
}

// logsWanted tells whether an environment, a list of NAME=value, sets a
// TF_LOG* variable. An empty value counts as none, as it does for the CLI.
func logsWanted(environment []string) bool {
	for _, setting := range environment {
		name, value, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "TF_LOG") && value != "" {
			return true
		}
	}
	return false
}
