// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	test       = mockapi.EnvironmentTest
	configType = "refold_config"
)

type attributes = map[string]tftypes.Value

// crm is an app whose fields are of many types.
func crm() mockapi.App {
	return mockapi.App{
		Slug: "hubspot", Name: "HubSpot", AuthType: "oauth2",
		ConfigFields: []mockapi.ConfigField{
			{ID: "region", Name: "Region", Type: "select", Required: true, Default: "us", Options: []any{map[string]any{"name": "EU", "value": "eu"}}},
			{ID: "batch/size", Name: "Batch size", Type: "number", Default: json.Number("25")},
			{ID: "limit", Name: "Limit", Type: "number"},
			{ID: "zip", Name: "ZIP", Type: "text"},
			{ID: "map.v2", Name: "Mapping", Type: "map"},
		},
		Workflows: []mockapi.Workflow{
			{
				ID: "w1", Name: "Sync contacts", Description: "Each hour", Slug: "hubspot", Published: true,
				Fields: []mockapi.ConfigField{{ID: "depth", Type: "number", Default: json.Number("1")}},
			},
			{ID: "w2", Name: "Sync deals", Slug: "hubspot", Published: true},
		},
	}
}

// start runs a Refold with the account user_1, which has configured HubSpot.
func start(t *testing.T, behaviour mockapi.Behaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
	server.SetApps(test, crm())
	server.Create(test, mockapi.Account{AccountID: "user_1"})
	server.SetConfig(test, "user_1", mockapi.Config{
		Slug: "hubspot", ConfigID: "user_1", Enabled: map[string]bool{"w2": true}, Errors: []string{"Region is required"},
		Values: map[string]any{
			"region": "eu", "limit": json.Number("1152921504606846976"), "zip": "00025", "map.v2": map[string]any{"a": []any{json.Number("1"), nil}},
		},
	})
	return server
}

func of(accountID, slug, configID string) attributes {
	values := attributes{"linked_account_id": acctest.Text(accountID), "slug": acctest.Text(slug)}
	if configID != "" {
		values["config_id"] = acctest.Text(configID)
	}
	return values
}

// readDataSource is what the data source shows.
func readDataSource(t *testing.T, provider *acctest.Protocol, values attributes) attributes {
	t.Helper()
	shown, met := provider.ReadDataSource(configType, values)
	acctest.WantNoDiagnostics(t, met)
	if shown == nil {
		t.Fatal("the data source shows nothing")
	}
	return shown
}

// byID are the elements of a list of objects, as text, by their id.
func byID(t *testing.T, list tftypes.Value) map[string]map[string]string {
	t.Helper()
	var values []tftypes.Value
	if err := list.As(&values); err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{}
	for _, value := range values {
		var one attributes
		if err := value.As(&one); err != nil {
			t.Fatal(err)
		}
		shown := map[string]string{}
		for name, attribute := range one {
			shown[name] = textOf(t, attribute)
		}
		found[shown["id"]] = shown
	}
	return found
}

