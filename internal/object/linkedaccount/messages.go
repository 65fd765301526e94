// SPDX-License-Identifier: MPL-2.0

package linkedaccount

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

// advice is what to do with one account in a resource of its own.
func advice() reconcile.Advice {
	return reconcile.Advice{
		Forget:   "If the account was deleted on purpose, remove it from the state: terraform state rm ADDRESS. Its block, if it stays, creates it anew.",
		Keep:     "To keep the account but stop managing it, use a `removed` block (one key of a `for_each` has to be moved out of its block in the same plan, with a `moved` block) or terraform state rm.",
		Force:    "In a block with `for_each`, set it for this key alone: force_destroy = each.key == \"KEY\".",
		OwnApp:   "`your_app = { app_id = \"ID\" }` (or with `app_id` beside its credentials)",
		TakeOver: "Import it before the next apply, or set `adopt_existing = true`.",
		Leftover: "Keep the keys of its credentials until then: one that is renamed or taken out stays at Refold.",
		Exists:   existsError,
	}
}

// existsError refuses to adopt an account silently.
func existsError(account *refold.LinkedAccount, reason string) *diagnose.Problem {
	return diagnose.NewError("The linked account exists already", fmt.Sprintf(
		"%s\n\n"+
			"If it is in this very state under another address, do not import it: two addresses with one account delete it sooner or later. To give the resource this address, use a `moved` block; "+
			"a map gives up an account without deleting it under `deletion_policy = \"ABANDON\"`. `terraform state list` shows all addresses. "+
			"The same goes for another state, or a program, that manages it: use another id here then. "+
			"Where a replacement under `create_before_destroy` meets its own account, do without that setting; the next plan says what to do with the deposed object.\n\n"+
			"Otherwise, to manage it from here, import it, with the resource's own address in place of NAME:\n\n%s",
		whatExists(account, reason), diagnose.ImportBlock(typeName, account.AccountID)),
		"or set `adopt_existing = true` to bring it in line with this configuration at once.",
	).About(path.Root("linked_account_id"))
}

func whatExists(account *refold.LinkedAccount, reason string) string {
	return fmt.Sprintf("Linked account %q exists in environment %q (created %s), and is not taken for what an interrupted apply of this configuration left: %s. It was not touched.",
		account.AccountID, account.Environment, created(account), reason)
}

func missingWarning(accountID string, missing diagnose.Missing) diag.Diagnostic {
	return diagnose.MissingWarning(diagnose.LinkedAccount(accountID), missing, ", without the connections that the customer had made")
}

// created says when the account was.
func created(account *refold.LinkedAccount) string {
	return cmp.Or(account.CreatedAt, "at a time that Refold does not tell")
}

func replacedWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The linked account is another one than before", fmt.Sprintf(
		"Linked account %q has another `id` than before: the account that Terraform knew was deleted, with all connections that the customer had made, and one was created under its id, "+
			"outside Terraform or by a run that was stopped before it could record that. Credentials of `your_app` went with the old one, so where they are configured, and the account stays, this plan sends them again. Find out who made the other one before you apply.", accountID))
}

func importMissing(accountID string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("There is no such linked account to import", fmt.Sprintf(
		"Tried to import linked account %q.\n\n%s\n\n"+
			"Check the id (it is case-sensitive), and that the API key belongs to the environment that the account lives in. To create the account, remove the import.",
		accountID, diagnose.Answer(err)))
}

func uncertainWarning(accountID string, names []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Credentials at Refold are uncertain", fmt.Sprintf(
		"An earlier update of linked account %q failed half-way, so Refold may hold these credentials otherwise than the state says: %s. "+
			"This update sends them again as they are configured, and removes those that are not.",
		accountID, strings.Join(names, ", ")))
}

func unknownIDError(accountID string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), "The linked account id is not known yet", fmt.Sprintf(
		"Linked account %q exists, and its `linked_account_id` would only be known during the apply. If it turned out to be another one, the account would be deleted, which nobody could review in this plan. "+
			"Apply what the id depends on first (terraform apply -target=...), then plan again.", accountID))
}

func namesChangedWarning(accountID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("your_app").AtName("auth_credentials_wo_version"), "Changed credentials are not sent", fmt.Sprintf(
		"The keys of `auth_credentials_wo` of linked account %q differ from those that were sent, but `auth_credentials_wo_version` is the same, so nothing is sent. Change the version.", accountID))
}

// heldBackUDFWarning is about values that Refold stores and Terraform cannot hold.
// nullValuesError stands at the version: Terraform would show the line of the values.
func nullValuesError(accountID string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("your_app").AtName("auth_credentials_wo_version"), "Write-only credentials are null", fmt.Sprintf(
		"`auth_credentials_wo` of linked account %q is null or left out, or one of its values is null, perhaps because a variable is. This plan would send them, because the account is new, or the version or `app_id` is. Nothing was sent for it.\n\n"+
			"Set the variable for this run. To plan without the values, keep the version that the state has: nothing is sent then.\n\n%s", accountID, diagnose.PlanBeforeDestroy))
}

func heldBackUDFWarning(accountID string, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf"), "User-defined fields are not shown", fmt.Sprintf(
		"Refold stores user-defined fields for linked account %q that Terraform cannot hold: %s. So `udf` is null here.\n\n"+
			"They stay at Refold as long as no `udf` is configured; one that is replaces them, or is not written under `udf_exclusive = false`. To have them shown, change them at Refold, in the dashboard or through its API.", accountID, err))
}

// unsendableUDFError is about values that no plan should have let through.
func unsendableUDFError(accountID string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("udf"), "User-defined fields cannot be sent", fmt.Sprintf(
		"The user-defined fields of linked account %q cannot be sent to Refold, and nothing was: %s. Make `udf` an object of strings, numbers and booleans.", accountID, err))
}

func unusableIDWarning(accountID string, err error) diag.Diagnostic {
	return leftOutWarning(accountID, fmt.Sprintf("No configuration can hold its id: %s. It stays at Refold as it is. Manage it in the dashboard.", err))
}

func leftOutWarning(accountID, reason string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("A linked account is left out of the list", fmt.Sprintf(
		"Linked account %q exists, and Terraform could not import it as it is.\n\n%s", accountID, reason))
}
