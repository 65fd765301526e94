// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// VariableKey names a value of a variable: that of a definition, for an account, for a workflow, or
// for neither, which is for all of the scope (FACTS 2.9).
type VariableKey struct {
	DefinitionID string
	AccountID    string
	WorkflowID   string
	// Scope is the definition's. Where it is empty, the target says it.
	Scope string
	// Encrypted is the definition's. Of a value that is encrypted, nothing is kept.
	Encrypted bool
}

// scope is what lists of values are asked for by.
func (k VariableKey) scope() string {
	switch {
	case k.Scope != "":
		return k.Scope
	case k.AccountID != "":
		return ScopeLinkedAccount
	case k.WorkflowID != "":
		return ScopeWorkflow
	}
	return ScopeOrganization
}

// listKey tells a value from the others of a list, as bulkread.Document does.
func (k VariableKey) listKey() string {
	return k.DefinitionID + identityMark + k.AccountID + identityMark + k.WorkflowID
}

// ownerOf is the account in a listKey.
func ownerOf(listKey string) string {
	parts := strings.Split(listKey, identityMark)
	if len(parts) != 3 {
		return ""
	}
	return parts[1]
}

// isSame compares what is named, not what is said of it.
func (k VariableKey) isSame(other VariableKey) bool { return k.listKey() == other.listKey() }

// VariableValue is a value of a variable (FACTS 2.9).
type VariableValue struct {
	// ID is Refold's own, by which it is deleted. It is empty where no answer has shown it together
	// with what it is the value of.
	ID string
	// VariableKey is what it was asked for by, with Encrypted also where the answer says so.
	VariableKey
	// OrganizationID and Environment are empty where the answer does not say.
	OrganizationID, Environment string
	// Value is only set where IsShown is true, which it never is of an encrypted definition:
	// neither ciphertext nor the mark in its place is kept. A number is the text that it was shown
	// as.
	Value   string
	IsShown bool
	// IsNumber is true where it was shown as a JSON number, perhaps in another spelling than it was
	// set in (FACTS 4.42).
	IsNumber bool
	// UpdatedAt is RFC 3339 in UTC, or empty.
	UpdatedAt string
	// AnsweredAt is as that of LinkedAccount.
	AnsweredAt time.Time
}

// redactedValue stands in reads where the value of an encrypted definition would (FACTS 2.9).
const redactedValue = "[REDACTED]"

type wireVariableValue struct {
	ID lenientText `json:"_id"`
	// Definition is an id, or in lists an object (FACTS 2.9).
	Definition     json.RawMessage `json:"variable_definition_id"`
	OrganizationID lenientText     `json:"org_id"`
	Environment    lenientText     `json:"environment"`
	AccountID      lenientText     `json:"linked_account_id"`
	WorkflowID     lenientText     `json:"workflow_id"`
	Value          json.RawMessage `json:"value"`
	Encrypted      lenientBool     `json:"encrypted"`
	UpdatedAt      lenientText     `json:"updatedAt"`
	UpdatedAtOther lenientText     `json:"updated_at"`
}

// shownVariable is a document as it stands in an answer, before it is known what it is taken for.
type shownVariable struct {
	value VariableValue
	// hasValue is false where the document has null or nothing for its value.
	hasValue bool
	// isKnown is false where nothing says whether the value is encrypted, so that it is not kept.
	isKnown bool
}

// encryption says of a definition whether its values are encrypted, and whether that is known.
type encryption func(definitionID string) (encrypted, isKnown bool)

// encryption goes by the one key that an answer is about.
func (k VariableKey) encryption() encryption {
	return func(id string) (encrypted, isKnown bool) { return k.Encrypted, id == "" || id == k.DefinitionID }
}

// decodeShownVariable is false for what is no object. Of a value that is encrypted, or may be,
// nothing is kept.
func decodeShownVariable(raw json.RawMessage, answered time.Time, encrypted encryption) (shownVariable, bool) {
	var wire wireVariableValue
	if json.Unmarshal(raw, &wire) != nil {
		return shownVariable{}, false
	}
	definition := definitionOf(wire.Definition)
	isEncrypted, isKnown := encrypted(definition.ID.label())
	if wire.Encrypted.isTrue() || definition.Encrypted.isTrue() {
		isEncrypted, isKnown = true, true
	}
	shown := shownVariable{
		value: VariableValue{
			ID: wire.ID.label(),
			VariableKey: VariableKey{
				DefinitionID: definition.ID.label(), AccountID: string(wire.AccountID), WorkflowID: string(wire.WorkflowID),
				Scope: definition.Scope.label(), Encrypted: isEncrypted,
			},
			OrganizationID: wire.OrganizationID.label(),
			Environment:    wire.Environment.label(),
			UpdatedAt:      cmp.Or(wire.UpdatedAt, wire.UpdatedAtOther).date(),
			AnsweredAt:     answered,
		},
		hasValue: len(wire.Value) > 0 && string(wire.Value) != "null",
		isKnown:  isKnown,
	}
	if isKnown && !isEncrypted {
		shown.value.Value, shown.value.IsShown = plainText(wire.Value)
		shown.value.IsNumber = shown.value.IsShown && isNumber(wire.Value)
	}
	return shown, true
}

