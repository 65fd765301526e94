// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Application is an app that can be connected to accounts, as Refold shows it to one of them or,
// without connections, in the catalogue (FACTS 2.6).
type Application struct {
	// Slug is the app's name in requests, AppID that of an app which the organization built.
	// Either may be empty, not both.
	Slug, AppID string
	// Type is TypeCustom for an app that the organization built, and usually the slug of others.
	Type string
	// Name, Icon and Description are for people; they may be empty.
	Name, Icon, Description string
	// AuthType is how the app is connected unless something else is said: keybased, oauth2.
	AuthType string
	// AuthTypes are all types by which the app can be connected, as far as the server says, in
	// alphabetical order.
	AuthTypes []string
	// Tags are never nil.
	Tags []string
	// Ecosystem is nil where the server does not say.
	Ecosystem *bool
	// Keys are the credentials that the app takes, by the types that are based on keys, in the
	// app's order. A type without any takes whatever it is given.
	Keys map[string][]CredentialField
	// HidesAuth is true where the server does not say by which types the app can be connected, at
	// most that OAuth is the usual one, so that an empty Keys proves nothing.
	HidesAuth bool
	// Connections are those of the account.
	Connections []Connection
	// IsConnected is what the server says of all types together. ReauthRequired only means
	// something where it is true.
	IsConnected, ReauthRequired bool
}

// CredentialField is one credential that an app takes.
type CredentialField struct {
	Name, Label, Placeholder string
	Required, Secret         bool
}

// Connection is one connection of an app to an account.
type Connection struct {
	// AuthType is empty where the server does not say.
	AuthType string
	// Identifier tells people what is connected: an address, or JSON. It may be empty.
	Identifier string
	// Status is the server's word, active for example.
	Status string
	// ConnectedAt is RFC 3339 in UTC, or empty.
	ConnectedAt string
}

// KeyBased is the type of connections that most apps with keys have (FACTS 2.3, 2.6).
const KeyBased = "keybased"

// IsKeyBased tells an auth type that is based on keys from those of OAuth, which only the customer
// can connect (inferred from FACTS 2.6: the types are an open set).
func IsKeyBased(authType string) bool {
	return authType != "" && !strings.HasPrefix(strings.ToLower(authType), "oauth")
}

// IsNamed reports whether a slug, or for an app that the organization built its application id,
// names the app (FACTS 2.1.5, 2.6).
func (a *Application) IsNamed(slug string) bool {
	return slug != "" && (a.Slug == slug || a.AppID == slug)
}

// RemovalSlug is what DisconnectIntegration knows the app by: apps that the organization built are
// found by their application id alone (FACTS 2.1.5).
func (a *Application) RemovalSlug() string {
	if a.Type == TypeCustom && a.AppID != "" || a.Slug == "" {
		return a.AppID
	}
	return a.Slug
}

// KeyType is the type by which the app is connected with keys unless something else is said, and
// false for one that takes none.
func (a *Application) KeyType() (string, bool) {
	if _, usual := a.Keys[KeyBased]; usual || a.HidesAuth {
		return KeyBased, true
	}
	if _, own := a.Keys[a.AuthType]; own {
		return a.AuthType, true
	}
	for _, authType := range slices.Sorted(maps.Keys(a.Keys)) {
		return authType, true
	}
	return "", false
}

// Connection is that of a type. Where the server does not say the types, the only one there is
// counts, and one of which it says nothing but that it is there.
func (a *Application) Connection(authType string) (Connection, bool) {
	for _, connection := range a.Connections {
		if connection.AuthType == authType {
			return connection, true
		}
	}
	if len(a.Connections) == 1 && a.Connections[0].AuthType == "" {
		return a.Connections[0], true
	}
	return Connection{}, a.IsConnected && len(a.Connections) == 0
}

// FindApplication returns the one that is named by a slug, or nil.
func FindApplication(applications []*Application, slug string) *Application {
	for _, application := range applications {
		if application.IsNamed(slug) {
			return application
		}
	}
	return nil
}

