// SPDX-License-Identifier: MPL-2.0

package movement_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// hazard is a plan in which the same account is at two addresses.
type hazard struct {
	// arrange makes what the state holds, and returns what is asked about the two addresses.
	arrange func(organization) (one, other step)
	// says are what the error names, hides what it does not.
	says  []string
	hides string
}

const (
	byMoved   = "moved {\n  from = refold_linked_account.OLD\n  to   = refold_linked_account.NEW\n}"
	byRemoved = "removed {\n  from = refold_linked_account.OLD\n  lifecycle {\n    destroy = false\n  }\n}"
	byAbandon = `deletion_policy = "ABANDON"`
)

func hazards() map[string]hazard {
	return map[string]hazard{
		"a key of for_each is renamed": {
			arrange: func(o organization) (step, step) { return deleting(singleType, o.single("a")), creatingOne("a") },
			says:    []string{`linked account "a"`, byMoved, "-refresh=false"},
		},
		"a block of many is renamed": {
			arrange: func(o organization) (step, step) { return deleting(pluralType, o.plural("a b")), creatingMany("a b") },
			says:    []string{`2 linked accounts, "a", "b"`, "moved {\n  from = refold_linked_accounts.OLD"},
		},
		"from one map to another": {
			arrange: func(o organization) (step, step) {
				return changingMany(o.plural("a b"), "a"), changingMany(o.plural("c"), "b c")
			},
			says:  []string{`linked account "b"`, byAbandon, "adopt_existing = true"},
			hides: "\nmoved {",
		},
		"from a resource of its own to a map": {
			arrange: func(o organization) (step, step) { return deleting(singleType, o.single("a")), creatingMany("a b") },
			says:    []string{`linked account "a"`, byRemoved, "import {\n  to = refold_linked_accounts.NEW\n  id = join(", "adopt_existing = true"},
		},
		"from a map to a resource of its own": {
			arrange: func(o organization) (step, step) { return changingMany(o.plural("a b"), "b"), creatingOne("a") },
			says:    []string{`linked account "a"`, byAbandon, "import {\n  to = refold_linked_account.NEW\n  id = \"a\"\n}"},
		},
		"count is shifted": {
			arrange: func(o organization) (step, step) {
				return changingOne(o.single("a"), "b"), deleting(singleType, o.single("b"))
			},
			says: []string{`linked account "b"`, byMoved},
		},
		"two resources swap their ids": {
			arrange: func(o organization) (step, step) {
				return changingOne(o.single("a"), "b"), changingOne(o.single("b"), "a")
			},
			says: []string{byMoved},
		},
		"created in two places": {
			arrange: func(organization) (step, step) { return creatingOne("a"), creatingMany("a b") },
			says:    []string{`manage linked account "a"`, "Keep it in one place"},
		},
		"imported by two resources": {
			arrange: func(o organization) (step, step) { o.single("a"); return importingOne("a"), importingMany("a", "a") },
			says:    []string{`manage linked account "a"`},
		},
		"every account is imported, also those that have a resource": {
			arrange: func(o organization) (step, step) {
				o.single("b")
				return importingMany("*", "a b"), changingOne(o.single("a"), "a")
			},
			says: []string{`manage linked account "a"`, "with `*` all", byRemoved},
		},
		"a deposed object is left beside what replaced it": {
			arrange: func(o organization) (step, step) {
				deposed := o.plural("a b")
				return deleting(pluralType, deposed), changingMany(deposed, "a b")
			},
			says: []string{`2 linked accounts, "a", "b"`, "deposed object", "terraform state rm ADDRESS\nterraform import ADDRESS '\"a\",\"b\"'"},
		},
		"one of two addresses that have it is removed": {
			arrange: func(o organization) (step, step) {
				account := o.single("a")
				return deleting(singleType, account), changingOne(account, "a")
			},
			says: []string{`linked account "a"`, byRemoved, "terraform import ADDRESS 'a'"},
		},
		"a new id is not known yet, and the name leaves elsewhere": {
			arrange: func(o organization) (step, step) {
				return deleting(singleType, o.single("a")), undecided(acctest.Attributes{"name": acctest.Text("Name of a")})
			},
			says: []string{`linked account "a"`, "Apply in two steps"},
		},
	}
}

