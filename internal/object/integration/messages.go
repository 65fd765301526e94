// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// existsError refuses to replace a connection silently: the customer may have made it.
func existsError(plan model, found connected, more ...string) diag.Diagnostic {
	manage, next := manageByImport(plan), "or set `adopt_existing = true`, which replaces its keys as well."
	if !found.isByImport() {
		manage = "Otherwise, to manage it from here, nothing is left but to replace its keys: an import names no type, and would take the app's connection by other keys."
		next = "Set `adopt_existing = true` to do so."
	}
	return diagnose.NewError("The app is connected already", fmt.Sprintf(
		"%s has a connection of type %q%s, which the customer may have made, or an interrupted apply. Saving keys would replace it, so it was not touched.\n\n"+
			"If it is in this very state under another address, use a `moved` block; if another state or a program manages it, leave it to that.\n\n%s",
		plan.subject().AtStart(), found.authType, found.since(), manage),
		strings.Join(append([]string{next}, more...), " "),
	).At(path.Root("slug"))
}

func manageByImport(plan model) string {
	return "Otherwise, to manage it from here, import it, with the resource's own address in place of NAME. " +
		"With `credentials_wo_version` or `credentials` in the block, the apply of the import sends those keys, and so replaces the ones that are there; to keep them, leave both forms out:\n\n" +
		diagnose.ImportBlock(typeName, plan.Object().ImportID())
}

// existsInPlanError is existsError in a plan.
func existsInPlanError(plan model, found connected) diag.Diagnostic {
	return existsError(plan, found, diagnose.PlanBeforeDestroy)
}

// since says when a connection was made, to follow it.
func (c connected) since() string {
	if c.connection == nil || c.connection.ConnectedAt == "" {
		return ""
	}
	return fmt.Sprintf(" (made %s)", c.connection.ConnectedAt)
}

func adoptionWarning(plan model, found connected) *diagnose.Problem {
	return diagnose.NewWarning("An existing connection is adopted", fmt.Sprintf(
		"%s has a connection of type %q%s. Under `adopt_existing`, this run replaces its keys, which nothing can bring back.", plan.subject().AtStart(), found.authType, found.since()),
		"If the customer made it, ask them first.")
}

func existsPerhapsWarning(plan model, found connected) *diagnose.Problem {
	return diagnose.NewWarning("The app is connected already", fmt.Sprintf(
		"%s has a connection of type %q%s, and `adopt_existing` is not known yet: if it turns out to be false, the apply is refused.", plan.subject().AtStart(), found.authType, found.since()),
		"Apply what it depends on first (terraform apply -target=...), or write a value.")
}

func notLookedUpWarning(plan model, err error) *diagnose.Problem {
	return diagnose.NewWarning("The app could not be looked up", fmt.Sprintf(
		"Whether %s exists, and which keys the app takes, could not be found out for this plan. %s", plan.subject(), diagnose.Answer(err)),
		"The apply looks again, and refuses what does not fit.")
}

// nullKeysError stands at the version: Terraform would show the line of the values.
func nullKeysError(plan model) diag.Diagnostic {
	if !plan.hasForm() {
		return diagnose.NewError("No keys to connect the app by", fmt.Sprintf(
			"%s is to be connected, or its `auth_type` changes, and neither `credentials_wo` nor `credentials` is configured. Nothing was sent for it.", plan.subject().AtStart()),
			"Add `credentials_wo` with `credentials_wo_version` (the data source `refold_application` lists the keys that the app takes). To manage a connection that exists without knowing its keys, import it. "+diagnose.PlanBeforeDestroy)
	}
	return diagnose.NewError("Write-only keys are null", fmt.Sprintf(
		"`credentials_wo` of %s is null or left out, or one of its values is null, perhaps because a variable is. This plan would send them, because the connection is new, or the version or `auth_type` is. Nothing was sent for it.", plan.subject()),
		"Set the variable for this run. To plan without the values, keep the version that the state has: nothing is sent then, unless an earlier update was left open or the connection is gone. "+diagnose.PlanBeforeDestroy).At(path.Root("credentials_wo_version"))
}

