// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestCompare(t *testing.T) {
	tests := map[string]struct {
		wanted, stored string
		want           udf.Difference
	}{
		"nothing":           {`{}`, `{}`, udf.Difference{}},
		"null maps":         {`null`, `null`, udf.Difference{}},
		"the same":          {`{"a":"x","b":1,"c":true}`, `{"c":true,"b":1.0,"a":"x"}`, udf.Difference{}},
		"exact numbers":     {`{"a":0.1,"b":1e2,"c":18446744073709551616}`, `{"a":0.10,"b":100,"c":18446744073709551616}`, udf.Difference{}},
		"nulls are absent":  {`{"a":null,"b":null}`, `{"c":null,"b":null}`, udf.Difference{}},
		"missing":           {`{"b":"x","a":1,"c":false}`, `{"c":null}`, udf.Difference{Missing: []string{"a", "b", "c"}}},
		"surplus":           {`{"c":null}`, `{"c":"z","b":"x","a":""}`, udf.Difference{Surplus: []string{"a", "b", "c"}}},
		"changed":           {`{"a":"x","b":1,"c":true}`, `{"a":"y","b":2,"c":false}`, udf.Difference{Changed: []string{"a", "b", "c"}}},
		"another type":      {`{"a":"5","b":5,"c":true,"d":1}`, `{"a":5,"b":"5","c":"true","d":true}`, udf.Difference{Changed: []string{"a", "b", "c", "d"}}},
		"big and off by 1":  {`{"a":18446744073709551616}`, `{"a":18446744073709551617}`, udf.Difference{Changed: []string{"a"}}},
		"rounded by floats": {`{"a":9007199254740993}`, `{"a":9007199254740992}`, udf.Difference{Changed: []string{"a"}}},
		"nested, the same":  {`{"a":{"b":[1]}}`, `{"a":{"b":[1.0]}}`, udf.Difference{}},
		"nested, changed":   {`{"a":{"b":[1]}}`, `{"a":{"b":[2]}}`, udf.Difference{Changed: []string{"a"}}},
		"all at once":       {`{"a":1,"b":2,"c":3}`, `{"b":5,"c":3,"d":4}`, udf.Difference{Missing: []string{"a"}, Changed: []string{"b"}, Surplus: []string{"d"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := udf.Compare(t.Context(), decode(t, test.wanted), decode(t, test.stored))
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if got.IsEmpty() != reflect.DeepEqual(test.want, udf.Difference{}) {
				t.Errorf("IsEmpty = %v for %+v", got.IsEmpty(), got)
			}
		})
	}
}

// TestCompareUnreadable: what cannot be understood is not the same.
func TestCompareUnreadable(t *testing.T) {
	odd := map[string]any{"a": json.Number("odd")}
	good := map[string]any{"a": json.Number("1")}
	for _, pair := range [][2]map[string]any{{odd, odd}, {odd, good}, {good, odd}} {
		if got := udf.Compare(t.Context(), pair[0], pair[1]); !reflect.DeepEqual(got.Changed, []string{"a"}) {
			t.Errorf("Compare(%v, %v) = %+v", pair[0], pair[1], got)
		}
	}
}

func TestKind(t *testing.T) {
	for want, field := range map[string]any{
		"a string": "5", "a number": json.Number("5"), "a boolean": true, "a nested value": []any{"x"},
	} {
		if got := udf.Kind(field); got != want {
			t.Errorf("Kind(%v) = %s, want %s", field, got, want)
		}
	}
}