func undecided(known acctest.Attributes) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		attributes := acctest.Attributes{"linked_account_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}
		maps.Copy(attributes, known)
		return run.Plan(singleType, nil, run.Config(singleType, attributes)).Diagnostics
	}
}

// Whichever of the two is planned second fails the plan, and says what to do.
func TestHazardsAreRefused(t *testing.T) {
	t.Parallel()
	for name, hazard := range hazards() {
		for _, isReversed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reversed %t", name, isReversed), func(t *testing.T) {
				t.Parallel()
				o := startOrganization(t)
				first, second := hazard.arrange(o)
				if isReversed {
					first, second = second, first
				}
				run := o.run()
				if met := first(run); acctest.HasFailure(met) {
					t.Fatalf("the first call fails by itself:\n%s", acctest.List(met))
				}
				met := second(run)
				refused(t, met, hazard.says)
				if hazard.hides != "" && strings.Contains(acctest.List(met), hazard.hides) {
					t.Errorf("the error holds %q:\n%s", hazard.hides, acctest.List(met))
				}
			})
		}
	}
}

// An import of every account into a map that lacks one with a resource of its own is told first
// what an import may name.
func TestImportOfWhatAnotherResourceKeeps(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.single("b")
	run := o.run()
	changingOne(o.single("a"), "a")(run)
	refused(t, importingMany("*", "b")(run), []string{`linked account "a"`, "instead of `*`", byAbandon})
}

// Each account that moves into a map is planned in a call of its own, after that of the map. No
// error may pass the one id that it knows off as all of them.
func TestMapThatGathersSingles(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	var leaving []step
	for number := range 8 {
		leaving = append(leaving, deleting(singleType, o.single(fmt.Sprintf("user_%d", number))))
	}
	run := o.run()
	creatingMany("user_0 user_1 user_2 user_3 user_4 user_5 user_6 user_7")(run)
	for number, leave := range leaving {
		says := []string{fmt.Sprintf(`"user_%d"`, number)}
		if number == 0 {
			says = append(says, `id = join(",", [for id in keys(MAP) : "\"${replace(id, "\"", "\"\"")}\""])`)
		}
		refused(t, leave(run), says)
	}
}

// A block that is renamed brings an error for each of its objects. What loses nothing is told once.
func TestWaysOutAreToldOnce(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	var leaving []step
	for number := range 40 {
		leaving = append(leaving, deleting(singleType, o.single(fmt.Sprintf("user_%d", number))))
	}
	run := o.run()
	explained, lines := 0, 0
	for number, leave := range leaving {
		creatingOne(fmt.Sprintf("user_%d", number))(run)
		met := leave(run)
		refused(t, met, []string{fmt.Sprintf(`"user_%d"`, number)})
		said := acctest.List(met)
		explained += strings.Count(said, byMoved)
		lines += strings.Count(said, "\n")
	}
	if explained != 1 || lines > 100 {
		t.Errorf("the way out is told %d times, in %d lines", explained, lines)
	}
}

func refused(t *testing.T, met acctest.Diagnostics, says []string) {
	t.Helper()
	said := acctest.List(met)
	if !acctest.HasFailure(met) {
		t.Fatalf("the plan is not refused:\n%s", said)
	}
	for _, text := range says {
		if !strings.Contains(said, text) {
			t.Errorf("the error does not hold %q:\n%s", text, said)
		}
	}
}