// saveFailure adds to a refusal by the app itself what to do about that.
func saveFailure(doing string, plan model, err error) diag.Diagnostic {
	refusal, ok := errors.AsType[*refold.Error](err)
	if !ok || refusal.Kind != refold.CredentialsRefused {
		return diagnose.Failure(doing, plan.subject(), err)
	}
	return diagnose.NewError("The app does not accept the keys", fmt.Sprintf(
		"Tried to %s %s. Refold asked the app whether the keys are right, and it refused them: %s", doing, plan.subject(), refusal.Message),
		"Correct the keys. With `credentials_wo`, nothing has to be done about the version: they are sent again by the next apply.").At(plan.at())
}

func notReadBackWarning(plan model, err error) *diagnose.Problem {
	return diagnose.NewWarning("The connection could not be read back", fmt.Sprintf(
		"The keys of %s were saved, and it could not be read after it. %s", plan.subject(), diagnose.Answer(err)),
		"There is nothing to mend: what the write did not say is filled in by the next plan.")
}

func importMissing(state model, found connected) *diagnose.Problem {
	what := fmt.Sprintf("Refold shows no connection of type %q.", cmp.Or(found.authType, refold.KeyBased))
	switch {
	case found.isAccountGone:
		what = diagnose.Answer(found.missing)
	case found.app == nil:
		what = "Your organization has no such app."
	case len(found.app.Connections) > 0:
		what += fmt.Sprintf(" It is connected by: %s, which is the customer's own.", describeTypes(found.app.Connections))
	}
	return diagnose.NewError("There is no such integration to import", fmt.Sprintf("Tried to import %s. %s", state.subject(), what),
		"Check account and slug (upper and lower case count), and that the API key belongs to the account's environment. To make the connection, remove the import.")
}

func describeTypes(connections []refold.Connection) string {
	var authTypes []string
	for _, connection := range connections {
		authTypes = append(authTypes, cmp.Or(connection.AuthType, "a type that Refold does not tell"))
	}
	return strings.Join(authTypes, ", ")
}

// hiddenWarning is about a connection of an app that the organization does not offer any more.
func hiddenWarning(state model) *diagnose.Problem {
	return diagnose.NewWarning("The app is not offered any more", fmt.Sprintf(
		"%s is connected, and Refold does not list the app any more, so nobody can tell by which type, or whether it still works. The state is kept.", state.subject().AtStart()),
		"Find out in Refold's dashboard why the app was taken away. If it is to go, take the block out.")
}

func reauthWarning(state model) *diagnose.Problem {
	return diagnose.NewWarning("The app has to be connected again", fmt.Sprintf(
		"Refold says that %s has to be authenticated again: the app does not accept the keys any more, so nothing that depends on it works. Where the customer has connected the app by OAuth as well, it may be that connection: Refold does not tell them apart.", state.subject()),
		"Get new keys, and change `credentials_wo_version` with them (or `credentials`). Nothing else mends it.")
}

func unsettledWarning(plan model, left unsettled) *diagnose.Problem {
	var does []string
	if left.Keys && plan.hasForm() {
		does = append(does, "Refold may hold other keys than the state says, and they are sent again")
	}
	if len(left.AuthTypes) > 0 {
		does = append(does, fmt.Sprintf("the connection of type %s may still be there, and is removed, unless somebody has made another one since", strings.Join(left.AuthTypes, ", ")))
	}
	return diagnose.NewWarning("An earlier update is completed", fmt.Sprintf(
		"An earlier update of %s failed half-way: %s.", plan.subject(), strings.Join(does, "; ")), "")
}

