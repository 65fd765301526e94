// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// ClaimedWarning explains a deletion that was left out: see ownership.Turn.
func ClaimedWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The linked account was not deleted", fmt.Sprintf(
		"In this run, linked account %q was also created or taken over under another address, so it stays at Refold, and only this address is forgotten. "+
			"To rename a resource, use a moved block. To create the account anew, do without create_before_destroy.", accountID))
}

func takenOverWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Took over an existing linked account", fmt.Sprintf(
		"Linked account %q existed already and equals this configuration, as an interrupted apply leaves it behind. It is managed by Terraform from now on.", accountID))
}

// ClaimedTwiceError refuses to create an account that another resource of this
// run manages: see ownership.Turn.
func ClaimedTwiceError(accountID string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Two resources manage the same linked account", fmt.Sprintf(
		"Linked account %q was to be created here, and another resource of this configuration has just created or changed it. It is left as that resource made it.\n\n"+
			"Keep the account in one place. To move it from one resource to another, use a `moved` block, or `removed` and `import`.", accountID))
}

func appearedWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The linked account was created by something else", fmt.Sprintf(
		"Refold says that linked account %q was not new when it was created here, although it did not exist a moment before. "+
			"Something else created it at the same time; its name and user-defined fields are now those of this configuration.\n\n"+
			"Find out what else manages it. If that is another Terraform state, take the account out of one of the two without deleting it (a `removed` block with `destroy = false`): otherwise either of them may delete it.", accountID))
}

func vanishedWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The linked account had been deleted", fmt.Sprintf(
		"Refold's answer to the update of linked account %q is about an account that is new: the one that Terraform knew must have been deleted elsewhere after this plan was made. "+
			"The customer has to connect all apps again. The next plan checks it, and sends the account's credentials again.", accountID))
}

func notReadBackWarning(accountID string, unmanaged map[string]any, err error) diag.Diagnostic {
	next := "What it did not say is filled in by the next plan."
	if len(unmanaged) > 0 {
		next += fmt.Sprintf(" Check that the account still has its user-defined fields, which are not configured here and were left out of the write: %s.", keysOf(unmanaged))
	}
	return diag.NewWarningDiagnostic("The linked account was written, but could not be read back", fmt.Sprintf(
		"%s\n\nRefold accepted the write. %s", diagnose.Detail("read back", diagnose.LinkedAccount(accountID), err), next))
}

func connectedError(accountID string, foreign []refold.Integration, advice Advice) *diagnose.Problem {
	var list strings.Builder
	for _, integration := range foreign {
		fmt.Fprintf(&list, "\n  - %s (%s)", integration.Name, describeType(integration))
	}
	return diagnose.NewError("The customer still has connected apps", fmt.Sprintf(
		"Linked account %q was not deleted, because that would irreversibly disconnect:\n%s", accountID, list.String()),
		"If that is intended, set `force_destroy = true`, apply, and then delete it. If one of them is your organization's own app, say so with its id in `app_id`. "+advice.Keep)
}

func describeType(integration refold.Integration) string {
	if integration.AppID != "" {
		return integration.Type + ", app " + integration.AppID
	}
	return integration.Type
}

// notStoredWarning reports fields that Refold holds differently after a write.
// It names no values, which may be sensitive in the configuration.
func notStoredWarning(accountID string, wanted, stored map[string]any, difference udf.Difference) diag.Diagnostic {
	var list strings.Builder
	for _, key := range difference.Missing {
		fmt.Fprintf(&list, "\n  - %q: sent %s, not stored", key, udf.Kind(wanted[key]))
	}
	for _, key := range difference.Changed {
		fmt.Fprintf(&list, "\n  - %q: sent %s, stored %s", key, udf.Kind(wanted[key]), udf.Kind(stored[key]))
	}
	for _, key := range difference.Surplus {
		fmt.Fprintf(&list, "\n  - %q: removed, still stored", key)
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("udf"), "Refold did not store the user-defined fields as configured", fmt.Sprintf(
		"After the write, linked account %q differs from the configuration:\n%s\n\n"+
			"The next plan will show this as a change. Large numbers and fractions are safest as strings; a server that keeps only strings needs `tostring(...)`; "+
			"a key that cannot be removed can be set to an empty string.", accountID, list.String()))
}

func restoredWarning(accountID string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("udf"), "User-defined fields were restored", fmt.Sprintf(
		"After the update, linked account %q had no user-defined fields any more, although the update left them out. `udf` is not configured and so to be left alone; it was written back as it was before.", accountID))
}

// lostError names no values, as notStoredWarning does.
func lostError(accountID string, lost map[string]any, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("udf"), "User-defined fields were lost", fmt.Sprintf(
		"After the update, linked account %q had no user-defined fields any more, although the update left them out. Lost are %s, and writing them back failed. %s\n\n"+
			"Applying again does not bring them back: write them yourself, with the values from before this apply. A `udf` that is configured goes into every write, and this server cannot lose it.",
		accountID, keysOf(lost), diagnose.Answer(err)))
}

func keysOf(fields map[string]any) string {
	keys := slices.Sorted(maps.Keys(fields))
	for i, key := range keys {
		keys[i] = strconv.Quote(key)
	}
	return strings.Join(keys, ", ")
}

func nameNotStoredWarning(accountID, wanted, stored string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("name"), "Refold did not store the name as configured", fmt.Sprintf(
		"Linked account %q was to be named %q, and Refold answers that it is named %q. The next plan will show this as a change; where Refold is right to write it so, write it so too.", accountID, wanted, stored))
}
