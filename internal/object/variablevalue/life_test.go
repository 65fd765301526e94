// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Drift of a value that is shown is a change, and of one that is not, a warning.
func TestDrift(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.set(region, "us")
		u.settled(planned("eu"))
		u.wantStored(map[string]string{"REGION": "eu"})
		u.api.ReplaceVariableValue(test, region, "user_1", "")
		u.wantNoChange(planned("eu"))
	})
	for name, configured := range map[string]attributes{"encrypted": hidden("one", "1"), "plain": both(ofAccount(region), writeOnly("one", "1"))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(configured)
				definition := secret
				if name == "plain" {
					definition = region
				}
				u.set(definition, "elsewhere")
				planned, met := u.plan(configured)
				acctest.WantDiagnostic(u, met, acctest.Warning, "The value was set elsewhere", "change `value_wo_version`")
				if u.changes(planned) || u.text("value") != "null" {
					u.Errorf("the drift of a write-only value is planned: %s", u.text("value"))
				}
				u.wantNoChange(configured)
				rotated := both(configured, writeOnly("one", "2"))
				acctest.WantDiagnostic(u, u.apply(rotated), acctest.Warning, "A value that somebody else has set is replaced")
				u.settled(rotated)
			})
		})
	}
}

// A value that vanished is made again, and one of an account that is gone is not said for each.
func TestVanishedValue(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.api.RemoveVariableValue(test, region, "user_1", "")
		acctest.WantDiagnostic(u, u.met(planned("eu")), acctest.Warning, "The variable value is not found", "with the value of the configuration")
		u.settled(planned("eu"))
		met := u.applyAfter(planned("us"), func() { u.api.RemoveVariableValue(test, region, "user_1", "") })
		acctest.WantDiagnostic(u, met, acctest.Failure, "The value is gone", "Plan again")
		u.wantStored(map[string]string{})
		acctest.WantDiagnostic(u, u.apply(planned("us")), acctest.Warning, "The variable value is not found")
		u.wantNoChange(planned("us"))
	})
}

// A value that became encrypted, or whose definition is gone, leaves the state (FACTS 4.46).
func TestValueThatLeavesTheState(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.define(region, func(one *mockapi.VariableDefinition) bool { one.Encrypted = true; return true })
		met := u.met(planned("eu"))
		acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The value leaves the state", "is encrypted now")
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "An encrypted variable takes write-only values only")
		if u.text("value") != "null" {
			u.Errorf("the state holds %s", u.text("value"))
		}
		u.settled(both(ofAccount(region), writeOnly("us", "1")))
		u.wantStored(map[string]string{"REGION": "us"})
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		hideDefinitions(u)
		met := u.met(planned("eu"))
		acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The value leaves the state", "does not list the variable's definition any more")
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "There is no such variable", "It has none.")
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored(map[string]string{})
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.define(region, func(*mockapi.VariableDefinition) bool { return false })
		met := u.met(planned("eu"))
		acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The variable value is not found")
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "There is no such variable")
	})
}

// hideDefinitions lets a server know no definition any more, and keep the values.
func hideDefinitions(u *user) {
	u.Helper()
	u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/v2/public/env/definitions":
			acctest.Answering(200, `{"docs":[],"totalDocs":0,"totalPages":1,"hasNextPage":false,"page":1,"limit":100}`)(w, r)
		case "/api/v2/public/env/definitions/" + region:
			acctest.Answering(404, `{"status_code":404,"error_code":"RESOURCE_NOT_FOUND","message":"Variable definition not found"}`)(w, r)
		default:
			u.api.ServeHTTP(w, r)
		}
	}))
}

