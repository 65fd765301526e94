// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// block is a resource of this name.
func block(name, id string, lines ...string) string {
	return "\nresource \"refold_linked_account\" \"" + name + "\" {\n  linked_account_id = \"" + id + "\"\n  name = \"Acme\"\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

// runs runs a CLI, whose output has to hold a text and must not hold another one.
func runs(t *testing.T, workspace *cli.Workspace, want, not string, args ...string) {
	t.Helper()
	output, err := acctest.RunCLI(t.Context(), workspace, append(args, "-no-color")...)
	if err != nil || !acctest.Wrapped(want).MatchString(output) || not != "" && strings.Contains(output, not) {
		t.Errorf("%s: %v; want %q and not %q in\n%s", strings.Join(args, " "), err, want, not, output)
	}
}

// fails runs a CLI, which has to end with this error.
func fails(t *testing.T, workspace *cli.Workspace, want string, args ...string) {
	t.Helper()
	output, err := acctest.RunCLI(t.Context(), workspace, append(args, "-no-color")...)
	if err == nil || !acctest.Wrapped(want).MatchString(output) {
		t.Errorf("%s: %v; want %q in\n%s", strings.Join(args, " "), err, want, output)
	}
}

// TestDestroyBesideAnAccountThatExists: a destroy begins with a plan of the configuration, which
// cannot be told from any other plan. What that refuses ends it, and -refresh=false leaves it out.
func TestDestroyBesideAnAccountThatExists(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("mine", "user_0")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	refold.Create(test, existing)
	acctest.WriteFile(t, workspace, "other.tf", block("other", "user_1"))
	fails(t, workspace, "The linked account exists already", "plan")
	fails(t, workspace, "terraform destroy -refresh=false", "destroy", "-auto-approve")
	runs(t, workspace, "Destroy complete! Resources: 1 destroyed.", "", "destroy", "-auto-approve", "-refresh=false")
	if _, exists := refold.Account(test, "user_1"); !exists {
		t.Error("the account of somebody else was deleted")
	}
}

// TestDestroyWhileNewAccountsCannotBeLookedUp: what asking Refold gave keeps nobody from destroying
// what exists.
func TestDestroyWhileNewAccountsCannotBeLookedUp(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("mine", "user_0")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	acctest.WriteFile(t, workspace, "other.tf", block("other", "user_1"))
	refold.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultHTML}, Only: func(r *http.Request) bool {
		return r.Method == http.MethodGet && !strings.HasSuffix(r.URL.Path, "/user_0")
	}})
	runs(t, workspace, "It is not known whether the linked account exists", "", "plan")
	runs(t, workspace, "Destroy complete! Resources: 1 destroyed.", "", "destroy", "-auto-approve")
}

// TestReplacementByCLI: a plan that replaces an account says what it costs, and does not take the
// account for another one's.
func TestReplacementByCLI(t *testing.T) {
	t.Parallel()
	const exists = "exists already"
	refold := acctest.StartRefold(t)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + block("test", "user_1")})
	acctest.MustRunCLI(t, workspace, applyNow...)
	refold.Connect(test, "user_1", hubspot)
	// No CLI shows a warning about what -replace asks for.
	runs(t, workspace, "1 to add, 0 to change, 1 to destroy.", exists, "plan", "-replace="+address)
	acctest.MustRunCLI(t, workspace, "taint", address)
	runs(t, workspace, "Deleting linked account \"user_1\" irreversibly disconnects", exists, "plan")
	acctest.MustRunCLI(t, workspace, "untaint", address)
	acctest.WriteFile(t, workspace, "main.tf", requirement+block("test", "user_2"))
	runs(t, workspace, "Deleting linked account \"user_1\" irreversibly disconnects", exists, "plan")
	acctest.WriteFile(t, workspace, "main.tf", requirement)
	runs(t, workspace, "Deleting linked account \"user_1\" irreversibly disconnects", exists, "plan")
	runs(t, workspace, "Deleting linked account \"user_1\" irreversibly disconnects", exists, "plan", "-destroy")
	acctest.WriteFile(t, workspace, "main.tf", requirement+block("test", "user_1", "force_destroy = true"))
	acctest.MustRunCLI(t, workspace, applyNow...)
	acctest.MustRunCLI(t, workspace, "taint", address)
	runs(t, workspace, "1 added, 0 changed, 1 destroyed.", exists, applyNow[0], applyNow[2])
}

// TestImportNeverDeletesByCLI: the plan of an import block whose resource has another id would
// replace what it imports.
func TestImportNeverDeletesByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, existing)
	workspace := refold.Workspace(t, map[string]string{"main.tf": requirement + importing("user_1") + block("test", "user_2")})
	fails(t, workspace, "An import would delete the linked account", "plan")
	fails(t, workspace, "An import would delete the linked account", applyNow[0], applyNow[2])
	acctest.WriteFile(t, workspace, "main.tf", requirement+importing("user_1")+block("test", "user_1"))
	runs(t, workspace, "1 imported, 0 added, 0 changed, 0 destroyed.", "", applyNow[0], applyNow[2])
}
