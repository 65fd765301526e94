// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	changedAccount = "globex"
	changedAddress = `refold_linked_account.customer["globex"]`
	driftPlan      = "repair.tfplan"

	connectedAccount = "initech"
)

// exitPlanHasChanges is the exit code of `plan -detailed-exitcode` when something is to be done.
const exitPlanHasChanges = 2

// step is one numbered part of the demo.
type step struct {
	title string
	why   string // a sentence or two for somebody who has never used the provider
	run   func(ctx context.Context, s *stage) error
}

func steps() []step {
	return append([]step{
		{"Initialise", "The CLI installs the provider from a folder on this machine.",
			func(ctx context.Context, s *stage) error { return s.run(ctx, "init") }},
		{"Create the accounts", "The lines of accounts.csv and two more accounts with credentials become linked accounts in Refold.",
			func(ctx context.Context, s *stage) error { return s.run(ctx, "apply", "-auto-approve") }},
		{"Look at Refold", "Not Terraform's word for it: this is what the mock Refold has now. Credentials cannot be read back from the real one.", verify},
		{"Plan again", "Nothing changed, so the plan must be empty (exit code 0).",
			func(ctx context.Context, s *stage) error { return s.run(ctx, "plan", "-detailed-exitcode") }},
		{"Change an account behind Terraform's back", "Somebody lowers Globex to the starter plan with 4 seats, as one could in Refold's dashboard.", changeBehindTerraform},
		{"See the drift", "The plan must notice, show what was changed, and touch no other account (exit code 2).", planShowsDrift},
		{"Repair it", "Applying that plan puts back what the configuration says.",
			func(ctx context.Context, s *stage) error { return s.run(ctx, "apply", driftPlan) }},
		{"Look at Refold again", "All accounts must be as in the configuration.", verify},
		{"Lose a customer", "Initech connects Slack, and its line is taken out of accounts.csv by mistake. The plan warns, and the apply must be refused: with the account the customer would lose the connection.", loseCustomer},
		{"Destroy", "The line is back, and Initech has disconnected Slack. With force_destroy the provider would not ask for that.",
			func(ctx context.Context, s *stage) error { return s.run(ctx, "destroy", "-auto-approve") }},
		{"Look at Refold one last time", "There must be no account left.", verifyEmpty},
	}, customerSteps()...)
}

// runDemo takes examples/demo and the customer of examples/customer through their lives, and takes
// everything down again, whatever happens.
func runDemo(ctx context.Context, out io.Writer, archive string) (err error) {
	begin := time.Now()
	settings := append(colours(out), "TF_INPUT=0")
	stage, err := openStage(ctx, out, serving{address: anyPort}, archive, settings...)
	if err != nil {
		return fmt.Errorf("prepare the demo: %w", err)
	}
	defer func() {
		if err = errors.Join(err, stage.Close()); err == nil {
			fmt.Fprint(out, summary(steps(), time.Since(begin)))
		}
	}()
	if err := stage.openCustomer(ctx, settings...); err != nil {
		return fmt.Errorf("prepare the demo: %w", err)
	}
	return stage.perform(ctx, steps())
}

func (s *stage) perform(ctx context.Context, steps []step) error {
	for i, step := range steps {
		fmt.Fprintf(s.out, "\n=== %d of %d: %s ===\n%s\n", i+1, len(steps), step.title, step.why)
		if err := step.run(ctx, s); err != nil {
			return fmt.Errorf("step %d, %q: %w\nLook at the output of that step above; %s", i+1, step.title, err, s.refold.lastRequests(10))
		}
	}
	return nil
}

func summary(steps []step, took time.Duration) string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n=== Done in %s: every step did what it should ===\n\n", took.Round(time.Second))
	for i, step := range steps {
		fmt.Fprintf(&text, "  %2d. %s\n", i+1, step.title)
	}
	text.WriteString("\nThe mock is stopped and the temporary folder is removed. To try things yourself: make sandbox\n")
	return text.String()
}

func verify(_ context.Context, s *stage) error {
	expected, err := expectedAccounts(s.workspace.Folder)
	if err != nil {
		return err
	}
	actual := actualAccounts(s.refold.Server)
	fmt.Fprintln(s.out)
	show(s.out, actual)
	return compare(expected, actual)
}

