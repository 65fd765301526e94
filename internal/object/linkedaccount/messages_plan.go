// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func takeOverWarning(account *refold.LinkedAccount) diag.Diagnostic {
	return existsWarning("An existing linked account will be taken over", account,
		"and equals this configuration, as an interrupted apply leaves it behind. The apply takes it over. "+
			"Where Terraform calls the resource tainted, the apply deletes the account first: to keep it, run terraform untaint ADDRESS.",
		"If something else created it, for example another Terraform state with the same configuration, or another address of this one, do not apply, and destroy nothing before that is known: either of the two would delete it for both.")
}

func adoptionWarning(account *refold.LinkedAccount) diag.Diagnostic {
	return existsWarning("An existing linked account will be adopted", account,
		"and `adopt_existing` is true: the apply brings its name and user-defined fields in line with this configuration, and Terraform manages it from then on.",
		"To see first what differs, import it instead.")
}

func existsPerhapsWarning(account *refold.LinkedAccount) diag.Diagnostic {
	return existsWarning("The linked account exists already", account,
		"and what this configuration asks for is only known during the apply, which takes the account over if it equals that, as an interrupted apply leaves it behind, and fails otherwise.",
		"To manage it whatever it is like, import it, or set `adopt_existing = true`.")
}

// existsInPlanError is existsError before any apply.
func existsInPlanError(account *refold.LinkedAccount, reason string) diag.Diagnostic {
	refused := existsError(account, reason)
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), refused.Summary(), refused.Detail()+"\n\n"+diagnose.PlanBeforeDestroy)
}

// existsTooError is existsInPlanError for a further account. Terraform prints errors in any order.
func existsTooError(account *refold.LinkedAccount, reason string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), existsError(account, reason).Summary(), fmt.Sprintf(
		"%s One error of this plan says what to do, for all of them; Terraform may print it further down. To import this one:\n\n%s",
		whatExists(account, reason), diagnose.ImportBlock(typeName, account.AccountID)))
}

func existsWarning(summary string, account *refold.LinkedAccount, what, next string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("linked_account_id"), summary, fmt.Sprintf(
		"Linked account %q exists in environment %q (created %s), %s\n\n%s", account.AccountID, account.Environment, created(account), what, next))
}

// fieldsStayWarning is about fields that leave the state and not Refold.
func fieldsStayWarning(accountID string, keys []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf"), "User-defined fields stay at Refold", fmt.Sprintf(
		"`udf_exclusive` is false, and these fields of linked account %q are in the state and not configured: %s. The plan shows them as removed, because Terraform lets go of them; this removes nothing at Refold.\n\n"+
			"To have one removed, configure it, apply, and then take its key out of `udf`. (A `udf` that is left out as a whole removes nothing, and nor does `udf = {}` in the plan that begins to share. Later, `udf = {}` removes what is managed by then.)", accountID, diagnose.Naming(keys)))
}

// fieldsPerhapsStayWarning is fieldsStayWarning of a plan that does not know udf_exclusive.
func fieldsPerhapsStayWarning(accountID string, keys []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields may stay at Refold", fmt.Sprintf(
		"`udf_exclusive` is only known during the apply, and these fields of linked account %q are in the state and not configured: %s. The plan shows them as removed. If it is false then, they stay at Refold, and Terraform only lets go of them.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again.", accountID, diagnose.Naming(keys)))
}

// othersGoWarning is about fields that a plan removes without showing them.
func othersGoWarning(accountID string, keys []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others will be removed", fmt.Sprintf(
		"`udf_exclusive` becomes true, and `udf` the whole set of linked account %q. The apply removes what others have set beside it, at present: %s.\n\n"+
			"To keep them, configure them before the apply, or leave `udf_exclusive = false`. Printed by an apply, this says what it has removed, which may be more than its plan has named: what others set in between goes, too.", accountID, diagnose.Naming(keys)))
}

// othersOverwrittenWarning is about fields that a plan shows as added, and that Refold has.
func othersOverwrittenWarning(accountID string, keys []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf"), "User-defined fields of others will be overwritten", fmt.Sprintf(
		"`udf_exclusive` is false, and these keys are new to the configuration of linked account %q: %s. Refold has them already, with other values, which this plan does not show. The apply writes the configured ones, and Terraform manages these fields from then on.\n\n"+
			"If they belong to another program, take them out of `udf`.", accountID, diagnose.Naming(keys)))
}

