// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestNamesakesAreTold: however an account came into the state, and wherever it was last seen, one
// that somebody makes anew under its id is not deleted for it. A refresh says that it is another
// one, and from then on it is the one that is managed.
func TestNamesakesAreTold(t *testing.T) {
	t.Parallel()
	for name, arrange := range map[string]func(organization) acctest.Instance{
		"created": func(o organization) acctest.Instance { return o.apply(nil, o.config(many(2))) },
		"added": func(o organization) acctest.Instance {
			state := o.apply(nil, o.config(many(1)))
			return o.apply(&state, o.config(many(2)))
		},
		"beside another that was deleted": func(o organization) acctest.Instance {
			state := o.apply(nil, o.config(many(3)))
			return o.apply(&state, o.config(many(2)))
		},
		"imported": func(o organization) acctest.Instance {
			o.apply(nil, o.config(many(2)))
			imported, diagnostics := o.protocol.Import(typeName, "*")
			acctest.WantNoDiagnostics(o.t, diagnostics)
			return imported
		},
		"of a state that was written without ids": func(o organization) acctest.Instance {
			state := o.apply(nil, o.config(many(2)))
			state.Private = nil
			read, diagnostics := o.read(state)
			acctest.WantNoDiagnostics(o.t, diagnostics)
			return read
		},
		"left by a destroy that failed": func(o organization) acctest.Instance {
			state := o.apply(nil, o.config(many(2)))
			hubspot := mockapi.Integration{Type: "hubspot", Name: "Hubspot"}
			o.Connect(test, id(0), hubspot)
			o.Connect(test, id(1), hubspot)
			left, _ := o.try(&state, tftypes.NewValue(state.State.Type(), nil))
			return left
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := arrange(o)
			o.makeAnew(id(1))
			left, diagnostics := o.try(&state, o.config(many(1)))
			detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
			if !strings.Contains(detail, "is not the one that Terraform knows") {
				t.Errorf("detail: %s", detail)
			}
			o.sent(0, 0)

			read, diagnostics := o.read(left)
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
			read, diagnostics = o.read(read)
			acctest.WantNoDiagnostics(t, diagnostics)
			o.apply(&read, o.config(many(1)))
			o.sent(0, 1)
		})
	}
}

// TestUpdateOfAccountMadeAnew: the write goes to an account that nobody has seen. That is said, and
// the account is not deleted as if it were the one that Terraform knew.
func TestUpdateOfAccountMadeAnew(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Intercept(mockapi.First(http.MethodPut, func() { o.makeAnew(id(1)) }, nil))
	changed := many(2)
	changed[id(1)] = account("Renamed", fields("pro"))
	left, diagnostics := o.try(&state, o.config(changed))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Another linked account was written", id(1))

	_, diagnostics = o.try(&left, o.config(many(1)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	o.sent(0, 0)
	_, diagnostics = o.read(left)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
}

// TestStateWithoutIDs: where nothing is known of an account but its linked account id, that is what
// is deleted, as by earlier versions.
func TestStateWithoutIDs(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	state.Private = nil
	o.makeAnew(id(1))
	o.apply(&state, o.config(many(1)))
	o.sent(0, 1)
}

// TestNamesakeIsNotDestroyed: a destroy holds the ids against what it finds as well.
func TestNamesakeIsNotDestroyed(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	o.makeAnew(id(1))
	left, diagnostics := o.try(&state, tftypes.NewValue(state.State.Type(), nil))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 3 linked accounts failed")
	if !strings.Contains(detail, "is not the one that Terraform knows") {
		t.Errorf("detail: %s", detail)
	}
	o.sent(0, 2)
	if ids := keptIDs(t, left); len(ids) != 1 {
		t.Errorf("ids: %v", ids)
	}
}

// TestNamesakeIsNotDeletedUnseen: nor does the run delete it whose refresh finds it, however it is
// given up. The next run does.
func TestNamesakeIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	for name, giveUp := range map[string]func(o organization, run *acctest.Protocol, read acctest.Instance) (acctest.Instance, acctest.Diagnostics){
		"destroyed": func(o organization, run *acctest.Protocol, read acctest.Instance) (acctest.Instance, acctest.Diagnostics) {
			return run.Delete(typeName, read)
		},
		"taken out": func(o organization, run *acctest.Protocol, read acctest.Instance) (acctest.Instance, acctest.Diagnostics) {
			return run.Apply(typeName, &read, o.config(many(1)))
		},
		"tainted": func(o organization, run *acctest.Protocol, read acctest.Instance) (acctest.Instance, acctest.Diagnostics) {
			read.Private = run.Plan(typeName, nil, o.config(many(2))).PlannedPrivate
			return o.Protocol(o.t, acctest.Unpaced).Delete(typeName, read)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2)))
			o.makeAnew(id(1))
			run := o.Protocol(t, acctest.Unpaced)
			read, diagnostics := run.Read(typeName, state)
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
			left, diagnostics := giveUp(o, run, read)
			if !strings.Contains(acctest.List(diagnostics), "is not the one that Terraform knows") {
				t.Error(acctest.List(diagnostics))
			}
			if _, exists := o.Account(test, id(1)); !exists {
				t.Fatal("a namesake was deleted")
			}
			run = o.Protocol(t, acctest.Unpaced)
			read, diagnostics = run.Read(typeName, left)
			acctest.WantNoDiagnostics(t, diagnostics)
			_, diagnostics = giveUp(o, run, read)
			acctest.WantNoDiagnostics(t, diagnostics)
			if _, exists := o.Account(test, id(1)); exists {
				t.Error("the account was not deleted")
			}
		})
	}
}

