// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// servers are those that differ from the most likely one, each in what is open about Refold.
func servers() map[string]mockapi.Behaviour {
	configs := func(behaviour mockapi.ConfigBehaviour) mockapi.Behaviour {
		return mockapi.Behaviour{Config: behaviour}
	}
	return map[string]mockapi.Behaviour{
		"as today":                      {},
		"values with defaults":          configs(mockapi.ConfigBehaviour{Values: mockapi.ShownValuesAll}),
		"values beyond defaults":        configs(mockapi.ConfigBehaviour{Values: mockapi.ShownValuesOwn}),
		"numbers rounded":               configs(mockapi.ConfigBehaviour{RoundNumbers: true}),
		"options always":                configs(mockapi.ConfigBehaviour{IgnoreDisabledOptions: true}),
		"errors as texts":               configs(mockapi.ConfigBehaviour{ErrorTexts: true}),
		"writes answer success":         configs(mockapi.ConfigBehaviour{AnswerSuccess: true}),
		"no account, no configs":        configs(mockapi.ConfigBehaviour{UnknownAccountAsNone: true}),
		"connected apps only":           configs(mockapi.ConfigBehaviour{ConnectedOnly: true}),
		"deletions refused with 400":    configs(mockapi.ConfigBehaviour{DeleteRefusalsAs400: true}),
		"toggle by PUT":                 configs(mockapi.ConfigBehaviour{ToggleByPut: true}),
		"toggle answers success by PUT": configs(mockapi.ConfigBehaviour{ToggleByPut: true, AnswerSuccess: true}),
		"unconnected toggles as 500":    configs(mockapi.ConfigBehaviour{ToggleUnconnectedAs500: true}),
		"unknown toggles ignored":       configs(mockapi.ConfigBehaviour{ToggleUnknownIgnored: true}),
		"connecting configures":         {Integration: mockapi.IntegrationBehaviour{ConnectingConfigures: true}},
		"reads lag by one":              {ReadLag: 1},
		"reads lag by three":            {ReadLag: 3},
		"reads lag, success":            {ReadLag: 3, Config: mockapi.ConfigBehaviour{AnswerSuccess: true}},
		"envelope of 2023":              {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE1, BrokenUnauthorized: true}},
		"envelope of 2024":              {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE2, ZonelessDates: true}},
		"envelope E4":                   {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE4}},
	}
}

// The whole life of a config is the same at every server (FACTS 0.1, 1.6, 2.7, 4.14, 4.21, 4.34,
// 4.35, 4.36).
func TestLifeOnAnyServer(t *testing.T) {
	t.Parallel()
	for name, behaviour := range servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, behaviour, live)
		})
	}
}

func live(u *user) {
	configured := both(withFields(u, `{"region":"eu","batch/size":25,"limit":1152921504606846976,"map.v2":{"a":[1,null]}}`), switched("w1", "!w2"))
	if met := u.apply(configured); acctest.HasFailure(met) {
		u.Fatal(acctest.List(met))
	}
	u.wantNoChange(configured)
	u.set(func(config *mockapi.Config) {
		config.Values["region"], config.Values["zip"], config.Enabled["w2"] = "ap", "1", true
	})
	u.settled(configured)
	u.wantEnabled("w1")
	changed := both(withFields(u, `{"batch/size":30,"map.v2":{"a":[]}}`), switched("!w1", "!w2"))
	u.settled(changed)
	u.wantStored(`{"batch/size":30,"map.v2":{"a":[]},"zip":"1"}`)
	u.wantEnabled()
	kept := *u.instance
	acctest.WantNoDiagnostics(u, u.importAs("user_1/hubspot"))
	u.wantNoChange(withFields(u, `{"batch/size":30,"map.v2":{"a":[]},"zip":"1"}`))
	u.instance = &kept
	met := u.destroy()
	acctest.WantDiagnostic(u, met[1:], acctest.Failure, "The config holds values that are not managed here", `"zip"`)
	u.set(func(config *mockapi.Config) { delete(config.Values, "zip") })
	acctest.WantNoDiagnostics(u, u.destroy())
	u.wantStored("")
	_, met = u.process().Delete(configType, kept)
	acctest.WantNoDiagnostics(u, met)
	u.api.Remove(test, "user_1")
	u.instance = &kept
	acctest.WantDiagnostic(u, u.destroy(), acctest.Warning, "The linked account is not found", `"user_1"`)
	acctest.WantDiagnostic(u, u.apply(configured), acctest.Failure, "There is no such linked account", `"user_1"`)
}

