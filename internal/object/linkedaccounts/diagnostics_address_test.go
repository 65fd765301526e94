// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
)

const singleType = "refold_linked_account"

// addressSituations are about accounts that one plan has at two addresses, singly or with others.
func addressSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "A resource is renamed", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, movement.TestDeposedObjectOfAnInterruptedReplacement, movement.TestDestroyWithAMoveThatWasNeverApplied"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.single("acme").deleted(), newSingle("acme")}
		})},
		{Name: "Accounts go from one map to another", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, movement.TestDestroyWithAMoveThatWasNeverApplied"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.plural(users(4)).changed(users(2)), made.plural(users(0, "acme")).changed(users(0, "acme", "user_2", "user_3"))}
		})},
		{Name: "An account goes from a resource of its own to a map", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, movement.TestDestroyWithAMoveThatWasNeverApplied"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.single("acme").deleted(), newPlural(users(0, "acme"))}
		})},
		{Name: "An account goes from a map to a resource of its own", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, movement.TestDestroyWithAMoveThatWasNeverApplied"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.plural(users(2)).changed(users(1)), newSingle("user_1")}
		})},
		{Name: "Two resources create the same account", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, object/linkedaccounts.TestHostileDataWithCLI"}, Meet: inOnePlan(func(arranging) []planned {
			return []planned{newSingle("acme"), newPlural(acctest.Attributes{"acme": account("Acme", nil)})}
		})},
		{Name: "A deposed object is left of an interrupted replacement", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI, provider.TestMoveExamples, movement.TestDeposedObjectOfAnInterruptedReplacement"}, Meet: inOnePlan(func(made arranging) []planned {
			accounts := made.plural(users(12))
			return []planned{accounts.changed(users(12)), accounts.deleted()}
		})},
		{Name: "A new id is not known yet, and an account of the same name is deleted", Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.single("acme").deleted(), undecidedSingle("acme")}
		})},
		{Name: "A new id is not known yet, and another account is deleted", Advice: diagnosticspage.Advice{Tests: "movement.TestUndecidedBesideADeletion"}, Meet: inOnePlan(func(made arranging) []planned {
			return []planned{made.single("acme").deleted(), undecidedSingle("Globex")}
		})},
		{Name: "Ids that differ only in case, in two resources", Advice: diagnosticspage.Advice{Tests: "TestRespelledIDs"}, Meet: inOnePlan(func(arranging) []planned {
			return []planned{newSingle("acme"), newSingle("Acme")}
		})},
		{Name: "A tainted account with another id", Advice: diagnosticspage.Advice{Tests: "movement.TestTaintedOneWhoseIDIsTaken"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			made := arranging{diagnosticspage.At(t, api)}.single("acme")
			plan := diagnosticspage.At(t, api)
			made.state.Private = newSingle("globex")(plan).PlannedPrivate
			_, met := diagnosticspage.At(t, api).Delete(singleType, made.state)
			return met
		}},
		{Name: "A moved block between the two types", Advice: diagnosticspage.Advice{Tests: "provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			made := arranging{diagnosticspage.At(t, api)}.single("acme")
			return diagnosticspage.At(t, api).Move(singleType, typeName, made.state)
		}},
		{Name: "A moved block from a map", Advice: diagnosticspage.Advice{Tests: "provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			made := arranging{diagnosticspage.At(t, api)}.plural(users(2))
			return diagnosticspage.At(t, api).Move(typeName, singleType, made.state)
		}},
	}
}

// planned is what one address is asked in a plan.
type planned func(*acctest.Protocol) *tfprotov6.PlanResourceChangeResponse

// inOnePlan asks all of them in one plan.
func inOnePlan(arrange func(arranging) []planned) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		steps := arrange(arranging{diagnosticspage.At(t, api)})
		plan := diagnosticspage.At(t, api)
		var met acctest.Diagnostics
		for _, step := range steps {
			met = step(plan).Diagnostics
		}
		return met
	}
}

// arranging makes what the state holds.
type arranging struct{ provider *acctest.Protocol }

// held is what one address holds.
type held struct {
	typeName string
	state    acctest.Instance
}

func (a arranging) single(id string) held {
	created, _ := a.provider.Apply(singleType, nil, single(a.provider, acctest.Text(id), id))
	return held{singleType, created}
}

func (a arranging) plural(elements acctest.Attributes) held {
	created, _ := applyTable(a.provider, nil, elements)
	return held{typeName, created}
}

func (h held) deleted() planned {
	return func(plan *acctest.Protocol) *tfprotov6.PlanResourceChangeResponse {
		return plan.Plan(h.typeName, &h.state, tftypes.NewValue(h.state.State.Type(), nil))
	}
}

func (h held) changed(elements acctest.Attributes) planned {
	return func(plan *acctest.Protocol) *tfprotov6.PlanResourceChangeResponse {
		return plan.Plan(h.typeName, &h.state, table(plan, elements, acctest.Attributes{"max_deletions": acctest.Number(20)}))
	}
}

// newSingle creates an account that has its id for a name.
func newSingle(id string) planned {
	return func(plan *acctest.Protocol) *tfprotov6.PlanResourceChangeResponse {
		return plan.Plan(singleType, nil, single(plan, acctest.Text(id), id))
	}
}

func newPlural(elements acctest.Attributes) planned {
	return func(plan *acctest.Protocol) *tfprotov6.PlanResourceChangeResponse {
		return plan.Plan(typeName, nil, table(plan, elements))
	}
}

// undecidedSingle creates an account whose id is only known after the apply.
func undecidedSingle(name string) planned {
	return func(plan *acctest.Protocol) *tfprotov6.PlanResourceChangeResponse {
		return plan.Plan(singleType, nil, single(plan, tftypes.NewValue(tftypes.String, tftypes.UnknownValue), name))
	}
}

func single(provider *acctest.Protocol, id tftypes.Value, name string) tftypes.Value {
	return provider.Config(singleType, acctest.Attributes{"linked_account_id": id, "name": acctest.Text(name)})
}
