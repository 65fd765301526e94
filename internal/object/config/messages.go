// SPDX-License-Identifier: MPL-2.0

package config

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// naming names what is set in a config, and says what the fields of its workflows are.
func naming(config *refold.Config, ids []string) string {
	list := diagnose.Naming(ids)
	for _, workflow := range config.Workflows {
		if slices.ContainsFunc(workflow.Fields, func(field refold.ConfigField) bool { return field.IsSet() }) {
			return list + " (`WORKFLOW: FIELD` is a field of a workflow, which only Refold's dashboard changes)"
		}
	}
	return list
}

func existsError(plan model, config *refold.Config, others []string) diag.Diagnostic {
	return diagnose.NewError("The config exists already", fmt.Sprintf(
		"%s exists, and what is set in it is not what is configured here: %s. The customer may have set that, or an apply that failed, with other values than now. So nothing was changed.\n\n"+
			"If it is in this very state under another address, use a `moved` block; if another state or a program manages it, leave it to that.\n\n"+
			"Otherwise, to manage it from here, import it, with the resource's own address in place of NAME:\n\n%s",
		plan.subject().AtStart(), naming(config, others), diagnose.ImportBlock(typeName, plan.Object().ImportID())),
		"or set `adopt_existing = true`: what is configured is set, and everything else stays.",
	).At(path.Root("slug"))
}

func takeOverWarning(plan model) diag.Diagnostic {
	return diagnose.NewWarning("An existing config is taken over", fmt.Sprintf(
		"%s exists, and nothing is set in it beyond what is configured here. Refold may make one when an app is connected, and so does an apply that was interrupted.", plan.subject().AtStart()),
		"This run sets what is missing.")
}

func adoptionWarning(plan model, config *refold.Config, others []string) diag.Diagnostic {
	return diagnose.NewWarning("An existing config is adopted", fmt.Sprintf(
		"%s exists, and holds other values than configured here: %s. Under `adopt_existing`, this run sets what is configured, and leaves the rest.", plan.subject().AtStart(), naming(config, others)),
		"If the customer chose one of those that are configured, ask them first.")
}

func existsPerhapsWarning(plan model, config *refold.Config, others []string) diag.Diagnostic {
	return diagnose.NewWarning("The config exists already", fmt.Sprintf(
		"%s exists, and holds values: %s. Whether they are those that are configured, or `adopt_existing`, is not known yet: if not, the apply is refused.", plan.subject().AtStart(), naming(config, others)),
		"Apply what it depends on first (terraform apply -target=...), or write the values.")
}

func notLookedUpWarning(plan model, err error) diag.Diagnostic {
	return diagnose.NewWarning("The config could not be looked up", fmt.Sprintf(
		"Whether %s exists, and which fields and workflows it has, could not be found out for this plan. %s", plan.subject(), diagnose.Answer(err)),
		"The apply looks again, and refuses what does not fit.")
}

func noSuchAppError(doing string, plan model, err error) diag.Diagnostic {
	return diagnose.NewError("There is no such app", fmt.Sprintf("Tried to %s %s.\n\n%s", doing, plan.subject(), diagnose.Answer(err)),
		"Write the slug as Refold has it (the data source `refold_applications` lists all), or for an app that your organization built its application id. "+diagnose.PlanBeforeDestroy).At(path.Root("slug"))
}

// unknownIDsErrors is empty where all ids are known.
func unknownIDsErrors(plan model, config *refold.Config, fields, workflows []string) diag.Diagnostics {
	var problems diag.Diagnostics
	if len(fields) > 0 {
		var known []string
		for _, field := range config.Fields {
			known = append(known, field.ID)
		}
		problems.Append(unknownIDsError("field", plan, fields, known).At(path.Root("fields")))
	}
	if len(workflows) > 0 {
		var known []string
		for _, workflow := range config.Workflows {
			known = append(known, workflow.ID)
		}
		problems.Append(unknownIDsError("workflow", plan, workflows, known).At(path.Root("workflows")))
	}
	return problems
}