// textOf writes a text, a boolean, or nothing as null.
func textOf(t *testing.T, value tftypes.Value) string {
	t.Helper()
	if value.IsNull() {
		return "null"
	}
	if value.Type().Is(tftypes.Bool) {
		if value.Equal(acctest.Yes()) {
			return "true"
		}
		return "false"
	}
	var text string
	if err := value.As(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	shown := readDataSource(t, start(t, mockapi.Behaviour{}).Protocol(t), of("user_1", "hubspot", ""))
	if got := textOf(t, shown["config_id"]); got != "user_1" {
		t.Errorf("config_id is %q", got)
	}
	fields := byID(t, shown["fields"])
	for id, want := range map[string]map[string]string{
		"region":     {"id": "region", "name": "Region", "type": "select", "required": "true", "value": `"eu"`, "default": `"us"`, "options": `[{"name":"EU","value":"eu"}]`},
		"batch/size": {"id": "batch/size", "name": "Batch size", "type": "number", "required": "false", "value": "null", "default": "25", "options": "null"},
		"limit":      {"id": "limit", "name": "Limit", "type": "number", "required": "false", "value": "1152921504606846976", "default": "null", "options": "null"},
		"zip":        {"id": "zip", "name": "ZIP", "type": "text", "required": "false", "value": `"00025"`, "default": "null", "options": "null"},
		"map.v2":     {"id": "map.v2", "name": "Mapping", "type": "map", "required": "false", "value": `{"a":[1,null]}`, "default": "null", "options": "null"},
	} {
		for name, text := range want {
			if got := fields[id][name]; got != text {
				t.Errorf("%s of %s is %s, want %s", name, id, got, text)
			}
		}
	}
	workflows := byID(t, shown["workflows"])
	if len(fields) != 5 || len(workflows) != 2 || workflows["w1"]["enabled"] != "false" || workflows["w2"]["enabled"] != "true" || workflows["w1"]["description"] != "Each hour" {
		t.Errorf("fields %v, workflows %v", fields, workflows)
	}
	var problems []tftypes.Value
	if err := shown["field_errors"].As(&problems); err != nil || len(problems) != 1 || textOf(t, problems[0]) != "Region is required" {
		t.Errorf("field_errors is %s (%v)", shown["field_errors"], err)
	}
}

// Ids travel whole: that of the account in a header, the others in the path.
func TestDataSourceOfAnyID(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t, acctest.Unpaced)
	for _, id := range []string{"a/b", "50%", "100%25", "a+b", "ann@example.com", "urn:customer:1", "Acme Inc"} {
		server.Create(test, mockapi.Account{AccountID: id})
		for _, configID := range []string{id, "emea/" + id, "größe " + id} {
			server.SetConfig(test, id, mockapi.Config{Slug: "hubspot", ConfigID: configID})
			if got := textOf(t, readDataSource(t, provider, of(id, "hubspot", configID))["config_id"]); got != configID {
				t.Errorf("%q: config_id is %q, want %q", id, got, configID)
			}
		}
		if got := textOf(t, readDataSource(t, provider, of(id, "hubspot", ""))["config_id"]); got != id {
			t.Errorf("config_id is %q by default, want %q", got, id)
		}
	}
}

// What no header can carry is refused before anything is sent.
func TestAccountThatNoHeaderCanCarry(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	for _, id := range []string{"kündin", "顧客", "a\u00a0b"} {
		_, met := server.Protocol(t).ReadDataSource(configType, of(id, "hubspot", ""))
		acctest.WantDiagnostic(t, met, acctest.Failure, "Cannot travel in a header", "takes it in a header only")
	}
	if sent := server.Requests(); len(sent) > 0 {
		t.Errorf("%d requests were sent", len(sent))
	}
}

// One that is not there is told with those that are.
func TestConfigThatDoesNotExist(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	server.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "emea"})
	provider := server.Protocol(t)
	_, met := provider.ReadDataSource(configType, of("user_1", "hubspot", "EMEA"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such config", `config "hubspot/EMEA" of linked account "user_1"`, `"user_1"`, `"emea"`, "customer connects the app", "`refold_config`")
	_, met = provider.ReadDataSource(configType, of("user_2", "hubspot", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `"user_2"`)
	_, met = provider.ReadDataSource(configType, of("user_1", "nothing", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such app", `config "nothing" of linked account "user_1"`, "`refold_applications`")
	if sent := server.CountByMethod(); len(sent) != 1 {
		t.Errorf("reading sent %v", sent)
	}
}

// An answer about another config is not taken for the one that was asked for.
func TestAnswerAboutAnotherConfig(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	server.Intercept(acctest.Instead(http.MethodGet, "/config/user_1", acctest.Answering(200, `{"slug":"hubspot","config_id":"USER_1","fields":[],"workflows":[]}`)))
	_, met := server.Protocol(t).ReadDataSource(configType, of("user_1", "hubspot", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not read config", "about another config, USER_1", "upper and lower case count")
}
