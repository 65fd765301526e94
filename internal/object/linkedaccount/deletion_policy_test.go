// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// policyRun is a folder in which a CLI manages accounts.
type policyRun struct {
	*testing.T
	refold    *acctest.Refold
	workspace *cli.Workspace
}

func startPolicyRun(t *testing.T) policyRun {
	t.Helper()
	refold := acctest.StartRefold(t)
	return policyRun{t, refold, emptyWorkspace(t, refold)}
}

// write replaces what is configured beside the provider block.
func (r policyRun) write(blocks ...string) {
	r.Helper()
	acctest.WriteFile(r, r.workspace, "accounts.tf", strings.Join(blocks, "\n"))
}

func (r policyRun) apply(blocks ...string) string {
	r.Helper()
	r.write(blocks...)
	return acctest.MustRunCLI(r, r.workspace, applyNow...)
}

// refused runs a command, which has to fail with this message.
func (r policyRun) refused(message string, command ...string) {
	r.Helper()
	output, err := acctest.RunCLI(r.Context(), r.workspace, append(command, "-no-color")...)
	if err == nil || !acctest.Wrapped(message).MatchString(output) {
		r.Errorf("%s: %v, want %q\n%s", command, err, message, output)
	}
}

// settled expects nothing to do.
func (r policyRun) settled() {
	r.Helper()
	acctest.MustRunCLI(r, r.workspace, "plan", "-no-color", "-detailed-exitcode")
}

// atRefold expects exactly these accounts, and that none was ever deleted.
func (r policyRun) atRefold(ids ...string) {
	r.Helper()
	if got := len(r.refold.Accounts(test)); got != len(ids) {
		r.Errorf("%d accounts are at Refold, want %q", got, ids)
	}
	for _, id := range ids {
		if _, exists := r.refold.Account(test, id); !exists {
			r.Errorf("account %q is gone", id)
		}
	}
	if sent := r.refold.Count(http.MethodDelete, ""); sent > 0 {
		r.Errorf("%d deletions were sent", sent)
	}
}

func (r policyRun) inState(want string) {
	r.Helper()
	if got := strings.TrimSpace(acctest.MustRunCLI(r, r.workspace, "state", "list")); got != want {
		r.Errorf("in the state: %q, want %q", got, want)
	}
}

func under(policy string) string { return fmt.Sprintf("deletion_policy = %q", policy) }