// A value that somebody has set since the plan is replaced with a warning, and one that somebody
// has made anew is not.
func TestUpdateOfWhatOthersSet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ before, after attributes }{
		"plain":     {planned("eu"), planned("us")},
		"encrypted": {hidden("one", "1"), hidden("two", "2")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				definition := region
				if name == "encrypted" {
					definition = secret
				}
				u.settled(test.before)
				met := u.applyAfter(test.after, func() { u.set(definition, "theirs") })
				acctest.WantDiagnostic(u, met, acctest.Warning, "A value that somebody else has set was replaced")
				u.wantNoChange(test.after)
				again := func() { u.api.ReplaceVariableValue("test", definition, "user_1", "") }
				met = u.applyAfter(test.before, again)
				acctest.WantDiagnostic(u, met, acctest.Failure, "The value was made anew", "`adopt_existing = true`")
				u.refresh(u.process())
				met = u.applyAfter(both(test.before, adopting()), again)
				if name == "encrypted" {
					acctest.WantDiagnostic(u, met[:1], acctest.Warning, "A value that somebody else has set is replaced")
					met = met[1:]
				}
				acctest.WantDiagnostic(u, met, acctest.Warning, "A value that somebody else has set was replaced")
				u.wantNoChange(both(test.before, adopting()))
			})
		})
	}
}

// What was set since the plan is not deleted (the plan showed another value), and what is gone need
// not be.
func TestDeletionOfWhatOthersSet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		configured attributes
		meanwhile  func(*user)
		refused    bool
	}{
		"set":                {planned("eu"), func(u *user) { u.set(region, "us") }, true},
		"set to the same":    {planned("eu"), func(u *user) { u.set(region, "eu") }, false},
		"made anew":          {planned("eu"), func(u *user) { u.api.ReplaceVariableValue(test, region, "user_1", "") }, true},
		"deleted":            {planned("eu"), func(u *user) { u.api.RemoveVariableValue(test, region, "user_1", "") }, false},
		"set and hidden":     {hidden("one", "1"), func(u *user) { u.set(secret, "one") }, true},
		"account is gone":    {hidden("one", "1"), func(u *user) { u.api.Remove(test, "user_1") }, false},
		"definition is gone": {planned("eu"), func(u *user) { u.define(region, func(*mockapi.VariableDefinition) bool { return false }) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(test.configured)
				met := u.destroyAfter(func() { test.meanwhile(u) })
				if !test.refused {
					acctest.WantNoDiagnostics(u, met)
					u.wantStored(map[string]string{})
					return
				}
				acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else", "Nothing was deleted", "ABANDON")
				if len(u.api.VariableValues("test")) != 1 || u.instance == nil {
					u.Error("the value is deleted")
				}
			})
		})
	}
}

// A deletion is not sent once more over a value that was set between its attempts.
func TestDeletionThatIsRepeated(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.losing(http.MethodDelete, 1)
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored(map[string]string{})
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		u.failingOnce(http.MethodDelete, func() { u.set(region, "us") })
		acctest.WantDiagnostic(u, u.destroy(), acctest.Failure, "The value was set by somebody else")
		u.wantStored(map[string]string{"REGION": "us"})
	})
}

// A lost answer of a create is looked after: what is there now was made by it.
func TestLostCreate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		configured attributes
		lost       int
		warning    string
		stored     map[string]string
	}{
		"plain":             {planned("eu"), 1, "", map[string]string{"REGION": "eu"}},
		"encrypted":         {hidden("one", "1"), 1, "A value was set while this one was sent", map[string]string{"API_SECRET": "one"}},
		"plain, always":     {planned("eu"), 100, "", map[string]string{"REGION": "eu"}},
		"encrypted, always": {hidden("one", "1"), 100, "A value was set while this one was sent", map[string]string{"API_SECRET": "one"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				network := u.network
				u.losing(http.MethodPost, test.lost)
				met := u.apply(test.configured)
				if test.warning == "" {
					acctest.WantNoDiagnostics(u, met)
				} else {
					acctest.WantDiagnostic(u, met, acctest.Warning, test.warning)
				}
				u.network = network
				u.wantNoChange(test.configured)
				u.wantStored(test.stored)
			})
		})
	}
}

