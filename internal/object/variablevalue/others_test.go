// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// forms are a value in both forms, before and after a change, and the definition that it is of.
func forms() map[string]struct {
	before, after attributes
	definition    string
} {
	return map[string]struct {
		before, after attributes
		definition    string
	}{
		"plain":     {planned("eu"), planned("us"), region},
		"encrypted": {hidden("one", "1"), hidden("two", "2"), secret},
	}
}

// pass lets virtual time pass.
func pass(duration time.Duration) { <-time.After(duration) }

// An update that failed leaves open what Refold holds, but not what somebody sets long after it.
func TestOpenUpdateAndWhatOthersSet(t *testing.T) {
	t.Parallel()
	for name, form := range forms() {
		failing := func(u *user) {
			u.settled(form.before)
			network := u.network
			if name == "encrypted" {
				u.losing(http.MethodPost, 100)
			} else {
				u.network = acctest.InProcess(u.T, u.api)
				u.api.Intercept(acctest.Instead(http.MethodPost, "/env/values", acctest.Answering(http.StatusServiceUnavailable, "")))
			}
			if met := u.apply(form.after); !acctest.HasFailure(met) {
				u.Fatalf("%s: the update did not fail: %s", name, acctest.List(met))
			}
			u.network = network
			u.api.Intercept(nil)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				failing(u)
				_, met := u.process().Delete(valueType, *u.instance)
				acctest.WantNoDiagnostics(u, met)
				u.wantStored(map[string]string{})
			})
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				failing(u)
				pass(time.Hour)
				u.set(form.definition, "theirs")
				_, met := u.process().Delete(valueType, *u.instance)
				acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else", "apply -refresh-only")
			})
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				failing(u)
				pass(time.Hour)
				met := u.applyAfter(form.after, func() { u.set(form.definition, "theirs") })
				acctest.WantDiagnostic(u, met[:1], acctest.Warning, "An earlier update is completed")
				acctest.WantDiagnostic(u, met[1:], acctest.Warning, "A value that somebody else has set was replaced")
				u.wantNoChange(form.after)
			})
		})
	}
}

// What somebody sets between two attempts of an update is not replaced where it can be told, and
// else not without a word.
func TestUpdateThatIsRepeated(t *testing.T) {
	t.Parallel()
	for name, form := range forms() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(form.before)
				pass(time.Minute)
				u.failingOnce(http.MethodPost, func() { u.set(form.definition, "theirs") })
				met := u.apply(form.after)
				if name == "plain" {
					acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else meanwhile", "before it was sent again", "left as it is")
					u.wantStored(map[string]string{"REGION": "theirs"})
					return
				}
				acctest.WantDiagnostic(u, met, acctest.Warning, "A value that somebody else has set was perhaps replaced")
				u.wantStored(map[string]string{"API_SECRET": "two"})
			})
		})
	}
}

// A value that goes, or is made anew, between two attempts of an update is not made by the second.
func TestUpdateThatIsRepeatedAfterARemoval(t *testing.T) {
	t.Parallel()
	for says, meanwhile := range map[string]func(*user){
		"The value is gone":       func(u *user) { u.api.RemoveVariableValue(test, region, "user_1", "") },
		"The value was made anew": func(u *user) { u.api.ReplaceVariableValue(test, region, "user_1", "") },
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(planned("eu"))
				u.failingOnce(http.MethodPost, func() { meanwhile(u) })
				acctest.WantDiagnostic(u, u.apply(planned("us")), acctest.Failure, says)
				for _, stored := range u.api.VariableValues(test) {
					if stored.Value == "us" {
						u.Errorf("Refold holds %v", stored)
					}
				}
			})
		})
	}
}

// A create whose answer is lost, and whose value could not be looked at before it was sent again,
// finds the value at the end.
func TestCreateThatIsFoundLate(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		var isLost, isRefused bool
		u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case !isLost && r.Method == http.MethodPost:
				isLost = true
				u.api.ServeHTTP(discarding{http.Header{}}, r)
				panic(http.ErrAbortHandler)
			case isLost && !isRefused && r.Method == http.MethodGet:
				isRefused = true
				acctest.Answering(http.StatusForbidden, `{"message":"no"}`)(w, r)
			default:
				u.api.ServeHTTP(w, r)
			}
		}))
		acctest.WantNoDiagnostics(u, u.apply(planned("eu")))
		if !isRefused {
			u.Error("nothing was looked at between the attempts")
		}
		u.wantStored(map[string]string{"REGION": "eu"})
		u.wantNoChange(planned("eu"))
	})
}

// A value is not made where nobody can tell whether its account exists.
func TestCreateForAnAccountThatCannotBeRead(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		planned, met := u.plan(planned("eu"))
		acctest.WantNoDiagnostics(u, met)
		u.network = acctest.InProcess(u.T, u.api)
		u.api.Intercept(acctest.Instead(http.MethodGet, "/linked-account/user_1", acctest.Answering(http.StatusForbidden, `{"message":"no"}`)))
		acctest.WantDiagnostic(u, u.carryOut(planned, both(ofAccount(region), plain("eu"))), acctest.Failure, "Could not create variable value")
		u.wantStored(map[string]string{})
	})
}

