// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// The customer of examples/customer, and what they give us.
const (
	customerID      = "wonka"
	hubSpotKey      = "pat-sample-of-wonka"
	apiSecret       = "sample-secret-of-wonka"
	healthPlan      = "health.tfplan"
	mayDelete       = "-var=deletion_policy=DELETE"
	mayLoseTheRest  = "-var=force_destroy=true"
	customerUpdates = "update refold_config.hubspot"
)

// customerSteps take one customer, in a project of their own, from sign-up to offboarding.
func customerSteps() []step {
	return []step{
		{"Sign a customer up", "Another project, examples/customer: one customer with an app that is connected by a key, its configuration, checks and a smoke test. The numbers at the end are those of Refold's dashboard.", ofCustomer(signUp)},
		{"Let the customer do what customers do", "They enter a key of their own, change a field that is configured here and one that is not, and their connection to Slack expires.", ofCustomer(actAsCustomer)},
		{"See all of it in one plan", "A warning for the other key, a check that fails for Slack, and one change: the field that is configured here. The customer's own field is theirs.", ofCustomer(planShowsCustomer)},
		{"Destroy by accident", "It must be refused, because deletion_policy is PREVENT.", ofCustomer(destroyIsPrevented)},
		{"Offboard the customer", "The policy is applied first. Then the configuration goes, then the app, then the account. The guide about a customer's life shows what is refused on the way without force_destroy.", ofCustomer(offboard)},
	}
}

// ofCustomer runs a step in the customer's project.
func ofCustomer(run func(ctx context.Context, s *stage) error) func(ctx context.Context, s *stage) error {
	return func(ctx context.Context, s *stage) error {
		own := *s
		own.workspace = s.customer
		return run(ctx, &own)
	}
}

// openCustomer makes a workspace with examples/customer, which Close removes.
func (s *stage) openCustomer(ctx context.Context, settings ...string) error {
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	s.customer, err = s.newWorkspace(ctx, s.workspace.CLI, filepath.Join(root, "examples", "customer"), append([]string{
		"REFOLD_BASE_URL=" + s.refold.url,
		"REFOLD_API_KEY=" + mockapi.TestKey,
		"TF_VAR_hubspot_api_key=" + hubSpotKey,
		"TF_VAR_api_secret=" + apiSecret,
	}, settings...)...)
	return err
}

func signUp(ctx context.Context, s *stage) error {
	if err := s.run(ctx, "init"); err != nil {
		return err
	}
	if err := s.run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	if keys := s.refold.Keys(mockapi.EnvironmentTest, customerID, "hubspot", "keybased"); keys["api_key"] != hubSpotKey {
		return errors.New("HubSpot is not connected by the customer's key")
	}
	return nil
}

func actAsCustomer(_ context.Context, s *stage) error {
	account, exists := s.refold.Account(mockapi.EnvironmentTest, customerID)
	config, isConfigured := s.refold.Config(mockapi.EnvironmentTest, customerID, "hubspot", "")
	if !exists || !isConfigured || len(account.Integrations) != 1 {
		return fmt.Errorf("account %s is not as it was set up", customerID)
	}
	hubSpot := account.Integrations[0]
	hubSpot.Connections = map[string]mockapi.Connection{"keybased": {ConnectedAt: time.Now(), Keys: map[string]string{"api_key": "pat-of-their-own"}}}
	s.refold.Connect(mockapi.EnvironmentTest, customerID, hubSpot)
	s.refold.Connect(mockapi.EnvironmentTest, customerID, mockapi.Integration{Type: "slack", Name: "Slack"})
	s.refold.RequireReauth(mockapi.EnvironmentTest, customerID, "slack")
	config.Values["sync_interval"], config.Values["owner_email"] = json.Number("5"), "jo@wonka.example"
	s.refold.SetConfig(mockapi.EnvironmentTest, customerID, config)
	return nil
}

func planShowsCustomer(ctx context.Context, s *stage) error {
	changes, err := s.planChanges(ctx, healthPlan)
	if err != nil {
		return err
	}
	if !slices.Equal(changes, []string{customerUpdates}) {
		return fmt.Errorf("the plan is to do %q instead of %q", changes, customerUpdates)
	}
	return nil
}

func destroyIsPrevented(ctx context.Context, s *stage) error {
	err := s.run(ctx, "destroy", "-auto-approve")
	if ctx.Err() != nil {
		return err
	}
	if _, exists := s.refold.Account(mockapi.EnvironmentTest, customerID); err == nil || !exists {
		return fmt.Errorf("the customer was deleted although deletion_policy is PREVENT (%v)", err)
	}
	return nil
}

func offboard(ctx context.Context, s *stage) error {
	for _, command := range []string{"apply", "destroy"} {
		if err := s.run(ctx, command, "-auto-approve", mayDelete, mayLoseTheRest); err != nil {
			return err
		}
	}
	return compare(nil, actualAccounts(s.refold.Server))
}
