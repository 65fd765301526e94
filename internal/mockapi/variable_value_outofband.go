// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"slices"
)

// VariableValues returns copies of the values of an environment, oldest first.
func (s *Server) VariableValues(environment string) []VariableValue {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.variableValues(s.place(environment)).stored
	copies := make([]VariableValue, 0, len(stored))
	for _, one := range stored {
		copies = append(copies, one.VariableValue)
	}
	return copies
}

// SetVariableValue sets a value, as somebody does in the dashboard: one of the same definition,
// account and workflow is changed and keeps its id and its createdAt. A new one gets an id unless
// it has one. Times that are zero are now. It panics when there is no such definition, account or
// workflow, and when they do not fit.
func (s *Server) SetVariableValue(environment string, value VariableValue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	s.checkValue("SetVariableValue", at, &value)
	kept, now := s.variableValues(at), s.now()
	setDefault(&value.UpdatedAt, now)
	delete(kept.stale, value.target())
	if found := kept.find(value.DefinitionID, value.target()); found != nil {
		found.Value, found.UpdatedAt = value.Value, value.UpdatedAt
		return
	}
	setDefault(&value.ID, s.objectID(now))
	setDefault(&value.CreatedAt, value.UpdatedAt)
	kept.add(value)
}

func (s *Server) checkValue(method string, at place, value *VariableValue) {
	_, _, err := s.valueTarget(at, value.DefinitionID, value.target())
	hasAccount := value.AccountID == "" || s.accounts(at).stored.find(value.AccountID) != nil
	hasWorkflow := value.WorkflowID == "" || s.hasWorkflow(at, value.WorkflowID)
	if err != nil || !hasAccount || !hasWorkflow {
		panic(fmt.Sprintf("mockapi: %s: a value of %q cannot be for account %q and workflow %q", method, value.DefinitionID, value.AccountID, value.WorkflowID))
	}
}

// RemoveVariableValue deletes a value. It panics when there is none.
func (s *Server) RemoveVariableValue(environment, definitionID, accountID, workflowID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.takeValue("RemoveVariableValue", s.place(environment), definitionID, variableTarget{accountID, workflowID})
}

// ReplaceVariableValue deletes a value and sets it anew, so that it is the same under another id.
// It panics when there is none.
func (s *Server) ReplaceVariableValue(environment, definitionID, accountID, workflowID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, target := s.place(environment), variableTarget{accountID, workflowID}
	taken := s.takeValue("ReplaceVariableValue", at, definitionID, target)
	s.variableValues(at).add(s.newValue(definitionID, target, taken.Value, s.now()))
}

func (s *Server) takeValue(method string, at place, definitionID string, target variableTarget) VariableValue {
	kept := s.variableValues(at)
	i := slices.Index(kept.stored, kept.find(definitionID, target))
	if i < 0 {
		panic(fmt.Sprintf("mockapi: %s: %q has no value for account %q and workflow %q", method, definitionID, target.AccountID, target.WorkflowID))
	}
	taken := kept.stored[i].VariableValue
	kept.stored = slices.Delete(kept.stored, i, i+1)
	delete(kept.stale, target)
	return taken
}