// A value that no plan shows has a time to be told by from its first write on, also where the
// answer shows none, and its deletion says that it is another's.
func TestHiddenValueThatOthersSet(t *testing.T) {
	t.Parallel()
	for _, isUndated := range []bool{false, true} {
		behaviour := mockapi.Behaviour{Variable: mockapi.VariableBehaviour{UndatedAnswer: isUndated}}
		inVirtualTime(t, behaviour, func(u *user) {
			acctest.WantNoDiagnostics(u, u.apply(hidden("one", "1")))
			pass(5 * time.Second)
			u.set(secret, "theirs")
			_, met := u.process().Delete(valueType, *u.instance)
			acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else")
			acctest.WantDiagnostic(u, u.met(hidden("one", "1")), acctest.Warning, "The value was set elsewhere")
			acctest.WantNoDiagnostics(u, u.met(hidden("one", "1")))
			acctest.WantDiagnostic(u, u.destroy(), acctest.Warning, "A value that somebody else has set goes", "ABANDON")
			u.wantStored(map[string]string{})
		})
		inVirtualTime(t, behaviour, func(u *user) {
			acctest.WantNoDiagnostics(u, u.apply(hidden("one", "1")))
			pass(5 * time.Second)
			u.set(secret, "theirs")
			met := u.apply(hidden("two", "2"))
			acctest.WantDiagnostic(u, met[:1], acctest.Warning, "The value was set elsewhere", "unless this plan changes `value_wo_version`")
			acctest.WantDiagnostic(u, met[1:], acctest.Warning, "A value that somebody else has set is replaced")
			acctest.WantNoDiagnostics(u, u.destroy())
			u.wantStored(map[string]string{})
		})
	}
}

// What an earlier run has said of another's value is said again by the plan that replaces it.
func TestAnothersValueThatIsReplacedLater(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.withAnothers()
		acctest.WantDiagnostic(u, u.apply(hidden("two", "2")), acctest.Warning, "A value that somebody else has set is replaced", "take `value_wo_version` back")
		u.wantStored(map[string]string{"API_SECRET": "two"})
		acctest.WantNoDiagnostics(u, u.apply(hidden("three", "3")))
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		another := u.withAnothers()
		process := u.process()
		_, met := process.Read(valueType, another)
		acctest.WantNoDiagnostics(u, met)
		tainted := process.Plan(valueType, nil, process.Config(valueType, hidden("one", "1")))
		acctest.WantDiagnostic(u, tainted.Diagnostics, acctest.Warning, "A value that somebody else has set goes")
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(secret, "before")
		acctest.WantNoDiagnostics(u, u.importAs(secret+"/user_1"))
		pass(5 * time.Second)
		u.set(secret, "theirs")
		acctest.WantNoDiagnostics(u, u.met(ofAccount(secret)))
		acctest.WantDiagnostic(u, u.met(hidden("one", "1")), acctest.Warning, "A value that somebody else has set is replaced", "or imported here")
		acctest.WantDiagnostic(u, u.destroy(), acctest.Warning, "A value that somebody else has set goes")
	})
	for _, adopts := range []bool{false, true} {
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			another := u.withAnothers()
			process, same := u.process(), hidden("one", "1")
			if adopts {
				same = both(same, adopting())
			}
			config := process.Config(valueType, same)
			first := process.Plan(valueType, &another, config)
			acctest.WantNoDiagnostics(u, first.Diagnostics)
			met := process.PlanReplacement(valueType, first, config).Diagnostics
			if adopts {
				acctest.WantNoDiagnostics(u, met)
				return
			}
			acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else", "without -replace")
		})
	}
}

// withAnothers is a write-only value that somebody else has set since, as an earlier run has said.
func (u *user) withAnothers() acctest.Instance {
	u.Helper()
	acctest.WantNoDiagnostics(u, u.apply(hidden("one", "1")))
	pass(5 * time.Second)
	u.set(secret, "theirs")
	acctest.WantDiagnostic(u, u.met(hidden("one", "1")), acctest.Warning, "The value was set elsewhere")
	acctest.WantNoDiagnostics(u, u.apply(hidden("one", "1")))
	return *u.instance
}

// A value is told from another's by the time that Refold keeps of it, not by the clock of an
// answer.
func TestClocksThatAreApart(t *testing.T) {
	t.Parallel()
	for _, apart := range []time.Duration{-time.Hour, time.Hour} {
		inVirtualTime(t, mockapi.Behaviour{Variable: mockapi.VariableBehaviour{UndatedAnswer: true}}, func(u *user) {
			u.network = dating{u.network, apart}
			for _, configured := range []attributes{hidden("one", "1"), hidden("two", "2")} {
				acctest.WantNoDiagnostics(u, u.apply(configured))
				acctest.WantNoDiagnostics(u, u.met(configured))
				pass(5 * time.Second)
			}
			u.set(secret, "theirs")
			_, met := u.process().Delete(valueType, *u.instance)
			acctest.WantDiagnostic(u, met, acctest.Failure, "The value was set by somebody else")
		})
	}
}

// dating gives answers the time of a clock that is apart.
type dating struct {
	http.RoundTripper
	apart time.Duration
}

func (d dating) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := d.RoundTripper.RoundTrip(request)
	if err == nil {
		response.Header.Set("Date", time.Now().Add(d.apart).UTC().Format(http.TimeFormat))
	}
	return response, err
}

// Advice after an encrypted create without an answer does not promise what the next apply cannot.
func TestAdviceAfterALostCreate(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.network = acctest.InProcess(u.T, u.api)
		u.api.Intercept(acctest.Instead(http.MethodPost, "/env/values", acctest.Answering(http.StatusServiceUnavailable, "")))
		met := u.apply(hidden("one", "1"))
		acctest.WantDiagnostic(u, met, acctest.Failure, "Could not create variable value", "a value that it cannot compare", "adopt_existing = true")
	})
}
