// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// policySituations are about accounts that Terraform gives up under a deletion policy.
func policySituations() []diagnosticspage.Situation {
	with := func(policy string) acctest.Attributes {
		values := named("Acme")
		values["deletion_policy"] = acctest.Text(policy)
		return values
	}
	givingUp := func(policy string, meet func(*testing.T, *mockapi.Server, acctest.Instance) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
		return func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(with(policy))
			return meet(t, api, created)
		}
	}
	removed := func(t *testing.T, api *mockapi.Server, created acctest.Instance) acctest.Diagnostics {
		return managing(t, api).Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
	replaced := func(by acctest.Attributes) func(*testing.T, *mockapi.Server, acctest.Instance) acctest.Diagnostics {
		return func(t *testing.T, api *mockapi.Server, created acctest.Instance) acctest.Diagnostics {
			m := managing(t, api)
			first := m.Plan(typeName, &created, m.Config(typeName, by))
			return m.plan(acctest.Instance{State: tftypes.NewValue(created.State.Type(), nil), Private: first.PlannedPrivate}, by)
		}
	}
	return []diagnosticspage.Situation{
		{Name: "The block was removed, under PREVENT", Advice: diagnosticspage.Advice{Tests: "TestPrevent, movement.TestDeposedObjectOfAnInterruptedReplacement, provider.TestMoveExamples"}, Meet: givingUp("PREVENT", removed)},
		{Name: "A tainted account is to be deleted, under PREVENT", Advice: diagnosticspage.Advice{Tests: "TestPrevent, movement.TestDeposedObjectOfAnInterruptedReplacement, provider.TestMoveExamples"}, Meet: givingUp("PREVENT", func(t *testing.T, api *mockapi.Server, created acctest.Instance) acctest.Diagnostics {
			_, met := managing(t, api).Delete(typeName, created)
			return met
		})},
		{Name: "The block was removed, under ABANDON", Mended: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(with("ABANDON"))
			deleting, met := managing(t, api).Apply(typeName, &created, managing(t, api).Config(typeName, with("DELETE")))
			return append(met, removed(t, api, deleting)...)
		}, Meet: givingUp("ABANDON", removed)},
		{Name: "The account is replaced, and the policy changes", Mended: givingUp("DELETE", func(t *testing.T, api *mockapi.Server, created acctest.Instance) acctest.Diagnostics {
			abandoned, met := managing(t, api).Apply(typeName, &created, managing(t, api).Config(typeName, with("ABANDON")))
			return append(met, managing(t, api).plan(abandoned, with("ABANDON"))...)
		}), Meet: givingUp("DELETE", replaced(with("ABANDON")))},
		{Name: "The account is replaced by itself, under ABANDON", Mended: givingUp("ABANDON", func(t *testing.T, api *mockapi.Server, created acctest.Instance) acctest.Diagnostics {
			deleting, met := managing(t, api).Apply(typeName, &created, managing(t, api).Config(typeName, with("DELETE")))
			return append(met, replaced(with("DELETE"))(t, api, deleting)...)
		}), Advice: diagnosticspage.Advice{Tests: "movement.TestTaintedOneWhoseIDIsTaken"}, Meet: givingUp("ABANDON", replaced(with("ABANDON")))},
	}
}