func replacedTypeFailure(plan model, authType string, err error) *diagnose.Problem {
	return diagnose.NewError("The connection of the former type could not be removed", fmt.Sprintf(
		"%s is connected by type %q now. Tried to remove its connection of type %q.\n\n%s", plan.subject().AtStart(), plan.AuthType.ValueString(), authType, diagnose.Answer(err)),
		"Apply again: the removal is tried once more.")
}

// madeAnewError is about a connection that is another one than that of the state.
func madeAnewError(state model) *diagnose.Problem {
	return diagnose.NewError("The connection is another one than before", fmt.Sprintf(
		"%s was connected anew, with the same type, since the last refresh that the state has, or since the first attempt. It was not touched.", state.subject().AtStart()), waysWithMadeAnew)
}

// madeAnewWarning is madeAnewError in the plan of a removal.
func madeAnewWarning(state model) *diagnose.Problem {
	return diagnose.NewWarning("The connection is another one than before", fmt.Sprintf(
		"%s was connected anew, with the same type, since the last refresh that the state has. The apply refuses to remove it.", state.subject().AtStart()), waysWithMadeAnew)
}

const waysWithMadeAnew = "Find out who connected it. To go on all the same, run terraform apply -refresh-only, which takes what is there into the state (a plan without -refresh=false does as well, but not where Terraform 1.11 removes a block). " + waysWithAnothers

// waysWithAnothers is what can be done about a connection of another's that the state has.
const waysWithAnothers = "Then, to take the connection over, change `credentials_wo_version` (or `credentials`), which replaces its keys. " +
	"To have it removed, apply `force_destroy = true` before, with the block in place. " +
	"To leave it to whoever made it, stop managing it: a `removed` block with `destroy = false`, `deletion_policy = \"ABANDON\"` applied before, or terraform state rm."

// reconnectedWarning is about a connection that no apply has made.
func reconnectedWarning(state model) *diagnose.Problem {
	return diagnose.NewWarning("The app was connected anew outside Terraform", fmt.Sprintf(
		"%s was connected at %s, with the same type, and not by an apply from here: Refold holds the keys of whoever did that.", state.subject().AtStart(), state.ConnectedAt.ValueString()),
		"Find out who connected it. From now on, its removal is refused, also as part of a replacement, unless `force_destroy = true` is applied before. Keys that are sent replace it, and make it this resource's own.")
}

// anothersError refuses to remove a connection that somebody else has made.
func anothersError(state model, left unsettled) *diagnose.Problem {
	return diagnose.NewError("The connection is not this resource's own", fmt.Sprintf(
		"%s was connected anew at %s outside Terraform, with the same type. So it was not removed.", state.subject().AtStart(), left.Another.ConnectedAt),
		"Find out who connected it. "+waysWithAnothers)
}

// anothersWarning is anothersError in the plan of a removal.
func anothersWarning(state model, left unsettled) *diagnose.Problem {
	what := "The apply refuses to remove it, because `force_destroy` is not set in the state."
	if state.ForceDestroy.ValueBool() {
		what = "`force_destroy` is set, so the apply removes it all the same."
	}
	return diagnose.NewWarning("The connection to be removed is not this resource's own", fmt.Sprintf(
		"%s was connected anew at %s outside Terraform, with the same type. %s", state.subject().AtStart(), left.Another.ConnectedAt, what),
		"Find out who connected it. "+waysWithAnothers)
}

// takenOverWarning is about keys that are sent over a connection of another's.
func takenOverWarning(state model) *diagnose.Problem {
	return diagnose.NewWarning("Keys of somebody else are replaced", fmt.Sprintf(
		"%s was connected anew at %s outside Terraform, with the same type. This run replaces that connection and its keys, which nothing can bring back.", state.subject().AtStart(), state.ConnectedAt.ValueString()),
		"If the customer made it, ask them first.")
}

