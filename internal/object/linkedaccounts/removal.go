// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// planRemovals says of a plan what becomes of these accounts, which it takes out of a map of so
// many. A max_deletions that is not known yet is left to the apply.
func planRemovals(policy ownership.Policy, removed []string, all int, plan model) diag.Diagnostics {
	if len(removed) > 0 && policy != ownership.Prevent && plan.DeletionPolicy.IsUnknown() {
		return diag.Diagnostics{unknownPolicyError(removed, all)}
	}
	limit := plan.MaxDeletions.ValueInt64()
	if plan.MaxDeletions.IsUnknown() {
		limit = int64(all)
	}
	if refused := removalErrors(policy, removed, all, limit); refused.HasError() {
		return refused
	}
	return removalWarnings(policy, removed, all)
}

// mayLeave reports whether the apply of a plan may take accounts out of a map that is not known
// yet.
func mayLeave(policy ownership.Policy, plan model) bool {
	switch {
	case policy == ownership.Prevent:
		return false
	case policy == ownership.Abandon || plan.DeletionPolicy.IsUnknown() || plan.MaxDeletions.IsUnknown():
		return true
	}
	return plan.MaxDeletions.ValueInt64() > 0
}

// removalErrors refuse to take these accounts out of a map of so many, by the policy that counts
// for it and max_deletions.
func removalErrors(policy ownership.Policy, removed []string, all int, maxDeletions int64) diag.Diagnostics {
	switch {
	case policy == ownership.Prevent && len(removed) > 0:
		return diag.Diagnostics{preventedError(removed, all)}
	case policy == ownership.Delete && int64(len(removed)) > maxDeletions:
		return diag.Diagnostics{deletionsError(removed, all, maxDeletions)}
	}
	return nil
}

// removalWarnings say what becomes of accounts that are taken out of the map.
func removalWarnings(policy ownership.Policy, removed []string, all int) diag.Diagnostics {
	switch {
	case len(removed) == 0:
		return nil
	case policy == ownership.Abandon:
		return diag.Diagnostics{abandonedWarning(removed, all)}
	}
	return diag.Diagnostics{deletionsWarning(removed, all)}
}

func preventedError(removed []string, all int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("accounts"), diagnose.Share(len(removed), all, noun)+" would leave the map, which is prevented", fmt.Sprintf(
		"They are no longer in `accounts`, and `deletion_policy` is PREVENT, in the state or in this configuration: %s. Nothing was sent to Refold for them.\n\n"+
			"If they were left out by mistake, for example because a file was cut off, put them back. To manage them elsewhere, or to leave them at Refold unmanaged, put them back with `deletion_policy = \"ABANDON\"`, apply that, and then take them out. "+
			"To delete them, do the same with \"DELETE\".", diagnose.Naming(removed)))
}

func abandonedWarning(removed []string, all int) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("accounts"), diagnose.Share(len(removed), all, noun)+" will be let go, and left at Refold", fmt.Sprintf(
		"They are no longer in `accounts`, and `deletion_policy` is ABANDON: %s. Nothing is sent to Refold for them, and they stay there as they are, with everything that is connected. "+
			"Nothing manages them from then on, but for what the same plan takes over elsewhere; import them where they are to be managed.\n\n"+
			"To delete them, put them back, apply `deletion_policy = \"DELETE\"`, and then take them out.", diagnose.Naming(removed)))
}

func unknownPolicyError(removed []string, all int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("deletion_policy"), "The deletion policy is not known yet", fmt.Sprintf(
		"%s no longer in `accounts`: %s. What becomes of them depends on `deletion_policy`, which would only be known during the apply, and nobody could review it in this plan.\n\n"+
			"Apply what it depends on first (terraform apply -target=...), then plan again.", shareOf(len(removed), all, "is", "are"), diagnose.Naming(removed)))
}
