// SPDX-License-Identifier: MPL-2.0

package movement_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// singleBlock is a resource of one account, with further lines in it.
func singleBlock(name, id string, lines ...string) string {
	return fmt.Sprintf("resource \"refold_linked_account\" %q {\n  linked_account_id = %q\n  name = \"Name of %s\"\n  %s\n}\n", name, id, id, strings.Join(lines, "\n  "))
}

// eachBlock has an instance for each key, with the id after the equals sign.
func eachBlock(name string, instances ...string) string {
	ids := map[string]string{}
	for _, instance := range instances {
		key, id, _ := strings.Cut(instance, "=")
		ids[key] = id
	}
	return fmt.Sprintf("resource \"refold_linked_account\" %q {\n  for_each = %s\n  linked_account_id = each.value\n  name = \"Name of ${each.value}\"\n}\n", name, object(ids))
}

func countBlock(name string, ids ...string) string {
	return fmt.Sprintf("resource \"refold_linked_account\" %q {\n  count = %d\n  linked_account_id = [\"%s\"][count.index]\n  name = \"Name of ${[\"%[3]s\"][count.index]}\"\n}\n",
		name, len(ids), strings.Join(ids, `", "`))
}

// pluralBlock is a resource of several accounts, whose ids are separated by white space.
func pluralBlock(name, ids string, lines ...string) string {
	accounts := ""
	for id := range strings.FieldsSeq(ids) {
		accounts += fmt.Sprintf("    %q = { name = \"Name of %s\", udf = null }\n", id, id)
	}
	return fmt.Sprintf("resource \"refold_linked_accounts\" %q {\n  accounts = {\n%s  }\n  %s\n}\n", name, accounts, strings.Join(lines, "\n  "))
}

func object(values map[string]string) string {
	text := "{\n"
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text += fmt.Sprintf("    %q = %q\n", key, values[key])
	}
	return text + "  }"
}

func movedBlock(from, to string) string {
	return fmt.Sprintf("moved {\n  from = %s\n  to = %s\n}\n", from, to)
}

func removedBlock(from string) string {
	return fmt.Sprintf("removed {\n  from = %s\n  lifecycle {\n    destroy = false\n  }\n}\n", from)
}

func importBlock(to, id string) string {
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", to, id)
}

// terraform is a workspace of a CLI, and the Refold that it works with.
type terraform struct {
	t         *testing.T
	refold    *acctest.Refold
	workspace *cli.Workspace
}

const (
	file    = "main.tf"
	abandon = `deletion_policy = "ABANDON"`
	// refoldBlock is configured by the environment; init installs it also for a configuration
	// without resources.
	refoldBlock = "terraform {\n  required_providers {\n    refold = { source = \"gocobalt/refold\" }\n  }\n}\n\nprovider \"refold\" {}\n\n"
)

// startTerraform applies a configuration.
func startTerraform(t *testing.T, config string) terraform {
	t.Helper()
	refold := acctest.StartRefold(t)
	w := terraform{t, refold, refold.Workspace(t, map[string]string{file: refoldBlock + config})}
	w.run("apply", "-auto-approve")
	return w
}

func (w terraform) write(config string) {
	w.t.Helper()
	acctest.WriteFile(w.t, w.workspace, file, refoldBlock+config)
}

func (w terraform) run(arguments ...string) string {
	w.t.Helper()
	return acctest.MustRunCLI(w.t, w.workspace, append(arguments, "-no-color")...)
}

// refuses expects a command to fail, and to say these texts, however the CLI breaks them into
// lines.
func (w terraform) refuses(says []string, arguments ...string) {
	w.t.Helper()
	output, err := acctest.RunCLI(w.t.Context(), w.workspace, append(arguments, "-no-color")...)
	if err == nil {
		w.t.Errorf("%s is not refused:\n%s", arguments, output)
	}
	for _, text := range says {
		if !acctest.Wrapped(text).MatchString(output) {
			w.t.Errorf("%s does not say %q:\n%s", arguments, text, output)
		}
	}
}

// settled expects nothing left to do.
func (w terraform) settled() {
	w.t.Helper()
	w.run("plan", "-detailed-exitcode")
}

