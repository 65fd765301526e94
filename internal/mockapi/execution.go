// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ExecutionBehaviour holds the switches about executions.
type ExecutionBehaviour struct {
	// MaxLimit is what a larger limit is lowered to (FACTS 4.41). 0: no maximum.
	MaxLimit int
	// HideTotal shows pages without totals (FACTS 1.5).
	HideTotal bool
	// IgnoreFilters lists all executions whatever is asked for, and counts them (FACTS 4.49).
	IgnoreFilters bool
	// UnknownFilter is what a filter does whose value the server does not know (FACTS 4.49).
	UnknownFilter UnknownFilter
	// Order is in which order executions come (FACTS 4.50).
	Order ExecutionOrder
	// IgnoreAccount lists the executions of all accounts (FACTS 4.51).
	IgnoreAccount bool
	// UnknownAccountAsNone answers for an account that does not exist as for one without
	// executions (FACTS 4.51).
	UnknownAccountAsNone bool
	// KeepWithoutAccount keeps the executions of an account that is deleted, by the API or by
	// Remove, for the next one of its id (FACTS 4.30).
	KeepWithoutAccount bool
	// OldSources spells sources as in 2024, in filters too: API Call, Schedule, Event
	// (FACTS 2.17).
	OldSources bool
	// HideSource does not show the source (FACTS 4.52).
	HideSource bool
	// HideApplication does not show the app (FACTS 4.52).
	HideApplication bool
	// Workflow is how the workflow is shown (FACTS 4.52).
	Workflow ShownWorkflow
	// Duration is how the duration is shown (FACTS 4.53).
	Duration ShownDuration
}

// UnknownFilter is what a filter does whose value the server does not know (FACTS 4.49).
type UnknownFilter int

// Values of UnknownFilter.
const (
	// UnknownFilterNothing finds nothing.
	UnknownFilterNothing UnknownFilter = iota
	// UnknownFilterIgnored finds what the other filters select.
	UnknownFilterIgnored
	// UnknownFilterRefused answers 400.
	UnknownFilterRefused
)

// ExecutionOrder is in which order executions come (FACTS 4.50).
type ExecutionOrder int

// Values of ExecutionOrder.
const (
	// ExecutionOrderNewest is newest first, unless sortAsc is true.
	ExecutionOrderNewest ExecutionOrder = iota
	// ExecutionOrderOldest is oldest first, unless sortAsc is false.
	ExecutionOrderOldest
	// ExecutionOrderFixed is oldest first, whatever sortAsc is.
	ExecutionOrderFixed
)

// ShownWorkflow is how an execution shows its workflow (FACTS 4.52).
type ShownWorkflow int

// Values of ShownWorkflow.
const (
	// ShownWorkflowObject shows an object with id, name and icon.
	ShownWorkflowObject ShownWorkflow = iota
	// ShownWorkflowText shows the id.
	ShownWorkflowText
	// ShownWorkflowAbsent shows nothing.
	ShownWorkflowAbsent
)

// ShownDuration is how an execution shows its duration (FACTS 4.53).
type ShownDuration int

// Values of ShownDuration.
const (
	// ShownDurationNumber shows it where the execution has one.
	ShownDurationNumber ShownDuration = iota
	// ShownDurationAbsent never shows it.
	ShownDurationAbsent
	// ShownDurationNull shows null.
	ShownDurationNull
)

// Sources of executions, as current servers spell them (FACTS 2.17).
const (
	SourceAPICall  = "API_CALL"
	SourceSchedule = "SCHEDULE"
	SourceEvent    = "Event"
)

// Execution has the endpoint of FACTS 2.17 that lists.
func (objects) Execution() []endpoint {
	return []endpoint{{http.MethodGet, "/api/v2/public/execution", keyOrSession, inE4((*Server).listExecutions)}}
}