// A create that failed leaves no state, and somebody else's value is not taken for it.
func TestCreateMeetsOthers(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.failingOnce(http.MethodPost, func() { u.set(region, "us") })
		acctest.WantDiagnostic(u, u.apply(planned("eu")), acctest.Failure, "The variable has a value already")
		if u.instance != nil {
			u.Error("a create that failed left a state")
		}
		u.wantStored(map[string]string{"REGION": "us"})
	})
}

// What is set after a write was throttled is somebody else's: nothing else can have set it.
func TestSetAfterThrottling(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before attributes
		want   string
	}{
		"create": {nil, "The variable has a value already"},
		"update": {hidden("one", "1"), "The value was set by somebody else meanwhile"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				if test.before != nil {
					u.settled(test.before)
					pass(time.Minute)
				}
				u.answeringOnce(http.MethodPost, http.StatusTooManyRequests, func() { u.set(secret, "theirs") })
				acctest.WantDiagnostic(u, u.apply(hidden("two", "2")), acctest.Failure, test.want)
				if (u.instance == nil) != (test.before == nil) {
					u.Errorf("the state after it is %v", u.instance)
				}
				u.wantStored(map[string]string{"API_SECRET": "theirs"})
			})
		})
	}
}

// A rotation whose answer is lost is sent again, also when the configuration is taken back.
func TestRotationThatFails(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(hidden("one", "1"))
		network := u.network
		u.losing(http.MethodPost, 100)
		if met := u.apply(hidden("two", "2")); !acctest.HasFailure(met) {
			u.Fatalf("the rotation did not fail: %s", acctest.List(met))
		}
		u.network = network
		u.wantStored(map[string]string{"API_SECRET": "two"})
		if u.text("value_wo_version") != "1" {
			u.Errorf("the state has version %s", u.text("value_wo_version"))
		}
		acctest.WantDiagnostic(u, u.apply(hidden("one", "1")), acctest.Warning, "An earlier update is completed")
		u.wantStored(map[string]string{"API_SECRET": "one"})
		u.wantNoChange(hidden("one", "1"))
	})
}

// A server that keeps values in another form is no reason to plan for ever without a word.
func TestValueThatIsKeptInAnotherForm(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPost {
				return false
			}
			u.set(region, "EU")
			value := u.api.VariableValues("test")[0]
			acctest.Answering(200, `{"_id":"`+value.ID+`","variable_definition_id":"`+region+`","linked_account_id":"user_1","value":"EU"}`)(w, r)
			return true
		})
		acctest.WantDiagnostic(u, u.apply(planned("eu")), acctest.Warning, "Refold shows another value than was sent", "in which Refold shows it")
		u.api.Intercept(nil)
		u.settled(planned("EU"))
	})
}

// What is taken out of the configuration stays, and an import without a value keeps what it has.
func TestValueThatIsNotManaged(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(region, "eu")
		acctest.WantNoDiagnostics(u, u.importAs(region+"/user_1"))
		acctest.WantDiagnostic(u, u.apply(ofAccount(region)), acctest.Warning, "A value that is taken out stays at Refold")
		u.wantNoChange(ofAccount(region))
		u.set(region, "us")
		u.wantNoChange(ofAccount(region))
		u.settled(planned("us"))
		acctest.WantDiagnostic(u, u.apply(ofAccount(region)), acctest.Warning, "A value that is taken out stays at Refold")
		u.wantStored(map[string]string{"REGION": "us"})
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored(map[string]string{})
	})
}