// TestPlanNamesNamesakes: however an account is given up that the run finds made anew, its plan
// says what the apply does with it.
func TestPlanNamesNamesakes(t *testing.T) {
	t.Parallel()
	for _, force := range []bool{false, true} {
		for name, plan := range map[string]func(o organization, run *acctest.Protocol, stale, read acctest.Instance) acctest.Diagnostics{
			"destroyed": func(_ organization, run *acctest.Protocol, _, read acctest.Instance) acctest.Diagnostics {
				return run.Plan(typeName, &read, tftypes.NewValue(read.State.Type(), nil)).Diagnostics
			},
			"destroyed by the state from before the refresh": func(_ organization, run *acctest.Protocol, stale, _ acctest.Instance) acctest.Diagnostics {
				return run.Plan(typeName, &stale, tftypes.NewValue(stale.State.Type(), nil)).Diagnostics
			},
			"taken out": func(o organization, run *acctest.Protocol, _, read acctest.Instance) acctest.Diagnostics {
				return run.Plan(typeName, &read, o.config(many(1), acctest.Attributes{"force_destroy": tftypes.NewValue(tftypes.Bool, force)})).Diagnostics
			},
		} {
			t.Run(fmt.Sprintf("%s, forced %t", name, force), func(t *testing.T) {
				t.Parallel()
				o := startOrganization(t)
				state := o.apply(nil, o.config(many(2), acctest.Attributes{"force_destroy": tftypes.NewValue(tftypes.Bool, force)}))
				o.makeAnew(id(1))
				run := o.Protocol(t, acctest.Unpaced)
				read, diagnostics := run.Read(typeName, state)
				acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
				says := "1 linked account will not be deleted by this run"
				if force {
					says = "1 linked account to be deleted, and not the managed one"
				}
				if told := acctest.List(plan(o, run, state, read)); !strings.Contains(told, says) {
					t.Errorf("the plan does not say %q:\n%s", says, told)
				}
			})
		}
	}
}

// TestNamesakeThatAnEarlierRunHasShown: a run that does not refresh deletes what an earlier one has
// shown, however it is given up.
func TestNamesakeThatAnEarlierRunHasShown(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]func(o organization, state acctest.Instance) tftypes.Value{
		"taken out": func(o organization, _ acctest.Instance) tftypes.Value { return o.config(many(1)) },
		"destroyed": func(_ organization, state acctest.Instance) tftypes.Value {
			return tftypes.NewValue(state.State.Type(), nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2)))
			o.makeAnew(id(1))
			read, diagnostics := o.read(state)
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
			kept := string(privateOf(t, read)["former_ids"])
			earlier := regexp.MustCompile(`"cli":\d+`).ReplaceAllString(kept, `"cli":-1`)
			if earlier == kept {
				t.Fatalf("no run is kept: %s", kept)
			}
			read = withPrivate(t, read, "former_ids", earlier)
			_, diagnostics = o.try(&read, config(o, read))
			acctest.WantNoDiagnostics(t, diagnostics)
			if _, exists := o.Account(test, id(1)); exists {
				t.Error("the account was not deleted")
			}
		})
	}
}

// TestOnlyIDsOfTheStateAreKept: the private state does not grow with accounts that are gone.
func TestOnlyIDsOfTheStateAreKept(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(5)))
	state = o.apply(&state, o.config(many(3)))
	o.Remove(test, id(2))
	state, _ = o.read(state)
	ids := keptIDs(t, state)
	for number := range 2 {
		if stored, _ := o.Account(test, id(number)); ids[id(number)] != stored.ID {
			t.Errorf("%s is known as %q, want %q", id(number), ids[id(number)], stored.ID)
		}
	}
	if len(ids) != 2 {
		t.Errorf("ids: %v", ids)
	}
}

func keptIDs(t *testing.T, state acctest.Instance) map[string]string {
	t.Helper()
	var ids map[string]string
	if err := json.Unmarshal(privateOf(t, state)["account_ids"], &ids); err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestAccountMadeAnewWithoutCredentials: a refresh tells of it, and plans nothing.
func TestAccountMadeAnewWithoutCredentials(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2), acctest.Attributes{
		"auth_credentials_wo":         credentials(map[string]map[string]string{id(0): {"token": "a"}}),
		"auth_credentials_wo_version": acctest.Version(1),
	}))
	o.makeAnew(id(1))
	read, diagnostics := o.read(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
	if !read.State.Equal(state.State) {
		t.Errorf("the state is %s, want %s", read.State, state.State)
	}
}