// legitimate are plans in which every account has one address at a time.
func legitimate() map[string]func(organization) []step {
	return map[string]func(organization) []step{
		"nothing to do": func(o organization) []step {
			return []step{changingOne(o.single("a"), "a"), changingMany(o.plural("b c"), "b c")}
		},
		"everything is deleted": func(o organization) []step {
			return []step{deleting(singleType, o.single("a")), deleting(pluralType, o.plural("b c"))}
		},
		"another is deleted": func(o organization) []step {
			return []step{deleting(singleType, o.single("a")), creatingOne("d"), changingMany(o.plural("b c"), "c e")}
		},
		"-replace": func(o organization) []step {
			return []step{replacingOne(o.single("a"), "a"), replacingMany(o.plural("b c"), "b c"), changingOne(o.single("d"), "d")}
		},
		"ids change": func(o organization) []step {
			return []step{changingOne(o.single("a"), "b"), changingMany(o.plural("c d"), "c e")}
		},
		"tainted": func(organization) []step { return []step{creatingOne("a"), creatingMany("b c")} },
		"imports": func(o organization) []step {
			o.plural("a b c")
			return []step{importingOne("a"), importingMany("b,c", "b c")}
		},
		"let go by a map, and taken by another": func(o organization) []step {
			return []step{changingMany(o.plural("a b", abandoning()), "a", abandoning()), changingMany(o.plural("c"), "b c")}
		},
		"let go by the same plan, and taken by another map": func(o organization) []step {
			return []step{changingMany(o.plural("a b"), "a", abandoning()), changingMany(o.plural("c"), "b c")}
		},
		"let go and created": func(o organization) []step {
			return []step{deleting(singleType, o.single("a", abandoning())), creatingMany("a")}
		},
		"an id that is not known yet": func(organization) []step {
			return []step{undecided(nil), creatingOne("a")}
		},
		"the same is planned again": func(o organization) []step {
			account, accounts := o.single("a"), o.plural("b c")
			return []step{changingOne(account, "a"), changingOne(account, "a"), changingMany(accounts, "b"), changingMany(accounts, "b")}
		},
		"the same is deleted twice": func(o organization) []step {
			account := o.single("a")
			return []step{deleting(singleType, account), deleting(singleType, account)}
		},
	}
}

func abandoning() acctest.Attributes {
	return acctest.Attributes{"deletion_policy": acctest.Text("ABANDON")}
}

func TestLegitimatePlans(t *testing.T) {
	t.Parallel()
	for name, arrange := range legitimate() {
		for _, isReversed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reversed %t", name, isReversed), func(t *testing.T) {
				t.Parallel()
				o := startOrganization(t)
				steps := arrange(o)
				run := o.run()
				for i := range steps {
					at := i
					if isReversed {
						at = len(steps) - 1 - i
					}
					if met := steps[at](run); strings.Contains(acctest.List(met), "two addresses") || acctest.HasFailure(met) {
						t.Errorf("step %d: %s", at, acctest.List(met))
					}
				}
			})
		}
	}
}

// Two environments have accounts of the same id, at a provider block each.
func TestTwoEnvironments(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	met := deleting(singleType, o.single("a"))(o.run())
	if acctest.HasFailure(met) {
		t.Error(acctest.List(met))
	}
	met = creatingOne("a")(o.run(acctest.WithKey(mockapi.ProductionKey)))
	acctest.WantNoDiagnostics(t, met)
}

// An account whose new id is not known yet, beside one that is deleted and does not resemble it.
func TestUndecidedBesideADeletion(t *testing.T) {
	t.Parallel()
	for _, isReversed := range []bool{false, true} {
		o := startOrganization(t)
		first, second := undecided(acctest.Attributes{"name": acctest.Text("Another")}), deleting(singleType, o.single("a"))
		if isReversed {
			first, second = second, first
		}
		run := o.run()
		acctest.WantNoDiagnostics(t, first(run))
		acctest.WantDiagnostic(t, second(run), acctest.Warning, "The id of a new linked account is not known yet", "deletes some", "-target")
	}
}

// Ids that something may take for one are pointed out, and keep nobody from planning.
func TestTwinsAtTwoAddresses(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	run := o.run()
	acctest.WantNoDiagnostics(t, creatingOne("acme")(run))
	acctest.WantDiagnostic(t, creatingOne("ACME")(run), acctest.Warning, "Ids at two addresses that differ only in case or form", `"acme" and "ACME"`)
	acctest.WantDiagnostic(t, creatingMany("Acme globex")(run), acctest.Warning, "Ids at two addresses that differ only in case or form", `"acme" and "Acme"`)
}