// PREVENT holds against everything that deletes, whether the plan shows it or not.
func TestPrevent(t *testing.T) {
	t.Parallel()
	const prevented = "Deletion is prevented"
	r := startPolicyRun(t)
	protected := account("acme", `name = "Acme"`, under("PREVENT"))
	r.apply(protected)
	r.refused(prevented, "plan", "-destroy")
	r.refused(prevented, "destroy", "-auto-approve")
	r.refused(prevented, "plan", "-replace="+address)
	r.refused(prevented, "plan", "-replace="+address, "-refresh=false")
	r.write(account("other", `name = "Acme"`, under("PREVENT")))
	r.refused(prevented, "plan")
	r.write(account("other", `name = "Acme"`))
	r.refused(prevented, "plan")
	r.write()
	r.refused(prevented, "plan")
	r.refused(prevented, "apply", "-auto-approve")

	r.write("moved {\n  from = "+address+"\n  to   = refold_linked_account.moved\n}", strings.Replace(protected, `"test"`, `"moved"`, 1))
	if output := acctest.MustRunCLI(t, r.workspace, "plan", "-no-color"); !strings.Contains(output, "0 to add, 0 to change, 0 to destroy") {
		t.Errorf("a move is more than that:\n%s", output)
	}

	r.write(protected)
	acctest.MustRunCLI(t, r.workspace, "taint", address)
	r.refused(prevented, "apply", "-auto-approve")
	acctest.MustRunCLI(t, r.workspace, "untaint", address)
	r.settled()
	r.inState(address)
	r.atRefold("acme")

	r.refold.ResetRequests()
	r.apply(account("acme", `name = "Acme"`, under("DELETE")))
	if sent := r.refold.Count(http.MethodPut, ""); sent > 0 {
		t.Errorf("a change of the policy sent %d upserts", sent)
	}
	r.apply()
	if left := r.refold.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// ABANDON leaves at Refold whatever Terraform gives up.
func TestAbandon(t *testing.T) {
	t.Parallel()
	const told = "Let go, and left at Refold"
	r := startPolicyRun(t)
	each := func(ids ...string) string {
		return fmt.Sprintf("resource \"refold_linked_account\" \"each\" {\n  for_each = toset([\"%s\"])\n  linked_account_id = each.key\n  deletion_policy = \"ABANDON\"\n}\n", strings.Join(ids, `", "`))
	}
	one := func(id string, lines ...string) string {
		return account(id, append(lines, `name = "Acme"`, under("ABANDON"))...)
	}
	r.apply(one("acme"), each("a", "b"))
	if output := r.apply(one("acme"), each("a")); !acctest.Wrapped(told).MatchString(output) {
		t.Errorf("the plan does not say that an account is let go:\n%s", output)
	}
	r.atRefold("acme", "a", "b")
	if output := r.apply(one("acme_2"), each("a")); !acctest.Wrapped(told).MatchString(output) {
		t.Errorf("the plan does not say that what is replaced is let go:\n%s", output)
	}
	r.apply(one("acme_3", "lifecycle { create_before_destroy = true }"), each("a"))
	r.atRefold("acme", "acme_2", "acme_3", "a", "b")
	r.refused("What is let go would be created again", "plan", "-replace="+address)
	r.write(account("acme_4", `name = "Acme"`, under("DELETE")), each("a"))
	r.refused("Another deletion policy together with a replacement", "plan")
	r.write(account("acme_3", `name = "Acme"`, under("DELETE")), each("a"))
	r.refused("Another deletion policy together with a replacement", "plan", "-replace="+address)

	acctest.MustRunCLI(t, r.workspace, "destroy", "-no-color", "-auto-approve")
	r.inState("")
	r.atRefold("acme", "acme_2", "acme_3", "a", "b")
}

// What is let go by a replacement can be adopted by it: then nothing was in the way.
func TestAbandonAndAdopt(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	r.apply(account("acme", `name = "Acme"`, under("ABANDON"), "adopt_existing = true"))
	before := mustAccount(t, r.refold, "acme")
	acctest.MustRunCLI(t, r.workspace, append(applyNow, "-replace="+address)...)
	if after := mustAccount(t, r.refold, "acme"); after.ID != before.ID {
		t.Errorf("the account was made anew: %s, before %s", after.ID, before.ID)
	}
	r.atRefold("acme")
	r.settled()
}

// The state keeps the provider's policy, also for when the provider block is gone with all else.
func TestPolicyOfProviderIsKept(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	provider := func(lines string) string {
		return strings.Replace(requirement, `provider "refold" {`, "provider \"refold\" {\n"+lines, 1)
	}
	block := account("acme", `name = "Acme"`)
	acctest.WriteFile(t, r.workspace, "main.tf", provider(`deletion_policy = "PREVENT"`))
	r.apply(block)
	r.settled()

	// Nothing is configured any more; key and URL come from the environment.
	acctest.WriteFile(t, r.workspace, "main.tf", "")
	r.write()
	r.refused("Deletion is prevented", "apply", "-auto-approve")

	// Taking back the policy is a change of its own.
	acctest.WriteFile(t, r.workspace, "main.tf", provider(""))
	r.write(block)
	output := acctest.MustRunCLI(t, r.workspace, "plan", "-no-color")
	if !strings.Contains(output, `effective_deletion_policy = "PREVENT" -> "DELETE"`) || !strings.Contains(output, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("the plan does not show the change of the policy:\n%s", output)
	}
	r.refused("Deletion is prevented", "destroy", "-auto-approve")
	r.atRefold("acme")
	r.apply(block)
	r.apply()
	if left := r.refold.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// An import takes the provider's policy, and leaves nothing to change.
func TestImportTakesPolicyOfProvider(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	r.refold.Create(test, mockapi.Account{AccountID: "acme", Name: new("Acme")})
	acctest.WriteFile(t, r.workspace, "main.tf", strings.Replace(requirement, `provider "refold" {`, "provider \"refold\" {\n"+under("PREVENT"), 1))
	r.write(importing("acme"), account("acme", `name = "Acme"`))
	importsOnly(t, r.workspace, 1)
	acctest.MustRunCLI(t, r.workspace, applyNow...)
	r.settled()
	r.write()
	r.refused("Deletion is prevented", "plan")
	r.write("removed {\n  from = " + address + "\n  lifecycle {\n    destroy = false\n  }\n}")
	if acctest.IsRefused(t, r.workspace) {
		return
	}
	acctest.MustRunCLI(t, r.workspace, applyNow...)
	r.inState("")
	r.atRefold("acme")
}

// ignore_changes keeps the policy that the state has.
func TestIgnoredChangeOfPolicy(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	const ignoring = "lifecycle { ignore_changes = [deletion_policy] }"
	r.apply(account("acme", `name = "Acme"`, under("PREVENT"), ignoring))
	r.write(account("acme", `name = "Acme"`, under("DELETE"), ignoring))
	r.settled()
	r.write()
	r.refused("Deletion is prevented", "plan")
	r.atRefold("acme")
}

// A policy that is not known yet is left open in the plan of a new account, and waits where an
// account is replaced.
func TestUnknownPolicy(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	run := func() *acctest.Protocol { return refold.Protocol(t, acctest.Unpaced) }
	config := func(policy tftypes.Value) tftypes.Value {
		return run().Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("acme"), "name": acctest.Text("Acme"), "deletion_policy": policy})
	}
	unknown := config(tftypes.NewValue(tftypes.String, tftypes.UnknownValue))
	plan := run().Plan(typeName, nil, unknown)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	created, met := run().ApplyPlanned(typeName, nil, plan, config(acctest.Text("ABANDON")))
	acctest.WantNoDiagnostics(t, met)
	if got := created.Attribute(t, "effective_deletion_policy"); !got.Equal(acctest.Text("ABANDON")) {
		t.Errorf("the effective policy is %s", got)
	}
	planning := run()
	first := planning.Plan(typeName, &created, unknown)
	acctest.WantNoDiagnostics(t, first.Diagnostics)
	none := acctest.Instance{State: tftypes.NewValue(created.State.Type(), nil), Private: first.PlannedPrivate}
	second := planning.Plan(typeName, &none, unknown)
	acctest.WantDiagnostic(t, second.Diagnostics, acctest.Failure, "Another deletion policy together with a replacement", "not known yet")
}

