// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestWhatIsNotKnownYetIsAppliedFirst: with -target, what an id or the provider's block depends on
// becomes known, and the rest can be planned.
func TestWhatIsNotKnownYetIsAppliedFirst(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	source := "\nresource \"terraform_data\" \"source\" {\n  input = \"user_1\"\n}\n"
	key := "\nresource \"terraform_data\" \"key\" {\n  input = \"" + mockapi.TestKey + "\"\n}\n"
	withKey := strings.Replace(requirement, "provider \"refold\" {", "provider \"refold\" {\n  api_key = terraform_data.key.output", 1)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("test", "user_1")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	acctest.WriteFile(t, workspace, "main.tf", requirement+source+block("test", "${terraform_data.source.output}"))
	fails(t, workspace, "Apply what the id depends on first (terraform apply -target=...), then plan again", "plan")
	runs(t, workspace, "1 added, 0 changed, 0 destroyed", "", applyNow[0], applyNow[2], "-target=terraform_data.source")
	runs(t, workspace, "No changes.", "", "plan")
	acctest.WriteFile(t, workspace, "main.tf", withKey+key+source+block("test", "user_1"))
	fails(t, workspace, "Apply that first (terraform apply -target=...)", "plan")
	runs(t, workspace, "1 added, 0 changed, 0 destroyed", "", applyNow[0], applyNow[2], "-target=terraform_data.key")
	runs(t, workspace, "No changes.", "", "plan")
}

// TestNamesakeIsDeletedOnceItIsKnown: where an account that somebody made anew is to be deleted all
// the same, a run that only refreshes takes note of it first.
func TestNamesakeIsDeletedOnceItIsKnown(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("test", "user_1")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	refold.Remove(test, "user_1")
	refold.Create(test, existing)
	fails(t, workspace, "The linked account is not the one that Terraform knows", "destroy", "-auto-approve")
	for range 2 {
		acctest.MustRunCLI(t, workspace, "apply", "-refresh-only", "-auto-approve")
	}
	runs(t, workspace, "No changes.", "", "plan", "-refresh-only")
	runs(t, workspace, "Destroy complete! Resources: 1 destroyed.", "", "destroy", "-auto-approve")
	if left := refold.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// TestForceOfOneKey: one account of a block is deleted with its connections, and the others stay
// guarded.
func TestForceOfOneKey(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(keys string) string {
		return requirement + "\nresource \"refold_linked_account\" \"each\" {\n  for_each = toset([" + keys + "])\n  linked_account_id = each.key\n  force_destroy = each.key == \"user_2\"\n}\n"
	}
	workspace := refold.Workspace(t, map[string]string{"main.tf": config(`"user_1", "user_2"`)})
	acctest.MustRunCLI(t, workspace, applyNow...)
	refold.Connect(test, "user_1", hubspot)
	refold.Connect(test, "user_2", hubspot)
	acctest.WriteFile(t, workspace, "main.tf", config(`"user_1"`))
	runs(t, workspace, "0 added, 0 changed, 1 destroyed", "", applyNow[0], applyNow[2])
	acctest.WriteFile(t, workspace, "main.tf", config(""))
	fails(t, workspace, "The customer still has connected apps", applyNow[0], applyNow[2])
	if _, exists := refold.Account(test, "user_1"); !exists {
		t.Error("the guarded account was deleted")
	}
}

// TestForgottenAccountIsCreatedAnew: an account that was deleted on purpose, where nothing shows
// for certain that it is gone, is taken out of the state, and its block creates it anew.
func TestForgottenAccountIsCreatedAnew(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("test", "user_1")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	refold.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
	refold.Remove(test, "user_1")
	fails(t, workspace, "Refold does not say where it looked for the account", "plan")
	acctest.MustRunCLI(t, workspace, "state", "rm", address)
	runs(t, workspace, "1 added, 0 changed, 0 destroyed", "", applyNow[0], applyNow[2])
}
