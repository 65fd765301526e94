// SPDX-License-Identifier: MPL-2.0

package wholemap

import (
	"bytes"
	"fmt"

	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// isMap is false for null and for what is not known.
func isMap(encoded []byte) bool {
	return msgpcode.IsFixedMap(encoded[0]) || encoded[0] == msgpcode.Map16 || encoded[0] == msgpcode.Map32
}

// replace replaces the attributes of an object in the encoding of the protocol, and does not read
// what is within them. An object that is null stays so. The error says what is no such object, or
// what by could not do.
func replace(object []byte, by func(name string, encoded []byte) ([]byte, error)) ([]byte, error) {
	reader := bytes.NewReader(object)
	decoder := msgpack.NewDecoder(reader)
	at := func() int { return len(object) - reader.Len() }
	length, err := decoder.DecodeMapLen()
	if err != nil {
		return nil, fmt.Errorf("read the length of an object: %w", err)
	}
	var replaced bytes.Buffer
	begin := 0
	for range length {
		name, err := decoder.DecodeString()
		if err != nil {
			return nil, fmt.Errorf("read the name of an attribute: %w", err)
		}
		start := at()
		if err := decoder.Skip(); err != nil {
			return nil, fmt.Errorf("read the attribute %s: %w", name, err)
		}
		other, err := by(name, object[start:at()])
		if err != nil {
			return nil, fmt.Errorf("read the attribute %s: %w", name, err)
		}
		replaced.Write(object[begin:start])
		replaced.Write(other)
		begin = at()
	}
	replaced.Write(object[begin:])
	return replaced.Bytes(), nil
}
