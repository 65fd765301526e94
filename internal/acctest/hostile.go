// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// HostileField is what a server may hold as user-defined fields.
type HostileField struct {
	Fields []mockapi.UDFEntry
	// IsHeld is true where Terraform can hold the fields as well, IsText where it can hold them as
	// texts.
	IsHeld, IsText bool
}

// HostileFields are such fields by what is odd about them. The contract knows few of them.
func HostileFields() map[string]HostileField {
	one := func(key string, value any) []mockapi.UDFEntry { return []mockapi.UDFEntry{{Key: key, Value: value}} }
	return map[string]HostileField{
		"a number that takes hours to be written out": {one("n", json.Number("1e600000000")), false, true},
		"a number next to zero":                       {one("n", json.Number("1e-600000000")), false, true},
		"a number of more digits than are kept":       {one("n", json.Number(strings.Repeat("7", 300))), false, true},
		"keys that are one in the normal form":        {[]mockapi.UDFEntry{{Key: "caf\u00e9", Value: "a"}, {Key: "cafe\u0301", Value: "b"}}, false, false},
		"such keys within an object":                  {one("o", map[string]any{"caf\u00e9": 1, "cafe\u0301": 2}), false, true},
		"lists in lists":                              {one("l", json.RawMessage(strings.Repeat("[", 500)+strings.Repeat("]", 500))), false, false},
		"a key twice":                                 {[]mockapi.UDFEntry{{Key: "a", Value: "x"}, {Key: "a", Value: "y"}}, false, false},
		"a key in another form":                       {one("cafe\u0301", "e\u0301"), true, true},
		"a nested value":                              {one("o", map[string]any{"a": []any{1, nil, map[string]any{}}}), true, true},
		"NUL":                                         {one("a\x00b", "\x00"), true, true},
		"no key":                                      {one("", ""), true, true},
		"half a surrogate pair":                       {one("a", json.RawMessage(`"\ud800"`)), true, true},
		"a text of two million characters":            {one("a", strings.Repeat("x", 2_000_000)), true, true},
	}
}