// Ids of accounts may hold what a path, a query or an import id would take for something else.
func TestOddAccounts(t *testing.T) {
	t.Parallel()
	for id, importID := range map[string]string{"acme / 1": "acme %2F 1", "50%": "50%25", "a&b=c?#": "a&b=c?#", "jo@acme+x": "jo@acme+x"} {
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.api.Create(test, mockapi.Account{AccountID: id})
			of := attributes{"linked_account_id": acctest.Text(id)}
			u.settled(both(planned("eu"), of))
			u.settled(both(planned("us"), of))
			acctest.WantNoDiagnostics(u, u.importAs(region+"/"+importID))
			u.wantNoChange(both(planned("us"), of))
			acctest.WantNoDiagnostics(u, u.destroy())
			u.wantStored(map[string]string{})
		})
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	const misfit, unusable = "The import does not fit the scope of the variable", "Not usable as an import id"
	for id, test := range map[string]struct{ summary, text string }{
		region:                     {misfit, "DEFINITION/ACCOUNT"},
		support + "/user_1":        {misfit, "DEFINITION alone"},
		batch:                      {misfit, "DEFINITION/WORKFLOW"},
		"REGION/user_1":            {"There is no such variable", region},
		region + "/user_1/x":       {unusable, "6a1401de41e63efd08fb3e01/acme"},
		region + "/k%C3%BCndin":    {"Cannot travel in a header", "kündin"},
		region + "/%20":            {"Not usable as a linked account id", "white space"},
		"../user_1":                {"Not usable as the id of a definition", ".."},
		region + "/user_2":         {"There is no such variable value to import", `"user_2"`},
		region + "/nobody":         {"There is no such variable value to import", `"nobody"`},
		batch + "/nothing":         {"There is no such variable value to import", "BATCH_SIZE"},
		region + "/user_1":         {},
		batch + "/" + workflow:     {},
		support:                    {},
		secret + "/user_1":         {},
		batch + "/user_1/workflow": {unusable, "it has 3 parts"},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.setAll()
				met := u.importAs(id)
				if !acctest.HasFailure(met) {
					met = append(met, u.refresh(u.process())...)
				}
				if test.summary == "" {
					acctest.WantNoDiagnostics(u, met)
					return
				}
				acctest.WantDiagnostic(u, met, acctest.Failure, test.summary, test.text)
			})
		})
	}
}

// setAll sets a value of each scope.
func (u *user) setAll() {
	u.Helper()
	u.set(region, "eu")
	u.set(secret, "one")
	u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: support, Value: "a@b.c"})
	u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: batch, WorkflowID: workflow, Value: "5"})
}

// An identity names the same by other words, and its parts have to fit as well.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.setAll()
		for _, test := range []struct {
			definitionID, accountID, workflowID string
			fails                               bool
		}{
			{region, "user_1", "", false}, {batch, "", workflow, false}, {support, "", "", false},
			{region, "", workflow, true}, {region, "user_1", workflow, true}, {support, "user_1", "", true},
		} {
			process := u.process()
			imported, met := process.ImportByIdentity(valueType, identity(test.definitionID, test.accountID, test.workflowID))
			if acctest.HasFailure(met) != test.fails {
				u.Errorf("%+v: %s", test, acctest.List(met))
				continue
			}
			if !test.fails {
				_, met = process.Read(valueType, imported)
				acctest.WantNoDiagnostics(u, met)
			}
		}
	})
}

func identity(definitionID, accountID, workflowID string) tftypes.Value {
	parts, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	for name, part := range map[string]string{"variable_definition_id": definitionID, "linked_account_id": accountID, "workflow_id": workflowID} {
		types[name] = tftypes.String
		parts[name] = tftypes.NewValue(tftypes.String, nil)
		if part != "" {
			parts[name] = acctest.Text(part)
		}
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, parts)
}

// An import whose plan would delete what it takes in is refused.
func TestImportThatWouldDelete(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(region, "eu")
		process := u.process()
		imported, met := process.Import(valueType, region+"/user_1")
		acctest.WantNoDiagnostics(u, met)
		other := both(planned("eu"), attributes{"linked_account_id": acctest.Text("user_2")})
		met = process.Plan(valueType, &imported, process.Config(valueType, other)).Diagnostics
		acctest.WantDiagnostic(u, met, acctest.Failure, "An import would delete the value", "Import the value that is configured")
		kept := process.Plan(valueType, &imported, process.Config(valueType, planned("eu")))
		acctest.WantNoDiagnostics(u, kept.Diagnostics)
		replaced := process.PlanReplacement(valueType, kept, process.Config(valueType, planned("eu")))
		acctest.WantDiagnostic(u, replaced.Diagnostics, acctest.Failure, "An import would delete the value", "Apply the import alone first")
	})
}