// A config that somebody else deletes at the same moment is gone, whatever the server calls that
// (FACTS 2.7).
func TestDeletionThatComesLate(t *testing.T) {
	t.Parallel()
	for name, isOld := range map[string]bool{"404": false, "400": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{DeleteRefusalsAs400: isOld}}, func(u *user) {
				u.settled(withFields(u, `{"region":"eu"}`))
				u.api.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
					if r.Method == http.MethodDelete {
						u.api.RemoveConfig(test, "user_1", "hubspot", "user_1")
					}
					return false
				})
				acctest.WantNoDiagnostics(u, u.destroy())
				u.wantStored("")
			})
		})
	}
}

// What Refold makes on connecting an app is taken over, with a warning (FACTS 4.34).
func TestConfigThatConnectingMakes(t *testing.T) {
	t.Parallel()
	for name, isConfigured := range map[string]bool{"with its config": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{ConnectingConfigures: isConfigured}}, func(u *user) {
				u.api.Disconnect(test, "user_1", "hubspot", "")
				connectByKeys(u)
				configured := withFields(u, `{"region":"eu"}`)
				met := u.apply(configured)
				if isConfigured {
					acctest.WantDiagnostic(u, met, acctest.Warning, "An existing config is taken over")
				} else {
					acctest.WantNoDiagnostics(u, met)
				}
				u.wantNoChange(configured)
				u.wantStored(`{"region":"eu"}`)
			})
		})
	}
}

// connectByKeys connects HubSpot as the resource refold_integration does.
func connectByKeys(u *user) {
	u.Helper()
	app := crm()
	app.Keys = map[string][]mockapi.KeyField{"keybased": {{Name: "api_key", Required: true, Secret: true}}}
	u.api.SetApps(test, app)
	process, keys := u.process(), map[string]tftypes.Value{"api_key": acctest.Text("key-1")}
	_, met := process.Apply("refold_integration", nil, process.Config("refold_integration", both(of("user_1", "hubspot", ""), attributes{
		"credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, keys),
	})))
	acctest.WantNoDiagnostics(u, met)
}