func unknownIDsError(noun string, plan model, ids, known []string) *diagnose.Problem {
	has := "It has none."
	if len(known) > 0 {
		has = "It has: " + diagnose.Offering(known) + "."
	}
	return diagnose.NewError("There is no such "+noun, fmt.Sprintf(
		"%s does not have the %s %s. %s", plan.subject().AtStart(), diagnose.Agree(len(ids), noun, noun+"s"), diagnose.Naming(ids), has),
		"Write the ids as Refold has them (the data source `refold_config` shows them with their names). "+diagnose.PlanBeforeDestroy)
}

func unusableFieldsError(plan model, err error) diag.Diagnostic {
	return diagnose.NewError("The fields cannot be sent", fmt.Sprintf("The fields of %s cannot be sent: %s. Nothing was sent for it.", plan.subject(), err),
		"Correct what their value comes from.").At(path.Root("fields"))
}

func unreadableFieldsError(state model, err error) diag.Diagnostic {
	return diagnose.NewError("A field cannot be held by Terraform", fmt.Sprintf("Tried to read %s: %s. The state is kept.", state.subject(), err),
		"Change the field in Refold, or take it out of the configuration's `fields` and apply with -refresh=false.")
}

// fieldFailure is about one field; those before it were set.
func fieldFailure(doing string, plan model, id string, err error) diag.Diagnostic {
	if errors.Is(err, errSetMeanwhile) {
		return setMeanwhileError(doing, plan, id)
	}
	return ofPart(doing, plan, fmt.Sprintf("field %q", id), err, "")
}

// setMeanwhileError is about a field that was to be written once more, or late.
func setMeanwhileError(doing string, plan model, id string) diag.Diagnostic {
	return diagnose.NewError("Could not "+doing+" config", fmt.Sprintf(
		"It failed at field %q.\n\nTried to %s %s. The write was not carried out at once, or no answer told so. Before it was sent once more, Refold showed a value of the field that is neither the one before nor the configured one: somebody else has set it meanwhile, or Refold keeps what was sent in another form. It was left as it is.", id, doing, plan.subject()),
		"Find out whose value it is. The next plan shows what a write would change.")
}

func workflowFailure(doing string, plan model, id string, err error) diag.Diagnostic {
	return ofPart(doing, plan, fmt.Sprintf("workflow %q", id), err, connectFirst(err))
}

// makeFailure is about a config that is not made, or not found out about before.
func makeFailure(doing string, plan model, err error) diag.Diagnostic {
	problem := diagnose.Failure(doing, plan.subject(), err)
	return diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()+connectFirst(err))
}

// ofPart names the part of a config at which an operation failed. More is further advice.
func ofPart(doing string, plan model, part string, err error, more string) diag.Diagnostic {
	problem := diagnose.Failure(doing, plan.subject(), err)
	return diag.NewErrorDiagnostic(problem.Summary(), fmt.Sprintf("It failed at %s.\n\n%s%s", part, problem.Detail(), more))
}

// connectFirst is advice on a refusal for want of a connection, which has no code, and was a fault
// before v3.5.20 (FACTS 2.7, 4.35).
func connectFirst(err error) string {
	refusal, isRefusal := errors.AsType[*refold.Error](err)
	if !isRefusal || refusal.NotRefold || refusal.Status != http.StatusBadRequest && refusal.Status != http.StatusInternalServerError {
		return ""
	}
	return "\n\nIf it says that the app is not connected (old servers only fail): connect it by a `refold_integration`, and let `slug` here refer to the `slug` of that, so that it comes first. Or the customer connects it, with a link that the ephemeral resource `refold_connect_url` makes."
}

// fieldErrorsWarning is about an apply that has written, or a plan that sends nothing.
func fieldErrorsWarning(m model, texts []string) diag.Diagnostic {
	var lines strings.Builder
	for _, text := range texts[:min(len(texts), diagnose.MostNamed)] {
		fmt.Fprintf(&lines, "\n  - %s", text)
	}
	if more := len(texts) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&lines, "\n  - and %d more", more)
	}
	return diagnose.NewWarning("Refold finds something wrong with fields", fmt.Sprintf(
		"Refold keeps the values of %s, and says what is wrong with them (`field_errors`):\n%s", m.subject(), lines.String()),
		"Until it is mended, what depends on it may not work. Correct `fields` (the data source `refold_config` shows what a field takes), or ask the customer to correct what is not managed here.")
}

