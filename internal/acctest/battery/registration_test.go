// SPDX-License-Identifier: MPL-2.0

package battery_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/registered"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	refoldprovider "github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// wrong is what a case says about a registration that is not so.
type wrong struct {
	spoil func(*battery.Suite)
	by    string
	says  string
}

// wrongRegistrations are the real objects, with registrations that are wrong.
func wrongRegistrations() map[string]wrong {
	account := func(id string) battery.Attributes { return battery.Attributes{"linked_account_id": id} }
	return map[string]wrong{
		"list: another number":       {func(s *battery.Suite) { s.ListResources[0].Objects++ }, "list", "150 objects are listed, want 151"},
		"list: another filter":       {func(s *battery.Suite) { s.ListResources[0].Filters[0].Finds++ }, "filters", "finds 11 objects, want 12"},
		"list: no such limit":        {func(s *battery.Suite) { s.ListResources[0].Objects += 2 }, "limit", "a limit of 152 lists 150 objects"},
		"list: nothing in the way":   {func(s *battery.Suite) { s.ListResources[0].World = oneAccountWorld(s) }, "error in the middle", "fit in one request"},
		"list: ends before the stop": {func(s *battery.Suite) { s.ListResources[0].World = oneAccountWorld(s) }, "list resource refold_linked_account/stop in the middle", "the end of a list that was stopped is no error"},
		"list: valid after all":      {func(s *battery.Suite) { s.ListResources[0].Invalid[0] = nil }, "list resource refold_linked_account/bad configuration", "a bad configuration is no error"},
		"list: nothing invalid":      {func(s *battery.Suite) { s.ListResources[0].Invalid = nil }, "list resource refold_linked_account/bad configuration", "has no bad configuration"},
		"ephemeral: gives nothing":   {func(s *battery.Suite) { s.EphemeralResources[0].Gives = []string{"base_color"} }, "ephemeral resource refold_connect_url/open and close", "base_color is empty"},
		"ephemeral: not said":        {func(s *battery.Suite) { s.EphemeralResources[0].Gives = nil }, "ephemeral resource refold_connect_url/open and close", "does not say what it gives"},
		"ephemeral: exists":          {func(s *battery.Suite) { s.EphemeralResources[0].Unknown = account("acme") }, "ephemeral resource refold_connect_url/unknown object", "opening what does not exist is no error"},
		"ephemeral: open secret":     {func(s *battery.Suite) { s.EphemeralResources[0].Secrets = []string{"linked_account_id"} }, "ephemeral resource refold_connect_url/secrets nowhere", `a URL holds the secret "acme"`},
		"ephemeral: by CLI":          {func(s *battery.Suite) { s.EphemeralResources[0].Gives = []string{"base_color"} }, "ephemeral resource refold_connect_url/by CLI", "base_color"},
		"ephemeral: left open":       {func(s *battery.Suite) { leaveOpen(&s.EphemeralResources[0]) }, "ephemeral resource refold_connect_url/close after a stop", "after closing after a stop, 1 objects are at Refold, want 0"},
		"action: leaves another":     {func(s *battery.Suite) { s.Actions[0].Leaves = 0 }, "invoke", "after the action, 1 objects are at Refold, want 0"},
		"action: proves nothing":     {func(s *battery.Suite) { s.Actions[0].Leaves = 2 }, "invoke", "the action proves nothing"},
		"action: exists":             {func(s *battery.Suite) { s.Actions[0].Unknown = s.Actions[0].Config }, "action refold_disconnect_integration/unknown object", "an action on what does not exist wrote: DELETE"},
		"action: lost":               {func(s *battery.Suite) { s.Actions[0].Leaves = 0 }, "lost answer", "after an action whose answer was lost, 1 objects"},
		"action: repeated":           {func(s *battery.Suite) { s.Actions[0].Leaves = 0 }, "action refold_disconnect_integration/writes that are repeated", "after an action whose first attempts failed, 1 objects"},
		"function: another result":   {func(s *battery.Suite) { s.Functions[0].Calls[0].Result = map[string]any{} }, "result", "want "},
		"function: no call":          {func(s *battery.Suite) { s.Functions[0].Calls = nil }, "result", "has no call"},
		"function: another argument": {func(s *battery.Suite) { s.Functions[0].Refused[0].Argument = 1 }, "refusal", "the error is not one of argument 1"},
		"function: accepted":         {func(s *battery.Suite) { s.Functions[0].Refused[0].Arguments = s.Functions[0].Calls[0].Arguments }, "refusal", "is no error"},
		"function: never refused":    {func(s *battery.Suite) { s.Functions[0].Refused = nil }, "refusal", "no call that is refused"},
		"function: by CLI":           {func(s *battery.Suite) { s.Functions[0].Calls[0].Result = map[string]any{} }, "function parse_accounts_csv/by CLI", "the CLI gets"},
		"data source: says nothing":  {func(s *battery.Suite) { s.DataSources[0].Shows = nil }, "read", "does not say what the data source shows"},
		"data source: exists":        {func(s *battery.Suite) { s.DataSources[0].Unknown = account("acme") }, "data source refold_linked_account/unknown object", "reading what does not exist is no error"},
		"attribute that is not":      {func(s *battery.Suite) { s.Actions[0].Config = battery.Attributes{"slugs": "x"} }, "invoke", "the registration: there is no attribute slugs"},
		"attribute of another type":  {func(s *battery.Suite) { s.Actions[0].Config = account("acme"); s.Actions[0].Config["slug"] = 5 }, "invoke", "the registration: slug: 5 is no tftypes.String"},
		"secret that is never sent":  {func(s *battery.Suite) { s.Resources[0].WriteOnly = []string{"never"} }, "resource refold_linked_account/secrets nowhere", `the secret "never" of the registration never reaches Refold`},
		"repeated with a look": {func(s *battery.Suite) {
			s.Resources[0].RepeatedUnseen = map[string]string{"PUT /linked-account": "why"}
		}, "resource refold_linked_account/writes that are repeated", `"PUT /linked-account" is among RepeatedUnseen, and never sent again without a look`},
		"nothing elsewhere":          {func(s *battery.Suite) { forgetElsewhere(&s.Resources[0]) }, "swapped key on read", "its World lacks MakeElsewhere"},
		"nothing of the customer's":  {func(s *battery.Suite) { forgetTheirs(&s.Resources[0]) }, "what is put in after a plan", "its World lacks PutIn"},
		"two objects with one key":   {func(s *battery.Suite) { s.Resources[0].Objects = 2 }, "resource refold_linked_account/lost answers of create", "want 2"},
		"list: not as it is read":    {func(s *battery.Suite) { serve(&s.ListResources[0], renamingInLists) }, "what an import and a read give", "and imported"},
		"list: not as it is planned": {func(s *battery.Suite) { serve(&s.ListResources[0], renamingInLists) }, "generated configuration", "the plan for a generated configuration is not empty"},
		"list: asks once more":       {func(s *battery.Suite) { serve(&s.ListResources[0], failingOnce) }, "caller that stops", "2 requests were sent for a caller that took one object"},
		"list: asks for more":        {func(s *battery.Suite) { serve(&s.ListResources[0], failingOnce) }, "limit", "a limit of 1 takes 2 requests"},
	}
}

