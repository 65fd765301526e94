// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestUDFWrites(t *testing.T) {
	one, two := json.Number("1"), json.Number("2")
	for _, test := range []struct {
		name  string
		rules mockapi.UDFBehaviour
		sent  string
		want  object // after a: 1, b: 2 was stored
	}{
		{"replace", mockapi.UDFBehaviour{}, `"udf":{"a":2}`, object{"a": two}},
		{"replace, null stored", mockapi.UDFBehaviour{}, `"udf":{"a":null,"c":1}`, object{"a": nil, "c": one}},
		{"replace, null removes", mockapi.UDFBehaviour{Null: mockapi.UDFNullRemoves}, `"udf":{"a":null,"c":1}`, object{"c": one}},
		{"replace, null ignored", mockapi.UDFBehaviour{Null: mockapi.UDFNullIgnored}, `"udf":{"a":null,"c":1}`, object{"c": one}},
		{"merge", mockapi.UDFBehaviour{Merge: true}, `"udf":{"a":2}`, object{"a": two, "b": two}},
		{"merge, null stored", mockapi.UDFBehaviour{Merge: true}, `"udf":{"a":null}`, object{"a": nil, "b": two}},
		{"merge, null removes", mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullRemoves}, `"udf":{"a":null}`, object{"b": two}},
		{"merge, null ignored", mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullIgnored}, `"udf":{"a":null}`, object{"a": one, "b": two}},
		{"merge, empty", mockapi.UDFBehaviour{Merge: true}, `"udf":{}`, object{"a": one, "b": two}},
		{"omitted keeps", mockapi.UDFBehaviour{}, `"name":"x"`, object{"a": one, "b": two}},
		{"omitted clears", mockapi.UDFBehaviour{OmittedClears: true}, `"name":"x"`, object{}},
		{"null counts as omitted", mockapi.UDFBehaviour{}, `"udf":null`, object{"a": one, "b": two}},
		{"empty clears", mockapi.UDFBehaviour{}, `"udf":{}`, object{}},
		{"empty ignored", mockapi.UDFBehaviour{EmptyIgnored: true}, `"udf":{}`, object{"a": one, "b": two}},
		{"any type", mockapi.UDFBehaviour{}, `"udf":{"a":"s","b":true,"c":{"d":[1]}}`, object{"a": "s", "b": true, "c": object{"d": []any{one}}}},
		{
			"stringified", mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringified},
			`"udf":{"a":"s","b":true,"c":1.50,"d":null,"e":[1]}`, object{"a": "s", "b": "true", "c": "1.50", "d": nil, "e": "[1]"},
		},
		{"strings only", mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringsOnly}, `"udf":{"a":"s","b":null}`, object{"a": "s", "b": nil}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := start(t, mockapi.Behaviour{})
			c.upsert(`{"linked_account_id":"x","udf":{"a":1,"b":2}}`).ok()
			c.api.Behave(func(b *mockapi.Behaviour) { b.UDF = test.rules })
			equal(t, "answer", c.upsert(`{"linked_account_id":"x",`+test.sent+`}`).ok().udf(), test.want)
			equal(t, "stored", c.account("x").UDFMap(), test.want)
			equal(t, "read", c.get("x").ok().udf(), test.want)
		})
	}
}

func TestUDFStringsOnlyRefusesTheWholeWrite(t *testing.T) {
	c := start(t, mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Values: mockapi.UDFValuesStringsOnly}})
	c.upsert(`{"linked_account_id":"x","name":"old","udf":{"a":"s"}}`).ok()
	c.upsert(`{"linked_account_id":"x","name":"new","udf":{"b":1}}`).fails(400, "VALIDATION_ERROR", "udf.b must be a string")
	equal(t, "name", *c.account("x").Name, "old")
	equal(t, "udf", c.account("x").UDFMap(), object{"a": "s"})
}

func TestUDFNumbers(t *testing.T) {
	const sent = `{"linked_account_id":"x","udf":{"big":12345678901234567890,"point":1.0,"tiny":1e-7,"huge":1e400,"zero":-0,"deep":[9007199254740993,{"k":1.50}]}}`
	c := start(t, mockapi.Behaviour{})
	exact := c.upsert(sent).ok().body
	for _, want := range []string{`"key_value":12345678901234567890`, `"key_value":1.0`, `"key_value":1e400`, `[9007199254740993,{"k":1.50}]`} {
		if !strings.Contains(exact, want) {
			t.Errorf("the exact answer lacks %s: %s", want, exact)
		}
	}
	c.api.Behave(func(b *mockapi.Behaviour) { b.UDF.RoundNumbers = true })
	equal(t, "rounded", c.upsert(sent).ok().udf(), object{
		"big": json.Number("12345678901234567000"), "point": json.Number("1"), "tiny": json.Number("1e-7"), "huge": nil,
		"zero": json.Number("0"), "deep": []any{json.Number("9007199254740992"), object{"k": json.Number("1.5")}},
	})
}

func TestUDFKeepsJavaScriptsOrder(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x","udf":{"b":1,"10":1,"a":1,"9":1,"01":1,"b":2}}`).ok()
	var keys []string
	for _, entry := range c.account("x").UDF {
		keys = append(keys, entry.Key)
	}
	equal(t, "order", keys, []string{"9", "10", "b", "a", "01"})
	equal(t, "value of the repeated key", c.account("x").UDFMap()["b"], json.Number("2"))
}
