// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Scopes of variables (FACTS 2.8).
const (
	ScopeOrganization  = "org"
	ScopeWorkspace     = "workspace"
	ScopeLinkedAccount = "linked_account"
	ScopeWorkflow      = "workflow"
)

// Formats of variables (FACTS 2.8).
const (
	FormatString = "string"
	FormatNumber = "number"
	FormatURL    = "url"
)

const definitionsPath = "/api/v2/public/env/definitions"

// VariableDefinition has the endpoints of FACTS 2.8.
func (objects) VariableDefinition() []endpoint {
	return []endpoint{
		{http.MethodGet, definitionsPath, keyOrSession, inE4((*Server).listDefinitions)},
		{http.MethodGet, definitionsPath + "/{id}", keyOnly, inE4((*Server).getDefinition)},
	}
}

// VariableDefinition is the definition of a variable (FACTS 2.8).
type VariableDefinition struct {
	ID          string
	Name        string
	Description string
	// Scope is one of the scopes above, and says whom values are for.
	Scope string
	// Format is one of the formats above, and what values have to fit.
	Format string
	// Encrypted definitions never show a value.
	Encrypted bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

// definitions are those of one place. They begin as defaultDefinitions.
type definitions struct {
	all   []VariableDefinition
	isSet bool
}

func (s *Server) definitions(at place) []VariableDefinition {
	kept := storeOf[definitions](s, at)
	if !kept.isSet {
		kept.all, kept.isSet = defaultDefinitions(), true
	}
	return kept.all
}

// definition returns the one of an id, or the error of FACTS 2.8.
func (s *Server) definition(at place, id string) (*VariableDefinition, error) {
	known := s.definitions(at)
	if i := slices.IndexFunc(known, func(one VariableDefinition) bool { return one.ID == id }); i >= 0 {
		return &known[i], nil
	}
	return nil, fail(http.StatusNotFound, codeNotFound, "Variable definition not found")
}

// listDefinitions is GET /env/definitions (FACTS 2.8), in the order in which they were set. Of the
// query only the page is read, because the provider sends nothing else.
func (s *Server) listDefinitions(c *call) (answer, error) {
	_, err := c.selectedAccount()
	ofAccounts := err == nil && !s.behaviour.Variable.AllDefinitions
	var found []VariableDefinition
	for _, one := range s.definitions(c.place) {
		if one.Scope == ScopeLinkedAccount || !ofAccounts {
			found = append(found, one)
		}
	}
	show := func(one VariableDefinition) document { return s.behaviour.showDefinition(c.place, one) }
	return jsonAnswer(http.StatusOK, paginate(found, c.query, s.behaviour.Variable.DefinitionMaxLimit, show)), nil
}

// getDefinition is GET /env/definitions/{id} (FACTS 2.8).
func (s *Server) getDefinition(c *call) (answer, error) {
	found, err := s.definition(c.place, c.parameters["id"])
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, document{{"definition", s.behaviour.showDefinition(c.place, *found)}}), nil
}

func (b *Behaviour) showDefinition(at place, one VariableDefinition) document {
	created, updated := "created_at", "updated_at"
	if b.Variable.CamelDates {
		created, updated = "createdAt", "updatedAt"
	}
	shown := document{
		{"_id", one.ID}, {"org_id", at.organization}, {"name", one.Name}, {"description", one.Description},
		{"scope", one.Scope}, {"var_format", one.Format},
	}
	shown = append(shown, b.showEncrypted(&one)...)
	return append(shown, field{created, b.showTime(one.CreatedAt)}, field{updated, b.showTime(one.UpdatedAt)})
}

func (b *Behaviour) showEncrypted(one *VariableDefinition) document {
	if b.Variable.DefinitionsOmitEncrypted {
		return nil
	}
	return document{{"encrypted", one.Encrypted}}
}

// SetVariableDefinitions replaces the definitions of an environment, as the organization does in
// the dashboard. Values of those that go, go with them. It panics when one has no id or that of
// another, and for an unknown scope or format.
func (s *Server) SetVariableDefinitions(environment string, all ...VariableDefinition) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, now, ids := s.place(environment), s.now(), map[string]bool{}
	copied := slices.Clone(all)
	for i := range copied {
		one := &copied[i]
		if one.ID == "" || ids[one.ID] || !isScope(one.Scope) || !isFormat(one.Format) {
			panic(fmt.Sprintf("mockapi: SetVariableDefinitions: %q: the id is empty or taken, or the scope %q or the format %q is unknown", one.ID, one.Scope, one.Format))
		}
		ids[one.ID] = true
		setDefault(&one.CreatedAt, now)
		setDefault(&one.UpdatedAt, one.CreatedAt)
	}
	*storeOf[definitions](s, at) = definitions{copied, true}
	s.variableValues(at).drop(func(known *valueRecord) bool { return !ids[known.DefinitionID] })
}

func isScope(name string) bool {
	return slices.Contains([]string{ScopeOrganization, ScopeWorkspace, ScopeLinkedAccount, ScopeWorkflow}, name)
}

func isFormat(name string) bool {
	return slices.Contains([]string{FormatString, FormatNumber, FormatURL}, name)
}

// VariableDefinitions returns a copy of the definitions of an environment.
func (s *Server) VariableDefinitions(environment string) []VariableDefinition {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.definitions(s.place(environment)))
}
