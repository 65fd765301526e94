// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

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

func takeOverWarning(ids []string) diag.Diagnostic {
	return existWarning(countOf(len(ids), "exists", "exist")+" and will be taken over", ids,
		"They equal this configuration, as an interrupted apply leaves them behind. The apply takes them over.",
		"If something else created them, for example another Terraform state with the same file, or another address of this one, do not apply, and destroy nothing before that is known: either of the two would delete them for both.")
}

func adoptionWarning(ids []string) diag.Diagnostic {
	return existWarning(countOf(len(ids), "exists", "exist")+" and will be adopted", ids,
		"`adopt_existing` is true: the apply brings their names and user-defined fields in line with this configuration, and Terraform manages them from then on.",
		"To see first what differs, manage them in a resource of their own that imports them by their ids.")
}

func existPerhapsWarning(ids []string) diag.Diagnostic {
	return existWarning(countOf(len(ids), "exists", "exist")+" already", ids,
		"What this configuration asks for them is only known during the apply, which takes over those that equal it, as an interrupted apply leaves them behind, and fails for others.",
		"To manage them whatever they are like, set `adopt_existing = true`.")
}

// existingInPlanError is existingError before any apply. A resource that has a state cannot import.
func existingInPlanError(reasons map[string]string, all int, hasState bool) diag.Diagnostic {
	next := adoptAdvice
	if !hasState {
		next += " " + importAdvice(sortedIDs(reasons))
	}
	return existingError(reasons, all, next+"\n\n"+diagnose.PlanBeforeDestroy)
}

// respelledWarning is about accounts whose ids change in case or form only: for Terraform, and for
// Refold, they are others.
func respelledWarning(respelled mistakes) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), countOf(len(respelled.ids), "is", "are")+" to be deleted for a change of case", fmt.Sprintf(
		"Ids count to the letter: %s, which is another account, so the old one leaves, with all connections, and a new one is created (accounts: %s).\n\n"+
			"Where the change comes from the file rather than from a customer, write the id as it was.", respelled.first, diagnose.Naming(respelled.ids)))
}

func existWarning(summary string, ids []string, what, next string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), summary, fmt.Sprintf("These exist at Refold: %s. %s\n\n%s", diagnose.Naming(ids), what, next))
}

func notLookedUpWarning(ids []string, reason string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), "It is not known whether "+countOf(len(ids), "exists", "exist"), fmt.Sprintf(
		"These are to be created, and could not be looked up: %s. %s\n\n"+
			"The plan takes them for new. The apply looks again, and fails for those that exist and are not to be adopted.", diagnose.Naming(ids), reason))
}

// costWarning is about accounts that a plan deletes. Whether their apps go with them is up to the
// state's force_destroy; planned is null where the resource itself is destroyed.
func costWarning(connected map[string][]refold.Integration, forced, planned types.Bool) diag.Diagnostic {
	ids := sortedIDs(connected)
	var list strings.Builder
	for _, id := range ids[:min(len(ids), diagnose.MostNamed)] {
		fmt.Fprintf(&list, "\n  - %q: %s", id, strings.Join(reconcile.NamesOf(connected[id]), ", "))
	}
	if more := len(ids) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&list, "\n  - and %d more", more)
	}
	return diag.NewWarningDiagnostic(countOf(len(ids), "to be deleted has", "to be deleted have")+" connected apps", fmt.Sprintf(
		"Deleting them irreversibly cuts %s that customers made:\n%s\n\n%s",
		diagnose.Count(connections(connected), "connection"), list.String(), consequence(forced.ValueBool(), planned)))
}

func connections(connected map[string][]refold.Integration) int {
	count := 0
	for _, apps := range connected {
		count += len(apps)
	}
	return count
}

func consequence(isForced bool, planned types.Bool) string {
	isNew := !planned.IsNull() && !planned.IsUnknown() && planned.ValueBool() != isForced
	switch {
	case isForced && isNew:
		return "The apply does so: `force_destroy` is true in the state, and becomes false only after the deletions. To be asked, apply `force_destroy = false` first, with these accounts in the map."
	case isForced:
		return "The apply does so, because `force_destroy` is true in the state."
	case isNew:
		return "The apply refuses these: `force_destroy` is not true in the state, and the deletions go by that. If they are intended, apply `force_destroy = true` first, with these accounts in the map, and then this."
	}
	return "As long as any are connected, the apply refuses these, because `force_destroy` is not true in the state. What a `refold_integration` of this configuration has connected is removed first, if it depends on this resource. If the rest is to go as well, apply `force_destroy = true` first, with these accounts in the map; it goes for the whole map until it is set back."
}

func costUnknownWarning(ids []string, reason string, isForced bool) diag.Diagnostic {
	next := "The apply looks again, and refuses those with connected apps, because `force_destroy` is not true in the state."
	if isForced {
		next = "The apply deletes them whatever is connected, because `force_destroy` is true in the state."
	}
	return diag.NewWarningDiagnostic("It is not known what the deletion of "+diagnose.Count(len(ids), noun)+" costs", fmt.Sprintf(
		"These are to be deleted, and it could not be found out which apps their customers have connected: %s. %s\n\n%s", diagnose.Naming(ids), reason, next))
}

// importDeletesError is about an import whose plan would delete some of what it takes in.
func importDeletesError(removed []string, all int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("accounts"), "An import would delete "+diagnose.Share(len(removed), all, noun), fmt.Sprintf(
		"These are imported, and not in `accounts`: %s. So the apply of the import would delete them, with all connections that the customers made.\n\n"+
			"Add them to `accounts`, or import only the accounts that are in it, by their ids. Accounts that are to be deleted can be taken out of `accounts` once the import is applied.\n\n%s", diagnose.Naming(removed), diagnose.PlanBeforeDestroy))
}
