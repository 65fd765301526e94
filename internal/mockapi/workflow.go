// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"strconv"
)

// WorkflowBehaviour holds the switches about workflows.
type WorkflowBehaviour struct {
	// MaxLimit is what a larger limit is lowered to (FACTS 1.5). 0: no maximum.
	MaxLimit int
	// IgnoreFilters ignores slug and published in a list (FACTS 2.15).
	IgnoreFilters bool
	// ListPrivate lists, besides the public ones, those that belong to the account
	// (FACTS 2.15).
	ListPrivate bool
	// UnknownAccountAsNone answers for an account that does not exist as for one that
	// has switched nothing on. FACTS 2.15 knows of no message.
	UnknownAccountAsNone bool
}

const workflowPath = "/api/v2/public/workflow"

// Workflow has the endpoints of FACTS 2.15 that read.
func (objects) Workflow() []endpoint {
	return []endpoint{
		{http.MethodGet, workflowPath, keyOrSession, inE4((*Server).listWorkflows)},
		{http.MethodGet, workflowPath + "/enabled", keyOrSession, inE4((*Server).listEnabled)},
	}
}

// Workflow is a workflow of an app (FACTS 2.15).
type Workflow struct {
	ID          string
	Name        string
	Description string
	// Slug is what requests call the app. SetApps fills it in.
	Slug      string
	Published bool
	// Fields are those that configs have for the workflow.
	Fields []ConfigField
	// OwnerAccountID is the account that a private workflow belongs to, and empty for a
	// public one. Nobody else sees it.
	OwnerAccountID string
}

// isSeenBy reports whether an account may use the workflow.
func (w *Workflow) isSeenBy(accountID string) bool {
	return w.OwnerAccountID == "" || w.OwnerAccountID == accountID
}

// workflowsOf returns the workflows that an account may use, drafts included: no source says that
// they are hidden.
func (a *App) workflowsOf(accountID string) []*Workflow {
	var seen []*Workflow
	for i := range a.Workflows {
		if a.Workflows[i].isSeenBy(accountID) {
			seen = append(seen, &a.Workflows[i])
		}
	}
	return seen
}

// workflow returns one that an account may use, or nil.
func (a *App) workflow(id, accountID string) *Workflow {
	for _, known := range a.workflowsOf(accountID) {
		if known.ID == id {
			return known
		}
	}
	return nil
}

// workflowPage is a page of workflows, which has a schema besides (FACTS 1.5).
type workflowPage struct {
	page
	Schema document `json:"schema"`
}

// listWorkflows is GET /workflow (FACTS 2.15), in the catalogue's order.
func (s *Server) listWorkflows(c *call) (answer, error) {
	accountID, err := s.accountOfWorkflows(c)
	if err != nil {
		return answer{}, err
	}
	var found []*Workflow
	for _, app := range s.apps(c.place) {
		for _, workflow := range app.workflowsOf(accountID) {
			if s.behaviour.Workflow.lists(workflow, c.query) {
				found = append(found, workflow)
			}
		}
	}
	return jsonAnswer(http.StatusOK, workflowPage{paginate(found, c.query, s.behaviour.Workflow.MaxLimit, showWorkflow), document{}}), nil
}

func (rules WorkflowBehaviour) lists(workflow *Workflow, query url.Values) bool {
	isPrivate, wantsPrivate := workflow.OwnerAccountID != "", query.Get("scope") == "private"
	if wantsPrivate && !isPrivate || isPrivate && !wantsPrivate && !rules.ListPrivate {
		return false
	}
	slug, published := query.Get("slug"), query.Get("published")
	isSelected := (slug == "" || slug == workflow.Slug) && (published == "" || published == strconv.FormatBool(workflow.Published))
	return isSelected || rules.IgnoreFilters
}

func showWorkflow(workflow *Workflow) document {
	return document{
		{"_id", workflow.ID}, {"name", workflow.Name}, {"description", workflow.Description},
		{"slug", workflow.Slug}, {"published", workflow.Published},
	}
}

// accountOfWorkflows returns the account that lists are for, and nothing where none is named.
func (s *Server) accountOfWorkflows(c *call) (string, error) {
	id, err := c.headedAccount()
	if err != nil {
		return "", nil
	}
	stored := s.accounts(c.place).find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil && !s.behaviour.Workflow.UnknownAccountAsNone {
		return "", s.notFound(false, c.place, id)
	}
	if stored != nil {
		id = stored.account.AccountID
	}
	return id, nil
}

// listEnabled is GET /workflow/enabled (FACTS 2.15): what is switched on in each config, oldest
// first.
func (s *Server) listEnabled(c *call) (answer, error) {
	if _, err := c.headedAccount(); err != nil {
		return answer{}, err
	}
	accountID, err := s.accountOfWorkflows(c)
	if err != nil {
		return answer{}, err
	}
	shown := []document{}
	for _, known := range s.configs(c.place).read(accountID) {
		if app := s.app(c.place, known.Slug); app != nil {
			shown = append(shown, showEnabled(app, known)...)
		}
	}
	return jsonAnswer(http.StatusOK, shown), nil
}

func showEnabled(app *App, record *configRecord) []document {
	var shown []document
	for _, workflow := range app.workflowsOf(record.AccountID) {
		if record.config.Enabled[workflow.ID] {
			shown = append(shown, document{
				{"id", workflow.ID}, {"name", workflow.Name}, {"description", workflow.Description}, {"icon", app.Icon},
				{"config_id", record.ConfigID},
				{"application", document{{"name", app.Name}, {"slug", app.name()}, {"icon", app.Icon}}},
			})
		}
	}
	return shown
}
