// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const noun = "linked account"

// shareOf is some of all linked accounts, with a verb in the right number.
func shareOf(part, all int, one, many string) string {
	return diagnose.Share(part, all, noun) + " " + diagnose.Agree(part, one, many)
}

// countOf is so many linked accounts, with a verb in the right number.
func countOf(number int, one, many string) string {
	return diagnose.Count(number, noun) + " " + diagnose.Agree(number, one, many)
}

// What an apply that failed for some accounts leaves.
const (
	leftByCreate = "None of them is in the state, because Terraform would take the whole resource for broken and replace it, which means to delete accounts. " +
		"Within 24 hours, the next apply takes over those that equal the configuration and to which nothing is connected, and does only the rest; what is taken out of the configuration before, also a key of credentials, stays at Refold, and is managed by nothing. " +
		"Accounts with neither a name nor user-defined fields cannot be told from those of others: with such accounts, set `adopt_existing = true` for it."
	leftByUpdate = "What was done is in the state; the next apply does only the rest."
	leftByDelete = "The others stay in the state; the next destroy does only the rest."
)

const adoptAdvice = "If they are in this very state under another address, do not adopt them: two addresses with one account delete it sooner or later. Keep them in one place, or let the other forget them first, as the guide about thousands of accounts shows (Moving accounts between the two). " +
	"The same goes for another state, or a program, that manages them: take them out of `accounts` then. " +
	"Where a replacement under `create_before_destroy` meets its own accounts, do without that setting; the next plan says what to do with the deposed object.\n\n" +
	"Otherwise, set `adopt_existing = true` to bring them in line with this configuration. To see the differences in a plan first, manage them in a resource of their own that imports them by their ids."

// advice is what to do with one of many accounts. The state holds them as one object: taking that
// out of it would forget all of them.
func advice() reconcile.Advice {
	return reconcile.Advice{
		Forget:   "If the account was deleted on purpose, let the resource forget all of them and import the others, in one apply that changes nothing at Refold: a `removed` block with `destroy = false` for the old name, and an `import` block into a resource with a new one (see the guide about thousands of accounts, From one for all to a resource of its own).",
		Keep:     "To keep the account, leave it in `accounts`, or put it back. To keep it but manage it elsewhere, see the guide about thousands of accounts (Letting accounts go).",
		Force:    "It goes for the whole map until it is set back: to delete this account alone, delete it in Refold's dashboard, and then take it out of `accounts`.",
		OwnApp:   "`app_id = \"ID\"`",
		TakeOver: "Set `adopt_existing = true` for the next apply.",
		Exists:   existsError,
	}
}

// existsError refuses to adopt an account silently.
func existsError(account *refold.LinkedAccount, reason string) *diagnose.Problem {
	return diagnose.NewError("The linked account exists already", fmt.Sprintf(
		"It exists in environment %q (created %s), and is not taken for what an interrupted apply of this configuration left: %s. So it was not touched.",
		account.Environment, cmp.Or(account.CreatedAt, "at a time that Refold does not tell"), reason), adoptAdvice)
}

// existingError refuses accounts for which a reason is given, before anything is written.
func existingError(reasons map[string]string, all int, next string) diag.Diagnostic {
	ids := sortedIDs(reasons)
	var list strings.Builder
	for _, id := range ids[:min(len(ids), diagnose.MostNamed)] {
		fmt.Fprintf(&list, "\n  - %q: %s", id, reasons[id])
	}
	if more := len(ids) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&list, "\n  - and %d more", more)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("accounts"), shareOf(len(ids), all, "exists", "exist")+" already", fmt.Sprintf(
		"These accounts exist, and are not taken for what an interrupted apply of this configuration left:\n%s\n\nNothing was written. %s", list.String(), next))
}

// importAdvice is for accounts of a resource that has no state yet.
func importAdvice(ids []string) string {
	var others string
	if more := len(ids) - diagnose.MostNamed; more > 0 {
		others = fmt.Sprintf(", and the %s added to the list", diagnose.Agree(more, "id of the other", fmt.Sprintf("ids of the %d others", more)))
	}
	return fmt.Sprintf("Or import them, with the resource's own address in place of NAME%s:\n\n%s",
		others, diagnose.ImportBlock(typeName, joinIDs(ids[:min(len(ids), diagnose.MostNamed)])))
}

