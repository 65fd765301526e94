// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// unknownDefinitionError lists the definitions that there are, as far as Refold says. More is
// further advice.
func unknownDefinitionError(ctx context.Context, client *refold.Client, m model, more ...string) diag.Diagnostic {
	has := "It has none."
	switch known, err := client.VariableDefinitions(ctx, refold.SnapshotLife); {
	case err != nil:
		has = "Which it has could not be found out: " + diagnose.Answer(err)
	case len(known) > 0:
		has = "It has:\n\n" + describeDefinitions(known)
	}
	return diagnose.NewError("There is no such variable", fmt.Sprintf(
		"Your organization has no definition %q of a variable. %s", m.VariableDefinitionID.ValueString(), has),
		strings.Join(append([]string{"Write the id of the definition, not its name. Definitions are made in Refold's dashboard."}, more...), " ")).At(path.Root("variable_definition_id"))
}

// describeDefinitions names the first definitions, and counts the rest.
func describeDefinitions(definitions []*refold.VariableDefinition) string {
	var lines []string
	for _, one := range definitions[:min(len(definitions), diagnose.MostNamed)] {
		lines = append(lines, fmt.Sprintf("  - %q: %s (scope %s)", one.ID, cmp.Or(one.Name, "without a name"), cmp.Or(one.Scope, "unknown")))
	}
	if more := len(definitions) - diagnose.MostNamed; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more", more))
	}
	return strings.Join(lines, "\n")
}

func scopeError(m model, definition *refold.VariableDefinition, misfit string) diag.Diagnostic {
	return diagnose.NewError("The value does not fit the scope of the variable", fmt.Sprintf(
		"%s cannot be set like that: the scope of the variable is `%s`, %s.", m.subject().AtStart(), definition.Scope, misfit),
		"Correct that, or use a variable of another scope. "+diagnose.PlanBeforeDestroy).At(path.Root("variable_definition_id"))
}

func encryptedError(m model) diag.Diagnostic {
	return diagnose.NewError("An encrypted variable takes write-only values only", fmt.Sprintf(
		"%s is encrypted, or Refold does not say that it is not, and `value` would stand in the state in plain text.", m.subject().AtStart()),
		"Give it as `value_wo`, with `value_wo_version`. If the state has held the value already, set another one. "+diagnose.PlanBeforeDestroy).At(path.Root("value"))
}

func formatError(m model, definition *refold.VariableDefinition, flaw string) diag.Diagnostic {
	return diagnose.NewError("The value does not have the format of the variable", fmt.Sprintf(
		"%s has to be of the format `%s`, and %s. (The value itself is not shown here.)", m.subject().AtStart(), definition.Format, flaw),
		"Correct the value. "+diagnose.PlanBeforeDestroy).At(m.at())
}

func refusedError(doing string, m model, err error) diag.Diagnostic {
	return diagnose.NewError("Refold refuses the value", fmt.Sprintf("Tried to %s %s.\n\n%s", doing, m.subject(), diagnose.Answer(err)),
		"Correct the value: it has to have the format of the variable, which Refold's dashboard shows. With `value_wo`, nothing has to be done about the version: it is sent again by the next apply.").At(m.at())
}

// noValueError stands at the version where there is one: Terraform would show the line of the
// value.
func noValueError(plan model) diag.Diagnostic {
	if !plan.hasForm() {
		return diagnose.NewError("No value to set", fmt.Sprintf(
			"%s is to be set, and neither `value` nor `value_wo` is configured. Nothing was sent for it.", plan.subject().AtStart()),
			"Add `value`, or `value_wo` with `value_wo_version`. To manage a value that is set without changing it, import it. "+diagnose.PlanBeforeDestroy)
	}
	return diagnose.NewError("The write-only value is null", fmt.Sprintf(
		"`value_wo` of %s is null or left out, perhaps because a variable is. This plan would send it, because the value is new, or its version is. Nothing was sent for it.", plan.subject()),
		"Set the variable for this run. To plan without the value, keep the version that the state has: nothing is sent then, unless an earlier update was left open or the value is gone. What is gone at Refold is taken out of the state by `terraform apply -refresh-only`, without the value. "+diagnose.PlanBeforeDestroy).At(path.Root("value_wo_version"))
}

// existsError refuses to replace a value silently. More is further advice.
func existsError(plan model, shown *refold.VariableValue, more ...string) diag.Diagnostic {
	what := "and Refold shows another value than is configured here"
	if !shown.IsShown {
		what = "and Refold does not show which value"
	}
	return diagnose.NewError("The variable has a value already", fmt.Sprintf(
		"%s is set%s, %s. The customer may have set it, or an apply that failed. So it was not replaced.\n\n"+
			"If it is in this very state under another address, use a `moved` block; if another state or a program manages it, leave it to that.\n\n"+
			"Otherwise, to manage it from here, import it, with the resource's own address in place of NAME:\n\n%s",
		plan.subject().AtStart(), since(shown.UpdatedAt), what, diagnose.ImportBlock(typeName, plan.Object().ImportID())),
		strings.Join(append([]string{"or set `adopt_existing = true` to replace it at once."}, more...), " "),
	).At(path.Root("variable_definition_id"))
}