func notReadBackError(doing string, plan model, err error) diag.Diagnostic {
	return diagnose.NewError("The config could not be read back", fmt.Sprintf(
		"Tried to %s %s. Refold accepted all that was sent, and the config could not be read after it. %s", doing, plan.subject(), diagnose.Answer(err)),
		"Apply again: what is set already is not sent once more.")
}

func notAsWrittenError(doing string, plan model, left changes) diag.Diagnostic {
	var parts []string
	for _, id := range left.fields() {
		parts = append(parts, fmt.Sprintf("field %q", id))
	}
	for _, one := range left.switched {
		parts = append(parts, fmt.Sprintf("workflow %q", one.id))
	}
	return diagnose.NewError("Refold shows other values than were sent", fmt.Sprintf(
		"Tried to %s %s. Refold accepted all that was sent, and does not show it as it was sent: %s.", doing, plan.subject(), strings.Join(parts, ", ")),
		"See in the data source `refold_config` what Refold made of it, and write the values in that form (a number where Refold keeps a number). If somebody changed them at the same moment, apply again.")
}

func importMissing(state model, err error) diag.Diagnostic {
	return diagnose.NewError("There is no such config to import", fmt.Sprintf("Tried to import %s.\n\n%s", state.subject(), diagnose.Answer(err)),
		"Check account, slug and the config's id (upper and lower case count), and that the API key belongs to the account's environment. To make the config, remove the import.")
}

func unmanagedFieldsError(state model, config *refold.Config, fields []string) diag.Diagnostic {
	return diagnose.NewError("The config holds values that are not managed here", fmt.Sprintf(
		"%s holds values for fields that are not managed here, which the customer may have set: %s. Nothing was deleted.", state.subject().AtStart(), naming(config, fields)),
		"If they may go, set `force_destroy = true`, apply that, and then delete the config. To keep the config but stop managing it, use a `removed` block with `destroy = false`, or `deletion_policy = \"ABANDON\"`.")
}

// changedFieldsError is about values that were set since the state was read.
func changedFieldsError(state model, config *refold.Config, fields []string) diag.Diagnostic {
	return diagnose.NewError("The config holds other values than those that were planned to go", fmt.Sprintf(
		"Since the state of %s was read, somebody has set other values of these fields, which nobody has reviewed: %s. Nothing was deleted.", state.subject(), naming(config, fields)),
		"Plan again, with a refresh, and look at what goes. (What left the configuration is refreshed by `terraform apply -refresh-only` on older CLIs.)")
}

// lossWarning is about fields, and names the workflows that go as well.
func lossWarning(state model, config *refold.Config, fields, running []string) diag.Diagnostic {
	next := "The apply refuses to delete it, unless `force_destroy = true` is applied before."
	if state.ForceDestroy.ValueBool() {
		next = "`force_destroy` is set, so the apply deletes it all the same."
	}
	return diagnose.NewWarning("Values of the customer go with the config", fmt.Sprintf(
		"%s holds values for fields that are not managed here, which the customer may have set: %s.%s", state.subject().AtStart(), naming(config, fields), sayRunning(running)), next)
}

// sayRunning is about workflows that stop when a config goes, and is empty for none.
func sayRunning(workflows []string) string {
	if len(workflows) == 0 {
		return ""
	}
	return fmt.Sprintf(" %s switched on in it and not managed here, and %s with it: %s.",
		diagnose.Agree(len(workflows), "A workflow is", "Workflows are"), diagnose.Agree(len(workflows), "goes", "go"), diagnose.Naming(workflows))
}

// workflowsLossWarning is for a config without values that are not managed.
func workflowsLossWarning(state model, running []string) diag.Diagnostic {
	return diagnose.NewWarning("Workflows go with the config", fmt.Sprintf("%s is to be deleted.%s", state.subject().AtStart(), sayRunning(running)),
		"To keep "+diagnose.Agree(len(running), "it", "them")+" running, use a `removed` block with `destroy = false`, or `deletion_policy = \"ABANDON\"`.")
}