type wireApplication struct {
	Slug           lenientText     `json:"slug"`
	AppID          lenientText     `json:"app_id"`
	Type           lenientText     `json:"type"`
	Name           lenientText     `json:"name"`
	Icon           lenientText     `json:"icon"`
	Description    lenientText     `json:"description"`
	AuthType       lenientText     `json:"auth_type"`
	Tags           json.RawMessage `json:"tags"`
	Ecosystem      lenientBool     `json:"ecosystem"`
	Options        lenientObject   `json:"auth_type_options"`
	Inputs         json.RawMessage `json:"auth_input_map"`
	Connected      lenientBool     `json:"connected"`
	Connections    json.RawMessage `json:"connected_accounts"`
	ReauthRequired lenientBool     `json:"reauth_required"`
}

// lenientObject is nil for what is no object.
type lenientObject map[string]json.RawMessage

// UnmarshalJSON implements json.Unmarshaler.
func (o *lenientObject) UnmarshalJSON(raw []byte) error {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) == nil {
		*o = members
	}
	return nil
}

// lenientBool is nil for what is no boolean.
type lenientBool struct{ *bool }

// UnmarshalJSON implements json.Unmarshaler.
func (b *lenientBool) UnmarshalJSON(raw []byte) error {
	switch strings.Trim(string(raw), `"`) {
	case "true":
		b.bool = new(true)
	case "false":
		b.bool = new(false)
	}
	return nil
}

func (b lenientBool) isTrue() bool { return b.bool != nil && *b.bool }

// decodeApplications reads a list. One with an app that nothing names is unreadable: that may be
// the very one that is looked for.
func decodeApplications(received answer, catalogue *sharedCatalogue) ([]*Application, error) {
	var entries []json.RawMessage
	if json.Unmarshal(received.body, &entries) != nil || entries == nil {
		return nil, unreadable(received, "not a list of applications in JSON")
	}
	var applications []*Application
	for _, entry := range entries {
		application := catalogue.decode(entry)
		if application == nil {
			return nil, unreadable(received, "a list of applications with one that has neither a slug nor an app_id")
		}
		applications = append(applications, application)
	}
	return applications, nil
}

// sharedCatalogue gives lists of several accounts the same app, as long as nothing in it is an
// account's own: a catalogue for each of thousands would fill the memory. The zero value has none.
type sharedCatalogue struct {
	mutex  sync.Mutex
	byText map[string]*Application
}

// mostShared bounds what a server can fill, which is more apps than any organization has.
const mostShared = 10_000

func (s *sharedCatalogue) decode(raw json.RawMessage) *Application {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if known := s.byText[string(raw)]; known != nil {
		return known
	}
	application := decodeApplication(raw)
	if application == nil || application.IsConnected {
		return application
	}
	if s.byText == nil || len(s.byText) >= mostShared {
		s.byText = map[string]*Application{}
	}
	s.byText[string(raw)] = application
	return application
}

// decodeApplication is nil for what no request could name.
func decodeApplication(raw json.RawMessage) *Application {
	var wire wireApplication
	if json.Unmarshal(raw, &wire) != nil || wire.Slug.label() == "" && wire.AppID.label() == "" {
		return nil
	}
	application := &Application{
		Slug:        wire.Slug.label(),
		AppID:       wire.AppID.label(),
		Type:        wire.Type.label(),
		Name:        wire.Name.label(),
		Icon:        wire.Icon.label(),
		Description: wire.Description.label(),
		AuthType:    wire.AuthType.label(),
		Tags:        decodeTags(wire.Tags),
		Ecosystem:   wire.Ecosystem.bool,
		Connections: decodeConnections(wire.Connections),
	}
	application.AuthTypes = wire.authTypes()
	application.Keys, application.HidesAuth = wire.keys(), wire.hidesAuth()
	// Absent where nothing is connected (FACTS 2.6); a list of connections says it as well.
	application.IsConnected = wire.Connected.isTrue() || len(application.Connections) > 0
	application.ReauthRequired = application.IsConnected && wire.ReauthRequired.isTrue()
	return application
}

// decodeTags is never nil.
func decodeTags(raw json.RawMessage) []string {
	var wire []lenientText
	if json.Unmarshal(raw, &wire) != nil {
		return []string{}
	}
	tags := make([]string, len(wire))
	for i, tag := range wire {
		tags[i] = tag.label()
	}
	return tags
}

