// SPDX-License-Identifier: MPL-2.0

package mockapi

import "fmt"

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