// What a registration says of an object and is not so, the battery finds.
func TestWrongRegistrationsAreFound(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	for name, found := range wrongRegistrations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spoiled := firstOfEach()
			found.spoil(&spoiled)
			said := failuresOf(t, spoiled, found.by)
			if isUnknownToCLI(t, found.by) {
				if said != "" {
					t.Errorf("a CLI that does not know what the case is about finds:\n%s", said)
				}
				return
			}
			if !strings.Contains(said, found.says) {
				t.Errorf("the case does not say %q, but:\n%s", found.says, said)
			}
		})
	}
}

// isUnknownToCLI is true of a case with a CLI, where the one at hand does not know what it is
// about.
func isUnknownToCLI(t *testing.T, by string) bool {
	t.Helper()
	kind, _, _ := strings.Cut(by, " ")
	uses := map[string]string{"function": "provider::", "ephemeral": `ephemeral "refold_connect_url"`}[kind]
	if uses == "" || !strings.HasSuffix(by, "/by CLI") {
		return false
	}
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found.Refusal(uses) != ""
}

// firstOfEach is the provider's suite with one registration of each kind.
func firstOfEach() battery.Suite {
	all := registered.Suite()
	all.Resources = slices.DeleteFunc(all.Resources, func(r battery.Resource) bool { return r.Type != "refold_linked_account" })
	all.DataSources = slices.DeleteFunc(all.DataSources, func(d battery.DataSource) bool { return d.Type != "refold_linked_account" })
	all.ListResources = slices.DeleteFunc(all.ListResources, func(l battery.ListResource) bool { return l.Type != "refold_linked_account" })
	all.EphemeralResources = slices.DeleteFunc(all.EphemeralResources, func(e battery.EphemeralResource) bool { return e.Type != "refold_connect_url" })
	return all
}

