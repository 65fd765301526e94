// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// UDFBehaviour holds the switches about writing user-defined fields.
type UDFBehaviour struct {
	// Merge merges a sent udf into the stored one in place of replacing it (FACTS 4.1).
	Merge bool
	// Null is what a null value does to its key (FACTS 4.1).
	Null UDFNull
	// OmittedClears lets an upsert without udf clear the stored fields (FACTS 4.2).
	OmittedClears bool
	// EmptyIgnored lets an empty udf object change nothing, as under Merge (FACTS 4.3).
	EmptyIgnored bool
	// Values says which types of value are taken (FACTS 4.14).
	Values UDFValues
	// RoundNumbers sends numbers through a 64-bit float, as JSON.parse does (FACTS 4.14).
	RoundNumbers bool
}

// UDFNull is what a null udf value does to its key (FACTS 4.1).
type UDFNull int

// Values of UDFNull.
const (
	// UDFNullStored keeps the key with key_value null.
	UDFNullStored UDFNull = iota
	// UDFNullRemoves removes the key.
	UDFNullRemoves
	// UDFNullIgnored treats the key as not sent.
	UDFNullIgnored
)

// UDFValues says which udf values are taken (FACTS 4.14).
type UDFValues int

// Values of UDFValues.
const (
	// UDFValuesAny stores values of any type.
	UDFValuesAny UDFValues = iota
	// UDFValuesStringified stores numbers and booleans as text.
	UDFValuesStringified
	// UDFValuesStringsOnly answers 400 to values that are neither string nor null.
	UDFValuesStringsOnly
)

// UDFEntry is one user-defined field as Refold stores it.
type UDFEntry struct {
	Key string
	// Value is what encoding/json makes of the JSON with numbers as json.Number.
	Value any
	// ID and the times are new after every write (FACTS 4.1).
	ID        string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// UDFMap returns the user-defined fields by key. Numbers are json.Number.
func (a Account) UDFMap() map[string]any {
	fields := make(map[string]any, len(a.UDF))
	for _, entry := range a.UDF {
		fields[entry.Key] = entry.Value
	}
	return fields
}

// SetUDF stores value under key, keeping the place of a key that exists.
func (a *Account) SetUDF(key string, value any) {
	if i := a.udfIndex(key); i >= 0 {
		a.UDF[i].Value = value
		return
	}
	a.UDF = append(a.UDF, UDFEntry{Key: key, Value: value})
}

// RemoveUDF removes key; it does nothing when there is none.
func (a *Account) RemoveUDF(key string) {
	a.UDF = slices.DeleteFunc(a.UDF, func(entry UDFEntry) bool { return entry.Key == key })
}

func (a *Account) udfIndex(key string) int {
	return slices.IndexFunc(a.UDF, func(entry UDFEntry) bool { return entry.Key == key })
}

// writeUDF returns the fields after a write that sent raw (FACTS 4.1, 4.2, 4.3,
// 4.14). raw is empty when `udf` was not sent.
func (s *Server) writeUDF(stored []UDFEntry, raw json.RawMessage) ([]UDFEntry, error) {
	rules := s.behaviour.UDF
	if !present(raw) {
		if rules.OmittedClears {
			return nil, nil
		}
		return stored, nil
	}
	sent, err := decodeUDF(raw)
	if err != nil {
		return nil, err
	}
	if len(sent) == 0 && rules.EmptyIgnored {
		return stored, nil
	}
	account := Account{}
	if rules.Merge {
		account.UDF = slices.Clone(stored)
	}
	for _, entry := range sent {
		if err := rules.put(&account, entry); err != nil {
			return nil, err
		}
	}
	return account.UDF, nil
}

func (rules UDFBehaviour) put(account *Account, entry UDFEntry) error {
	if entry.Value != nil {
		value, err := rules.convert(entry.Key, entry.Value)
		if err != nil {
			return err
		}
		account.SetUDF(entry.Key, value)
		return nil
	}
	switch rules.Null {
	case UDFNullRemoves:
		account.RemoveUDF(entry.Key)
	case UDFNullStored:
		account.SetUDF(entry.Key, nil)
	}
	return nil
}

func (rules UDFBehaviour) convert(key string, value any) (any, error) {
	if rules.RoundNumbers {
		value = roundNumbers(value)
	}
	if _, isString := value.(string); isString {
		return value, nil
	}
	switch rules.Values {
	case UDFValuesStringified:
		return stringOf(value), nil
	case UDFValuesStringsOnly:
		return nil, fail(http.StatusBadRequest, codeValidation, "udf.%s must be a string", key)
	default:
		return value, nil
	}
}

// stampUDF gives every entry a new id and the time of the write: in all samples of an upsert they
// are new, even for keys that were there before (FACTS 4.1).
func (s *Server) stampUDF(entries []UDFEntry, now time.Time) []UDFEntry {
	stamped := slices.Clone(entries)
	for i := range stamped {
		stamped[i].ID, stamped[i].CreatedAt, stamped[i].UpdatedAt = s.objectID(now), now, now
	}
	return stamped
}

// decodeUDF decodes the object in the order in which JavaScript walks it: keys
// that are array indexes first and ascending, the others as sent.
func decodeUDF(raw json.RawMessage) ([]UDFEntry, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return nil, fail(http.StatusBadRequest, codeValidation, "udf must be an object")
	}
	account := Account{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("decode udf: %w", err)
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("decode udf: %w", err)
		}
		account.SetUDF(fmt.Sprint(key), value)
	}
	slices.SortStableFunc(account.UDF, func(a, b UDFEntry) int {
		return cmp.Compare(indexRank(a.Key), indexRank(b.Key))
	})
	return account.UDF, nil
}

// indexRank orders JavaScript's array indexes before all other keys.
func indexRank(key string) uint64 {
	index, err := strconv.ParseUint(key, 10, 32)
	if err != nil || index == math.MaxUint32 || strconv.FormatUint(index, 10) != key {
		return math.MaxUint64
	}
	return index
}

// roundNumbers does what JSON.parse and JSON.stringify do to numbers.
func roundNumbers(value any) any {
	switch typed := value.(type) {
	case json.Number:
		return roundNumber(typed)
	case []any:
		for i := range typed {
			typed[i] = roundNumbers(typed[i])
		}
	case map[string]any:
		for key := range typed {
			typed[key] = roundNumbers(typed[key])
		}
	}
	return value
}

func roundNumber(number json.Number) any {
	rounded, err := strconv.ParseFloat(number.String(), 64)
	if err != nil {
		return nil // JSON.stringify turns Infinity into null
	}
	if rounded == 0 {
		return json.Number("0") // and -0 into 0
	}
	return json.Number(encodeJSON(rounded))
}

func (b *Behaviour) showUDF(account *Account) []document {
	shown := make([]document, 0, len(account.UDF))
	for _, entry := range account.UDF {
		shown = append(shown, document{
			{"key_name", entry.Key},
			{"key_value", entry.Value},
			{"_id", entry.ID},
			{"createdAt", b.showTime(entry.CreatedAt)},
			{"updatedAt", b.showTime(entry.UpdatedAt)},
		})
	}
	return shown
}