// keysReplacedWarning is about keys that are sent over those of which a state knows nothing.
func keysReplacedWarning(state model) *diagnose.Problem {
	made := ""
	if at := state.ConnectedAt.ValueString(); at != "" {
		made = fmt.Sprintf(" (made %s)", at)
	}
	return diagnose.NewWarning("Keys that are not from here are replaced", fmt.Sprintf(
		"%s has a connection of type %q%s, and the state does not have its keys: it was imported, or they were taken out of the configuration. This run replaces them, which nothing can bring back.", state.subject().AtStart(), state.AuthType.ValueString(), made),
		"If the customer made the connection, ask them first. To keep its keys, leave out `credentials`, and `credentials_wo` with its version.")
}

// vanishedError is about an update, whose plan says nothing of a connection that is made.
func vanishedError(state model) *diagnose.Problem {
	return diagnose.NewError("The connection is gone", fmt.Sprintf(
		"%s was there when this was planned, and is not connected by type %q any more. Nothing was sent.", state.subject().AtStart(), state.AuthType.ValueString()),
		"Plan again, with a refresh: it is planned to be created then.")
}

func leftToOthersWarning(plan model, authType string) *diagnose.Problem {
	return diagnose.NewWarning("A connection of the former type is left as it is", fmt.Sprintf(
		"%s has a connection of type %q that was to be removed, and that somebody else has made since this resource made its own. It is not touched, and not managed here any more.", plan.subject().AtStart(), authType), "")
}

func appearedWarning(plan model) *diagnose.Problem {
	return diagnose.NewWarning("The app was connected while the keys were sent", fmt.Sprintf(
		"No answer says what became of the keys of %s, and the app is connected since they were sent. It is taken for what this run has made; nothing was sent again.", plan.subject()),
		"If somebody else has connected the app at that moment, Refold has their keys: change `credentials_wo_version` (or `credentials`) to send these.")
}

// connectedMeanwhileError is about a connection that no attempt of this run can have made.
func connectedMeanwhileError(plan model) *diagnose.Problem {
	return diagnose.NewError("The app was connected by somebody else meanwhile", fmt.Sprintf(
		"Refold did not take the keys of %s at once, and before they were sent again, somebody else has connected the app. Saving them would replace that connection, so it was not touched.", plan.subject()),
		"Plan again, with a refresh, and look at what the plan does with it.")
}

func othersGoneWarning(plan model, authTypes []string) *diagnose.Problem {
	return diagnose.NewWarning("Another connection of the app is gone", fmt.Sprintf(
		"Keys of type %q were saved for %s, and Refold does not show its connection of type %s any more, which was there right before.", plan.AuthType.ValueString(), plan.subject(), strings.Join(authTypes, ", ")),
		"If the customer had made it, tell them.")
}

// typeExistsError is existsError of a change of auth_type: what is in the state cannot be imported.
func typeExistsError(plan model, found connected, more ...string) diag.Diagnostic {
	return diagnose.NewError("The app is connected already", fmt.Sprintf(
		"%s is to be connected by type %q, and has such a connection%s, which the customer may have made. Saving keys would replace it, so it was not touched.", plan.subject().AtStart(), found.authType, found.since()),
		strings.Join(append([]string{"Leave `auth_type` as it was, or have that connection removed first. Or set `adopt_existing = true` to replace its keys."}, more...), " "),
	).At(path.Root("auth_type"))
}

func configsError(state model, losses []loss) *diagnose.Problem {
	return diagnose.NewError("The app's configurations hold values", fmt.Sprintf(
		"%s is the last connection of its app, and Refold deletes the app's configurations with it. They hold values, which the customer or a `refold_config` has set:\n\n%s\n\nNothing was removed.",
		state.subject().AtStart(), describeLosses(losses)),
		"If a `refold_config` that manages them was deleted in the same run, apply again; let its `slug` refer to this resource, and it is deleted first. "+
			"If they may go, set `force_destroy = true`, apply that, and then remove the connection. To keep the connection but stop managing it, use a `removed` block with `destroy = false`, or `deletion_policy = \"ABANDON\"`.")
}

