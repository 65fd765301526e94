// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// servers are those that differ from the most likely one, each in what is open about Refold.
func servers() map[string]mockapi.Behaviour {
	variables := func(behaviour mockapi.VariableBehaviour) mockapi.Behaviour {
		return mockapi.Behaviour{Variable: behaviour}
	}
	return map[string]mockapi.Behaviour{
		"as today":                       {},
		"definitions of accounts only":   variables(mockapi.VariableBehaviour{AllDefinitions: true}),
		"two definitions on a page":      variables(mockapi.VariableBehaviour{DefinitionMaxLimit: 2}),
		"dates in camel case":            variables(mockapi.VariableBehaviour{CamelDates: true}),
		"one value on a page":            variables(mockapi.VariableBehaviour{MaxLimit: 1}),
		"pages without totals":           variables(mockapi.VariableBehaviour{ShortPages: true}),
		"definitions as ids":             variables(mockapi.VariableBehaviour{PlainDefinition: true}),
		"values of one account only":     variables(mockapi.VariableBehaviour{ListWantsAccount: true}),
		"filters ignored":                variables(mockapi.VariableBehaviour{IgnoreFilters: true}),
		"unset as null":                  variables(mockapi.VariableBehaviour{Unset: mockapi.UnsetValueNull}),
		"unset as nothing":               variables(mockapi.VariableBehaviour{Unset: mockapi.UnsetValueAbsent}),
		"encrypted as null":              variables(mockapi.VariableBehaviour{Encrypted: mockapi.EncryptedReadNull}),
		"encrypted as ciphertext":        variables(mockapi.VariableBehaviour{Encrypted: mockapi.EncryptedReadCiphertext}),
		"silent about encryption":        variables(mockapi.VariableBehaviour{OmitEncrypted: true}),
		"JSON numbers":                   variables(mockapi.VariableBehaviour{JSONNumbers: true}),
		"any format":                     variables(mockapi.VariableBehaviour{AnyFormat: true}),
		"values for anything":            variables(mockapi.VariableBehaviour{UnknownTargetStored: true}),
		"reads of no account refused":    variables(mockapi.VariableBehaviour{UnknownAccountRefused: true}),
		"writes answer success":          variables(mockapi.VariableBehaviour{AnswerSuccess: true}),
		"answers redacted":               variables(mockapi.VariableBehaviour{RedactAnswer: true}),
		"answers without a time":         variables(mockapi.VariableBehaviour{UndatedAnswer: true}),
		"deletions look at no account":   variables(mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountIgnored}),
		"deletions demand the account":   variables(mockapi.VariableBehaviour{DeletionAccount: mockapi.DeletionAccountDemanded}),
		"unknown values as 400":          variables(mockapi.VariableBehaviour{UnknownValueAs400: true}),
		"success, ciphertext, no totals": variables(mockapi.VariableBehaviour{AnswerSuccess: true, Encrypted: mockapi.EncryptedReadCiphertext, ShortPages: true}),
		"reads lag by one":               {ReadLag: 1},
		"reads lag by three":             {ReadLag: 3},
		"reads lag, success":             {ReadLag: 3, Variable: mockapi.VariableBehaviour{AnswerSuccess: true}},
		"reads lag, no time in answers":  {ReadLag: 3, Variable: mockapi.VariableBehaviour{UndatedAnswer: true}},
		"envelope of 2023":               {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE1, BrokenUnauthorized: true}},
		"envelope of 2024":               {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE2, ZonelessDates: true}},
		"envelope E4":                    {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE4}},
	}
}

// The whole life of values is the same at every server (FACTS 2.9, 4.30, 4.37 to 4.48).
func TestLifeOnAnyServer(t *testing.T) {
	t.Parallel()
	for name, behaviour := range servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, of := range lives() {
				inVirtualTime(t, behaviour, of.live)
			}
		})
	}
}

// life is that of one value.
type life struct {
	configured, changed, imported attributes
	importID, name                string
	// before and after are what Refold holds.
	before, after string
}

func lives() []life {
	return []life{
		{planned("eu"), planned("us"), planned("us"), region + "/user_1", "REGION", "eu", "us"},
		{both(ofAccount(seats), plain("7.50")), both(ofAccount(seats), plain("8e1")), both(ofAccount(seats), plain("8e1")), seats + "/user_1", "SEAT_LIMIT", "7.50", "8e1"},
		{both(ofAccount(region), writeOnly("eu", "1")), both(ofAccount(region), writeOnly("us", "2")), planned("us"), region + "/user_1", "REGION", "eu", "us"},
		{hidden("one", "1"), hidden("two", "2"), ofAccount(secret), secret + "/user_1", "API_SECRET", "one", "two"},
		{both(ofAll(support), plain("a@b.c")), both(ofAll(support), plain("d@e.f")), both(ofAll(support), plain("d@e.f")), support, "SUPPORT_EMAIL", "a@b.c", "d@e.f"},
		{both(ofWorkflow(batch), plain("1")), both(ofWorkflow(batch), plain("2")), both(ofWorkflow(batch), plain("2")), batch + "/" + workflow, "BATCH_SIZE", "1", "2"},
	}
}

