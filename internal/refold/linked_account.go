// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// LinkedAccount is an account as Refold returns it (FACTS 2.1). Fields that an
// answer leaves out are zero; credentials are never returned.
type LinkedAccount struct {
	// ID is the server's own id (_id), 24 hex digits.
	ID string
	// OrganizationID is associated_org.
	OrganizationID string
	// AccountID is the natural key, unique within an environment.
	AccountID string
	// Environment is an open set: test, production, or a workspace's own.
	Environment string
	// Name is empty when unset; absent, null and "" are the same (FACTS 4.13).
	Name string
	// UDF is nil when the answer has none of it, empty when there are no values.
	UDF UDF
	// UDFError says why UDF is nil although the answer has some: they are in no form that is known.
	UDFError error
	// ShowsUDF is false where the answer said nothing of user-defined fields: null, or no such
	// field (FACTS 4.7). An empty UDF then proves nothing.
	ShowsUDF bool
	// IsUDFAltered is true where texts of UDF are no Unicode, and have U+FFFD in place of that.
	IsUDFAltered bool
	// UDFWithoutValue are keys of UDF, in order, whose entries have no key_value, not even null. No
	// source knows such entries (FACTS 0.7), and no write can make one.
	UDFWithoutValue []string
	// Integrations are the connected apps, in Refold's order.
	Integrations []Integration
	// ShowsIntegrations is false where the answer said nothing of integrations: null, or no such
	// field (FACTS 4.8). That Integrations is empty then proves nothing.
	ShowsIntegrations bool
	// CreatedAt and UpdatedAt are RFC 3339 in UTC, or empty.
	CreatedAt string
	UpdatedAt string
	// AnsweredAt is when the server showed the account: the Date of the answer or of the list's
	// page, in whole seconds of its own clock. Zero where it does not say.
	AnsweredAt time.Time
}

// Scope is where the account lives.
func (a *LinkedAccount) Scope() Scope {
	return Scope{OrganizationID: a.OrganizationID, Environment: a.Environment}
}

// UDF holds an account's user-defined values by key. Values are string, json.Number, bool or nil; a
// server that stores more may return []any and map[string]any.
type UDF map[string]any

// Integration is an app that the customer connected, or the organization's
// default app, which has the type "custom" (FACTS 2.1).
type Integration struct {
	// Type is the app's slug, or "custom".
	Type string
	Name string
	Icon string
	// AppID is set for custom apps, else empty.
	AppID string
	// ReauthRequired is nil where the server does not say.
	ReauthRequired *bool
	CreatedAt      string
	UpdatedAt      string
}

// TypeCustom is the Integration.Type of apps that the organization built.
const TypeCustom = "custom"

type wireAccount struct {
	ID             lenientText     `json:"_id"`
	OrganizationID lenientText     `json:"associated_org"`
	AccountID      string          `json:"account_id"`
	Environment    lenientText     `json:"environment"`
	Name           lenientText     `json:"name"`
	UDF            json.RawMessage `json:"udf"`
	Integrations   json.RawMessage `json:"integrations"`
	CreatedAt      lenientText     `json:"createdAt"`
	UpdatedAt      lenientText     `json:"updatedAt"`
	NewAccount     *bool           `json:"new_account"`
	// Scope is not documented by the API (FACTS 4.17).
	Scope lenientText `json:"scope"`
}

type wireIntegration struct {
	Type           lenientText `json:"type"`
	Name           lenientText `json:"name"`
	Icon           lenientText `json:"icon"`
	AppID          lenientText `json:"app_id"`
	ReauthRequired any         `json:"reauth_required"`
	CreatedAt      lenientText `json:"createdAt"`
	UpdatedAt      lenientText `json:"updatedAt"`
}

// lenientText is a string, or a number or boolean as text; anything else is
// empty. One odd field must not make a whole account unreadable.
type lenientText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *lenientText) UnmarshalJSON(raw []byte) error {
	var text string
	switch {
	case json.Unmarshal(raw, &text) == nil:
		*t = lenientText(text)
	case raw[0] == '{' || raw[0] == '[':
		*t = ""
	default:
		*t = lenientText(raw)
	}
	return nil
}

// label is text of the server's making that ends up in messages.
func (t lenientText) label() string { return printable(string(t), messageLimit) }