// accounts are the ids at Refold, by Refold's own.
func (w terraform) accounts() map[string]string {
	ids := map[string]string{}
	for _, account := range w.refold.Accounts(test) {
		ids[account.ID] = account.AccountID
	}
	return ids
}

// keeps expects that every account is still the one that it was.
func (w terraform) keeps(before map[string]string) {
	w.t.Helper()
	now := w.accounts()
	for own, id := range before {
		if now[own] != id {
			w.t.Errorf("account %q is gone; at Refold are %v", id, now)
		}
	}
}

// move is what a CLI must refuse, and the way that loses nothing.
type move struct {
	before, after string
	// prepare is done in between.
	prepare func(terraform)
	says    []string
	// wayOut are configurations to apply one after the other. They delete this account, or none.
	wayOut  []string
	deletes string
}

func moves() map[string]move {
	return map[string]move{
		"a key of for_each is renamed": {
			before: eachBlock("x", "old=a"), after: eachBlock("x", "new=a"),
			says:   []string{summary, `linked account "a"`, "from = refold_linked_account.OLD"},
			wayOut: []string{eachBlock("x", "new=a") + movedBlock(`refold_linked_account.x["old"]`, `refold_linked_account.x["new"]`)},
		},
		"a block of many is renamed": {
			before: pluralBlock("x", "a b c"), after: pluralBlock("y", "a b c"),
			says:   []string{summary, `3 linked accounts, "a", "b", "c"`, "from = refold_linked_accounts.OLD"},
			wayOut: []string{pluralBlock("y", "a b c") + movedBlock("refold_linked_accounts.x", "refold_linked_accounts.y")},
		},
		"from one map to another": {
			before: pluralBlock("x", "a b") + pluralBlock("y", "c"), after: pluralBlock("x", "a") + pluralBlock("y", "b c"),
			says:   []string{summary, `linked account "b"`, abandon},
			wayOut: []string{pluralBlock("x", "a", abandon) + pluralBlock("y", "b c", "adopt_existing = true")},
		},
		"from a resource of its own to a map": {
			before: singleBlock("x", "a") + pluralBlock("y", "b"), after: pluralBlock("y", "a b"),
			says:   []string{summary, `linked account "a"`, "from = refold_linked_account.OLD"},
			wayOut: []string{removedBlock("refold_linked_account.x") + pluralBlock("y", "a b", "adopt_existing = true")},
		},
		"from resources of their own to a new map": {
			before: eachBlock("x", "1=a", "2=b"), after: pluralBlock("y", "a b"),
			says:   []string{summary, "from = refold_linked_account.OLD", "to = refold_linked_accounts.NEW"},
			wayOut: []string{removedBlock("refold_linked_account.x") + pluralBlock("y", "a b") + importBlock("refold_linked_accounts.y", `"a","b"`)},
		},
		"from a map to a resource of its own": {
			before: pluralBlock("x", "a b"), after: pluralBlock("x", "a") + singleBlock("y", "b"),
			says:   []string{summary, `linked account "b"`, abandon},
			wayOut: []string{pluralBlock("x", "a", abandon) + singleBlock("y", "b") + importBlock("refold_linked_account.y", "b")},
		},
		"an element of count is taken out": {
			before: countBlock("x", "a", "b", "c", "d"), after: countBlock("x", "b", "c", "d"),
			says: []string{summary},
			wayOut: []string{eachBlock("x", "b=b", "c=c", "d=d") + movedBlock("refold_linked_account.x[1]", `refold_linked_account.x["b"]`) +
				movedBlock("refold_linked_account.x[2]", `refold_linked_account.x["c"]`) + movedBlock("refold_linked_account.x[3]", `refold_linked_account.x["d"]`)},
			deletes: "a",
		},
		"created in two places": {
			before: "", after: singleBlock("x", "a") + pluralBlock("y", "a b"),
			says: []string{summary, `manage linked account "a"`, "Keep it in one place"},
		},
		"imported where another resource has it": {
			before: singleBlock("x", "a"), after: singleBlock("x", "a") + singleBlock("y", "a") + importBlock("refold_linked_account.y", "a"),
			says: []string{summary, `manage linked account "a"`},
		},
		"every account is imported, also those that have a resource": {
			before: singleBlock("x", "a"), after: singleBlock("x", "a") + pluralBlock("y", "a b") + importBlock("refold_linked_accounts.y", "*"),
			prepare: func(w terraform) { w.refold.Create(test, mockapi.Account{AccountID: "b", Name: new("Name of b")}) },
			says:    []string{summary, `manage linked account "a"`},
			wayOut:  []string{removedBlock("refold_linked_account.x") + pluralBlock("y", "a b") + importBlock("refold_linked_accounts.y", "*")},
		},
		"an id is not known yet, and the name leaves elsewhere": {
			before: singleBlock("x", "a"),
			after: "resource \"terraform_data\" \"id\" {\n  input = \"a\"\n}\n" +
				"resource \"refold_linked_account\" \"y\" {\n  linked_account_id = terraform_data.id.output\n  name = \"Name of a\"\n}\n",
			says: []string{"may move to an id that is not known yet", `linked account "a"`, "Apply in two steps"},
		},
	}
}

