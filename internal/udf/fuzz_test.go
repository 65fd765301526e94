// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// FuzzFromJSON takes what a server may store to Terraform and back.
func FuzzFromJSON(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"plan":"pro","seats":20,"beta":true,"gone":null}`, `{"a":0.1,"b":1e400,"c":-0,"d":18446744073709551617}`, `{"":"","ä\u0000":"\ud800"}`,
		`{"o":{"a":[1,"x",null,{}]}}`, `{"a":1e999999999}`, `{"a":1e600000000}`, `{"a":[-1e-600000000]}`, `{"a":0e600000000}`, "{\"caf\u00e9\":1,\"cafe\u0301\":2}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, stored []byte) {
		decoder := json.NewDecoder(bytes.NewReader(stored))
		decoder.UseNumber()
		var decoded map[string]any
		if decoder.Decode(&decoded) != nil {
			return
		}
		value, err := udf.FromJSON(t.Context(), decoded)
		if err != nil {
			return
		}
		if !value.IsSet() || !value.Means(value) {
			t.Errorf("%s became %s", stored, value)
		}
		back, err := value.ToJSON()
		if err != nil {
			if !strings.Contains(err.Error(), "nested object") && !strings.Contains(err.Error(), "a list") {
				t.Errorf("%s went no way back: %v", stored, err)
			}
			return
		}
		encoded, err := json.Marshal(decoded)
		if err != nil {
			t.Fatal(err)
		}
		if difference := udf.Compare(t.Context(), decoded, back); norm.NFC.IsNormal(encoded) && !difference.IsEmpty() {
			t.Errorf("%s came back as %v: %+v", stored, back, difference)
		}
		if _, err := json.Marshal(back); err != nil {
			t.Errorf("%s became what is not JSON: %v", stored, err)
		}
		again, err := udf.FromJSON(t.Context(), back)
		if err != nil || !again.Means(value) {
			t.Errorf("%s became %s, then %s (%v)", stored, value, again, err)
		}
	})
}

// FuzzToJSON takes what a configuration may hold to JSON and back.
func FuzzToJSON(f *testing.F) {
	f.Add("plan", "pro", "20", true)
	f.Add("", "", "-0.1", false)
	f.Add("ä.b c", "\x00\"\\", "123456789012345678901234567890.5", false)
	f.Add("k", "5", "1e400", true)
	f.Fuzz(func(t *testing.T, key, content, digits string, flag bool) {
		number, _, err := big.ParseFloat(digits, 10, 512, big.ToNearestEven)
		if err != nil || !norm.NFC.IsNormalString(key) {
			return // Terraform has no such values
		}
		value := object(fields{key: text(content), key + "#": types.NumberValue(number), key + "!": types.BoolValue(flag), key + "?": types.StringNull()})
		sent, err := value.ToJSON()
		if err != nil && strings.Contains(err.Error(), "out of range") {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(sent) != 3 || sent[key] != content || sent[key+"!"] != flag {
			t.Errorf("%s became %v", value, sent)
		}
		if _, err := json.Marshal(sent); err != nil {
			t.Errorf("%s became what is not JSON: %v", value, err)
		}
		back, err := udf.FromJSON(t.Context(), sent)
		if err != nil || !back.Means(value) {
			t.Errorf("%s became %v, then %s (%v)", value, sent, back, err)
		}
	})
}