// A tainted object is shown to no plan. Its deletion refuses where what replaces it has another id.
func TestTaintedWithAnotherID(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	tainted := o.single("a")
	plan := o.run()
	replacement := plan.Plan(singleType, nil, one(plan, "b"))
	tainted.Private = replacement.PlannedPrivate
	left, met := o.run().Delete(singleType, tainted)
	acctest.WantDiagnostic(t, met, acctest.Failure, "A tainted linked account was not deleted", `linked account "a"`, "terraform untaint ADDRESS")
	if left.State.IsNull() || len(o.ids()) != 1 {
		t.Errorf("%d accounts are left, and the state is %s", len(o.ids()), left.State)
	}
	replacement = plan.Plan(singleType, nil, one(plan, "a"))
	tainted.Private = replacement.PlannedPrivate
	_, met = o.run().Delete(singleType, tainted)
	acctest.WantNoDiagnostics(t, met)
	if len(o.ids()) != 0 {
		t.Error("a tainted account that keeps its id was not deleted")
	}
}

// Under ABANDON, a tainted object would be let go, and be in the way of its own creation; nothing
// would be left in the state.
func TestTaintedThatIsLetGo(t *testing.T) {
	t.Parallel()
	for _, adopts := range []bool{false, true} {
		o := startOrganization(t)
		tainted := o.plural("a b", abandoning())
		run := o.run()
		config := many(run, "a b", abandoning(), acctest.Attributes{"adopt_existing": tftypes.NewValue(tftypes.Bool, adopts)})
		tainted.Private = run.Plan(pluralType, nil, config).PlannedPrivate
		left, met := o.run().Delete(pluralType, tainted)
		if adopts {
			acctest.WantNoDiagnostics(t, met)
			continue
		}
		acctest.WantDiagnostic(t, met, acctest.Failure, "What is let go would be created again", "terraform untaint ADDRESS")
		if left.State.IsNull() {
			t.Error("nothing is left in the state")
		}
	}
}

// A map that loses an account while it is tainted does not delete that.
func TestTaintedMapThatLosesOne(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	tainted := o.plural("a b")
	plan := o.run()
	tainted.Private = plan.Plan(pluralType, nil, many(plan, "a c")).PlannedPrivate
	_, met := o.run().Delete(pluralType, tainted)
	acctest.WantDiagnostic(t, met, acctest.Failure, "A tainted linked account was not deleted", `linked account "b"`)
	tainted.Private = plan.Plan(pluralType, nil, many(plan, "a b c")).PlannedPrivate
	_, met = o.run().Delete(pluralType, tainted)
	acctest.WantNoDiagnostics(t, met)
}

// What one planning call tells the next does not outlive the run.
func TestNothingIsLeftInTheState(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	account := o.single("a")
	run := o.run()
	updated, met := run.Apply(singleType, &account, one(run, "a", acctest.Attributes{"name": acctest.Text("Renamed")}))
	acctest.WantNoDiagnostics(t, met)
	for what, private := range map[string][]byte{"created": account.Private, "updated": updated.Private} {
		if strings.Contains(string(private), "movement") {
			t.Errorf("%s: %s", what, private)
		}
	}
}

// With create_before_destroy, an apply creates first, and plans the deletion afterwards.
func TestReplacementThatCreatesFirst(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	before := o.plural("a b")
	ids := o.ids()
	apply := o.run()
	_, met := apply.Apply(pluralType, nil, many(apply, "a b"))
	if acctest.HasFailure(met) {
		t.Fatal(acctest.List(met))
	}
	if met := deleting(pluralType, before)(apply); acctest.HasFailure(met) {
		t.Errorf("what was replaced may not be forgotten:\n%s", acctest.List(met))
	}
	if _, met = apply.Delete(pluralType, before); acctest.HasFailure(met) || !maps.Equal(o.ids(), ids) {
		t.Errorf("accounts are %v, were %v:\n%s", o.ids(), ids, acctest.List(met))
	}
}