func deletionsError(removed []string, all int, limit int64) diag.Diagnostic {
	next := fmt.Sprintf("If the accounts were left out by mistake, for example because a file was cut off, put them back. If they are to be deleted, set `max_deletions` to %d or more for this change.", len(removed))
	if len(removed) == all {
		next = fmt.Sprintf("If the map is empty by mistake, for example because a file was cut off, put the accounts back. If all of them are to be deleted, set `max_deletions` to %d or more and apply that before you destroy or replace; what is tainted has to be untainted before that (terraform untaint ADDRESS). After `terraform test`, see the guide about testing. If the resource is only to have another address, use a `moved` block. To keep the accounts but stop managing them, use a `removed` block or terraform state rm.", len(removed))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("max_deletions"), diagnose.Share(len(removed), all, noun)+" would be deleted", fmt.Sprintf(
		"That cannot be undone, and is more than `max_deletions` allows, which is %d: %s.\n\n%s", limit, diagnose.Naming(removed), next))
}

// replacementError is about a map whose deletion is part of a replacement, and would be refused for
// some of its accounts. A bridge that plans no destructions gets it for them too.
func replacementError(cost reconcile.Cost, all int) diag.Diagnostic {
	what := fmt.Sprintf("No destruction of the map was planned, so this is taken for its replacement: all of it, %s, would be deleted and created again. ", diagnose.Count(all, noun))
	if connected := sortedIDs(cost.Connected); len(connected) > 0 {
		what += fmt.Sprintf("Customers have connected apps to %s, and lose them then. ", counting(connected))
	}
	if unknown := sortedIDs(cost.Unknown); len(unknown) > 0 {
		what += fmt.Sprintf("It could not be found out what is connected to %s: %s ", counting(unknown), cost.Unknown[unknown[0]])
	}
	return diag.NewErrorDiagnostic("A replacement would delete accounts with connected apps", what+"Nothing was deleted.\n\n"+
		"Take back what asks for the replacement: -replace, replace_triggered_by, or the mark of what is tainted (terraform untaint ADDRESS, with the resource's own address). "+
		"If the customers are to lose their connections, apply `force_destroy = true` first.")
}

func deletionsWarning(removed []string, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), shareOf(len(removed), all, "is", "are")+" to be deleted", fmt.Sprintf(
		"In the state and not in `accounts`: %s. Deleting an account cannot be undone, and revokes every connection that the customer made. Terraform counts this as a change of the resource, not as a destruction.\n\n"+
			"To keep an account at Refold but manage it elsewhere, see the guide about thousands of accounts (Letting accounts go) before you apply. If terraform import has put too much into the state, let it forget the resource (terraform state rm ADDRESS), and import by ids.", diagnose.Naming(removed)))
}

// unseenError is about accounts of a tainted resource that the run did not refresh.
func unseenError(ids []string, all int) diag.Diagnostic {
	return diag.NewErrorDiagnostic("A tainted resource was not refreshed", fmt.Sprintf(
		"%s to be deleted, because the resource is tainted: %s. Terraform hands their deletion nothing of what the state knows of them, and without a refresh nobody can tell whether they are still the same. Nothing was deleted.\n\n"+
			"Plan again without -refresh=false. Or take the mark away, with the resource's own address in place of ADDRESS: terraform untaint ADDRESS", shareOf(len(ids), all, "was", "were"), diagnose.Naming(ids)))
}

// elsewhereWarning is about accounts that Refold lists although they are not where the others are.
func elsewhereWarning(accounts mistakes, scope refold.Scope) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s left out of the import", countOf(len(accounts.ids), "was", "were")), fmt.Sprintf(
		"Refold lists what is not in organization %s, environment %q, where the others are: %s. Check that no proxy mixes answers up, and import the rest with the key of its environment.",
		scope.OrganizationID, scope.Environment, diagnose.Naming(accounts.ids)))
}

func unusableIDsWarning(ids []refold.UnusableID) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s left out of the import", countOf(len(ids), "was", "were")), fmt.Sprintf(
		"No configuration can hold what they are named by: %s.\n\nThey stay at Refold as they are. Manage them in the dashboard.", diagnose.Unusable(ids)))
}

func uncertainWarning(ids []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Credentials of "+diagnose.Count(len(ids), noun)+" are uncertain", fmt.Sprintf(
		"An earlier update failed half-way, so Refold may hold credentials of these accounts otherwise than configured: %s.\n\n"+
			"This update sends them again as they are configured, and removes those that are not.", diagnose.Naming(ids)))
}