// importedLossWarning is about values that nobody has set from here.
func importedLossWarning(state model, fields []string) diag.Diagnostic {
	return diagnose.NewWarning("Imported values go with the config", fmt.Sprintf(
		"%s was imported, and these values were there before, which the customer may have set: %s. They are deleted with it.", state.subject().AtStart(), diagnose.Naming(fields)),
		"To keep them, use a `removed` block with `destroy = false`, or `deletion_policy = \"ABANDON\"`.")
}

// importReplacesError refuses to delete in the same run what it takes in.
func importReplacesError(state, plan model) diag.Diagnostic {
	what, next := plan.subject().String()+" is configured", "Import the config that is configured, or configure the one that is imported."
	if !plan.isOther(state) {
		what, next = "it is to be replaced in the same plan", "Apply the import alone first, without `-replace` or what triggers the replacement."
	}
	return diagnose.NewError("An import would delete the config", fmt.Sprintf(
		"%s is imported, and %s. So the apply of the import would delete the config, with all that the customer has set in it.", state.subject().AtStart(), what),
		next+" "+diagnose.PlanBeforeDestroy).At(path.Root("slug"))
}

func lossUnknownWarning(state model, err error) diag.Diagnostic {
	next := "The apply looks again, and refuses while nobody can tell."
	if state.ForceDestroy.ValueBool() {
		next = "`force_destroy` is set, so the apply deletes the config all the same."
	}
	return diagnose.NewWarning("What goes with the config is not known", fmt.Sprintf(
		"Whether %s holds values that are not managed here could not be found out for this plan. %s", state.subject(), diagnose.Answer(err)), next)
}

func staysWarning(plan model, ids []string) diag.Diagnostic {
	return diagnose.NewWarning("What is taken out stays at Refold", fmt.Sprintf(
		"This plan takes %s out of what is managed of %s. Refold keeps %s: workflows stay as they are, and so do fields that were imported and never set from here.", diagnose.Naming(ids), plan.subject(), diagnose.Agree(len(ids), "its value", "their values")),
		"To change one, set it here first, or change it in Refold's dashboard.")
}

func replacedWarning(plan model, fields []string) diag.Diagnostic {
	return diagnose.NewWarning("Values that others have set are replaced", fmt.Sprintf(
		"%s holds other values, which were not set from here, for fields or workflows that this run writes: %s. The customer may have chosen them, and nothing brings them back.", plan.subject().AtStart(), diagnose.Naming(fields)),
		"To keep one, write it as the data source `refold_config` shows it, or leave the field out.")
}

func unknownNameError(state model) diag.Diagnostic {
	return diagnose.NewError("It is not known yet which config it is", fmt.Sprintf(
		"%s exists, and its `linked_account_id`, `slug` or `config_id` would only be known during the apply. If it turned out to be another one, the config would be deleted, which nobody could review in this plan.", state.subject().AtStart()),
		"Apply what it depends on first (terraform apply -target=...), then plan again.")
}

func accountLeftOutWarning(accountID string, reason error) diag.Diagnostic {
	return diagnose.NewWarning("The configs of a linked account are left out of the list", fmt.Sprintf(
		"Refold cannot be asked for the configs of linked account %q. Its id cannot be used here: %s.", accountID, reason),
		"They stay at Refold as they are. Manage them in the dashboard.")
}

func configLeftOutWarning(key refold.ConfigKey, reason error) diag.Diagnostic {
	subject := dependant.Config(key).Subject()
	return diagnose.NewWarning("A config is left out of the list", fmt.Sprintf(
		"%s exists, and Terraform could not import it as it is: %s.", subject.AtStart(), reason),
		"It stays at Refold as it is. Manage it in the dashboard.")
}

// listFailure is about the configs of one app of an account.
func listFailure(accountID, slug string, err error) diag.Diagnostic {
	if refold.KindOf(err) == refold.ApplicationNotFound {
		return unknownAppError(refold.ConfigKey{AccountID: accountID, Slug: slug, ConfigID: accountID}, err)
	}
	return diagnose.Failure("list", diagnose.Subject{Noun: "configs", Name: slug, Account: accountID}, err)
}