// date adds the Z that servers before v3.8.03 left out (FACTS 1.7).
func (t lenientText) date() string {
	date := t.label()
	if _, err := time.Parse("2006-01-02T15:04:05", date); err == nil {
		return date + "Z"
	}
	return date
}

// account is what an answer of this time shows.
func (w *wireAccount) account(answered time.Time) *LinkedAccount {
	udf, withoutValue, err := decodeUDF(w.UDF)
	return &LinkedAccount{
		ID:                w.ID.label(),
		OrganizationID:    w.OrganizationID.label(),
		AccountID:         w.AccountID,
		Environment:       w.Environment.label(),
		Name:              string(w.Name),
		UDF:               udf,
		UDFError:          err,
		ShowsUDF:          len(w.UDF) > 0 && string(w.UDF) != "null",
		IsUDFAltered:      isAltered(w.UDF),
		UDFWithoutValue:   withoutValue,
		Integrations:      decodeIntegrations(w.Integrations),
		ShowsIntegrations: len(w.Integrations) > 0 && string(w.Integrations) != "null",
		CreatedAt:         w.CreatedAt.date(),
		UpdatedAt:         w.UpdatedAt.date(),
		AnsweredAt:        answered,
	}
}

// decodeIntegrations treats null, absent and [] alike (FACTS 4.8). What it cannot read still counts
// as an integration: the guard against deleting connected accounts depends on it.
func decodeIntegrations(raw json.RawMessage) []Integration {
	if len(raw) == 0 {
		return nil
	}
	var entries []json.RawMessage
	if json.Unmarshal(raw, &entries) != nil {
		return []Integration{unreadableIntegration()}
	}
	var integrations []Integration
	for _, entry := range entries {
		var wire wireIntegration
		if json.Unmarshal(entry, &wire) != nil {
			integrations = append(integrations, unreadableIntegration())
			continue
		}
		integrations = append(integrations, wire.integration())
	}
	return integrations
}

func unreadableIntegration() Integration {
	return Integration{Type: "unknown", Name: "an integration in a form that is not known"}
}

func (w *wireIntegration) integration() Integration {
	integration := Integration{
		Type:      w.Type.label(),
		Name:      w.Name.label(),
		Icon:      w.Icon.label(),
		AppID:     w.AppID.label(),
		CreatedAt: w.CreatedAt.date(),
		UpdatedAt: w.UpdatedAt.date(),
	}
	if required, ok := w.ReauthRequired.(bool); ok {
		integration.ReauthRequired = &required
	}
	return integration
}

// decodeUDF reads the array of entries that Refold returns (FACTS 0.7), or an
// object as it was sent. Numbers keep every digit. The keys are UDFWithoutValue.
func decodeUDF(raw json.RawMessage) (UDF, []string, error) {
	if len(raw) == 0 {
		return nil, nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var stored any
	if err := decoder.Decode(&stored); err != nil {
		return nil, nil, fmt.Errorf("udf is not JSON: %w", err)
	}
	switch stored := stored.(type) {
	case nil:
		return nil, nil, nil
	case map[string]any:
		return stored, nil, nil
	case []any:
		return udfOfEntries(stored)
	}
	return nil, nil, errors.New("udf is neither a list nor an object")
}

// udfOfEntries refuses what a map cannot hold: a key that is no text, and one that stands there
// twice, be it because different bytes of it are no text and read alike.
func udfOfEntries(entries []any) (UDF, []string, error) {
	udf := make(UDF, len(entries))
	var withoutValue []string
	for _, entry := range entries {
		field, _ := entry.(map[string]any)
		var key string
		switch name := field["key_name"].(type) {
		case string, json.Number:
			key = fmt.Sprint(name)
		default:
			return nil, nil, errors.New("udf has a key that is not a text")
		}
		if _, isTaken := udf[key]; isTaken {
			return nil, nil, fmt.Errorf("udf has the key %s twice", strconv.QuoteToASCII(key))
		}
		value, hasValue := field["key_value"]
		if !hasValue {
			withoutValue = append(withoutValue, key)
		}
		udf[key] = value
	}
	slices.Sort(withoutValue)
	return udf, withoutValue, nil
}
