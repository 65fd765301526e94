// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestIsShared(t *testing.T) {
	for value, want := range map[types.Bool]bool{types.BoolNull(): false, types.BoolUnknown(): false, types.BoolValue(true): false, types.BoolValue(false): true} {
		if got := udf.IsShared(value); got != want {
			t.Errorf("%s: %t", value, got)
		}
	}
}

// TestKeys: a key in another Unicode form is another key to Refold, and one of others.
func TestKeys(t *testing.T) {
	keys := udf.KeysOf(decode(t, `{"plan":"x","caf\u00e9":null}`))
	stored := decode(t, `{"plan":1,"cafe\u0301":2,"logins":3,"gone":null}`)
	if got := keys.Of(stored); !reflect.DeepEqual(got, decode(t, `{"plan":1}`)) {
		t.Errorf("fields with the keys: %v", got)
	}
	if got := keys.Beside(stored); !reflect.DeepEqual(got, decode(t, `{"cafe\u0301":2,"logins":3,"gone":null}`)) {
		t.Errorf("fields beside them: %v", got)
	}
	if got := keys.Left(stored); !reflect.DeepEqual(got, []string{"cafe\u0301", "logins"}) {
		t.Errorf("keys that are left: %v", got)
	}
	if got := len(keys.Beside(nil)) + len(keys.Left(nil)) + len(udf.KeysOf(nil)); got != 0 {
		t.Errorf("%d of nothing", got)
	}
}

func TestKeysOfValue(t *testing.T) {
	value := object(fields{"plan": text("pro"), "region": types.StringNull(), "seats": types.NumberUnknown()})
	if got := value.Keys(); !reflect.DeepEqual(got, udf.Keys{"plan": true, "seats": true}) {
		t.Errorf("keys %v", got)
	}
	for _, nothing := range []udf.Value{udf.Null(), udf.Empty()} {
		if got := nothing.Keys(); len(got) != 0 {
			t.Errorf("keys of %s: %v", nothing, got)
		}
	}
}

func TestManaged(t *testing.T) {
	for name, test := range map[string]struct {
		planned, written, state string
		wasShared               bool
		want                    string
	}{
		"new":                          {`{"a":1}`, `{"a":1}`, `null`, false, `{"a":1}`},
		"as before":                    {`{"a":1}`, `{"a":1.0}`, `{"a":1}`, true, `{"a":1}`},
		"changed":                      {`{"a":2}`, `{"a":2}`, `{"a":1}`, true, `{"a":2}`},
		"taken out":                    {`{}`, `{}`, `{"a":1,"b":null}`, true, `{"a":null}`},
		"taken out, of the whole set":  {`{}`, `{}`, `{"a":1}`, false, `{}`},
		"ignored change":               {`{"a":1,"b":2}`, `{"a":5,"b":2}`, `{"a":1,"b":1}`, true, `{"b":2}`},
		"ignored, taken out":           {`{"a":1}`, `{}`, `{"a":1}`, true, `{}`},
		"ignored, of the whole set":    {`{"a":1}`, `{"a":5}`, `{"a":1}`, false, `{}`},
		"ignored, and changed besides": {`{"a":2}`, `{"a":5}`, `{"a":1}`, true, `{"a":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			got := udf.Managed(t.Context(), decode(t, test.planned), decode(t, test.written), decode(t, test.state), test.wasShared)
			if !reflect.DeepEqual(got, decode(t, test.want)) {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
}