// since says when a value was set, to follow it.
func since(updatedAt string) string {
	if updatedAt == "" {
		return ""
	}
	return fmt.Sprintf(" (since %s)", updatedAt)
}

func takeOverWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("An existing value is taken over", fmt.Sprintf(
		"%s is set already, to what is configured here, perhaps by an apply that was interrupted.", plan.subject().AtStart()),
		"It is managed from here from then on, and deleted with its resource.")
}

func adoptionWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("An existing value is adopted", fmt.Sprintf(
		"%s is set already. Under `adopt_existing`, this run replaces it, and nothing brings back what was there.", plan.subject().AtStart()),
		"If the customer set it, ask them first.")
}

func existsPerhapsWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("The variable has a value already", fmt.Sprintf(
		"%s is set already. Whether it is what is configured, or `adopt_existing`, is not known yet: if not, the apply is refused.", plan.subject().AtStart()),
		"Apply what it depends on first (terraform apply -target=...), or write it out.")
}

func notLookedUpWarning(plan model, err error) diag.Diagnostic {
	return diagnose.NewWarning("The variable could not be looked up", fmt.Sprintf(
		"Whether %s is set already, and which values the variable takes, could not be found out for this plan. %s", plan.subject(), diagnose.Answer(err)),
		"The apply looks again, and refuses what does not fit.")
}

func appearedWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("A value was set while this one was sent", fmt.Sprintf(
		"The first attempt to set %s was not answered, and there is a value since. It is taken for what this run has set; nothing was sent again.", plan.subject()),
		"If somebody else has set one at that moment, Refold has theirs: change `value_wo_version` to send this one.")
}

func replacedWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("A value that somebody else has set was replaced", fmt.Sprintf(
		"Somebody has set %s since the state was made, and this run has replaced that. Nothing brings it back.", plan.subject()),
		"If the customer had set it, tell them.")
}

// replacedPerhapsWarning is about a value that is not shown, of which only the time has changed.
func replacedPerhapsWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("A value that somebody else has set was perhaps replaced", fmt.Sprintf(
		"The first attempt to set %s was not answered, and the value was set since, by that attempt or by somebody else: Refold does not show which value it is. It was sent again.", plan.subject()),
		"If the customer had set it at that moment, tell them.")
}

// setMeanwhileError is about a value that another one took the place of between two attempts of one
// update.
func setMeanwhileError(plan model) diag.Diagnostic {
	return diagnose.NewError("The value was set by somebody else meanwhile", fmt.Sprintf(
		"An attempt to set %s did not succeed, and before it was sent again, somebody else has set the value. So it was left as it is.", plan.subject()),
		"Plan again, with a refresh, and look at what the plan changes.")
}

// anothersGoesWarning is about a value that no plan shows.
func anothersGoesWarning(state model) diag.Diagnostic {
	return diagnose.NewWarning("A value that somebody else has set goes", fmt.Sprintf(
		"%s was set by somebody else since it was set or imported here%s, and no plan shows its value. The apply deletes it, and nothing brings it back.", state.subject().AtStart(), at(state.UpdatedAt)),
		"To keep it but stop managing it, use a `removed` block with `destroy = false`, or apply `deletion_policy = \"ABANDON\"` before.")
}

// anothersReplacedWarning is about an update over a value that no plan shows.
func anothersReplacedWarning(state model) diag.Diagnostic {
	return diagnose.NewWarning("A value that somebody else has set is replaced", fmt.Sprintf(
		"%s was set by somebody else since it was set or imported here%s, and no plan shows its value. The apply sets the configured one in its place, and nothing brings theirs back.", state.subject().AtStart(), at(state.UpdatedAt)),
		"To keep theirs, take `value_wo_version` back to what it was, or out again where it is new.")
}

// replacesAnothersError is about -replace, whose plan shows no warnings.
func replacesAnothersError(plan model) diag.Diagnostic {
	return diagnose.NewError("The value was set by somebody else", fmt.Sprintf(
		"%s is to be deleted and set anew, and somebody else has set it since it was set or imported here. No plan shows its value, and nothing would bring it back.", plan.subject().AtStart()),
		"Plan without -replace. If the configured value is to count, change `value_wo_version`: it is sent then, without a deletion. If theirs need not stay, set `adopt_existing = true`.")
}

// sent is the subject of a write. A value that no plan compares is not recognised by the next one.
func (m model) sent(doing string) diagnose.Subject {
	subject := m.subject()
	if doing == "create" && m.isWriteOnly() {
		subject.Again = "If it was, the next apply finds a value that it cannot compare, and refuses to replace it: import it then, or set `adopt_existing = true`, if nobody else can have set one."
	}
	return subject
}

func otherFormWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("Refold shows another value than was sent", fmt.Sprintf(
		"%s was set, and Refold does not show it as it was sent. It may keep values in another form, or somebody has set another one at the same moment.", plan.subject().AtStart()),
		"Plan again. If that plan changes the value, write it in the form in which Refold shows it.")
}

