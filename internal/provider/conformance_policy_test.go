// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// withoutPolicy are resources that need no deletion_policy, each with the reason: nothing is lost
// at Refold when Terraform gives them up.
func withoutPolicy() map[string]string { return map[string]string{} }

// policyProblems: every resource whose deletion takes something away says under which policy.
func policyProblems(resource object, exceptions map[string]string) []string {
	if _, isException := exceptions[resource.name]; isException {
		return nil
	}
	var problems []string
	for name, want := range map[string]tfprotov6.SchemaAttribute{
		"deletion_policy": {Optional: true}, "effective_deletion_policy": {Computed: true},
	} {
		at := slices.IndexFunc(resource.block.Attributes, func(one *tfprotov6.SchemaAttribute) bool { return one.Name == name })
		if at < 0 {
			problems = append(problems, fmt.Sprintf("has no %s: take it from internal/attribute, or name the resource with the reason in withoutPolicy (internal/provider/conformance_policy_test.go)", name))
			continue
		}
		if got := resource.block.Attributes[at]; got.Optional != want.Optional || got.Computed != want.Computed || got.Required {
			problems = append(problems, name+" is not as internal/attribute has it")
		}
	}
	return problems
}

// staleExceptions names what is said to need no policy, and is no resource, has one all the same,
// or has no reason.
func staleExceptions(objects []object, exceptions map[string]string) []string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(exceptions)) {
		isNeeded := slices.ContainsFunc(objects, func(one object) bool {
			return one.kind == resourceKind && one.name == name && len(policyProblems(one, nil)) > 0
		})
		if !isNeeded || exceptions[name] == "" {
			problems = append(problems, "resource "+name+" is said to need no deletion_policy, and does not exist, has one, or has no reason")
		}
	}
	return problems
}

func TestExceptionsFromPolicies(t *testing.T) {
	t.Parallel()
	bare := object{kind: resourceKind, name: "refold_bare", block: &tfprotov6.SchemaBlock{}}
	own := &tfprotov6.SchemaAttribute{Name: "deletion_policy", Required: true}
	effective := &tfprotov6.SchemaAttribute{Name: "effective_deletion_policy", Computed: true}
	wrong := object{kind: resourceKind, name: "refold_wrong", block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{own, effective}}}
	if problems := policyProblems(bare, nil); len(problems) != 2 {
		t.Errorf("of a resource without policies: %q", problems)
	}
	if problems := policyProblems(wrong, nil); !slices.Equal(problems, []string{"deletion_policy is not as internal/attribute has it"}) {
		t.Errorf("of a resource that requires a policy: %q", problems)
	}
	if problems := policyProblems(bare, map[string]string{"refold_bare": "its deletion is nothing"}); problems != nil {
		t.Errorf("of an exception: %q", problems)
	}
	stale := map[string]string{"refold_bare": "its deletion is nothing", "refold_gone": "a reason"}
	want := []string{"resource refold_gone is said to need no deletion_policy, and does not exist, has one, or has no reason"}
	if problems := staleExceptions([]object{bare}, stale); !slices.Equal(problems, want) {
		t.Errorf("of stale exceptions: %q", problems)
	}
}
