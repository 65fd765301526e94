// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What a config holds is shown the same, however a server says it.
func TestDataSourceAtAnyServer(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]mockapi.ConfigBehaviour{
		"errors as texts":        {ErrorTexts: true},
		"options nevertheless":   {IgnoreDisabledOptions: true},
		"numbers that are round": {RoundNumbers: true},
		"own values only":        {Values: mockapi.ShownValuesOwn},
	} {
		shown := readDataSource(t, start(t, mockapi.Behaviour{Config: rules}).Protocol(t), of("user_1", "hubspot", ""))
		fields := byID(t, shown["fields"])
		if fields["limit"]["value"] != "1152921504606846976" || fields["region"]["options"] != `[{"name":"EU","value":"eu"}]` || fields["batch/size"]["value"] != "null" {
			t.Errorf("%s: the fields are %v", name, fields)
		}
		var problems []tftypes.Value
		if err := shown["field_errors"].As(&problems); err != nil || len(problems) != 1 || textOf(t, problems[0]) != "Region is required" {
			t.Errorf("%s: field_errors is %s (%v)", name, shown["field_errors"], err)
		}
	}
}

// Some servers show the default of a field as its value.
func TestDefaultsThatAreShownAsValues(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{Values: mockapi.ShownValuesAll}}).Protocol(t)
	fields := byID(t, readDataSource(t, provider, of("user_1", "hubspot", ""))["fields"])
	if size := fields["batch/size"]; size["value"] != "25" || size["default"] != "25" {
		t.Errorf("the field is %v", size)
	}
	if region := fields["region"]; region["value"] != `"eu"` || region["default"] != `"us"` {
		t.Errorf("the field that has a value is %v", region)
	}
}

// The configs that there are instead are named by any server, and where none tells them, the error
// does without.
func TestMissingConfigAtAnyServer(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]mockapi.ConfigBehaviour{
		"whole configs":              {ListWhole: true},
		"the organization's as well": {TenantConfig: true},
	} {
		_, met := start(t, mockapi.Behaviour{Config: rules}).Protocol(t).ReadDataSource(configType, of("user_1", "hubspot", "emea"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such config", `these ids: "user_1".`)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	silent := start(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{UnknownAccountAsNone: true}})
	_, met := silent.Protocol(t).ReadDataSource(configType, of("user_2", "hubspot", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such config", `of linked account "user_2"`, "`linked_account_id`, `slug` and `config_id` are written as Refold has them")
}
