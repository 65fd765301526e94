// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/registered"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/live/namespace"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// isLive makes TestBattery run at the Refold that the environment names (make live), in place of
// the mock.
var isLive = flag.Bool("live", false, "run the battery at the Refold of "+site.KeyVariable)

// settings are those of the environment, from before acctest.Main cuts it off.
var settings site.Settings

func TestMain(m *testing.M) {
	flag.Parse()
	if *isLive {
		var err error
		if settings, err = site.FromEnvironment(os.Getenv); err != nil {
			fmt.Fprintln(os.Stderr, "FAILED:", err)
			os.Exit(1)
		}
	}
	acctest.Main(m)
}

// TestBattery runs the battery of all objects as it runs at a real Refold: at the one of `make
// live`, else at the mock, as a server of today and, for the account and all that reads, as one of
// 2025.
func TestBattery(t *testing.T) {
	suite := registered.Suite()
	if *isLive {
		runLive(t, suite)
		return
	}
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	for name, behaviour := range generations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ofGeneration := suite
			if name != newest {
				ofGeneration.Resources = firstResource(suite)
			}
			ofGeneration.RunLive(inProcess{battery.Subtests(t)}, mocked(behaviour))
		})
	}
}

const newest = "hosted"

func generations() map[string]mockapi.Behaviour {
	return map[string]mockapi.Behaviour{newest: mockapi.HostedToday(), "self-hosted": mockapi.SelfHosted2025()}
}

// firstResource is the account, which all others take: what it shows of a generation of servers is
// worth the time that it takes.
func firstResource(suite battery.Suite) []battery.Resource { return suite.Resources[:1] }

// inProcess leaves the cases with a CLI to TestBatteryByCLI: they are no different here for each
// object.
type inProcess struct{ battery.Runner }

// OnRealClock implements battery.Runner.
func (inProcess) OnRealClock(string, func(battery.T)) {}

// onlyCLI runs one case with a CLI, and counts it.
type onlyCLI struct {
	t   *testing.T
	ran *int
}

// InVirtualTime implements battery.Runner.
func (onlyCLI) InVirtualTime(string, func(battery.T)) {}

// OnRealClock implements battery.Runner.
func (o onlyCLI) OnRealClock(name string, run func(battery.T)) {
	if name == "resource refold_linked_account/by CLI" {
		*o.ran++
		o.t.Run(name, func(t *testing.T) { run(t) })
	}
}

// TestBatteryByCLI shows that a CLI comes through.
func TestBatteryByCLI(t *testing.T) {
	t.Parallel()
	shortrun.Thorough(t, "TestBattery here, and with a CLI that of acctest/registered")
	ran := 0
	registered.Suite().RunLive(onlyCLI{t, &ran}, mocked(mockapi.HostedToday()))
	if ran != 1 {
		t.Errorf("%d cases were run", ran)
	}
}

// oneByOne runs all cases on the real clock, one after the other.
type oneByOne struct{ t *testing.T }

// InVirtualTime implements battery.Runner.
func (o oneByOne) InVirtualTime(name string, run func(battery.T)) { o.OnRealClock(name, run) }

// OnRealClock implements battery.Runner.
func (o oneByOne) OnRealClock(name string, run func(battery.T)) {
	o.t.Run(name, func(t *testing.T) { run(t) })
}

func runLive(t *testing.T, suite battery.Suite) {
	at, err := site.Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := at.Sweep(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("delete the accounts of this run, which begin with %s: %v", at.Prefix(), err)
		}
	})
	for _, left := range suite.NotLive() {
		t.Log("not tried here:", left)
	}
	var cases atomic.Int32
	suite.RunLive(oneByOne{t}, func(t battery.T, needs battery.Live) http.Handler {
		return prepared(t, at, fmt.Sprintf("c%d", cases.Add(1)), needs)
	})
}

// mocked is a mock of its own for each case, in which others have an account and a value. It keeps
// the published pace, and whatever case is tried leaves nothing behind and others alone.
func mocked(behaviour mockapi.Behaviour) battery.Site {
	return func(t battery.T, needs battery.Live) http.Handler {
		t.Helper()
		const others = "acme"
		refold := mockapi.New(mockapi.WithBehaviour(behaviour))
		refold.LimitRate(mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
		refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: others})
		refold.SetVariableValue(mockapi.EnvironmentTest, mockapi.VariableValue{DefinitionID: mockapi.RegionVariableID, AccountID: others, Value: "theirs"})
		version := func() int { account, _ := refold.Account(mockapi.EnvironmentTest, others); return account.Version }
		before := version()
		at, err := site.Open(t.Context(), site.Settings{BaseURL: "https://refold.test", APIKey: mockapi.TestKey, Network: acctest.InProcess(t, refold)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if left := refold.Accounts(mockapi.EnvironmentTest); len(left) != 1 || left[0].AccountID != others || version() != before {
				t.Errorf("what is left is %+v", left)
			}
			if len(refold.VariableValues(mockapi.EnvironmentTest)) != 1 {
				t.Errorf("the values that are left are %+v", refold.VariableValues(mockapi.EnvironmentTest))
			}
			if rejected := refold.Rejected(); rejected > 0 {
				t.Errorf("%d requests came too soon", rejected)
			}
		})
		return prepared(t, at, "c1", needs)
	}
}

// prepared is a namespace of a site with what a case needs, until the case ends.
func prepared(t battery.T, at *site.Site, name string, needs battery.Live) http.Handler {
	t.Helper()
	definitions, err := definitionsFor(t.Context(), at, needs.Variables)
	if err != nil {
		t.Fatal(err)
	}
	made := namespace.New(at, name, definitions)
	t.Cleanup(func() {
		if err := made.Clear(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	for _, account := range needs.Accounts {
		if err := seed(t.Context(), made, account); err != nil {
			t.Fatal(err)
		}
	}
	return contract.Check(t, made)
}

func seed(ctx context.Context, in *namespace.Namespace, account battery.LiveAccount) error {
	encoded, err := json.Marshal(account)
	if err != nil {
		return err
	}
	var fields map[string]any
	return errors.Join(json.Unmarshal(encoded, &fields), in.Seed(ctx, fields))
}

// definitionsFor finds, for each definition of the mock, one of the site that is like it.
func definitionsFor(ctx context.Context, at *site.Site, mocked []string) (map[string]string, error) {
	found := map[string]string{}
	for _, id := range mocked {
		real, err := at.Definition(ctx, definitionOfMock(id))
		if err != nil {
			return nil, err
		}
		found[id] = real
	}
	return found, nil
}

// definitionOfMock is what a definition of the mock is like.
func definitionOfMock(id string) site.Definition {
	for _, known := range mockapi.New().VariableDefinitions(mockapi.EnvironmentTest) {
		if known.ID == id {
			return site.Definition{Scope: known.Scope, Format: known.Format, Encrypted: known.Encrypted}
		}
	}
	panic("the mock has no definition " + id)
}