// definitionOf reads an id, or the definition in its place.
func definitionOf(raw json.RawMessage) wireDefinition {
	var definition wireDefinition
	if json.Unmarshal(raw, &definition) == nil {
		return definition
	}
	var id lenientText
	if json.Unmarshal(raw, &id) != nil {
		return wireDefinition{}
	}
	return wireDefinition{ID: id}
}

// plainText is a value as it is shown: a text, or a number or boolean as one. The mark of a value
// that is not shown is none.
func plainText(raw json.RawMessage) (string, bool) {
	var text lenientText
	if len(raw) == 0 || bytes.IndexByte([]byte("{[n"), raw[0]) >= 0 || json.Unmarshal(raw, &text) != nil || text == redactedValue {
		return "", false
	}
	return string(text), true
}

// as is the value for who asked by a key, of which it keeps nothing that the key says is encrypted.
func (s shownVariable) as(key VariableKey) *VariableValue {
	value := s.value
	isEncrypted := key.Encrypted || value.Encrypted
	value.VariableKey = key
	value.Encrypted = isEncrypted
	if isEncrypted {
		value.Value, value.IsShown, value.IsNumber = "", false, false
	}
	return &value
}

// Is reports whether a value that is shown is what was set as a text: the same text, or of a JSON
// number, which goes through 64 bits, the same number (FACTS 4.42).
func (v *VariableValue) Is(text string) bool {
	switch {
	case !v.IsShown:
		return false
	case v.Value == text:
		return true
	case !v.IsNumber:
		return false
	}
	shown, err := strconv.ParseFloat(v.Value, 64)
	if err != nil {
		return false
	}
	wanted, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil && shown == wanted
}

func isNumber(raw json.RawMessage) bool {
	return len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

// keyScope is what the document tells of the API key.
func (v *VariableValue) keyScope() Scope {
	return Scope{OrganizationID: v.OrganizationID, Environment: v.Environment}
}

// listedVariable is one document of a list of values.
type listedVariable struct {
	shownVariable
	// identity tells apart documents that do not say what they are the value of.
	identity string
}

// Key implements bulkread.Document.
func (l listedVariable) Key() string {
	if l.IsNamed() {
		return l.value.listKey()
	}
	return identityMark + l.identity
}

// IsNamed implements bulkread.Document.
func (l listedVariable) IsNamed() bool { return l.identity == "" }

// Suffices implements bulkread.Document: a single read would show no more.
func (l listedVariable) Suffices() bool {
	return l.IsNamed() && l.value.ID != "" && l.isKnown && (l.value.Encrypted || l.value.IsShown)
}

// decodeListedVariable reads a document of a list of a scope. One that does not name its definition
// and its target may be the value of any: lists are not known to show targets (FACTS 2.9).
func decodeListedVariable(raw json.RawMessage, answered time.Time, scope string, encrypted encryption) listedVariable {
	shown, isObject := decodeShownVariable(raw, answered, encrypted)
	shown.value.Scope = scope
	listed := listedVariable{shownVariable: shown}
	switch {
	case !isObject:
		listed.identity = string(raw)
	case !shown.value.isNamedIn(scope):
		listed.identity = cmp.Or(shown.value.ID, string(raw))
	}
	return listed
}

// isNamedIn reports whether a key says all that a value of the scope has to name.
func (k VariableKey) isNamedIn(scope string) bool {
	switch {
	case k.DefinitionID == "":
		return false
	case scope == ScopeLinkedAccount:
		return k.AccountID != ""
	case scope == ScopeWorkflow:
		return k.WorkflowID != ""
	}
	return true
}

// valuesIn are the texts that stand in JSON under the name `value`, but for the mark of one that is
// not shown.
func valuesIn(body []byte) []string {
	var document any
	if decodeNumbers(body, &document) != nil {
		return nil
	}
	return collectValues(document, nil)
}

func collectValues(document any, found []string) []string {
	switch document := document.(type) {
	case []any:
		for _, entry := range document {
			found = collectValues(entry, found)
		}
	case map[string]any:
		for name, member := range document {
			if text, isText := member.(string); isText && strings.EqualFold(name, "value") && text != redactedValue {
				found = append(found, text)
			}
			found = collectValues(member, found)
		}
	}
	return found
}
