// SPDX-License-Identifier: MPL-2.0

package config

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// A config has the account's id unless it has one of its own, and messages name it by what tells it
// from others.
func TestKey(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		configID types.String
		want     string
		named    string
	}{
		{types.StringNull(), "acme", `config "hubspot" of linked account "acme"`},
		{types.StringValue("acme"), "acme", `config "hubspot" of linked account "acme"`},
		{types.StringValue("emea"), "emea", `config "hubspot/emea" of linked account "acme"`},
	} {
		key := dataSourceModel{LinkedAccountID: types.StringValue("acme"), Slug: types.StringValue("hubspot"), ConfigID: test.configID}.key()
		if want := (refold.ConfigKey{AccountID: "acme", Slug: "hubspot", ConfigID: test.want}); key != want {
			t.Errorf("%s: the key is %+v, want %+v", test.configID, key, want)
		}
		if got := dependant.Config(key).Subject().String(); got != test.named {
			t.Errorf("%s: it is named %s", test.configID, got)
		}
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	text, yes, no := types.StringValue, types.BoolValue(true), types.BoolValue(false)
	var data dataSourceModel
	data.show(refold.ConfigKey{ConfigID: "emea"}, &refold.Config{
		FieldErrors: []string{"Region is required"},
		Fields: []refold.ConfigField{
			{ID: "region", Name: "Region", Type: "select", Required: true, Value: "eu", Default: "us", Options: json.RawMessage(`[ {"name": "EU", "value": "eu"} ]`)},
			{ID: "f/2"},
		},
		Workflows: []refold.ConfigWorkflow{{ID: "w1", Name: "Sync", Description: "Each hour", Enabled: true}, {ID: "w2"}},
	})
	if want := (shownField{text("region"), text("Region"), text("select"), yes, text(`"eu"`), text(`"us"`), text(`[{"name":"EU","value":"eu"}]`)}); data.Fields[0] != want {
		t.Errorf("the field is %+v, want %+v", data.Fields[0], want)
	}
	if want := (shownField{ID: text("f/2"), Required: no}); data.Fields[1] != want {
		t.Errorf("the field of which nothing is said is %+v, want %+v", data.Fields[1], want)
	}
	if want := []shownWorkflow{{text("w1"), text("Sync"), text("Each hour"), yes}, {ID: text("w2"), Enabled: no}}; !slices.Equal(data.Workflows, want) {
		t.Errorf("the workflows are %+v, want %+v", data.Workflows, want)
	}
	if data.ConfigID != text("emea") || !slices.Equal(data.FieldErrors, []string{"Region is required"}) {
		t.Errorf("the config is %+v", data)
	}
	var none dataSourceModel
	none.show(refold.ConfigKey{}, &refold.Config{})
	if none.Fields == nil || none.Workflows == nil || none.FieldErrors == nil {
		t.Errorf("what is empty is null: %+v", none)
	}
}

// Values keep their types and every digit.
func TestJSONText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`25`, `"25"`, `1152921504606846976`, `0.1`, `1e400`, `true`, `[]`, `{}`, `{"a":[1,null,{"b":"c"}]}`, `"\u003cb\u003e \u0026 \"${x}\""`,
	} {
		var value any
		decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		if got := jsonText(value); got.ValueString() != text {
			t.Errorf("%s is shown as %s", text, got)
		}
	}
	if got := jsonText(nil); !got.IsNull() {
		t.Errorf("no value is shown as %s", got)
	}
	if got := jsonText(json.RawMessage("\"a\xff\"")); got.ValueString() != "\"a\uFFFD\"" {
		t.Errorf("what is no text is shown as %s", got)
	}
}
