// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"encoding/json"
	"fmt"
)

// Texts are JSON fields, as FromJSON takes them, written as Terraform's
// tostring() does: for where values of differing types cannot stand. What only a
// server can have stored, a list or an object, is written as JSON. A field that
// is null is left out.
func Texts(fields map[string]any) map[string]string {
	texts := make(map[string]string, len(fields))
	for key, field := range fields {
		switch field := field.(type) {
		case nil:
		case string:
			texts[key] = field
		default:
			texts[key] = encoded(field)
		}
	}
	return texts
}

// JSON is an object of all fields that are not null, in order of their keys.
// Numbers keep their digits.
func JSON(fields map[string]any) string {
	kept := make(map[string]any, len(fields))
	for key, field := range fields {
		if field != nil {
			kept[key] = field
		}
	}
	return encoded(kept)
}

// encoded takes what was read from JSON, so it can be written as JSON.
func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
