// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	address = "refold_linked_account.test"
	test    = mockapi.EnvironmentTest
)

// account is a resource block for the id with the given lines in it.
func account(id string, lines ...string) string {
	return fmt.Sprintf("resource \"refold_linked_account\" \"test\" {\n  linked_account_id = %q\n  %s\n}\n", id, strings.Join(lines, "\n  "))
}

// importing is an import block for the account.
func importing(id string) string {
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, id)
}

// applied applies a configuration and expects Terraform to plan this action.
func applied(config string, action plancheck.ResourceActionType, checks ...resource.TestCheckFunc) resource.TestStep {
	return resource.TestStep{
		Config:           config,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}},
		Check:            resource.ComposeAggregateTestCheckFunc(checks...),
	}
}

// unchanged plans a configuration and expects nothing to do.
func unchanged(config string) resource.TestStep {
	return resource.TestStep{
		Config:           config,
		PlanOnly:         true,
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
	}
}

func failing(config, message string) resource.TestStep {
	return resource.TestStep{Config: config, ExpectError: acctest.Wrapped(message)}
}

// after runs an action before a step.
func after(action func(), step resource.TestStep) resource.TestStep {
	prepare := step.PreConfig
	step.PreConfig = func() {
		action()
		if prepare != nil {
			prepare()
		}
	}
	return step
}

// counted resets the request log before a step, and checks what the step's
// apply sent besides reads.
func counted(refold *acctest.Refold, step resource.TestStep, want map[string]int) resource.TestStep {
	check := step.Check
	step = after(refold.ResetRequests, step)
	step.Check = func(state *terraform.State) error {
		got := refold.CountByMethod()
		delete(got, "GET")
		if !maps.Equal(got, want) {
			return fmt.Errorf("requests: got %v, want %v", got, want)
		}
		if check == nil {
			return nil
		}
		return check(state)
	}
	return step
}

// storedUDF checks the fields at the server; numbers are written as text.
func storedUDF(refold *acctest.Refold, id string, want map[string]any) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := map[string]any{}
		for key, value := range refold.UDF(id) {
			if value == nil {
				continue
			}
			if number, ok := value.(fmt.Stringer); ok {
				value = "number " + number.String()
			}
			got[key] = value
		}
		if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("udf of %q at the server: got %v, want %v", id, got, want)
		}
		return nil
	}
}

func storedCredentials(refold *acctest.Refold, id string, want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := refold.Credentials(test, id); !maps.Equal(got, want) {
			return fmt.Errorf("credentials of %q at the server: got %v, want %v", id, got, want)
		}
		return nil
	}
}

// allGone checks that nothing is left in the test environment.
func allGone(t *testing.T, refold *acctest.Refold) {
	t.Helper()
	t.Cleanup(func() {
		if t.Skipped() {
			return
		}
		if left := refold.Accounts(test); len(left) > 0 {
			t.Errorf("%d accounts are left at the server after destroy, the first is %q", len(left), left[0].AccountID)
		}
	})
}

func behaving(change func(*mockapi.Behaviour)) mockapi.Option {
	var behaviour mockapi.Behaviour
	change(&behaviour)
	return mockapi.WithBehaviour(behaviour)
}