// leaveOpen has something left that closing does not end.
func leaveOpen(e *battery.EphemeralResource) {
	start := e.World
	e.World = func(t battery.T) battery.World {
		world := start(t)
		world.Count = func() int { return 1 }
		return world
	}
}

// forgetElsewhere knows of no object of the same id in another environment.
func forgetElsewhere(r *battery.Resource) {
	start := r.World
	r.World = func(t battery.T) battery.World {
		world := start(t)
		world.MakeElsewhere = nil
		return world
	}
}

// forgetTheirs knows of nothing that a customer puts in.
func forgetTheirs(r *battery.Resource) {
	start := r.World
	r.World = func(t battery.T) battery.World {
		world := start(t)
		world.PutIn = nil
		return world
	}
}

// serve puts something between a list resource and its Refold.
func serve(l *battery.ListResource, before func(http.Handler) http.Handler) {
	start := l.World
	l.World = func(t battery.T) battery.World {
		world := start(t)
		world.Handler = before(world.Handler)
		return world
	}
}

// renamingInLists shows another name in lists than elsewhere.
func renamingInLists(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !r.URL.Query().Has("page") {
			next.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte("Customer "), []byte("Guest ")))
	})
}

// failingOnce fails the first request.
func failingOnce(next http.Handler) http.Handler {
	var asked atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.CompareAndSwap(false, true) {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// oneAccountWorld is a Refold with few accounts.
func oneAccountWorld(s *battery.Suite) func(battery.T) battery.World { return s.DataSources[0].World }

// A case that nothing is known to fail may have stopped to find anything.
func TestEveryCaseIsKnownToFail(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, found := range findings() {
		known[caseOf(found.by)] = true
	}
	for _, found := range wrongRegistrations() {
		known[caseOf(found.by)] = true
	}
	for _, all := range []battery.Suite{suite(mistakes{}), firstOfEach()} {
		for _, name := range namesOf(all) {
			if !known[caseOf(name)] {
				t.Errorf("no mistake is known to fail the case %q: add one to findings, or to wrongRegistrations", name)
			}
		}
	}
}

// caseOf is the name of a case without the object's.
func caseOf(name string) string {
	if _, part, ok := strings.Cut(name, "/"); ok {
		return part
	}
	return name
}

// What is not registered is named, with what to do, and so is what is not there.
func TestUnregisteredObjectsAreNamed(t *testing.T) {
	t.Parallel()
	problems := battery.Suite{Server: suite(mistakes{}).Server}.Unregistered(t.Context())
	for _, want := range []string{
		"refold_careless has no acceptance tests: let a method of objects return its battery.Resource, in internal/acctest/registered/careless.go",
		"refold_careless has no acceptance tests: let a method of objects return its battery.DataSource, in internal/acctest/registered/careless.go",
	} {
		if !slices.Contains(problems, want) {
			t.Errorf("%q is not among %q", want, problems)
		}
	}
	for _, kind := range []string{"ListResource refold_linked_account", "EphemeralResource refold_session_token", "Action refold_disconnect_integration", "Function parse_accounts_csv"} {
		name := kind[strings.Index(kind, " ")+1:]
		offering := battery.Suite{Server: func(...func(*refold.Options)) tfprotov6.ProviderServer { return refoldprovider.NewServer("test") }}
		if said := strings.Join(offering.Unregistered(t.Context()), "\n"); !strings.Contains(said, name+" has no acceptance tests: let a method of objects return its battery."+strings.Fields(kind)[0]) {
			t.Errorf("%s is not named:\n%s", kind, said)
		}
	}
	stray := suite(mistakes{})
	stray.Resources[0].Type = "refold_stray"
	if problems := stray.Unregistered(t.Context()); !slices.Contains(problems, "battery.Resource refold_stray is registered, and the provider does not offer it") {
		t.Errorf("a stray registration: %q", problems)
	}
}
