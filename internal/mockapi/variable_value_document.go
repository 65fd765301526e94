// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
)

const (
	// RedactedValue is what reads show of a value that is encrypted (FACTS 2.9).
	RedactedValue = "[REDACTED]"
	// CiphertextMark is in every ciphertext, and nowhere else.
	CiphertextMark = "UmVmb2xkQ2lwaGVydGV4dA"
)

// ciphertext is no encryption: it tells that a value changed, and not what it is.
func ciphertext(value string) string {
	hash := sha256.Sum256([]byte(value))
	return CiphertextMark + base64.StdEncoding.EncodeToString(hash[:])
}

// showWrittenValue is the answer to the setting of a value.
func (b *Behaviour) showWrittenValue(at place, definition *VariableDefinition, written *valueRecord) document {
	shown := document{{"_id", written.ID}, {"variable_definition_id", written.DefinitionID}, {"org_id", at.organization}, {"environment", at.environment}}
	shown = append(shown, showTarget(written.target())...)
	shown = append(shown, field{"value", b.writtenText(definition, written)}, field{"createdAt", b.showTime(written.CreatedAt)})
	if b.Variable.UndatedAnswer {
		return shown
	}
	return append(shown, field{"updatedAt", b.showTime(written.UpdatedAt)})
}

func (b *Behaviour) writtenText(definition *VariableDefinition, written *valueRecord) any {
	if definition.Encrypted && !b.Variable.RedactAnswer {
		return ciphertext(written.Value)
	}
	return b.readValue(definition, written)
}

// showTarget names the account or workflow of a value, if it has one.
func showTarget(target variableTarget) document {
	switch {
	case target.AccountID != "":
		return document{{"linked_account_id", target.AccountID}}
	case target.WorkflowID != "":
		return document{{"workflow_id", target.WorkflowID}}
	default:
		return nil
	}
}

// readValue is what a read shows.
func (b *Behaviour) readValue(definition *VariableDefinition, found *valueRecord) any {
	switch {
	case !definition.Encrypted:
		return b.plainValue(definition, found.Value)
	case b.Variable.Encrypted == EncryptedReadNull:
		return nil
	case b.Variable.Encrypted == EncryptedReadCiphertext:
		return ciphertext(found.Value)
	default:
		return RedactedValue
	}
}

func (b *Behaviour) plainValue(definition *VariableDefinition, value string) any {
	if definition.Format == FormatNumber && b.Variable.JSONNumbers {
		return roundNumber(json.Number(strings.TrimSpace(value)))
	}
	return value
}

// showListedValue is a value on a page.
func (b *Behaviour) showListedValue(at place, definition *VariableDefinition, found *valueRecord) document {
	shown := document{{"_id", found.ID}, {"variable_definition_id", b.showDefinitionOfValue(definition)}, {"org_id", at.organization}, {"environment", at.environment}}
	if !b.Variable.HideTarget {
		shown = append(shown, showTarget(found.target())...)
	}
	return append(shown, field{"value", b.readValue(definition, found)}, field{"updatedAt", b.showTime(found.UpdatedAt)})
}

func (b *Behaviour) showDefinitionOfValue(definition *VariableDefinition) any {
	if b.Variable.PlainDefinition {
		return definition.ID
	}
	shown := document{
		{"_id", definition.ID}, {"name", definition.Name}, {"scope", definition.Scope}, {"var_format", definition.Format},
	}
	return append(shown, b.showEncrypted(definition)...)
}

// showSingleValue is a value that is read by itself, nil where it is not set.
func (b *Behaviour) showSingleValue(definition *VariableDefinition, found *valueRecord) document {
	var shown document
	switch {
	case found != nil:
		shown = document{{"value", b.readValue(definition, found)}}
	case b.Variable.Unset == UnsetValueNull:
		shown = document{{"value", nil}}
	}
	if !b.Variable.OmitEncrypted {
		shown = append(shown, field{"encrypted", definition.Encrypted})
	}
	return append(shown, field{"name", definition.Name}, field{"scope", definition.Scope}, field{"variable_definition_id", definition.ID})
}

// valuePage is a page of values, which has a status besides (FACTS 1.5).
func (b *Behaviour) valuePage(whole page) any {
	if b.Variable.ShortPages {
		return document{{"status", "success"}, {"docs", whole.Docs}, {"limit", whole.Limit}, {"page", whole.Page}}
	}
	return struct {
		page
		Status string `json:"status"`
	}{whole, "success"}
}

// valueWritten is the answer to a write.
func (b *Behaviour) valueWritten(shown document) answer {
	if b.Variable.AnswerSuccess {
		shown = document{{"success", true}}
	}
	return jsonAnswer(http.StatusOK, shown)
}
