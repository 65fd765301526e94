// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

var executionPath = path{"api", "v2", "public", "execution"}

// mostExecutionPages bounds what is read on the way to the newest executions of a server that lists
// them in another order, or ignores filters.
const mostExecutionPages = 100

// Executions are the newest executions of an account that a filter selects, at most limit of them;
// with 0, they are only counted. As many pages are read as that takes, and all of them where the
// server does not list the newest first, whatever it is asked for (FACTS 2.17, 4.50): more than 100
// are an error. An account that does not exist is an *Error of kind AccountNotFound where the
// server tells; others show it as one without executions.
func (c *Client) Executions(ctx context.Context, filter ExecutionFilter, limit int) (ExecutionPage, error) {
	var nothing *executionSearch
	var refusal error
	for _, source := range spellings(filter.Source) {
		search, err := c.searchExecutions(ctx, filter, source, limit)
		switch {
		case err == nil && len(search.seen) > 0:
			return search.page(), nil
		case err == nil:
			nothing = search
		case !isBadRequest(err):
			return ExecutionPage{}, err
		default:
			refusal = cmp.Or(refusal, err)
		}
	}
	if nothing == nil {
		return ExecutionPage{}, refusal
	}
	return nothing.page(), nil
}

// searchExecutions reads no more on a page than is wanted, unless more has to be read than that.
func (c *Client) searchExecutions(ctx context.Context, filter ExecutionFilter, source string, limit int) (*executionSearch, error) {
	// It takes two executions to tell the order by.
	size := min(max(limit, 2), pageLimit)
	search := newExecutionSearch(filter, limit)
	err := search.run(ctx, c.executionList(filter, source, size), size < pageLimit)
	if errors.Is(err, errLargerPages) {
		search = newExecutionSearch(filter, limit)
		err = search.run(ctx, c.executionList(filter, source, pageLimit), false)
	}
	return search, err
}

// errLargerPages says that small pages do not pay.
var errLargerPages = errors.New("more has to be read than is wanted")

// spellings are how a source may have to be asked for: as in the OpenAPI file, and as in 2024
// (FACTS 2.17). A server that knows the other one refuses this one, or finds nothing (FACTS 4.49).
func spellings(source string) []string {
	switch source {
	case SourceAPICall:
		return []string{SourceAPICall, "API Call"}
	case SourceSchedule:
		return []string{SourceSchedule, "Schedule"}
	case SourceEvent:
		return []string{"Event"}
	}
	return []string{source}
}

func isBadRequest(err error) bool {
	refusal, isRefusal := errors.AsType[*Error](err)
	return isRefusal && refusal.Status == http.StatusBadRequest
}

func (f ExecutionFilter) query(source string) url.Values {
	query := url.Values{"sortAsc": {"false"}}
	for name, value := range map[string]string{
		"slug": strings.Join(f.Slugs, ","), "status": f.Status, "workflow_id": f.WorkflowID, "execution_type": f.Type,
		"execution_source": source, "start_date": f.StartDate, "end_date": f.EndDate,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}

func (c *Client) executionList(filter ExecutionFilter, source string, limit int) bulkread.List[Execution] {
	return bulkread.List[Execution]{
		Noun: "executions",
		Page: func(ctx context.Context, number int) (bulkread.Page[Execution], error) {
			return c.executionsPage(ctx, filter.AccountID, onPage(filter.query(source), number, limit))
		},
		Fold:    func(id string) string { return id },
		IsFinal: isEnvironmentError,
	}
}

func (c *Client) executionsPage(ctx context.Context, accountID string, query url.Values) (bulkread.Page[Execution], error) {
	var none bulkread.Page[Execution]
	request, err := heading(accountID, call{segments: executionPath, query: query, hidesScope: true, hidesBody: true})
	if err != nil {
		return none, err
	}
	received, err := c.get(ctx, request)
	if err != nil {
		return none, err
	}
	isWhole := true
	var scopes []Scope
	page, err := bulkread.DecodePage(received.body, func(raw json.RawMessage) Execution {
		execution, scope, hasID := decodeExecution(raw)
		isWhole, scopes = isWhole && hasID, append(scopes, scope)
		return execution
	})
	if err != nil || !isWhole {
		return none, unreadable(received, "not a list of executions in JSON")
	}
	for _, scope := range scopes {
		if err := c.observePart(scope); err != nil {
			return none, err
		}
	}
	return page, nil
}

// executionSearch reads pages of executions until the newest are known.
type executionSearch struct {
	filter ExecutionFilter
	limit  int
	found  []Execution
	// seen are the ids of all that were listed: executions that begin meanwhile shift pages.
	seen map[string]bool
	// last is when the one before began, and falls and rises count how the next ones differ.
	last         time.Time
	falls, rises int
	// total is the server's count.
	total int
	// isIgnored: the server lists what it was not asked for. isEnded: all was read.
	isIgnored, isEnded bool
}

func newExecutionSearch(filter ExecutionFilter, limit int) *executionSearch {
	return &executionSearch{filter: filter, limit: limit, total: bulkread.Unknown, seen: map[string]bool{}}
}

func (s *executionSearch) run(ctx context.Context, list bulkread.List[Execution], isSmall bool) error {
	pages := 0
	for page, err := range list.Once(ctx) {
		if err != nil {
			return listError(err)
		}
		s.add(page.Documents)
		s.total = page.Total
		if s.isEnough() {
			s.isEnded = page.HasNext != nil && !*page.HasNext || s.total == len(s.seen)
			return nil
		}
		if isSmall && (s.rises > 0 || s.isIgnored) {
			return errLargerPages
		}
		if pages++; pages == mostExecutionPages {
			return tooManyExecutions(pages)
		}
	}
	s.isEnded = true
	return nil
}

// isEnough reports whether no further page can have one of the newest.
func (s *executionSearch) isEnough() bool {
	isNewestFirst := s.falls > 0 && s.rises == 0
	return s.limit <= 0 || isNewestFirst && len(s.found) >= s.limit
}

func (s *executionSearch) add(executions []Execution) {
	for _, execution := range executions {
		if s.seen[execution.ID] {
			continue
		}
		s.seen[execution.ID] = true
		s.compare(execution.started())
		if s.filter.matches(execution) {
			s.found = append(s.found, execution)
		} else {
			s.isIgnored = true
		}
	}
}

func (s *executionSearch) compare(started time.Time) {
	switch {
	case started.IsZero():
		return
	case s.last.IsZero():
	case started.Before(s.last):
		s.falls++
	case started.After(s.last):
		s.rises++
	}
	s.last = started
}

func (s *executionSearch) page() ExecutionPage {
	slices.SortStableFunc(s.found, func(a, b Execution) int { return b.started().Compare(a.started()) })
	page := ExecutionPage{Executions: s.found[:min(max(s.limit, 0), len(s.found))], Total: len(s.found), IsTotalKnown: s.isEnded}
	if !s.isEnded && !s.isIgnored && s.total != bulkread.Unknown {
		page.Total, page.IsTotalKnown = s.total, true
	}
	return page
}

func tooManyExecutions(pages int) error {
	what := fmt.Sprintf("the server does not list the newest executions first, or lists others than were asked for, and there are more than %d pages of them", pages)
	return &Error{Status: http.StatusOK, Message: what, Delivery: Delivery{Repeatable: true}}
}
