// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
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