func configsUnknownError(state model, err error) *diagnose.Problem {
	return diagnose.NewError("What would be lost could not be found out", fmt.Sprintf(
		"%s may be the last connection of its app, and Refold deletes the app's configurations with it. Which values they hold could not be read: %s. Nothing was removed.", state.subject().AtStart(), err),
		"Try again. Or, if they may go, whatever they hold, set `force_destroy = true`, apply that, and then remove the connection.")
}

func lossWarning(state model, losses []loss) diag.Diagnostic {
	what := fmt.Sprintf("%s is the last connection of its app, so %s deleted with it:\n\n%s", state.subject().AtStart(),
		diagnose.Count(len(losses), "configuration")+" of the app "+diagnose.Agree(len(losses), "is", "are"), describeLosses(losses))
	next := "A `refold_config` that goes in the same run is deleted first, if its `slug` refers to this resource. One that stays is lost with what the customer has chosen in it, and made anew by the next apply."
	switch {
	case state.ForceDestroy.ValueBool():
		next = "`force_destroy` is set, so the apply removes the connection whatever they hold. " + next
	case len(valuesIn(losses)) > 0:
		next = "As long as one holds values, the apply refuses to remove the connection, unless `force_destroy = true` is applied before. " + next
	}
	return diagnose.NewWarning("Configurations go with the connection", what, next)
}

func lossUnknownWarning(state model, err error) *diagnose.Problem {
	next := "The apply looks again, and refuses while nobody can tell."
	if state.ForceDestroy.ValueBool() {
		next = "`force_destroy` is set, so the apply removes the connection all the same."
	}
	return diagnose.NewWarning("What goes with the connection is not known", fmt.Sprintf(
		"Whether configurations of the app go with %s could not be found out for this plan: %s.", state.subject(), err), next)
}

func describeLosses(losses []loss) string {
	var lines []string
	for _, one := range losses {
		holds := []string{"no values"}
		if len(one.fields) > 0 {
			holds = []string{"values of " + diagnose.Naming(one.fields)}
		}
		if len(one.workflows) > 0 {
			holds = append(holds, "switched on: "+diagnose.Naming(one.workflows))
		}
		lines = append(lines, fmt.Sprintf("  - config %q: %s", one.configID, strings.Join(holds, "; ")))
	}
	return strings.Join(lines, "\n")
}

// importRemovesError is about an import whose plan would remove what it takes in.
func importRemovesError(state, plan model) *diagnose.Problem {
	what, next := "it is to be replaced in the same plan", "Apply the import alone first, without `-replace` or what triggers the replacement."
	for _, part := range []struct {
		name              string
		imported, planned types.String
	}{
		{"linked_account_id", state.LinkedAccountID, plan.LinkedAccountID}, {"slug", state.Slug, plan.Slug}, {"auth_type", state.AuthType, plan.AuthType},
	} {
		if !part.planned.Equal(part.imported) {
			what = fmt.Sprintf("`%s` is %q here, and %q there", part.name, part.planned.ValueString(), part.imported.ValueString())
			next = "Import what is configured, or configure what is imported."
			if part.name == "auth_type" {
				next = "Configure what is imported. An import names no type: a connection of another one is taken over by `adopt_existing = true` alone, without the import, and that replaces its keys."
			}
			break
		}
	}
	return diagnose.NewError("An import would remove the connection", fmt.Sprintf(
		"%s is imported, and %s. So the apply of the import would remove the connection, which the customer may have made.", state.subject().AtStart(), what),
		next+" "+diagnose.PlanBeforeDestroy)
}

func unknownNameError(state model) *diagnose.Problem {
	return diagnose.NewError("The account or the app is not known yet", fmt.Sprintf(
		"%s exists, and its `linked_account_id` or `slug` would only be known during the apply. If it turned out to be another one, the connection would be removed, which nobody could review in this plan.", state.subject().AtStart()),
		"Apply what it depends on first (terraform apply -target=...), then plan again.")
}