// Every such plan is refused, an apply changes nothing, and what the error advises loses nothing.
func TestMovesByCLI(t *testing.T) {
	shortrun.Thorough(t, "TestHazardsAreRefused, TestSavedPlanOfAMove")
	t.Parallel()
	for name, move := range moves() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startTerraform(t, move.before)
			if move.prepare != nil {
				move.prepare(w)
			}
			before := w.accounts()
			w.write(move.after)
			w.refuses(move.says, "plan")
			w.refuses(move.says, "apply", "-auto-approve")
			w.keeps(before)
			if len(w.accounts()) != len(before) {
				t.Errorf("a refused plan was applied: %v", w.accounts())
			}
			maps.DeleteFunc(before, func(_, id string) bool { return id == move.deletes })
			for _, config := range move.wayOut {
				w.write(config)
				if acctest.IsRefused(t, w.workspace) {
					return
				}
				w.run("apply", "-auto-approve")
				w.keeps(before)
				w.settled()
			}
		})
	}
}

// A plan that is refused can be saved by no CLI that would apply it.
func TestSavedPlanOfAMove(t *testing.T) {
	t.Parallel()
	w := startTerraform(t, eachBlock("x", "old=a"))
	before := w.accounts()
	w.write(eachBlock("x", "new=a"))
	w.refuses([]string{summary}, "plan", "-out=saved")
	w.refuses(nil, "apply", "saved")
	w.keeps(before)
}

// Terraform does not show a tainted object to a plan, so the deletion itself refuses.
func TestTaintedOneWhoseIDIsTaken(t *testing.T) {
	t.Parallel()
	w := startTerraform(t, singleBlock("x", "a"))
	before := w.accounts()
	w.run("taint", "refold_linked_account.x")
	w.write(singleBlock("x", "c") + singleBlock("z", "a", "adopt_existing = true"))
	w.refuses([]string{"A tainted linked account was not deleted", "terraform untaint ADDRESS"}, "apply", "-auto-approve")
	w.keeps(before)
	w.run("untaint", "refold_linked_account.x")
	w.refuses([]string{summary}, "plan")
}

// legitimateRun is a change in which every account has one address at a time.
type legitimateRun struct {
	before, after string
	prepare       func(terraform)
	// arguments are those of the apply.
	arguments []string
	// keeps are the accounts that are the same ones afterwards, and has all that there are.
	keeps, has string
}

