// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// ApplicationBehaviour holds the switches about applications.
type ApplicationBehaviour struct {
	// UnknownAccount is the answer for an account that does not exist (FACTS 2.6).
	UnknownAccount UnknownAccount
	// AccountRequired refuses a request that names no account (FACTS 4.33).
	AccountRequired bool
	// ShowUnconnected shows of an app that is not connected that it is not, and an
	// empty list of connections, in place of neither (FACTS 2.6).
	ShowUnconnected bool
	// ReauthUnconnected says of every app that is not connected that it has to be
	// authenticated again (FACTS 2.6).
	ReauthUnconnected bool
	// IdentifierObject shows a connection's identifier within an object, where it
	// is a text (FACTS 2.6).
	IdentifierObject bool
	// KeyFields says where the fields stand that an app takes for keys (FACTS 2.6).
	KeyFields KeyFields
	// IgnoreFilters ignores slug, tags, ecosystem and auth_type in a list (FACTS 2.6).
	IgnoreFilters bool
}

// UnknownAccount is what the applications of an account are that does not exist (FACTS 2.6).
type UnknownAccount int

// Values of UnknownAccount.
const (
	// UnknownAccountLong is a 404 with the long message of FACTS 1.6.
	UnknownAccountLong UnknownAccount = iota
	// UnknownAccountShort is a 404 with the message of 2023.
	UnknownAccountShort
	// UnknownAccountCatalogue is the catalogue, in which nothing is connected.
	UnknownAccountCatalogue
)

// KeyFields says where the fields stand that an app takes for keys (FACTS 2.6).
type KeyFields int

// Values of KeyFields.
const (
	// KeyFieldsInBoth shows them in auth_type_options and in auth_input_map.
	KeyFieldsInBoth KeyFields = iota
	// KeyFieldsInOptions shows them in auth_type_options only.
	KeyFieldsInOptions
	// KeyFieldsInInputMap shows them in auth_input_map only.
	KeyFieldsInInputMap
	// KeyFieldsNowhere shows neither.
	KeyFieldsNowhere
)

// Auth types of FACTS 2.1.5.
const (
	authOAuth = "oauth2"
	authKeys  = "keybased"
)

const (
	applicationPath = "/api/v2/public/application"
	typeCustom      = "custom"
)

// Application has the endpoints of FACTS 2.6.
func (objects) Application() []endpoint {
	return []endpoint{
		{http.MethodGet, applicationPath, keyOnly, (*Server).listApplications},
		{http.MethodGet, applicationPath + "/{slug}", keyOnly, (*Server).getApplication},
	}
}

// App is an app of an environment's catalogue (FACTS 2.6).
type App struct {
	// Slug names an app of Refold's own.
	Slug string
	// AppID is set for custom apps only, and names them in place of a slug.
	AppID       string
	Name        string
	Icon        string
	Description string
	// AuthType is how the app is connected unless a request says it. Empty: the
	// first of Keys, or oauth2 where there are none.
	AuthType  string
	Tags      []string
	Ecosystem bool
	// Keys are the fields of each auth type that takes keys; a type without fields
	// takes any. An app without Keys is connected by OAuth only.
	Keys map[string][]KeyField
	// Verify returns why the app refuses keys, or nothing where it accepts them.
	// Nil accepts all. The server's lock is held, so it must not call the server.
	Verify func(keys map[string]string) (refusal string)
	// ConfigFields are the fields of the app's configs (FACTS 2.7).
	ConfigFields []ConfigField
	Workflows    []Workflow
}

func (a App) clone() App {
	a.Tags = slices.Clone(a.Tags)
	keys := a.Keys
	a.Keys = map[string][]KeyField{}
	for authType, fields := range keys {
		a.Keys[authType] = slices.Clone(fields)
	}
	a.ConfigFields = cloneFields(a.ConfigFields)
	a.Workflows = slices.Clone(a.Workflows)
	for i := range a.Workflows {
		setDefault(&a.Workflows[i].Slug, a.name())
		a.Workflows[i].Fields = cloneFields(a.Workflows[i].Fields)
	}
	return a
}

func cloneFields(fields []ConfigField) []ConfigField {
	copied := make([]ConfigField, 0, len(fields))
	for _, one := range fields {
		copied = append(copied, one.clone())
	}
	return copied
}

func cloneApps(apps []App) []App {
	copied := make([]App, 0, len(apps))
	for _, app := range apps {
		copied = append(copied, app.clone())
	}
	return copied
}

