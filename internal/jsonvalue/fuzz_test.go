// SPDX-License-Identifier: MPL-2.0

package jsonvalue_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// FuzzRoundTrip takes what a server may store to Terraform, into its state, and back.
func FuzzRoundTrip(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"s":"25","n":25,"b":true,"gone":null}`, `{"l":[1,"a",null,[],{}],"o":{"a":{"b":null}}}`, `{"n":[0.1,1e400,-0,1152921504606846976,25.0]}`,
		`{"":"","a/b":{"a b":1,"a.b":2,"50%":3},"ä\u0000":"\ud800"}`, `{"a":[1e999999999]}`, "{\"o\":{\"caf\u00e9\":1,\"cafe\u0301\":2}}", "{\"cafe\u0301\":[{}]}",
		"{\"a\":\">\u0338\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, stored []byte) {
		decoder := json.NewDecoder(bytes.NewReader(stored))
		decoder.UseNumber()
		var fields map[string]any
		if decoder.Decode(&fields) != nil {
			return
		}
		value, err := jsonvalue.FieldsFromJSON(t.Context(), fields)
		if err != nil {
			return
		}
		back, err := value.ToJSON()
		if err != nil {
			t.Fatal(err)
		}
		named, err := jsonvalue.InNormalForm(jsonvalue.WithoutNulls(fields))
		isSame := func(a, b any) bool { return jsonvalue.SameJSON(t.Context(), a, b) }
		if err != nil || !maps.EqualFunc(named, back, isSame) {
			t.Errorf("%s became %s, then %s (%v)", stored, value, jsonvalue.Text(back), err)
		}
		if !isInNormalForm(t, fields) {
			return // Terraform brings texts into another form
		}
		if state := throughState(t, value); !state.Means(value) {
			t.Errorf("%s became %s, then %s in a state", stored, value, state)
		}
	})
}

// isInNormalForm is about all texts. An escaped > would hide that it composes with what follows.
func isInNormalForm(t *testing.T, fields map[string]any) bool {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(fields); err != nil {
		t.Fatal(err)
	}
	return norm.NFC.IsNormal(text.Bytes())
}