// listExecutions is GET /execution (FACTS 2.17).
func (s *Server) listExecutions(c *call) (answer, error) {
	accountID, err := s.accountOfExecutions(c)
	if err != nil {
		return answer{}, err
	}
	rules := s.behaviour.Execution
	filters, err := rules.filters(c.query)
	if err != nil {
		return answer{}, err
	}
	var found []*executionRecord
	for _, known := range s.executions(c.place).stored {
		isSeen := rules.IgnoreAccount || known.accountID == accountID
		if isSeen && (rules.IgnoreFilters || rules.selects(&known.Execution, filters)) {
			found = append(found, known)
		}
	}
	rules.sort(found, c.query.Get("sortAsc"))
	show := func(known *executionRecord) document { return s.showExecution(c.place, known) }
	return jsonAnswer(http.StatusOK, rules.page(paginate(found, c.query, rules.MaxLimit, show))), nil
}

// accountOfExecutions returns the account whose executions are listed.
func (s *Server) accountOfExecutions(c *call) (string, error) {
	id, err := c.headedAccount()
	if err != nil {
		return "", err
	}
	id = s.spelled(c.place, id)
	rules, isKnown := s.behaviour.Execution, s.accounts(c.place).stored.find(id) != nil
	if isKnown || rules.IgnoreAccount || rules.UnknownAccountAsNone {
		return id, nil
	}
	return "", s.notFound(false, c.place, id)
}

// filters returns those of a query that count.
func (rules ExecutionBehaviour) filters(query url.Values) (map[string]string, error) {
	filters := map[string]string{}
	for _, name := range []string{"slug", "status", "workflow_id", "execution_type", "execution_source", "start_date", "end_date"} {
		value := query.Get(name)
		isKnown := value == "" || rules.knows(name, value)
		if !isKnown && rules.UnknownFilter == UnknownFilterRefused {
			return nil, fail(http.StatusBadRequest, codeValidation, "%s is invalid", name)
		}
		if value != "" && (isKnown || rules.UnknownFilter == UnknownFilterNothing) {
			filters[name] = value
		}
	}
	return filters, nil
}

// knows reports whether a filter can have a value. Apps and workflows may have any name.
func (rules ExecutionBehaviour) knows(name, value string) bool {
	switch name {
	case "status":
		return slices.Contains([]string{
			"COMPLETED", "ERRORED", "RUNNING", "STOPPED", "STOPPING", "TIMED_OUT", "TERMINATED", "QUEUED", "DUPLICATE", "FAILED",
		}, value)
	case "execution_type":
		return value == "SYNC" || value == "ASYNC"
	case "execution_source":
		return slices.Contains([]string{rules.source(SourceAPICall), rules.source(SourceSchedule), SourceEvent}, value)
	case "start_date", "end_date":
		_, err := time.Parse(time.RFC3339, value)
		return err == nil
	default:
		return true
	}
}

// source is how the server spells a source.
func (rules ExecutionBehaviour) source(current string) string {
	switch {
	case rules.OldSources && current == SourceAPICall:
		return "API Call"
	case rules.OldSources && current == SourceSchedule:
		return "Schedule"
	default:
		return current
	}
}

func (rules ExecutionBehaviour) selects(one *Execution, filters map[string]string) bool {
	own := map[string]string{
		"status": one.Status, "workflow_id": one.WorkflowID, "execution_type": one.Type, "execution_source": rules.source(one.Source),
	}
	for name, wanted := range filters {
		has, isText := own[name]
		switch {
		case isText && has != wanted, name == "slug" && !slices.Contains(strings.Split(wanted, ","), one.Slug):
			return false
		case name == "start_date" && !one.isWithin(wanted, false), name == "end_date" && !one.isWithin(wanted, true):
			return false
		}
	}
	return true
}

// isWithin reports whether an execution began at a time or on one side of it. Nothing is on any
// side of what is no time.
func (e *Execution) isWithin(text string, isEnd bool) bool {
	bound, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return false
	}
	return e.CreatedAt.Equal(bound) || e.CreatedAt.Before(bound) == isEnd
}

func (rules ExecutionBehaviour) sort(found []*executionRecord, sortAsc string) {
	slices.SortStableFunc(found, func(a, b *executionRecord) int { return a.CreatedAt.Compare(b.CreatedAt) })
	isNewestFirst := sortAsc != "true"
	switch rules.Order {
	case ExecutionOrderOldest:
		isNewestFirst = sortAsc == "false"
	case ExecutionOrderFixed:
		isNewestFirst = false
	}
	if isNewestFirst {
		slices.Reverse(found)
	}
}
