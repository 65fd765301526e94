// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
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

// show renders an account without integrations, as writes answer (FACTS 2.1.2).
func (b *Behaviour) show(account *Account) document {
	shown := document{
		{"_id", account.ID},
		{"associated_org", account.OrganizationID},
		{"account_id", account.AccountID},
		{"environment", account.Environment},
	}
	shown = append(shown, b.showName(account)...)
	shown = append(shown, field{"udf", b.showUDF(account)})
	if account.Scope != "" && b.Document.Scope == ScopeEchoed {
		shown = append(shown, field{"scope", account.Scope})
	}
	if account.TenantAccountID != nil {
		shown = append(shown, field{"tenant_account_id", *account.TenantAccountID})
	}
	return append(shown,
		field{"createdAt", b.showTime(account.CreatedAt)},
		field{"updatedAt", b.showTime(account.UpdatedAt)},
		field{"__v", account.Version},
	)
}

// showRead renders an account as get and list do (FACTS 2.1.3).
func (b *Behaviour) showRead(account *Account) document {
	shown := b.show(account)
	integrations := b.showIntegrations(account)
	if len(integrations) > 0 || b.Document.NoIntegrations == NoIntegrationsArray {
		return append(shown, field{"integrations", integrations})
	}
	if b.Document.NoIntegrations == NoIntegrationsNull {
		return append(shown, field{"integrations", nil})
	}
	return shown
}

// showFour renders the four fields of the old list documents (FACTS 2.1.4).
func (b *Behaviour) showFour(account *Account) document {
	shown := document{
		{"associated_org", account.OrganizationID},
		{"account_id", account.AccountID},
		{"environment", account.Environment},
	}
	return append(shown, b.showName(account)...)
}

func (b *Behaviour) showName(account *Account) document {
	if account.Name != nil {
		return document{{"name", *account.Name}}
	}
	switch b.Document.UnsetName {
	case UnsetNameNull:
		return document{{"name", nil}}
	case UnsetNameEmpty:
		return document{{"name", ""}}
	default:
		return nil
	}
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

func (b *Behaviour) showIntegrations(account *Account) []document {
	shown := make([]document, 0, len(account.Integrations))
	hidden := -1
	if b.Document.HideDefaultApp {
		hidden = account.defaultApp()
	}
	for i, integration := range account.Integrations {
		if i == hidden {
			continue
		}
		shown = append(shown, b.showIntegration(integration))
	}
	return shown
}

// showIntegration leaves out what Refold strips: credentials, authTokens and
// connections (FACTS 2.1).
func (b *Behaviour) showIntegration(integration Integration) document {
	shown := document{
		{"_id", integration.ID},
		{"type", integration.Type},
		{"name", integration.Name},
		{"app_id", integration.AppID},
	}
	if integration.Icon != "" {
		shown = append(shown, field{"icon", integration.Icon})
	}
	if integration.Identifier != nil {
		shown = append(shown, field{"identifier", integration.Identifier})
	}
	return append(shown,
		field{"reauth_required", integration.ReauthRequired},
		field{"createdAt", b.showTime(integration.CreatedAt)},
		field{"updatedAt", b.showTime(integration.UpdatedAt)},
	)
}

func (b *Behaviour) showTime(at time.Time) string {
	shown := at.UTC().Format("2006-01-02T15:04:05.000")
	if b.Answer.ZonelessDates {
		return shown
	}
	return shown + "Z"
}

// written is the answer to a create or an upsert.
func (b *Behaviour) written(form WriteAnswer, account *Account, isNew bool) answer {
	switch form {
	case AnswerFull:
		return jsonAnswer(http.StatusOK, b.show(account))
	case AnswerFullNew:
		return jsonAnswer(http.StatusOK, append(b.show(account), field{"new_account", isNew}))
	case AnswerMinimal:
		minimal := document{{"_id", account.ID}, {"account_id", account.AccountID}}
		minimal = append(minimal, b.showName(account)...)
		minimal = append(minimal, field{"environment", account.Environment}, field{"integrations", nil})
		return jsonAnswer(http.StatusOK, minimal)
	case AnswerText:
		return textAnswer(http.StatusOK, "ok")
	case AnswerEmpty:
		return answer{status: http.StatusOK}
	default:
		return jsonAnswer(http.StatusOK, document{{"success", true}})
	}
}
