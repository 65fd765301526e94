// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Execution is one run of a workflow for an account (FACTS 2.17), without what it worked on, which
// is never decoded. Any field but ID may be empty (FACTS 4.52).
type Execution struct {
	ID string
	// AccountID is the account's.
	AccountID string
	// Name is the execution's own.
	Name string
	// Status is an open set: COMPLETED, ERRORED, RUNNING and others.
	Status string
	// WorkflowID and WorkflowName are the workflow's.
	WorkflowID, WorkflowName string
	// Slug is the app's, AppID that of one which the organization built.
	Slug, AppID string
	// Type is SYNC or ASYNC.
	Type string
	// Source is SourceAPICall or another of the three, however the server spells it.
	Source string
	// StartedAt and EndedAt are RFC 3339 in UTC.
	StartedAt, EndedAt string
	// Duration is the server's number, whose unit is not known (FACTS 4.53).
	Duration string
	// Seconds are from StartedAt to EndedAt, and nil where either is not known.
	Seconds *float64
}

// Sources of executions (FACTS 2.17), as this package spells them.
const (
	SourceAPICall  = "API_CALL"
	SourceSchedule = "SCHEDULE"
	SourceEvent    = "EVENT"
)

// Key implements bulkread.Document.
func (e Execution) Key() string { return e.ID }

// IsNamed implements bulkread.Document.
func (e Execution) IsNamed() bool { return e.ID != "" }

// Suffices implements bulkread.Document.
func (e Execution) Suffices() bool { return true }

// started is zero where it is not known.
func (e Execution) started() time.Time {
	started, err := time.Parse(time.RFC3339, e.StartedAt)
	if err != nil {
		return time.Time{}
	}
	return started
}

// ExecutionFilter selects executions of an account; what is empty selects all.
type ExecutionFilter struct {
	AccountID string
	Status    string
	// Slugs are those of apps, any of which selects.
	Slugs      []string
	WorkflowID string
	// Type is SYNC or ASYNC.
	Type string
	// Source is one of the three that Execution.Source has.
	Source string
	// StartDate and EndDate are RFC 3339, both included.
	StartDate, EndDate string
}

// matches also holds against the filter what a server has ignored (FACTS 4.49, 4.51). What an
// execution does not show is taken for what was asked for.
func (f ExecutionFilter) matches(execution Execution) bool {
	return isAsAsked(f.AccountID, execution.AccountID) &&
		isAsAsked(foldCase(f.Status), foldCase(execution.Status)) &&
		isAsAsked(f.WorkflowID, execution.WorkflowID) &&
		isAsAsked(foldCase(f.Type), foldCase(execution.Type)) &&
		isAsAsked(f.Source, execution.Source) &&
		f.matchesApp(execution) && f.matchesTime(execution)
}

func isAsAsked(asked, shown string) bool { return asked == "" || shown == "" || shown == asked }

func (f ExecutionFilter) matchesApp(execution Execution) bool {
	isShown := execution.Slug != "" || execution.AppID != ""
	return len(f.Slugs) == 0 || !isShown || slices.Contains(f.Slugs, execution.Slug) || slices.Contains(f.Slugs, execution.AppID)
}

func (f ExecutionFilter) matchesTime(execution Execution) bool {
	started := execution.started()
	if started.IsZero() {
		return true
	}
	from, err := time.Parse(time.RFC3339, f.StartDate)
	if err == nil && started.Before(from) {
		return false
	}
	to, err := time.Parse(time.RFC3339, f.EndDate)
	return err != nil || !started.After(to)
}

// ExecutionPage are the newest of the executions that a filter selects.
type ExecutionPage struct {
	// Executions are never more than were asked for, newest first.
	Executions []Execution
	// Total is how many match, with those beyond Executions: by the server's count, unless it was
	// seen to ignore a part of the filter. It is then how many were found to match on the way to
	// Executions, which is all of them only where IsTotalKnown is true.
	Total        int
	IsTotalKnown bool
}

// decodeExecution is false for what has no id.
func decodeExecution(raw json.RawMessage) (Execution, Scope, bool) {
	var wire struct {
		ID             lenientText     `json:"_id"`
		OrganizationID lenientText     `json:"org_id"`
		Environment    lenientText     `json:"environment"`
		AccountID      lenientText     `json:"linked_account_id"`
		Name           lenientText     `json:"name"`
		Status         lenientText     `json:"status"`
		Workflow       json.RawMessage `json:"associated_workflow"`
		WorkflowID     lenientText     `json:"workflow_id"`
		App            json.RawMessage `json:"associated_trigger_application"`
		AppID          lenientText     `json:"custom_application_id"`
		Type           lenientText     `json:"type_of_execution"`
		Source         lenientText     `json:"execution_source"`
		CreatedAt      lenientText     `json:"createdAt"`
		CompletedAt    lenientText     `json:"completion_time"`
		Duration       json.RawMessage `json:"instance_execution_time"`
	}
	if json.Unmarshal(raw, &wire) != nil || wire.ID.label() == "" {
		return Execution{}, Scope{}, false
	}
	workflow, app := decodeOrigin(wire.Workflow), decodeOrigin(wire.App)
	execution := Execution{
		ID: wire.ID.label(), AccountID: string(wire.AccountID), Name: wire.Name.label(), Status: wire.Status.label(),
		WorkflowID: cmp.Or(workflow.ID, wire.WorkflowID).label(), WorkflowName: workflow.Name.label(),
		Slug: app.Slug.label(), AppID: wire.AppID.label(),
		Type: wire.Type.label(), Source: normalSource(wire.Source.label()),
		StartedAt: wire.CreatedAt.date(), EndedAt: dateOnly(wire.CompletedAt), Duration: decodeNumber(wire.Duration),
	}
	execution.Seconds = secondsBetween(execution.StartedAt, execution.EndedAt)
	return execution, Scope{OrganizationID: wire.OrganizationID.label(), Environment: wire.Environment.label()}, true
}

// origin is what stands for a workflow or an app.
type origin struct {
	ID   lenientText `json:"_id"`
	Name lenientText `json:"name"`
	Slug lenientText `json:"slug"`
}

// decodeOrigin reads an object, or the bare id of Refold's in its place (FACTS 4.52).
func decodeOrigin(raw json.RawMessage) origin {
	var shown origin
	var id string
	if json.Unmarshal(raw, &shown) != nil && json.Unmarshal(raw, &id) == nil {
		return origin{ID: lenientText(id)}
	}
	return shown
}

// normalSource is how this package spells a source, of which there are two spellings (FACTS 2.17).
func normalSource(shown string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(shown))
}

// dateOnly is empty for what is no date: which forms an end may have is not known.
func dateOnly(text lenientText) string {
	date := text.date()
	if _, err := time.Parse(time.RFC3339, date); err != nil {
		return ""
	}
	return date
}

// decodeNumber is a number as it stands there, also within a text, and empty for anything else.
func decodeNumber(raw json.RawMessage) string {
	var number json.Number
	if json.Unmarshal(raw, &number) != nil {
		return ""
	}
	return number.String()
}

func secondsBetween(start, end string) *float64 {
	started, err := time.Parse(time.RFC3339, start)
	if err != nil {
		return nil
	}
	ended, err := time.Parse(time.RFC3339, end)
	if err != nil || ended.Before(started) {
		return nil
	}
	return new(ended.Sub(started).Seconds())
}
