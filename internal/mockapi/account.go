// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Account is a linked account as it is stored (FACTS 2.1).
type Account struct {
	// ID is the server's id (_id), 24 hex characters.
	ID string
	// OrganizationID is associated_org.
	OrganizationID string
	// AccountID is the natural key, unique within the environment.
	AccountID string
	// Environment is the environment's name, "test" for example.
	Environment string
	// Name is nil when unset.
	Name *string
	// UDF are the user-defined fields, in the order in which Refold shows them.
	UDF []UDFEntry
	// Integrations are the connected apps. The default app is the one whose
	// AppID is DefaultAppID: taking it away takes the credentials with it.
	Integrations []Integration
	// EnvVariables are values that list filters by; they are never shown.
	EnvVariables map[string]string
	// Scope is empty when unset (FACTS 4.17).
	Scope string
	// TenantAccountID is shown only when set.
	TenantAccountID *string
	CreatedAt       time.Time
	UpdatedAt       time.Time
	// Version is __v, which moves on every change.
	Version int
}

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

// Integration is one connected app of an account (FACTS 2.1).
type Integration struct {
	// ID is the server's id; Connect fills it in.
	ID string
	// Type is the app's slug, or "custom".
	Type string
	Name string
	Icon string
	// AppID is set for custom apps only.
	AppID *string
	// Identifier tells what is connected; any JSON value, nil when unset.
	Identifier     any
	ReauthRequired bool
	// AuthTypes are the connections ("oauth2", "keybased"); never shown.
	AuthTypes []string
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

func (a *Account) defaultApp() int {
	return slices.IndexFunc(a.Integrations, func(i Integration) bool {
		return i.AppID != nil && *i.AppID == DefaultAppID
	})
}

func (a *Account) clone() Account {
	copied := *a
	copied.Name = clonePointer(a.Name)
	copied.TenantAccountID = clonePointer(a.TenantAccountID)
	copied.EnvVariables = maps.Clone(a.EnvVariables)
	copied.UDF = slices.Clone(a.UDF)
	for i := range copied.UDF {
		copied.UDF[i].Value = cloneJSON(copied.UDF[i].Value)
	}
	copied.Integrations = slices.Clone(a.Integrations)
	for i := range copied.Integrations {
		copied.Integrations[i] = copied.Integrations[i].clone()
	}
	return copied
}

func (i Integration) clone() Integration {
	i.AppID = clonePointer(i.AppID)
	i.AuthTypes = slices.Clone(i.AuthTypes)
	i.Identifier = cloneJSON(i.Identifier)
	return i
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