func unknownAccountsError(managed int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("accounts"), "The linked accounts are not known yet", fmt.Sprintf(
		"%s, and `accounts` would only be known during the apply. Accounts that turn out to be missing from it would be deleted, or let go under `deletion_policy` ABANDON, which nobody could review in this plan.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again; or set `deletion_policy = \"PREVENT\"` as well. (`max_deletions = 0` makes the plan go through, too; an apply from which an account is missing then fails, before it deletes anything.)", countOf(managed, "exists", "exist")))
}

// twinsWarning is about ids of one map; those of several resources are seen by a plan.
func twinsWarning(twins mistakes) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), "Linked account ids that differ only in case or form", fmt.Sprintf(
		"Ids such as %s differ only in upper and lower case, or in the Unicode form of the same characters. A server or a database that takes them for one would merge two customers, and deleting one would delete both.\n\n"+
			"Is one of them a typing error? (accounts: %s)", twins.first, diagnose.Naming(twins.ids)))
}

// missingWarning says what is known of accounts that leave the state, those of the same cause
// together.
func missingWarning(missing map[string]diagnose.Missing, all int) diag.Diagnostic {
	byCause := map[string][]string{}
	var place string
	for _, id := range sortedIDs(missing) {
		cause := missing[id].Cause()
		byCause[cause] = append(byCause[cause], id)
		place = missing[id].Place()
	}
	var list strings.Builder
	for _, cause := range sortedIDs(byCause) {
		fmt.Fprintf(&list, "\n  - %s: %s", diagnose.Naming(byCause[cause]), cause)
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s not found", shareOf(len(missing), all, "is", "are")), fmt.Sprintf(
		"The state has them, and Refold does not find them%s:\n%s\n\n"+
			"Where they are still configured, the next apply creates them anew, without the connections that the customers had made. Accounts that are to stay deleted have to be removed from the configuration.", place, list.String()))
}

func replacedWarning(replaced []string, all int) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("%s another one than before", shareOf(len(replaced), all, "is", "are")), fmt.Sprintf(
		"Another id at Refold than before: %s. The accounts that Terraform knew were deleted, with all connections that the customers had made, and others were created under the same linked account ids, "+
			"outside Terraform or by a run that was stopped before it could record that.\n\n"+
			"Credentials that they had went with them: where they are configured, and the accounts stay, this plan sends them again. Find out who made the others before you apply.", diagnose.Naming(replaced)))
}

