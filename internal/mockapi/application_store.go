// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
)

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

// objectID of an app of Refold's own follows from its slug, so that it is the same in every run.
func (a *App) objectID() string {
	if a.AppID != "" {
		return a.AppID
	}
	hash := fnv.New128a()
	hash.Write([]byte(a.Slug))
	return fmt.Sprintf("%x", hash.Sum(nil)[:12])
}
