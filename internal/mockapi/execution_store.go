// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Execution is a run of a workflow for an account, as it is stored (FACTS 2.17).
type Execution struct {
	// ID is the server's id, 24 hex characters.
	ID   string
	Name string
	// Status is one of FACTS 2.17, or any other.
	Status string
	// WorkflowID is empty where the workflow is not known any more.
	WorkflowID   string
	WorkflowName string
	// Slug names the app, or a custom app's AppID does. Empty: not shown.
	Slug string
	// Type is SYNC or ASYNC.
	Type string
	// Source is one of the sources above, however the server spells it.
	Source    string
	CreatedAt time.Time
	// CompletedAt is zero while the execution runs.
	CompletedAt time.Time
	// Duration is a number of a unit that nobody knows (FACTS 4.53). Empty: not shown.
	Duration json.Number
}

func (e *Execution) lastChange() time.Time {
	if e.CompletedAt.IsZero() {
		return e.CreatedAt
	}
	return e.CompletedAt
}

// executionRecord is one stored execution.
type executionRecord struct {
	Execution
	accountID string
}

// executions are those of one place, in the order in which they were added.
type executions struct{ stored []*executionRecord }

func (s *Server) executions(at place) *executions { return storeOf[executions](s, at) }

// dropAccount removes the executions of an account.
func (k *executions) dropAccount(id string) {
	k.stored = slices.DeleteFunc(k.stored, func(known *executionRecord) bool { return known.accountID == id })
}

func (k *executions) has(id string) bool {
	return slices.ContainsFunc(k.stored, func(known *executionRecord) bool { return known.ID == id })
}

// AddExecutions adds executions of an account, as its workflows do when they run. One without an id
// gets one, without a time it begins now, without a name it has its workflow's; without a status it
// is COMPLETED, and at once unless it says when; and it is ASYNC and from SourceAPICall unless it
// says otherwise. It panics when there is no such account, and when an id is taken.
func (s *Server) AddExecutions(environment, accountID string, added ...Execution) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	s.accounts(at).known("AddExecutions", accountID)
	kept := s.executions(at)
	for _, one := range added {
		s.completeExecution(&one)
		if kept.has(one.ID) {
			panic(fmt.Sprintf("mockapi: AddExecutions: the id %q is taken", one.ID))
		}
		kept.stored = append(kept.stored, &executionRecord{one, accountID})
	}
}

// completeExecution fills in what a test left out.
func (s *Server) completeExecution(one *Execution) {
	setDefault(&one.CreatedAt, s.now())
	setDefault(&one.ID, s.objectID(one.CreatedAt))
	setDefault(&one.Name, one.WorkflowName)
	setDefault(&one.Type, "ASYNC")
	setDefault(&one.Source, SourceAPICall)
	if one.Status == "" {
		one.Status = "COMPLETED"
		setDefault(&one.CompletedAt, one.CreatedAt)
	}
}