func verifyEmpty(_ context.Context, s *stage) error {
	if err := compare(nil, actualAccounts(s.refold.Server)); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "\n  no accounts")
	return nil
}

func changeBehindTerraform(_ context.Context, s *stage) error {
	if _, ok := s.refold.Account(mockapi.EnvironmentTest, changedAccount); !ok {
		return fmt.Errorf("account %s is not there", changedAccount)
	}
	s.refold.Change(mockapi.EnvironmentTest, changedAccount, func(account *mockapi.Account) {
		account.SetUDF("plan", "starter")
		account.SetUDF("seats", json.Number("4"))
	})
	fmt.Fprintln(s.out)
	show(s.out, map[string]account{changedAccount: actualAccounts(s.refold.Server)[changedAccount]})
	return nil
}

// loseCustomer leaves everything as it was.
func loseCustomer(ctx context.Context, s *stage) error {
	s.refold.Connect(mockapi.EnvironmentTest, connectedAccount, mockapi.Integration{Type: "slack", Name: "Slack"})
	putBack, err := s.takeOut(connectedAccount)
	if err != nil {
		return err
	}
	err = s.run(ctx, "apply", "-auto-approve")
	if ctx.Err() != nil {
		return err
	}
	if _, exists := s.refold.Account(mockapi.EnvironmentTest, connectedAccount); err == nil || !exists {
		return fmt.Errorf("account %s was deleted although its customer has connected an app (%v)", connectedAccount, err)
	}
	s.refold.Disconnect(mockapi.EnvironmentTest, connectedAccount, "slack", "")
	return putBack()
}

// takeOut takes the line of an account out of accounts.csv.
func (s *stage) takeOut(accountID string) (putBack func() error, err error) {
	file := filepath.Join(s.workspace.Folder, "accounts.csv")
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("take a line out of accounts.csv: %w", err)
	}
	lines := strings.SplitAfter(string(content), "\n")
	kept := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return strings.HasPrefix(line, accountID+",") })
	if len(kept) != len(lines)-1 {
		return nil, fmt.Errorf("take a line out of accounts.csv: %d are about %s", len(lines)-len(kept), accountID)
	}
	if err := os.WriteFile(file, []byte(strings.Join(kept, "")), 0o600); err != nil {
		return nil, fmt.Errorf("take a line out of accounts.csv: %w", err)
	}
	return func() error { return os.WriteFile(file, content, 0o600) }, nil
}

func planShowsDrift(ctx context.Context, s *stage) error {
	changes, err := s.planChanges(ctx, driftPlan)
	if err != nil {
		return err
	}
	if want := []string{"update " + changedAddress}; !slices.Equal(changes, want) {
		return fmt.Errorf("the plan is to do %q instead of %q", changes, want)
	}
	return nil
}

// planChanges makes a plan that has to do something, keeps it in a file, and lists what it does.
func (s *stage) planChanges(ctx context.Context, file string) ([]string, error) {
	err := s.run(ctx, "plan", "-detailed-exitcode", "-out="+file)
	if err == nil {
		return nil, errors.New("the plan is empty although something was changed")
	}
	if ctx.Err() != nil || cli.ExitCode(err) != exitPlanHasChanges {
		return nil, err
	}
	document, err := s.workspace.Output(ctx, "show", "-json", file)
	if err != nil {
		return nil, err
	}
	return plannedChanges(document)
}

// plannedChanges lists what a plan, as `show -json` prints it, will do to resources: "ACTION
// ADDRESS".
func plannedChanges(document string) ([]string, error) {
	var plan struct {
		Changes []struct {
			Address string `json:"address"`
			Mode    string `json:"mode"`
			Change  struct {
				Actions []string `json:"actions"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(document), &plan); err != nil {
		return nil, fmt.Errorf("decode the plan: %w", err)
	}
	var changes []string
	for _, change := range plan.Changes {
		if change.Mode != "managed" {
			continue
		}
		for _, action := range change.Change.Actions {
			if action != "no-op" {
				changes = append(changes, action+" "+change.Address)
			}
		}
	}
	return changes, nil
}
