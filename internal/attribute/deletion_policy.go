// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	provider "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// DeletionPolicyInResource is what becomes of an object when Terraform gives it up. Leaving says
// when that is, as a clause ("when it is destroyed or replaced").
func DeletionPolicyInResource(leaving string) resource.StringAttribute {
	return resource.StringAttribute{
		Optional: true,
		MarkdownDescription: "What happens at Refold " + leaving + ": " + policyMeanings +
			" It counts as the state has it, so it also holds when the whole block is removed, and a change has to be applied before it counts for what is destroyed or replaced; for what leaves a map, the stricter of the old and the new one counts at once. Changing it sends nothing to Refold. " +
			"Defaults to the provider's `deletion_policy`.",
		Validators: []validator.String{deletionPolicy()},
	}
}

// EffectiveDeletionPolicyInResource is the policy that counts, as the state keeps it.
func EffectiveDeletionPolicyInResource() resource.StringAttribute {
	return resource.StringAttribute{
		Computed:            true,
		MarkdownDescription: "The policy that counts: `deletion_policy`, or else that of the provider. The state keeps it, so that the provider's default still holds when the provider block has lost it.",
	}
}

// DeletionPolicyInProvider is the default for all objects.
func DeletionPolicyInProvider() provider.StringAttribute {
	return provider.StringAttribute{
		Optional: true,
		MarkdownDescription: "What happens at Refold to objects that Terraform gives up, for all resources that do not say it themselves: " + policyMeanings + " Defaults to `DELETE`. " +
			"Has to be known in a plan.",
		Validators: []validator.String{deletionPolicy()},
	}
}

const policyMeanings = "`DELETE` deletes; `PREVENT` refuses, in the plan already; `ABANDON` forgets it and leaves it at Refold as it is."

// deletionPolicy refuses what is no policy.
func deletionPolicy() validator.String {
	const rule = "must be `DELETE`, `PREVENT` or `ABANDON`"
	return TextValidator{rule, func(at path.Path, policy string) diag.Diagnostic {
		if slices.Contains(ownership.Policies(), ownership.Policy(policy)) {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not a deletion policy", fmt.Sprintf(
			"%.40q is no deletion policy: it %s, in capital letters. Leave the attribute out (null) for the default.", policy, rule))
	}}
}
