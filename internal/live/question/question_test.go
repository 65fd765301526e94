// SPDX-License-Identifier: MPL-2.0

package question

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// ask asks a mock, and checks that it is left as it was.
func ask(t *testing.T, behaviour mockapi.Behaviour) (Report, *mockapi.Server) {
	t.Helper()
	refold := mockapi.New(mockapi.WithBehaviour(behaviour))
	refold.LimitRate(mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
	refold.AddExecutions(mockapi.EnvironmentTest, "acme", mockapi.Execution{Slug: "hubspot"})
	refold.SetVariableValue(mockapi.EnvironmentTest, mockapi.VariableValue{DefinitionID: mockapi.RegionVariableID, AccountID: "acme", Value: "eu"})
	before, _ := refold.Account(mockapi.EnvironmentTest, "acme")
	at, err := site.Open(t.Context(), site.Settings{
		BaseURL: "https://refold.test", APIKey: mockapi.TestKey, Network: acctest.InProcess(t, refold),
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := Ask(t.Context(), at)
	if err != nil {
		t.Error(err)
	}
	after, _ := refold.Account(mockapi.EnvironmentTest, "acme")
	if left := refold.Accounts(mockapi.EnvironmentTest); len(left) != 1 || !reflect.DeepEqual(before, after) {
		t.Errorf("%d accounts are left, and the one of others is %+v, was %+v", len(left), after, before)
	}
	if rejected := refold.Rejected(); rejected > 0 {
		t.Errorf("%d requests came too soon", rejected)
	}
	return report, refold
}

// switches are what a report decides, by name.
func (r Report) switches() map[string]string {
	all := map[string]string{}
	for _, answer := range r.Answers {
		for _, one := range answer.Switches {
			all[one.Name] = one.Value
		}
	}
	return all
}

// valuesOf are all switches of a Behaviour, by name.
func valuesOf(behaviour mockapi.Behaviour) map[string]string {
	all := map[string]string{}
	walk(reflect.ValueOf(behaviour), "", func(name string, value reflect.Value) { all[name] = inGo(value) })
	return all
}

// A mock is found out: of each of its generations, exactly the switches that it has.
func TestGenerations(t *testing.T) {
	t.Parallel()
	undecided := map[string][]string{
		"hosted":      nil,
		"self-hosted": {"Account.IDsVisibleASCII", "Credential.AcceptEmptyApp", "Credential.Duplicates", "Credential.Replace"},
	}
	for name, behaviour := range map[string]mockapi.Behaviour{"hosted": mockapi.HostedToday(), "self-hosted": mockapi.SelfHosted2024()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				report, _ := ask(t, behaviour)
				want := map[string]string{}
				for _, known := range decidable() {
					want[known] = valuesOf(behaviour)[known]
				}
				for _, open := range undecided[name] {
					delete(want, open)
				}
				if got := report.switches(); !maps.Equal(got, want) {
					t.Errorf("the switches are\n%v\nwant\n%v\n%+v", got, want, report.Answers)
				}
			})
		})
	}
}