// othersPerhapsWarning is othersGoWarning of a plan that does not know udf_exclusive.
func othersPerhapsWarning(accountID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others may be removed", fmt.Sprintf(
		"`udf_exclusive` is only known during the apply. If it is true then, `udf` becomes the whole set of linked account %q, and what others have set beside it is removed.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again.", accountID))
}

// othersUnknownWarning is othersGoWarning of a plan that could not read the account.
func othersUnknownWarning(accountID, reason string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf_exclusive"), "User-defined fields of others may be removed", fmt.Sprintf(
		"`udf_exclusive` becomes true, and `udf` the whole set of linked account %q. The apply removes what others have set beside it. It could not be looked up what that is. %s\n\n"+
			"To be sure that nothing is lost, plan again when that is mended.", accountID, reason))
}

func notLookedUpWarning(accountID, reason string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("linked_account_id"), "It is not known whether the linked account exists", fmt.Sprintf(
		"Linked account %q is to be created, and could not be looked up. %s\n\n"+
			"The plan takes it for new. The apply looks again, and fails if it exists and is not to be adopted.", accountID, reason))
}

// costWarning is about an account that a plan deletes. Whether its apps go with it is up to the
// state's force_destroy; planned is null where nothing takes the account's place.
func costWarning(accountID string, apps []refold.Integration, forced, planned types.Bool) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The linked account to be deleted has connected apps", fmt.Sprintf(
		"Deleting linked account %q irreversibly disconnects what the customer connected:\n\n  - %s\n\n%s",
		accountID, strings.Join(reconcile.NamesOf(apps), "\n  - "), consequence(forced.ValueBool(), planned)))
}

func consequence(isForced bool, planned types.Bool) string {
	isNew := !planned.IsNull() && !planned.IsUnknown() && planned.ValueBool() != isForced
	switch {
	case isForced && isNew:
		return "The apply does so: `force_destroy` is true in the state, and becomes false only after the deletion. To be asked, apply `force_destroy = false` with the old `linked_account_id` first. " + advice().Keep
	case isForced:
		return "The apply does so, because `force_destroy` is true in the state. " + advice().Keep
	case isNew:
		return "The apply refuses: `force_destroy` is not true in the state, and the deletion comes before what this plan makes of it. If it is intended, apply `force_destroy = true` with the old `linked_account_id` first, and then this. " + advice().Keep
	}
	return "As long as any are connected, the apply refuses, because `force_destroy` is not true in the state. What a `refold_integration` of this configuration has connected is removed first, if its `linked_account_id` refers to this resource. If the rest is to go as well, have it in the configuration with `force_destroy = true`, apply, and then delete the account. " + advice().Keep
}

func costUnknownWarning(accountID, reason string, isForced bool) diag.Diagnostic {
	next := "The apply looks again, and refuses if there are any, because `force_destroy` is not true in the state."
	if isForced {
		next = "The apply deletes the account whatever is connected to it, because `force_destroy` is true in the state."
	}
	return diag.NewWarningDiagnostic("It is not known what the deletion of the linked account costs", fmt.Sprintf(
		"Linked account %q is to be deleted, and it could not be found out which apps its customer has connected. %s\n\n%s", accountID, reason, next))
}

// importReplacesError is about an import whose plan would delete what it takes in. Planned is the
// id that the configuration has.
func importReplacesError(imported, planned string) diag.Diagnostic {
	what, next := fmt.Sprintf("`linked_account_id` is %q here", planned),
		fmt.Sprintf("Import the account that is configured (%q), or configure the one that is imported.", planned)
	if imported == planned {
		what, next = "it is to be replaced in the same plan", "Apply the import alone first, without `-replace` or what triggers the replacement."
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), "An import would delete the linked account", fmt.Sprintf(
		"Linked account %q is imported, and %s. So the apply of the import would delete the account, with all connections that the customer made.\n\n%s\n\n%s", imported, what, next, diagnose.PlanBeforeDestroy))
}