func legitimateRuns() map[string]legitimateRun {
	triggered := func(value string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"trigger\" {\n  input = %q\n}\n", value)
	}
	onTrigger := func(more string) string {
		return "lifecycle {\n    replace_triggered_by = [terraform_data.trigger]\n    " + more + "\n  }"
	}
	return map[string]legitimateRun{
		"destroy":         {before: singleBlock("x", "a") + pluralBlock("y", "b c"), arguments: []string{"destroy"}},
		"apply -destroy":  {before: singleBlock("x", "a") + pluralBlock("y", "b c"), arguments: []string{"apply", "-destroy"}},
		"blocks are gone": {before: singleBlock("x", "a") + pluralBlock("y", "b c"), after: singleBlock("z", "d"), has: "d"},
		"-replace": {
			before: singleBlock("x", "a") + singleBlock("y", "b"), arguments: []string{"apply", "-replace=refold_linked_account.x"},
			keeps: "b", has: "a b",
		},
		"-replace of a map": {before: pluralBlock("x", "a b"), arguments: []string{"apply", "-replace=refold_linked_accounts.x"}, has: "a b"},
		"an id changes":     {before: singleBlock("x", "a") + pluralBlock("y", "b c"), after: singleBlock("x", "d") + pluralBlock("y", "b e"), keeps: "b", has: "b d e"},
		"tainted": {
			before: singleBlock("x", "a") + pluralBlock("y", "b c"), has: "a b c",
			prepare: func(w terraform) {
				w.run("taint", "refold_linked_account.x")
				w.run("taint", "refold_linked_accounts.y")
			},
		},
		"replace_triggered_by": {
			before: triggered("1") + singleBlock("x", "a", onTrigger("")) + singleBlock("y", "b"),
			after:  triggered("2") + singleBlock("x", "a", onTrigger("")) + singleBlock("y", "b"),
			keeps:  "b", has: "a b",
		},
		"create_before_destroy": {
			before: triggered("1") + pluralBlock("x", "a b", onTrigger("create_before_destroy = true")) + singleBlock("y", "c", onTrigger("create_before_destroy = true")),
			after:  triggered("2") + pluralBlock("x", "a b", onTrigger("create_before_destroy = true")) + singleBlock("y", "c", onTrigger("create_before_destroy = true")),
			keeps:  "a b c", has: "a b c",
		},
		"-target": {
			before: singleBlock("x", "a") + pluralBlock("y", "b c"), after: singleBlock("x", "a", "udf = { plan = \"pro\" }") + pluralBlock("y", "b"),
			arguments: []string{"apply", "-target=refold_linked_account.x"}, keeps: "a b c", has: "a b c",
		},
		"-refresh-only with a rename": {
			before: eachBlock("x", "old=a"), after: eachBlock("x", "new=a"), arguments: []string{"apply", "-refresh-only"}, keeps: "a", has: "a",
		},
		"moved": {
			before: eachBlock("x", "old=a"), after: eachBlock("x", "new=a") + movedBlock(`refold_linked_account.x["old"]`, `refold_linked_account.x["new"]`),
			keeps: "a", has: "a",
		},
		"state mv": {
			before: eachBlock("x", "old=a"), after: eachBlock("x", "new=a"), keeps: "a", has: "a",
			prepare: func(w terraform) {
				w.run("state", "mv", `refold_linked_account.x["old"]`, `refold_linked_account.x["new"]`)
			},
		},
		"removed": {before: singleBlock("x", "a"), after: removedBlock("refold_linked_account.x") + singleBlock("y", "b"), keeps: "a", has: "a b"},
		"imported": {
			before: singleBlock("x", "a"), keeps: "a", has: "a b c",
			prepare: func(w terraform) {
				for _, id := range []string{"b", "c"} {
					w.refold.Create(test, mockapi.Account{AccountID: id, Name: new("Name of " + id)})
				}
			},
			after: singleBlock("x", "a") + singleBlock("y", "b") + importBlock("refold_linked_account.y", "b") + pluralBlock("z", "c") + importBlock("refold_linked_accounts.z", "c"),
		},
		"removed here and imported there": {
			before: singleBlock("x", "a"), after: removedBlock("refold_linked_account.x") + pluralBlock("y", "a") + importBlock("refold_linked_accounts.y", "a"), keeps: "a", has: "a",
		},
		"an id that is not known yet, beside a deletion": {
			before: singleBlock("x", "a") + singleBlock("y", "b"), keeps: "b", has: "b new",
			after: singleBlock("y", "b") + "resource \"terraform_data\" \"id\" {\n  input = \"new\"\n}\n" +
				"resource \"refold_linked_account\" \"z\" {\n  linked_account_id = terraform_data.id.output\n  name = \"New\"\n}\n",
		},
		"gone at Refold": {
			before: singleBlock("x", "a") + singleBlock("y", "b"), prepare: func(w terraform) { w.refold.Remove(test, "a") }, keeps: "b", has: "a b",
		},
		"two resources had one account": {
			before: singleBlock("x", "a"), keeps: "a", has: "a",
			prepare: func(w terraform) {
				w.write(singleBlock("x", "a") + singleBlock("y", "a"))
				w.run("import", "refold_linked_account.y", "a")
			},
			after: singleBlock("x", "a") + removedBlock("refold_linked_account.y"),
		},
	}
}