func (w *wireApplication) authTypes() []string {
	offered := map[string]bool{w.AuthType.label(): true}
	for authType := range w.Options {
		offered[authType] = true
	}
	delete(offered, "")
	return slices.Sorted(maps.Keys(offered))
}

func (w *wireApplication) hidesAuth() bool {
	return len(w.Options) == 0 && !IsKeyBased(string(w.AuthType))
}

// keys are the credentials by type. Options are by type already; the input map is that of the
// app's own type, where the options say nothing of it.
func (w *wireApplication) keys() map[string][]CredentialField {
	keys := map[string][]CredentialField{}
	for authType, raw := range w.Options {
		if IsKeyBased(authType) {
			keys[authType] = decodeCredentialFields(raw)
		}
	}
	own := string(w.AuthType)
	if !IsKeyBased(own) {
		return keys
	}
	if len(keys[own]) == 0 {
		keys[own] = decodeCredentialFields(w.Inputs)
	}
	return keys
}

// decodeCredentialFields reads a list of fields, each an object or its bare name, or an object of
// fields by name.
func decodeCredentialFields(raw json.RawMessage) []CredentialField {
	var entries []json.RawMessage
	if json.Unmarshal(raw, &entries) == nil {
		return credentialFieldsOf(entries)
	}
	var byName map[string]json.RawMessage
	if json.Unmarshal(raw, &byName) != nil {
		return nil
	}
	var fields []CredentialField
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		fields = append(fields, credentialFieldNamed(name, byName[name]))
	}
	return fields
}

func credentialFieldsOf(entries []json.RawMessage) []CredentialField {
	var fields []CredentialField
	for _, entry := range entries {
		var field CredentialField
		if json.Unmarshal(entry, &field.Name) == nil {
			field.Required = true
		} else {
			field = credentialFieldNamed("", entry)
		}
		if field.Name != "" {
			fields = append(fields, field)
		}
	}
	return fields
}

// credentialFieldNamed reads a field, whose type alone may stand in its place (FACTS 2.6). One that
// does not say that it is optional is required there, and the other way round in a list.
func credentialFieldNamed(name string, raw json.RawMessage) CredentialField {
	var wire struct {
		Name        lenientText `json:"name"`
		Label       lenientText `json:"label"`
		Placeholder lenientText `json:"placeholder"`
		Required    lenientBool `json:"required"`
		Type        lenientText `json:"type"`
	}
	if json.Unmarshal(raw, &wire) != nil {
		return CredentialField{Name: name, Required: name != ""}
	}
	field := CredentialField{
		Name:        name,
		Label:       wire.Label.label(),
		Placeholder: wire.Placeholder.label(),
		Required:    wire.Required.isTrue() || name != "" && wire.Required.bool == nil,
		Secret:      strings.EqualFold(string(wire.Type), "password"),
	}
	if name == "" {
		field.Name = string(wire.Name)
	}
	return field
}

// decodeConnections takes each entry for a connection, whatever it is: that one is there counts.
func decodeConnections(raw json.RawMessage) []Connection {
	var entries []json.RawMessage
	if json.Unmarshal(raw, &entries) != nil {
		return nil
	}
	var connections []Connection
	for _, entry := range entries {
		var wire struct {
			AuthType    lenientText     `json:"auth_type"`
			Identifier  json.RawMessage `json:"identifier"`
			Status      lenientText     `json:"status"`
			ConnectedAt lenientText     `json:"connectedAt"`
		}
		if json.Unmarshal(entry, &wire) != nil {
			connections = append(connections, Connection{})
			continue
		}
		connections = append(connections, Connection{
			AuthType:    wire.AuthType.label(),
			Identifier:  decodeIdentifier(wire.Identifier),
			Status:      wire.Status.label(),
			ConnectedAt: wire.ConnectedAt.date(),
		})
	}
	return connections
}

// decodeIdentifier is an object or a string (FACTS 2.6).
func decodeIdentifier(raw json.RawMessage) string {
	var text string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return printable(text, messageLimit)
	}
	return printable(string(raw), messageLimit)
}
