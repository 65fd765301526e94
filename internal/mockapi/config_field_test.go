// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// ofField sends about a field of HubSpot's config of the account x.
func (c client) ofField(method, target, body string, headers ...string) reply {
	c.t.Helper()
	return c.of(method, fieldPath+target, body, append([]string{"slug", "hubspot"}, headers...)...)
}

// Values of every type are kept as they were sent, whatever the type of the field.
func TestFieldValuesAreExact(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x").ok()
	for _, value := range []string{
		`25`, `25.0`, `"25"`, `1152921504606846977`, `-0.1`, `true`, `false`, `""`, `[]`, `{}`, `[1,[null,{"a/b c.d":null}]]`, `{"ä":{"b":[1e3]}}`, `null`,
	} {
		c.ofField(http.MethodPut, "/extra_filter?config_id=x", `{"value":`+value+`}`).ok()
		for where, shown := range map[string]object{
			"config": c.readConfig("x").shownFields()["extra_filter"],
			"field":  c.ofField(http.MethodPost, "/extra_filter?config_id=x", "").ok().json(),
		} {
			if _, isShown := shown["value"]; !isShown {
				t.Errorf("%s: %s is not shown", where, value)
			}
			equal(t, where+": default", shown["defaultValue"], any(object{}))
			written, err := json.Marshal(shown["value"])
			if err != nil || string(written) != value {
				t.Errorf("%s: %s is shown as %s (%v)", where, value, written, err)
			}
		}
	}
}

func TestSetAndClearField(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x").ok()
	c.ofField(http.MethodPut, "/sync_interval", `{"value":5}`).ok().has("value", json.Number("5"))
	c.ofField(http.MethodPut, "/owner_email?config_id=x", `{"value":"a@b"}`).ok()
	fields := c.ofField(http.MethodPost, "", "").shownFields()
	equal(t, "interval", fields["sync_interval"]["value"], any(json.Number("5")))
	equal(t, "owner", fields["owner_email"]["value"], any("a@b"))
	cleared := c.ofField(http.MethodDelete, "/sync_interval", "").ok()
	cleared.has("defaultValue", json.Number("60"))
	cleared.has("value", nil)
	c.ofField(http.MethodDelete, "/sync_interval", "").ok()
	stored, _ := c.api.Config("test", "x", "hubspot", "")
	equal(t, "values", stored.Values, object{"owner_email": "a@b"})
}

func TestFieldsOfWorkflows(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x").ok()
	const batch = "/batch_size?config_id=x&workflow_id=" + contactsID
	c.ofField(http.MethodPut, batch, `{"value":7}`).ok().has("value", json.Number("7"))
	c.ofField(http.MethodPost, batch, ``).ok().has("value", json.Number("7"))
	shown := byID(byID(c.readConfig("x").json()["workflows"])[contactsID]["fields"])
	equal(t, "value", shown["batch_size"]["value"], any(json.Number("7")))
	for _, query := range []string{"?config_id=x", "?config_id=x&workflow_id=" + dealsID, "?config_id=x&workflow_id=nope"} {
		c.ofField(http.MethodPut, "/batch_size"+query, `{"value":7}`).failsE4(400, "SERVER_ERROR", "Field with id batch_size not found")
	}
	c.ofField(http.MethodDelete, batch, "").ok().has("defaultValue", json.Number("100"))
}

func TestFieldsThatAreNotThere(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		c.ofField(method, "/nope?config_id=c", `{"value":1}`).failsE4(404, "RESOURCE_NOT_FOUND", "Config with config id c not found")
	}
	c.ofField(http.MethodPost, "?config_id=c", ``).failsE4(404, "RESOURCE_NOT_FOUND", "Config with config id c not found")
	c.makeConfig("c").ok()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		c.ofField(method, "/nope?config_id=c", `{"value":1}`).failsE4(400, "SERVER_ERROR", "Field with id nope not found")
		c.ofField(method, "/nope?config_id=c", `{"value":1}`, "slug", "").failsE4(400, "SERVER_ERROR", "Missing Slug")
		c.ofField(method, "/nope?config_id=c", `{"value":1}`, "slug", "ä").failsE4(404, "INVALID_APP_ID",
			"Application with app_type 'Ã¤' not found for org "+mockapi.OrganizationID)
		c.ofField(method, "/nope?config_id=c", `{"value":1}`, "linked_account_id", "").failsE4(404, "MISSING_REQUIRED_FIELD",
			"Linked account id is required with API Key, for this resource")
	}
	c.ofField(http.MethodPut, "/sync_interval?config_id=c", `{}`).failsE4(400, "VALIDATION_ERROR", "value is required")
	c.ofField(http.MethodPut, "/sync_interval?config_id=c", `{"value":`).failsE4(400, "SERVER_ERROR", "Unexpected token in JSON")
}

func TestWhichValuesAreShown(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Values: object{"sync_interval": 60, "sync_deleted": true}})
	for shown, want := range map[mockapi.ShownValues]object{
		mockapi.ShownValuesSet: {"sync_interval": json.Number("60"), "sync_deleted": true},
		mockapi.ShownValuesAll: {"sync_interval": json.Number("60"), "sync_deleted": true, "lifecycle_stages": []any{"lead"}, "extra_filter": object{}},
		mockapi.ShownValuesOwn: {"sync_deleted": true},
	} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Config.Values = shown })
		got := object{}
		for id, one := range c.readConfig("x").shownFields() {
			if value, isShown := one["value"]; isShown {
				got[id] = value
			}
		}
		equal(t, "values", got, want)
	}
}

func TestRoundedValues(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{RoundNumbers: true}})
	c.makeConfig("x").ok()
	c.ofField(http.MethodPut, "/extra_filter", `{"value":{"a":[9007199254740993,25.0]}}`).ok().has("value", object{"a": []any{json.Number("9007199254740992"), json.Number("25")}})
}

func TestOptionsOfFields(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x").ok()
	const stages = "/lifecycle_stages?config_id=x"
	disabled := []string{"disable_field_options", "true"}
	equal(t, "options", len(c.ofField(http.MethodPost, stages, "").ok().json()["options"].([]any)), 3)
	c.ofField(http.MethodPost, stages, "", disabled...).ok().has("options", nil)
	equal(t, "options in a config", c.readConfig("x", disabled...).shownFields()["lifecycle_stages"]["options"], nil)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.IgnoreDisabledOptions = true })
	equal(t, "options all the same", len(c.ofField(http.MethodPost, stages, "", disabled...).ok().json()["options"].([]any)), 3)
}

func TestFieldsInTheCataloguesOrder(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Values: object{"start_date": "d", "owner_email": "e"}})
	var ids []any
	for _, one := range c.readConfig("x").json()["fields"].([]any) {
		ids = append(ids, one.(object)["id"])
	}
	equal(t, "ids", ids, []any{"sync_interval", "owner_email", "sync_deleted", "lifecycle_stages", "start_date", "field_mapping", "extra_filter"})
}