func TestLegitimateRunsByCLI(t *testing.T) {
	shortrun.Thorough(t, "TestLegitimatePlans, TestMovedBetweenTypes")
	t.Parallel()
	for name, run := range legitimateRuns() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startTerraform(t, run.before)
			if run.prepare != nil {
				run.prepare(w)
			}
			keeps := w.accounts()
			maps.DeleteFunc(keeps, func(_, id string) bool { return !slices.Contains(strings.Fields(run.keeps), id) })
			if run.after != "" {
				w.write(run.after)
			}
			if acctest.IsRefused(t, w.workspace) {
				return
			}
			arguments := run.arguments
			if arguments == nil {
				arguments = []string{"apply"}
			}
			w.run(append(arguments, "-auto-approve")...)
			w.keeps(keeps)
			if has := slices.Sorted(maps.Values(w.accounts())); !slices.Equal(has, strings.Fields(run.has)) {
				t.Errorf("at Refold are %q, want %q", has, run.has)
			}
		})
	}
}

// The same id in two environments has an address in each, at a provider block of its own.
func TestTwoEnvironmentsByCLI(t *testing.T) {
	t.Parallel()
	production := fmt.Sprintf("provider \"refold\" {\n  alias = \"production\"\n  api_key = %q\n}\n", mockapi.ProductionKey)
	w := startTerraform(t, production+singleBlock("x", "a")+singleBlock("y", "a", "provider = refold.production"))
	w.write(production + singleBlock("z", "b") + singleBlock("y", "a", "provider = refold.production"))
	w.run("apply", "-auto-approve")
	if _, exists := w.refold.Account(mockapi.EnvironmentProduction, "a"); !exists {
		t.Error("the account of the other environment is gone")
	}
	w.settled()
}

// A plan that was saved is applied as it was reviewed.
func TestSavedPlan(t *testing.T) {
	t.Parallel()
	w := startTerraform(t, singleBlock("x", "a")+pluralBlock("y", "b c"))
	w.write(singleBlock("x", "d") + pluralBlock("y", "b e"))
	w.run("plan", "-out=saved")
	w.run("apply", "saved")
	w.settled()
}

// A destruction begins with a plan of the configuration, which may have what was never applied.
func TestDestroyWithAMoveThatWasNeverApplied(t *testing.T) {
	t.Parallel()
	w := startTerraform(t, eachBlock("x", "old=a"))
	w.write(eachBlock("x", "new=a"))
	w.refuses([]string{summary, "-refresh=false"}, "destroy", "-auto-approve")
	w.run("destroy", "-refresh=false", "-auto-approve")
	if left := w.accounts(); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

// What Terraform moves to another type of resource cannot be converted.
func TestMovedBetweenTypes(t *testing.T) {
	t.Parallel()
	w := startTerraform(t, singleBlock("x", "a"))
	before := w.accounts()
	w.write(pluralBlock("y", "a") + movedBlock("refold_linked_account.x", "refold_linked_accounts.y"))
	if acctest.IsRefused(t, w.workspace) {
		return
	}
	w.refuses([]string{"Cannot move to another type of resource", "from = refold_linked_account.OLD", "to = refold_linked_accounts.NEW"}, "plan")
	w.write(pluralBlock("y", "a") + removedBlock("refold_linked_account.x") + importBlock("refold_linked_accounts.y", "a"))
	w.run("apply", "-auto-approve")
	w.keeps(before)
	w.settled()
}
