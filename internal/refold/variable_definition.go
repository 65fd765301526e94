// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"encoding/json"
)

// VariableDefinition says what a variable is (FACTS 2.8). Only the dashboard makes and changes one.
type VariableDefinition struct {
	ID             string
	OrganizationID string
	Name           string
	Description    string
	// Scope is an open set: ScopeOrganization and the others. It may be empty.
	Scope string
	// Format is that of values, an open set: string, number, url. It may be empty.
	Format string
	// Encrypted is true where values are never shown, and where the server does not say.
	Encrypted bool
	// CreatedAt and UpdatedAt are RFC 3339 in UTC, or empty.
	CreatedAt, UpdatedAt string
}

// Scopes of variables (FACTS 2.8): whose values they have.
const (
	ScopeOrganization  = "org"
	ScopeWorkspace     = "workspace"
	ScopeLinkedAccount = "linked_account"
	ScopeWorkflow      = "workflow"
)

// Key implements bulkread.Document.
func (d *VariableDefinition) Key() string { return d.ID }

// IsNamed implements bulkread.Document.
func (d *VariableDefinition) IsNamed() bool { return d.ID != "" }

// Suffices implements bulkread.Document.
func (d *VariableDefinition) Suffices() bool { return true }

// wireDefinition is also what stands in a value's place of its definition's id (FACTS 2.9).
type wireDefinition struct {
	ID             lenientText `json:"_id"`
	OrganizationID lenientText `json:"org_id"`
	Name           lenientText `json:"name"`
	Description    lenientText `json:"description"`
	Scope          lenientText `json:"scope"`
	Format         lenientText `json:"var_format"`
	Encrypted      lenientBool `json:"encrypted"`
	// Dates are spelled in their own way here, and perhaps as elsewhere (FACTS 1.7).
	CreatedAt      lenientText `json:"created_at"`
	UpdatedAt      lenientText `json:"updated_at"`
	CreatedAtOther lenientText `json:"createdAt"`
	UpdatedAtOther lenientText `json:"updatedAt"`
}

func (w *wireDefinition) definition() *VariableDefinition {
	return &VariableDefinition{
		ID:             w.ID.label(),
		OrganizationID: w.OrganizationID.label(),
		Name:           string(w.Name),
		Description:    w.Description.label(),
		Scope:          w.Scope.label(),
		Format:         w.Format.label(),
		Encrypted:      w.Encrypted.bool == nil || *w.Encrypted.bool,
		CreatedAt:      cmp.Or(w.CreatedAt, w.CreatedAtOther).date(),
		UpdatedAt:      cmp.Or(w.UpdatedAt, w.UpdatedAtOther).date(),
	}
}

// decodeListedDefinition is nil for what no request could name.
func decodeListedDefinition(raw json.RawMessage) *VariableDefinition {
	var wire wireDefinition
	if json.Unmarshal(raw, &wire) != nil || wire.ID.label() == "" {
		return nil
	}
	return wire.definition()
}

// decodeDefinition reads the answer about one, which stands in a member of its own.
func decodeDefinition(received answer, id string) (*VariableDefinition, error) {
	var wire struct {
		Definition *wireDefinition `json:"definition"`
		wireDefinition
	}
	if json.Unmarshal(received.body, &wire) != nil {
		return nil, unreadable(received, "not a definition of a variable in JSON")
	}
	definition := cmp.Or(wire.Definition, &wire.wireDefinition).definition()
	switch definition.ID {
	case id:
		return definition, nil
	case "":
		return nil, unreadable(received, "a definition of a variable without an _id")
	}
	return nil, ofAnotherObject(received, "the answer is about another definition, "+received.clean.quote(definition.ID, messageLimit))
}