// The tests of Terraform 1.15 plan, apply, change and destroy in one Configure: each creation is
// planned twice, and what was created is deleted.
func TestOneRunForAll(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	for range 2 {
		run := o.run()
		for _, kind := range []struct {
			typeName     string
			wide, narrow tftypes.Value
			left         string
		}{
			{singleType, one(run, "a"), one(run, "a", acctest.Attributes{"name": acctest.Text("Renamed")}), "a"},
			{pluralType, many(run, "b c d"), many(run, "b"), "b"},
		} {
			if met := run.Plan(kind.typeName, nil, kind.wide).Diagnostics; acctest.HasFailure(met) {
				t.Fatal(acctest.List(met))
			}
			made, met := run.Apply(kind.typeName, nil, kind.wide)
			acctest.WantNoDiagnostics(t, met)
			changed, met := run.Apply(kind.typeName, &made, kind.narrow)
			if there := slices.Collect(maps.Values(o.ids())); acctest.HasFailure(met) || !slices.Equal(there, []string{kind.left}) {
				t.Errorf("at Refold are %q, want %s:\n%s", there, kind.left, acctest.List(met))
			}
			gone, met := run.Apply(kind.typeName, &changed, tftypes.NewValue(changed.State.Type(), nil))
			if acctest.HasFailure(met) || !gone.State.IsNull() || len(o.ids()) > 0 {
				t.Errorf("left are %v:\n%s", o.ids(), acctest.List(met))
			}
		}
	}
}

// A host that plans an object several times in one run, and applies it there, as Pulumi's bridge
// does, meets no error and loses nothing.
func TestHostThatPlansTwice(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	run := o.run()
	work := func(prior *acctest.Instance, name string) acctest.Instance {
		config := one(run, "a", acctest.Attributes{"name": acctest.Text(name)})
		if prior != nil {
			read, met := run.Read(singleType, *prior)
			acctest.WantNoDiagnostics(t, met)
			prior = &read
			for range 2 {
				acctest.WantNoDiagnostics(t, run.Plan(singleType, prior, config).Diagnostics)
			}
		}
		made, met := run.Apply(singleType, prior, config)
		acctest.WantNoDiagnostics(t, met)
		return made
	}
	account := work(nil, "Acme")
	account = work(&account, "Acme")
	account = work(&account, "Acme Inc.")
	ids := o.ids()

	// A resource that was renamed is created, and what it was is deleted at the end.
	renaming := o.run()
	config := one(renaming, "a", acctest.Attributes{"name": acctest.Text("Acme Inc.")})
	if _, met := renaming.Apply(singleType, nil, config); acctest.HasFailure(met) {
		t.Fatal(acctest.List(met))
	}
	if met := deleting(singleType, account)(renaming); acctest.HasFailure(met) {
		t.Error(acctest.List(met))
	}
	if _, met := renaming.Delete(singleType, account); acctest.HasFailure(met) || !maps.Equal(o.ids(), ids) {
		t.Errorf("accounts are %v, were %v:\n%s", o.ids(), ids, acctest.List(met))
	}
}

// A create that failed is tried again in the same run.
func TestHostThatTriesAgain(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	run := o.run()
	o.refold.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(http.StatusBadRequest, `{"status_code":400,"error":"BAD_REQUEST","message":"not now"}`)))
	if _, met := run.Apply(singleType, nil, one(run, "a")); !acctest.HasFailure(met) {
		t.Fatal("the create does not fail")
	}
	o.refold.Intercept(nil)
	_, met := run.Apply(singleType, nil, one(run, "a"))
	acctest.WantNoDiagnostics(t, met)
}

// An import is planned as often as a host likes.
func TestImportThatIsPlannedTwice(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.single("a")
	run := o.run()
	imported, met := run.Import(singleType, "a")
	acctest.WantNoDiagnostics(t, met)
	for range 2 {
		acctest.WantNoDiagnostics(t, run.Plan(singleType, &imported, one(run, "a")).Diagnostics)
	}
}