// Where only connected apps can be configured, it is Refold that says so (FACTS 4.35).
func TestAppThatIsNotConnected(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour mockapi.ConfigBehaviour
		refusal   string
		stored    string
	}{
		"no config":               {mockapi.ConfigBehaviour{ConnectedOnly: true}, "HubSpot is not connected", ""},
		"no workflow":             {mockapi.ConfigBehaviour{}, `workflow "w1"`, `{"region":"eu"}`},
		"no workflow, before 3.5": {mockapi.ConfigBehaviour{ToggleUnconnectedAs500: true}, `workflow "w1"`, `{"region":"eu"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{Config: test.behaviour}, func(u *user) {
				u.api.Disconnect("test", "user_1", "hubspot", "")
				configured := both(withFields(u, `{"region":"eu"}`), switched("w1"))
				acctest.WantDiagnostic(u, u.apply(configured), acctest.Failure, "Could not create config", test.refusal, "`refold_integration`", "`refold_connect_url`")
				u.wantStored(test.stored)
				connect(u.api, "user_1")
				if met := u.apply(configured); acctest.HasFailure(met) {
					u.Fatal(acctest.List(met))
				}
				u.wantNoChange(configured)
				u.wantEnabled("w1")
			})
		})
	}
}

// A toggle that is answered and does nothing is no success (FACTS 4.36).
func TestToggleThatDoesNothing(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(switched("!w1"))
		u.api.Intercept(acctest.Instead(http.MethodPatch, "/workflows/w1", acctest.Answering(200, `{"success":true}`)))
		acctest.WantDiagnostic(u, u.apply(switched("w1")), acctest.Failure, "Refold shows other values than were sent", `workflow "w1"`)
		planned, met := u.plan(switched("w1"))
		acctest.WantNoDiagnostics(u, met)
		if !u.changes(planned) {
			u.Error("nothing is left to do")
		}
		u.api.Intercept(acctest.Instead(http.MethodPatch, "/workflows/w1", acctest.Answering(200, `{"workflows":[{"id":"w2","enabled":true,"data_slots":[]}]}`)))
		acctest.WantDiagnostic(u, u.apply(switched("w1")), acctest.Failure, "Refold shows other values than were sent", `workflow "w1"`)
	})
}

// A server may keep a value in another form, which is no success either.
func TestValueThatIsKeptInAnotherForm(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPut {
				return false
			}
			u.choose("limit", "25")
			acctest.Answering(200, `{"id":"limit","name":"Limit","field_type":"number","value":"25"}`)(w, r)
			return true
		})
		acctest.WantDiagnostic(u, u.apply(withFields(u, `{"limit":25}`)), acctest.Failure, "Refold shows other values than were sent", `field "limit"`)
		u.api.Intercept(nil)
		acctest.WantDiagnostic(u, u.apply(withFields(u, `{"limit":"25"}`)), acctest.Warning, "An existing config is taken over")
		u.choose("limit", json.Number("25"))
		u.settled(withFields(u, `{"limit":"25"}`))
		u.wantStored(`{"limit":"25"}`)
	})
}

// Servers that are not Refold, or not as it should be, get a readable error, and nothing is lost
// for them.
func TestWrongServers(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]struct {
		handler http.HandlerFunc
		message string
	}{
		"HTML":              {acctest.Answering(200, "<html><title>Sign in</title></html>", "Content-Type", "text/html"), `an HTML page titled "Sign in" instead of JSON`},
		"HTML not found":    {acctest.Answering(404, "<pre>Cannot GET /api</pre>", "Content-Type", "text/html"), "This does not look like Refold's API"},
		"nothing":           {acctest.Answering(200, ""), "an empty answer"},
		"other JSON":        {acctest.Answering(200, `{"hello":"world"}`), "JSON without a config_id"},
		"a list":            {acctest.Answering(200, `[]`), "not a config in JSON"},
		"another config":    {acctest.Answering(200, `{"slug":"hubspot","config_id":"emea"}`), "the answer is about another config, emea"},
		"an id twice":       {acctest.Answering(200, `{"slug":"hubspot","config_id":"user_1","fields":[{"id":"a"},{"id":"a"}]}`), `a config in which the id "a" is missing or there twice`},
		"200 with an error": {acctest.Answering(200, `{"error":"Custom apps are not supported."}`), "Custom apps are not supported"},
		"server fault":      {acctest.Answering(502, "<html>Bad gateway</html>", "Content-Type", "text/html"), "HTTP 502 Bad Gateway"},
		"forbidden":         {acctest.Answering(403, `{"message":"no","error":"FORBIDDEN"}`), "The API key may not do this"},
		"no header":         {acctest.Answering(404, `{"error_code":"MISSING_REQUIRED_FIELD","message":"Linked account id is required with API Key, for this resource"}`), "Linked account id is required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(withFields(u, `{"region":"eu"}`))
				u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !acctest.Instead(http.MethodGet, "/config/user_1", server.handler)(w, r) {
						u.api.ServeHTTP(w, r)
					}
				}))
				_, met := u.plan(withFields(u, `{"region":"eu"}`))
				acctest.WantDiagnostic(u, met, acctest.Failure, "Could not read config", server.message)
				_, met = u.process().Delete(configType, *u.instance)
				acctest.WantDiagnostic(u, met, acctest.Failure, "Could not delete config", server.message)
				u.instance = nil
				met = u.apply(withFields(u, `{"region":"eu"}`))
				acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The config could not be looked up")
				acctest.WantDiagnostic(u, met[1:], acctest.Failure, "Could not create config", server.message)
				u.wantStored(`{"region":"eu"}`)
			})
		})
	}
}

// Of an answer that says nothing, the look after it decides.
func TestSilentAnswers(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "{}", "null"} {
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.settled(withFields(u, `{"region":"eu","limit":1}`))
			u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					u.api.ServeHTTP(w, r)
					return
				}
				answer := httptest.NewRecorder()
				u.api.ServeHTTP(answer, r)
				if answer.Code == http.StatusOK {
					answer.Body = bytes.NewBufferString(body)
				}
				w.WriteHeader(answer.Code)
				_, _ = w.Write(answer.Body.Bytes())
			}))
			u.settled(both(withFields(u, `{"region":"us"}`), switched("w1")))
			u.wantStored(`{"region":"us"}`)
			u.wantEnabled("w1")
		})
	}
}