// KeyField is one field of an app's keys (FACTS 2.6).
type KeyField struct {
	Name        string
	Label       string
	Placeholder string
	Required    bool
	// Secret fields are of the type password, others of the type text.
	Secret bool
}

// name is what requests call the app: the slug, or the id of a custom one (FACTS 2.1.5).
func (a *App) name() string { return cmp.Or(a.AppID, a.Slug) }

func (a *App) kind() string { return choose(a.AppID != "", typeCustom, a.Slug) }

// keyTypes are the auth types that take keys, keybased before all others.
func (a *App) keyTypes() []string {
	types := slices.Sorted(maps.Keys(a.Keys))
	if at := slices.Index(types, authKeys); at > 0 {
		return append([]string{authKeys}, slices.Delete(types, at, at+1)...)
	}
	return types
}

// defaultAuthType is OAuth's for nil, an app that the catalogue does not have.
func (a *App) defaultAuthType() string {
	switch {
	case a == nil:
		return authOAuth
	case a.AuthType != "":
		return a.AuthType
	default:
		return append(a.keyTypes(), authOAuth)[0]
	}
}

// authTypes are all of the app's, the default one first.
func (a *App) authTypes() []string {
	first := a.defaultAuthType()
	others := slices.DeleteFunc(a.keyTypes(), func(known string) bool { return known == first })
	return append([]string{first}, others...)
}

// catalogue is the apps of one place. It begins as defaultApps.
type catalogue struct {
	apps  []App
	isSet bool
}

func (s *Server) apps(at place) []App {
	kept := storeOf[catalogue](s, at)
	if !kept.isSet {
		kept.apps, kept.isSet = cloneApps(defaultApps()), true
	}
	return kept.apps
}

// app returns the app that a request names, or nil.
func (s *Server) app(at place, slug string) *App {
	known := s.apps(at)
	if i := slices.IndexFunc(known, func(app App) bool { return app.name() == slug }); i >= 0 {
		return &known[i]
	}
	return nil
}

// unknownApp is the error of the applications and of their keys.
func unknownApp(at place, slug string) error {
	return &failure{
		status: http.StatusNotFound, kind: "EXTERNAL_API_ERROR", code: "EXTERNAL_API_FAILURE",
		message: fmt.Sprintf("Application with app_type '%s' not found for org %s", slug, at.organization),
	}
}

// listApplications is GET /application (FACTS 2.6): a bare array without the default app.
func (s *Server) listApplications(c *call) (answer, error) {
	account, err := s.accountOfApps(c)
	if err != nil {
		return answer{}, err
	}
	apps, shown := s.apps(c.place), []document{}
	for i := range apps {
		if s.behaviour.Application.IgnoreFilters || apps[i].isSelected(c.query) {
			shown = append(shown, s.behaviour.showApp(&apps[i], account))
		}
	}
	return jsonAnswer(http.StatusOK, shown), nil
}

// getApplication is GET /application/{slug} (FACTS 2.6).
func (s *Server) getApplication(c *call) (answer, error) {
	account, err := s.accountOfApps(c)
	if err != nil {
		return answer{}, err
	}
	app := s.app(c.place, c.parameters["slug"])
	if app == nil {
		return answer{}, unknownApp(c.place, c.parameters["slug"])
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showApp(app, account)), nil
}

// accountOfApps returns the account whose connections are shown; nil shows none.
func (s *Server) accountOfApps(c *call) (*Account, error) {
	rules := s.behaviour.Application
	isNamed := c.header.Get("linked_account_id") != "" || c.query.Get("linked_account_id") != ""
	if !isNamed && !rules.AccountRequired {
		return nil, nil
	}
	id, err := c.selectedAccount()
	if err != nil {
		return nil, err
	}
	account := s.accounts(c.place).read(id, s.behaviour.Account.IDsIgnoreCase)
	switch {
	case account != nil || rules.UnknownAccount == UnknownAccountCatalogue:
		return account, nil
	case rules.UnknownAccount == UnknownAccountShort:
		return nil, shortNotFound(http.StatusNotFound, id)
	default:
		return nil, s.notFound(false, c.place, id)
	}
}

func (a *App) isSelected(query url.Values) bool {
	slug, tags, authType := query.Get("slug"), query.Get("tags"), query.Get("auth_type")
	switch {
	case slug != "" && slug != a.name():
		return false
	case tags != "" && !slices.ContainsFunc(strings.Split(tags, ","), func(tag string) bool { return slices.Contains(a.Tags, tag) }):
		return false
	case authType != "" && !slices.Contains(a.authTypes(), authType):
		return false
	default:
		return !query.Has("ecosystem") || query.Get("ecosystem") == strconv.FormatBool(a.Ecosystem)
	}
}

