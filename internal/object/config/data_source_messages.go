// SPDX-License-Identifier: MPL-2.0

package config

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// missingError says how a config comes into being. Others are the ids of those that the account has
// of the app.
func missingError(key refold.ConfigKey, others []string, err error) *diagnose.Problem {
	known := ""
	if len(others) > 0 {
		known = fmt.Sprintf(" Of this app, the account has configs with these ids: %s.", diagnose.Naming(others))
	}
	return diagnose.NewError("There is no such config", fmt.Sprintf("Tried to read %s.%s\n\n%s", dependant.Config(key).Subject(), known, diagnose.Answer(err)),
		"A config comes into being when the customer connects the app, or by a resource `refold_config`. If one is created in the same run, refer to its `linked_account_id` instead of repeating the id, so that it is created first. "+
			"Otherwise, check that `linked_account_id`, `slug` and `config_id` are written as Refold has them (upper and lower case count), and that the API key belongs to the account's environment.")
}

func unknownAppError(key refold.ConfigKey, err error) diag.Diagnostic {
	return diagnose.NewError("There is no such app", fmt.Sprintf("Tried to read %s.\n\n%s", dependant.Config(key).Subject(), diagnose.Answer(err)),
		"Write the slug as Refold has it (upper and lower case count), and for an app that your organization built its application id. The data source `refold_applications` shows them all.",
	).At(path.Root("slug"))
}