// notShownWarning is about fields that Refold stores and Terraform cannot hold.
func notShownWarning(accounts mistakes) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), fmt.Sprintf("User-defined fields of %s are not shown", diagnose.Count(len(accounts.ids), noun)), fmt.Sprintf(
		"Refold stores fields that Terraform cannot hold, so `udf` is null here: %s. (%q: %s.)\n\n"+
			"They stay at Refold where no `udf` is configured; one that is replaces them, or is not written under `udf_exclusive = false`. To have them shown, change them at Refold, in the dashboard or through its API.",
		diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// hiddenFieldsWarning is notShownWarning for a data source.
func hiddenFieldsWarning(accounts mistakes) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("User-defined fields of %s are not shown", diagnose.Count(len(accounts.ids), noun)), fmt.Sprintf(
		"Refold stores fields that Terraform cannot hold, so `udf` and `udf_json` are null here: %s. (%q: %s.)\n\nTo have them shown, change them at Refold, in the dashboard or through its API.",
		diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// unmanagedWarning is about parts of accounts that leave the state and not Refold: where a map does
// not configure all that an import has read, for example.
func unmanagedWarning(ids []string, all int, s sharing) diag.Diagnostic {
	emptied := "`udf = {}` is something else: it removes all user-defined fields from Refold."
	switch {
	case s.planned && s.state:
		emptied = "`udf = {}` is something else: it removes all user-defined fields that are in the state from Refold."
	case s.planned:
		emptied = "In a plan that begins to share, `udf = {}` removes nothing from Refold either."
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), diagnose.Share(len(ids), all, noun)+" will be managed only in part", fmt.Sprintf(
		"`name` or `udf` is in the state and not configured: %s. This plan shows it as removed, because Terraform lets go of it. It is not sent, and this removes nothing at Refold.\n\n"+
			"To have it managed, configure what is there. (%s)", diagnose.Naming(ids), emptied))
}

// fieldsStayWarning is about fields that leave the state and not Refold.
func fieldsStayWarning(accounts mistakes, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields stay at Refold", fmt.Sprintf(
		"`udf_exclusive` is false, and %s fields in the state that are not configured: %s. (%q: %s.) The plan shows them as removed, because Terraform lets go of them; this removes nothing at Refold.\n\n"+
			"To have one removed, configure it, apply, and then take its key out of the `udf`. (A `udf` that is left out as a whole removes nothing, and nor does `udf = {}` in the plan that begins to share. Later, `udf = {}` removes what is managed by then.)", shareOf(len(accounts.ids), all, "has", "have"), diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// fieldsPerhapsStayWarning is fieldsStayWarning of a plan that does not know udf_exclusive.
func fieldsPerhapsStayWarning(accounts mistakes, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields may stay at Refold", fmt.Sprintf(
		"`udf_exclusive` is only known during the apply, and %s fields in the state that are not configured: %s. (%q: %s.) The plan shows them as removed. If it is false then, they stay at Refold, and Terraform only lets go of them.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again.", shareOf(len(accounts.ids), all, "has", "have"), diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// othersGoWarning is about fields that a plan removes without showing them: they were shared, or
// not managed.
func othersGoWarning(accounts mistakes, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others will be removed", fmt.Sprintf(
		"With this plan, each `udf` that is configured becomes the whole set of its account, and the apply removes what others have set beside it, at present from %s: %s. (%q: %s.)\n\n"+
			"To keep such fields, configure them before the apply, or manage the configured keys alone, with `udf_exclusive = false`. Printed by an apply, this says what it has removed, which may be more than its plan has named: what others set in between goes, too.", diagnose.Share(len(accounts.ids), all, noun), diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// othersOverwrittenWarning is about fields that a plan shows as added, and that Refold has.
func othersOverwrittenWarning(accounts mistakes, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), "User-defined fields of others will be overwritten", fmt.Sprintf(
		"`udf_exclusive` is false, and of %s, keys are new to the configuration that Refold has already, with other values, which this plan does not show: %s. (%q: %s.) The apply writes the configured ones, and Terraform manages these fields from then on.\n\n"+
			"If they belong to another program, take them out of the `udf`.", diagnose.Share(len(accounts.ids), all, noun), diagnose.Naming(accounts.ids), accounts.ids[0], accounts.first))
}

// othersPerhapsWarning is othersGoWarning of a plan that does not know udf_exclusive.
func othersPerhapsWarning() diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others may be removed",
		"`udf_exclusive` is only known during the apply. If it is true then, each `udf` that is configured becomes the whole set, and what others have set beside it is removed.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again.")
}

// othersUnknownWarning is othersGoWarning of a plan that could not read the accounts.
func othersUnknownWarning(ids []string, all int, reason string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others may be removed", fmt.Sprintf(
		"With this plan, each `udf` that is configured becomes the whole set of its account, and the apply removes what others have set beside it. It could not be looked up what that is of %s: %s. %s\n\n"+
			"To be sure that nothing is lost, plan again when that is mended.", diagnose.Share(len(ids), all, noun), diagnose.Naming(ids), reason))
}

// nullValuesError stands at the version: Terraform would show the line of the values.
func nullValuesError(ids []string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("auth_credentials_wo_version"), "Write-only credentials are null", fmt.Sprintf(
		"`auth_credentials_wo` is null or left out, or values in it are null, perhaps because a variable is (accounts: %s). This plan would send them, because the accounts are new, or the version or `app_id` is. Nothing was sent.\n\n"+
			"Set the variable for this run. To plan without the values, keep the version that the state has, and add no accounts: nothing is sent then.\n\n%s", diagnose.Naming(ids), diagnose.PlanBeforeDestroy))
}

func unsentWarning(changed []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("auth_credentials_wo_version"), "Changed credentials are not sent", fmt.Sprintf(
		"The keys of `auth_credentials_wo` differ from those that were sent, but `auth_credentials_wo_version` is the same, so nothing is sent for these accounts: %s.\n\nChange the version.", diagnose.Naming(changed)))
}

func importMissing(missing []string, all int) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("%s not exist", shareOf(len(missing), all, "does", "do")), fmt.Sprintf(
		"There is nothing to import for these ids: %s.\n\n"+
			"Check the ids (they are case-sensitive), and that the API key belongs to the environment that the accounts live in. To create the accounts, leave them out of the import.", diagnose.Naming(missing)))
}