// What is kept for a replacement says nothing about an account that vanished later.
func TestVanishedUnderPolicy(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	r.apply(account("acme", `name = "Acme"`))
	r.apply(account("acme", `name = "Acme"`, under("PREVENT")))
	r.refold.Remove(test, "acme")
	acctest.MustRunCLI(t, r.workspace, applyNow...)
	r.settled()
	r.atRefold("acme")
}

// There is nothing to protect where the account is gone. Terraform 1.11 plans its deletion all the
// same.
func TestVanishedUnderPolicyAndTakenOut(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	r.apply(account("acme", `name = "Acme"`, under("PREVENT")))
	r.write()
	r.refused("Deletion is prevented", "plan")
	r.refold.Remove(test, "acme")
	acctest.MustRunCLI(t, r.workspace, applyNow...)
	r.settled()
	r.atRefold()
}

// What was not found while the deletion was planned, and is there again, is protected.
func TestVanishedUnderPolicyAndBack(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	run := refold.Protocol(t, acctest.Unpaced)
	created, met := run.Apply(typeName, nil, run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("acme"), "deletion_policy": acctest.Text("PREVENT")}))
	acctest.WantNoDiagnostics(t, met)
	refold.Remove(test, "acme")
	planning := refold.Protocol(t, acctest.Unpaced)
	_, met = planning.Read(typeName, created)
	acctest.WantDiagnostic(t, met, acctest.Warning, "The linked account is not found")
	plan := planning.Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	planned := acctest.Instance{State: created.State, Private: plan.PlannedPrivate}
	refold.Create(test, mockapi.Account{AccountID: "acme"})
	_, met = refold.Protocol(t, acctest.Unpaced).Delete(typeName, planned)
	acctest.WantDiagnostic(t, met, acctest.Failure, "Deletion is prevented")
	if _, exists := refold.Account(test, "acme"); !exists {
		t.Fatal("the account was deleted")
	}
	refold.Remove(test, "acme")
	_, met = refold.Protocol(t, acctest.Unpaced).Delete(typeName, planned)
	acctest.WantNoDiagnostics(t, met)
}

// A state of a version that knew no policies takes the provider's, and leaves nothing to change.
func TestStateOfOlderVersion(t *testing.T) {
	t.Parallel()
	r := startPolicyRun(t)
	block := account("acme", `name = "Acme"`)
	r.apply(block)
	file := filepath.Join(r.workspace.Folder, "terraform.tfstate")
	state, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	older := regexp.MustCompile(`"(effective_)?deletion_policy": [^,]*,`).ReplaceAll(state, nil)
	if bytes.Equal(older, state) {
		t.Fatalf("the state has no policies: %s", state)
	}
	if err := os.WriteFile(file, older, 0o600); err != nil {
		t.Fatal(err)
	}
	r.settled()
	acctest.WriteFile(r, r.workspace, "main.tf", strings.Replace(requirement, `provider "refold" {`, "provider \"refold\" {\n"+under("PREVENT"), 1))
	r.settled()
	r.write()
	r.refused("Deletion is prevented", "plan")
	r.refused("Deletion is prevented", "apply", "-auto-approve", "-refresh=false")
	r.atRefold("acme")
}
