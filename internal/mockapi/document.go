// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// document is a JSON object whose fields keep their order.
type document []field

type field struct {
	name  string
	value any
}

// MarshalJSON encodes the fields in their order.
func (d document) MarshalJSON() ([]byte, error) {
	var encoded bytes.Buffer
	encoded.WriteByte('{')
	for i, f := range d {
		if i > 0 {
			encoded.WriteByte(',')
		}
		encoded.Write(encodeJSON(f.name))
		encoded.WriteByte(':')
		encoded.Write(encodeJSON(f.value))
	}
	encoded.WriteByte('}')
	return encoded.Bytes(), nil
}

// encodeJSON encodes as JSON.stringify does, without escaping <, > and &.
func encodeJSON(value any) []byte {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("mockapi: encode JSON: %v", err))
	}
	return bytes.TrimSuffix(encoded.Bytes(), []byte("\n"))
}

func decodeExact(raw json.RawMessage, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	return decoder.Decode(target)
}

func (b *Behaviour) showTime(at time.Time) string {
	shown := at.UTC().Format("2006-01-02T15:04:05.000")
	if b.Answer.ZonelessDates {
		return shown
	}
	return shown + "Z"
}

// stringOf does what JavaScript's String does, except that objects keep their content.
func stringOf(value any) string {
	switch typed := value.(type) {
	case string:
		return typed
	case json.Number:
		return typed.String()
	default:
		return string(encodeJSON(value))
	}
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// cloneJSON copies a JSON value and gives numbers of any Go type the form
// json.Number, so that a value looks the same however it got into the store.
func cloneJSON(value any) any {
	switch value.(type) {
	case nil, string, bool, json.Number:
		return value
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("mockapi: a stored value must be JSON: %v", err))
	}
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.UseNumber()
	var copied any
	if err := decoder.Decode(&copied); err != nil {
		panic(fmt.Sprintf("mockapi: a stored value must be JSON: %v", err))
	}
	return copied
}