func (l life) live(u *user) {
	u.settled(l.configured)
	u.wantStored(map[string]string{l.name: l.before})
	u.settled(l.changed)
	u.wantStored(map[string]string{l.name: l.after})
	kept := *u.instance
	acctest.WantNoDiagnostics(u, u.importAs(l.importID))
	if acctest.HasFailure(u.refresh(u.process())) {
		u.Fatal("the import cannot be read")
	}
	u.instance = &kept
	acctest.WantNoDiagnostics(u, u.destroy())
	u.wantStored(map[string]string{})
	_, met := u.process().Delete(valueType, kept)
	acctest.WantNoDiagnostics(u, met)
}

// An account that does not exist has no values, and none is set for it (FACTS 4.44).
func TestAccountThatIsGoneOnAnyServer(t *testing.T) {
	t.Parallel()
	for name, behaviour := range servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, behaviour, func(u *user) {
				u.settled(planned("eu"))
				kept := *u.instance
				u.api.Remove(test, "user_1")
				acctest.WantDiagnostic(u, u.destroy(), acctest.Warning, "The linked account is not found", `"user_1"`)
				_, met := u.process().Delete(valueType, kept)
				acctest.WantNoDiagnostics(u, met)
				acctest.WantDiagnostic(u, u.apply(planned("eu")), acctest.Failure, "There is no such linked account", `"user_1"`)
				u.wantStored(map[string]string{})
			})
		})
	}
}

// A value of an account that was deleted stays at some servers, and is deleted all the same
// (FACTS 4.30).
func TestValueThatOutlivesItsAccount(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{Variable: mockapi.VariableBehaviour{KeepWithoutAccount: true}}, func(u *user) {
		u.settled(planned("eu"))
		u.api.Remove(test, "user_1")
		u.wantNoChange(planned("eu"))
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored(map[string]string{})
	})
}

// Where lists do not say whose their values are, the id of the answer to the write serves the
// deletion, and what was imported without one is not deleted by a guess (FACTS 4.38).
func TestServerThatHidesTargets(t *testing.T) {
	t.Parallel()
	for _, success := range []bool{false, true} {
		inVirtualTime(t, mockapi.Behaviour{Variable: mockapi.VariableBehaviour{HideTarget: true, AnswerSuccess: success}}, func(u *user) {
			u.settled(planned("eu"))
			u.settled(planned("us"))
			if hasID := u.text("id") != "null"; hasID == success {
				u.Errorf("the id of the value is known: %t", hasID)
			}
			if !success {
				kept := *u.instance
				acctest.WantNoDiagnostics(u, u.destroy())
				u.wantStored(map[string]string{})
				u.set(region, "us")
				u.instance = &kept
			}
			acctest.WantNoDiagnostics(u, u.importAs(region+"/user_1"))
			u.wantNoChange(planned("us"))
			acctest.WantDiagnostic(u, u.destroy(), acctest.Failure, "Refold has not shown the id of the value", "terraform state rm ADDRESS", "ABANDON")
			u.wantStored(map[string]string{"REGION": "us"})
		})
	}
}

// Where a server does not say whether a variable is encrypted, it counts as encrypted (FACTS 4.46).
func TestServerThatIsSilentAboutEncryption(t *testing.T) {
	t.Parallel()
	silent := mockapi.Behaviour{Variable: mockapi.VariableBehaviour{DefinitionsOmitEncrypted: true, OmitEncrypted: true}}
	inVirtualTime(t, silent, func(u *user) {
		acctest.WantDiagnostic(u, u.apply(planned("eu")), acctest.Failure, "An encrypted variable takes write-only values only", "does not say that it is not")
		u.settled(both(ofAccount(region), writeOnly("eu", "1")))
		u.settled(both(ofAccount(region), writeOnly("us", "2")))
		u.wantStored(map[string]string{"REGION": "us"})
		acctest.WantNoDiagnostics(u, u.importAs(region+"/user_1"))
		u.wantNoChange(ofAccount(region))
		if u.text("value") != "null" {
			u.Errorf("the state holds %s", u.text("value"))
		}
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored(map[string]string{})
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
		"HTML":           {acctest.Answering(200, "<html><title>Sign in</title></html>", "Content-Type", "text/html"), `an HTML page`},
		"HTML not found": {acctest.Answering(404, "<pre>Cannot GET /api</pre>", "Content-Type", "text/html"), "This does not look like Refold's API"},
		"nothing":        {acctest.Answering(200, ""), "an empty answer"},
		"other JSON":     {acctest.Answering(200, `{"hello":"world"}`), "not a list of values of variables in JSON"},
		"server fault":   {acctest.Answering(502, "<html>Bad gateway</html>", "Content-Type", "text/html"), "HTTP 502 Bad Gateway"},
		"forbidden":      {acctest.Answering(403, `{"message":"no","error":"FORBIDDEN"}`), "The API key may not do this"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(planned("eu"))
				u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/env/value") {
						server.handler(w, r)
						return
					}
					u.api.ServeHTTP(w, r)
				}))
				acctest.WantDiagnostic(u, u.met(planned("eu")), acctest.Failure, "Could not read variable value", server.message)
				_, met := u.process().Delete(valueType, *u.instance)
				acctest.WantDiagnostic(u, met, acctest.Failure, "Could not delete variable value", server.message)
				u.instance = nil
				met = u.apply(planned("eu"))
				acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The variable could not be looked up")
				acctest.WantDiagnostic(u, met[1:], acctest.Failure, "Could not create variable value", server.message)
				u.wantStored(map[string]string{"REGION": "eu"})
			})
		})
	}
}