func setElsewhereWarning(state model) diag.Diagnostic {
	return diagnose.NewWarning("The value was set elsewhere", fmt.Sprintf(
		"Somebody has set %s since this resource did%s. The configured value is write-only, so no plan compares it.", state.subject(), at(state.UpdatedAt)),
		"If theirs is to stay, there is nothing to do, unless this plan changes `value_wo_version`: the configured value replaces theirs then. If the configured value is to count, change `value_wo_version`: it is sent again then.")
}

func at(updatedAt types.String) string {
	if updatedAt.ValueString() == "" {
		return ""
	}
	return " (" + updatedAt.ValueString() + ")"
}

// leavesStateWarning is about a definition that is encrypted now, or nil for one that is gone.
func leavesStateWarning(state model, definition *refold.VariableDefinition) diag.Diagnostic {
	why, next := "its variable is encrypted now", "Give it as `value_wo`, with `value_wo_version`, in place of `value`. Older versions of the state still hold it: set another one if that matters."
	if definition == nil {
		why, next = "your organization does not list the variable's definition any more", "If the variable was deleted, take the resource out of the configuration."
	}
	return diagnose.NewWarning("The value leaves the state", fmt.Sprintf("%s is not kept in the state any more: %s.", state.subject().AtStart(), why), next)
}

func staysWarning(state model) diag.Diagnostic {
	return diagnose.NewWarning("A value that is taken out stays at Refold", fmt.Sprintf(
		"Neither `value` nor `value_wo` is configured for %s any more. Refold keeps the value that it has, and no plan looks at it from then on.", state.subject()),
		"To change it, configure a value. To delete it, destroy the resource.")
}

func unsettledWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("An earlier update is completed", fmt.Sprintf(
		"An earlier update of %s failed, and Refold may hold another value than the state says: the configured one is sent again.", plan.subject()), "")
}

func vanishedError(state model) diag.Diagnostic {
	return diagnose.NewError("The value is gone", fmt.Sprintf(
		"%s was to be changed, and is not set any more: somebody has deleted it since the plan was made. It is not made anew.", state.subject().AtStart()),
		"Plan again, with a refresh: it is planned to be set then.")
}

func madeAnewError(state model) diag.Diagnostic {
	return diagnose.NewError("The value was made anew", fmt.Sprintf(
		"%s was deleted and set anew by somebody since the plan was made. So it was not touched.", state.subject().AtStart()),
		"Plan again, with a refresh, and look at what the plan changes. Or set `adopt_existing = true` to replace it whoever made it.")
}

// setSinceError refuses to delete what the plan did not show.
func setSinceError(state model) diag.Diagnostic {
	return diagnose.NewError("The value was set by somebody else", fmt.Sprintf(
		"%s was to be deleted, and it is not the one of the state any more: somebody has set it since. Nothing was deleted.", state.subject().AtStart()),
		"Plan again, with a refresh, and delete it if it may go. (Older CLIs refresh what left the configuration by `terraform apply -refresh-only` alone, and so does a destroy without the secrets.) To keep it but stop managing it, use a `removed` block with `destroy = false`, or `deletion_policy = \"ABANDON\"`.")
}

func noIDError(state model) diag.Diagnostic {
	return diagnose.NewError("Refold has not shown the id of the value", fmt.Sprintf(
		"%s was to be deleted. Refold deletes values by an id of their own, and has shown none for it. Nothing was deleted.", state.subject().AtStart()),
		"Delete the value in Refold's dashboard, and then remove it from the state: terraform state rm ADDRESS. To leave it at Refold, apply `deletion_policy = \"ABANDON\"` before the deletion.")
}

func importMissing(state model, err error) diag.Diagnostic {
	return diagnose.NewError("There is no such variable value to import", fmt.Sprintf("Tried to import %s.\n\n%s", state.subject(), diagnose.Answer(err)),
		"Check the definition's id and the account or the workflow (upper and lower case count), and that the API key belongs to the right environment. To set the value, remove the import.")
}

// importDeletesError refuses to delete in the same run what it takes in.
func importDeletesError(state, plan model) diag.Diagnostic {
	what, next := plan.subject().String()+" is configured", "Import the value that is configured, or configure the one that is imported."
	if !plan.isOther(state) {
		what, next = "it is to be replaced in the same plan", "Apply the import alone first, without `-replace` or what triggers the replacement."
	}
	return diagnose.NewError("An import would delete the value", fmt.Sprintf(
		"%s is imported, and %s. So the apply of the import would delete the value, which nobody has set from here.", state.subject().AtStart(), what),
		next+" "+diagnose.PlanBeforeDestroy).At(path.Root("variable_definition_id"))
}

func unknownNameError(state model) diag.Diagnostic {
	return diagnose.NewError("It is not known yet which value it is", fmt.Sprintf(
		"%s exists, and its `variable_definition_id`, `linked_account_id` or `workflow_id` would only be known during the apply. If it turned out to be another one, the value would be deleted, which nobody could review in this plan.", state.subject().AtStart()),
		"Apply what it depends on first (terraform apply -target=...), then plan again.")
}