// showApp shows an app as an account sees it, which may be nil. It names neither
// organization nor environment.
func (b *Behaviour) showApp(app *App, account *Account) document {
	shown := document{{"_id", app.objectID()}, {"name", app.Name}, {"slug", app.name()}, {"type", app.kind()}}
	if app.AppID != "" {
		shown = append(shown, field{"app_id", app.AppID})
	}
	shown = append(shown,
		field{"icon", app.Icon},
		field{"description", app.Description},
		field{"tags", append([]string{}, app.Tags...)},
		field{"ecosystem", app.Ecosystem},
		field{"auth_type", app.defaultAuthType()},
	)
	shown = append(shown, b.showKeyFields(app)...)
	return append(shown, b.showConnections(app, account)...)
}

// objectID of an app of Refold's own follows from its slug, so that it is the same in every run.
func (a *App) objectID() string {
	if a.AppID != "" {
		return a.AppID
	}
	hash := fnv.New128a()
	hash.Write([]byte(a.Slug))
	return fmt.Sprintf("%x", hash.Sum(nil)[:12])
}

func (b *Behaviour) showKeyFields(app *App) document {
	where := b.Application.KeyFields
	var shown document
	if where == KeyFieldsInBoth || where == KeyFieldsInOptions {
		options := document{}
		for _, authType := range app.authTypes() {
			options = append(options, field{authType, showFields(app.Keys[authType])})
		}
		shown = append(shown, field{"auth_type_options", options})
	}
	if types := app.keyTypes(); len(types) > 0 && (where == KeyFieldsInBoth || where == KeyFieldsInInputMap) {
		shown = append(shown, field{"auth_input_map", showFields(app.Keys[types[0]])})
	}
	return shown
}

func showFields(fields []KeyField) []document {
	shown := make([]document, 0, len(fields))
	for _, one := range fields {
		shown = append(shown, document{
			{"name", one.Name}, {"label", cmp.Or(one.Label, one.Name)}, {"placeholder", one.Placeholder},
			{"required", one.Required}, {"type", choose(one.Secret, "password", "text")},
		})
	}
	return shown
}

func (b *Behaviour) showConnections(app *App, account *Account) document {
	if connected := account.integrationOf(app); connected >= 0 {
		integration := &account.Integrations[connected]
		return document{
			{"connected", true},
			{"connected_accounts", b.showConnected(integration, app)},
			{"reauth_required", integration.ReauthRequired},
		}
	}
	var shown document
	if b.Application.ShowUnconnected {
		shown = document{{"connected", false}, {"connected_accounts", []document{}}}
	}
	if b.Application.ShowUnconnected || b.Application.ReauthUnconnected {
		shown = append(shown, field{"reauth_required", b.Application.ReauthUnconnected})
	}
	return shown
}

func (b *Behaviour) showConnected(integration *Integration, app *App) []document {
	var shown []document
	for _, authType := range integration.authTypes(app) {
		made := integration.connection(authType)
		identifier := made.Identifier
		if _, isText := identifier.(string); isText && b.Application.IdentifierObject {
			identifier = document{{"name", identifier}}
		}
		shown = append(shown, document{
			{"identifier", identifier}, {"connectedAt", b.showTime(made.ConnectedAt)}, {"status", "active"}, {"auth_type", authType},
		})
	}
	return shown
}

// SetApps replaces the catalogue of an environment, as the organization does in
// the dashboard. It panics when an app, a field or a workflow has no name, or
// two have one.
func (s *Server) SetApps(environment string, apps ...App) {
	names, workflows := map[string]bool{}, map[string]bool{}
	for _, app := range apps {
		claim(names, app.name())
		claimFields(app.ConfigFields)
		for _, workflow := range app.Workflows {
			claim(workflows, workflow.ID)
			claimFields(workflow.Fields)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	*storeOf[catalogue](s, s.place(environment)) = catalogue{cloneApps(apps), true}
}

func claimFields(fields []ConfigField) {
	ids := map[string]bool{}
	for _, one := range fields {
		claim(ids, one.ID)
	}
}

func claim(taken map[string]bool, name string) {
	if name == "" || taken[name] {
		panic(fmt.Sprintf("mockapi: SetApps: the name %q is empty or taken", name))
	}
	taken[name] = true
}

// Apps returns a copy of the catalogue of an environment.
func (s *Server) Apps(environment string) []App {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cloneApps(s.apps(s.place(environment)))
}
