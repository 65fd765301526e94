// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"strconv"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// Workflow is a workflow that an account can use (FACTS 2.15).
type Workflow struct {
	ID, Name, Description string
	// Slug is the app that it belongs to, and may be empty.
	Slug string
	// IsPublished is nil where the server does not say.
	IsPublished *bool
	// IsEnabled is true where any config of the account has it switched on.
	IsEnabled bool
}

// Key implements bulkread.Document.
func (w Workflow) Key() string { return w.ID }

// IsNamed implements bulkread.Document.
func (w Workflow) IsNamed() bool { return w.ID != "" }

// Suffices implements bulkread.Document.
func (w Workflow) Suffices() bool { return true }

// WorkflowFilter selects workflows; what is empty selects all.
type WorkflowFilter struct {
	// Slug is the app's.
	Slug        string
	IsPublished *bool
}

func (f WorkflowFilter) query() url.Values {
	query := url.Values{}
	if f.Slug != "" {
		query.Set("slug", f.Slug)
	}
	if f.IsPublished != nil {
		query.Set("published", strconv.FormatBool(*f.IsPublished))
	}
	return query
}

// matches also holds against the filter what a server has ignored (FACTS 2.1.4 has a server that
// ignores parameters).
func (f WorkflowFilter) matches(workflow Workflow) bool {
	isOfApp := f.Slug == "" || workflow.Slug == "" || workflow.Slug == f.Slug
	return isOfApp && (f.IsPublished == nil || workflow.IsPublished == nil || *workflow.IsPublished == *f.IsPublished)
}

var workflowPath = path{"api", "v2", "public", "workflow"}

// Workflows are those that an account can use, in Refold's order, its private ones last, with what
// is switched on in its configs (FACTS 2.15). An account that does not exist is an *Error of kind
// AccountNotFound where the server tells.
func (c *Client) Workflows(ctx context.Context, accountID string, filter WorkflowFilter) ([]Workflow, error) {
	enabled, err := c.enabledWorkflows(ctx, accountID)
	if err != nil {
		return nil, err
	}
	var found []Workflow
	isFound := map[string]bool{}
	for _, scope := range []string{publicWorkflows, privateWorkflows} {
		for page, err := range c.workflowList(accountID, filter, scope).Each(ctx) {
			if err != nil {
				return nil, listError(err)
			}
			for _, workflow := range page {
				if isFound[workflow.ID] || !filter.matches(workflow) {
					continue
				}
				isFound[workflow.ID] = true
				workflow.IsEnabled = enabled[workflow.ID]
				found = append(found, workflow)
			}
		}
	}
	return found, nil
}

// Scopes of a list of workflows: a server that does not know them lists the same ones twice.
const (
	publicWorkflows  = ""
	privateWorkflows = "private"
)

func (c *Client) workflowList(accountID string, filter WorkflowFilter, scope string) bulkread.List[Workflow] {
	query := filter.query()
	if scope != publicWorkflows {
		query.Set("scope", scope)
	}
	return bulkread.List[Workflow]{
		Noun: "workflows",
		Page: func(ctx context.Context, number int) (bulkread.Page[Workflow], error) {
			return c.workflowPage(ctx, accountID, query, number)
		},
		Fold:    func(id string) string { return id },
		IsFinal: isEnvironmentError,
	}
}

func (c *Client) workflowPage(ctx context.Context, accountID string, query url.Values, number int) (bulkread.Page[Workflow], error) {
	var none bulkread.Page[Workflow]
	request, err := heading(accountID, call{segments: workflowPath, query: maps.Clone(query), hidesScope: true})
	if err != nil {
		return none, err
	}
	request.query.Set("page", strconv.Itoa(number))
	request.query.Set("limit", strconv.Itoa(pageLimit))
	received, err := c.get(ctx, request)
	if err != nil {
		return none, err
	}
	isWhole := true
	page, err := bulkread.DecodePage(received.body, func(raw json.RawMessage) Workflow {
		workflow, ok := decodeWorkflow(raw)
		isWhole = isWhole && ok
		return workflow
	})
	if err != nil || !isWhole {
		return none, unreadable(received, "not a list of workflows in JSON")
	}
	return page, nil
}

func decodeWorkflow(raw json.RawMessage) (Workflow, bool) {
	var wire struct {
		ID          lenientText `json:"_id"`
		Name        lenientText `json:"name"`
		Description lenientText `json:"description"`
		Slug        lenientText `json:"slug"`
		Published   lenientBool `json:"published"`
	}
	if json.Unmarshal(raw, &wire) != nil || wire.ID == "" {
		return Workflow{}, false
	}
	return Workflow{
		ID: string(wire.ID), Name: wire.Name.label(), Description: wire.Description.label(),
		Slug: wire.Slug.label(), IsPublished: wire.Published.bool,
	}, true
}

// enabledWorkflows are the ids of those that are switched on in any config of an account.
func (c *Client) enabledWorkflows(ctx context.Context, accountID string) (map[string]bool, error) {
	request, err := heading(accountID, call{segments: workflowPath.join("enabled"), hidesScope: true})
	if err != nil {
		return nil, err
	}
	received, err := c.get(ctx, request)
	if err != nil {
		return nil, err
	}
	var entries []struct {
		ID    lenientText `json:"id"`
		OwnID lenientText `json:"_id"`
	}
	if json.Unmarshal(received.body, &entries) != nil || entries == nil {
		return nil, unreadable(received, "not a list of enabled workflows in JSON")
	}
	enabled := map[string]bool{}
	for _, entry := range entries {
		id := cmp.Or(entry.ID, entry.OwnID)
		if id == "" {
			return nil, unreadable(received, "a list of enabled workflows with one that has no id")
		}
		enabled[string(id)] = true
	}
	return enabled, nil
}
