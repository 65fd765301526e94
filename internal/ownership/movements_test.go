// SPDX-License-Identifier: MPL-2.0

package ownership_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// step is one planning call of a CLI.
type step func(*ownership.Movements) ownership.Findings

var (
	single = ownership.Resource{Type: "one"}
	plural = ownership.Resource{Type: "many", IsCollection: true}
)

func call(of ownership.Resource, before, after string) ownership.Call {
	ids := func(list string) []string { return strings.Fields(list) }
	return ownership.Call{
		Resource: of, Kind: "account", Before: ids(before), After: ids(after), IsNew: before == "", IsGone: after == "",
		Traits: func(id string) ownership.Traits { return ownership.Traits{Name: "Name of " + id} },
	}
}

func planned(one ownership.Call) step {
	return func(m *ownership.Movements) ownership.Findings { return m.Plan(one) }
}

func creates(of ownership.Resource, after string) step { return planned(call(of, "", after)) }

func deletes(of ownership.Resource, before string) step { return planned(call(of, before, "")) }

func changes(of ownership.Resource, before, after string) step {
	return planned(call(of, before, after))
}

// replaces is both calls of a replacement, as one.
func replaces(of ownership.Resource, before, after string) step {
	return func(m *ownership.Movements) ownership.Findings {
		first := m.Plan(call(of, before, after))
		second := call(of, "", after)
		second.Token = first.Token
		found := m.Plan(second)
		found.Collisions = append(first.Collisions, found.Collisions...)
		return found
	}
}

func imports(of ownership.Resource, before, after string) step {
	return func(m *ownership.Movements) ownership.Findings {
		next := call(of, before, after)
		next.Token = m.Expect()
		return m.Plan(next)
	}
}

func collisions(found ownership.Findings) string {
	var all []string
	for _, one := range found.Collisions {
		all = append(all, one.ID)
	}
	return strings.Join(slices.Compact(all), " ")
}

// In each, the same object is at two addresses. Whoever is planned second says so.
func TestCollisions(t *testing.T) {
	t.Parallel()
	for name, hazard := range map[string]struct {
		one, other step
		ids        string
	}{
		"renamed key":                            {deletes(single, "a"), creates(single, "a"), "a"},
		"renamed collection":                     {deletes(plural, "a b c"), creates(plural, "a b c"), "a b c"},
		"from one collection to another":         {changes(plural, "a b", "a"), changes(plural, "c", "b c"), "b"},
		"from a single resource to a collection": {deletes(single, "a"), changes(plural, "b", "a b"), "a"},
		"from a collection to a single resource": {changes(plural, "a b", "b"), creates(single, "a"), "a"},
		"two single resources change their ids":  {replaces(single, "a", "b"), replaces(single, "b", "a"), "b a"},
		"created where another id leaves":        {creates(single, "a"), replaces(single, "a", "b"), "a"},
		"created twice":                          {creates(single, "a"), creates(plural, "a b"), "a"},
		"created where it is kept":               {creates(single, "a"), changes(plural, "a b", "a b"), "a"},
		"imported where it is kept":              {imports(plural, "a b", "a b"), changes(single, "a", "a"), "a"},
		"imported and changed where it is kept":  {imports(single, "a", "a"), changes(plural, "a b", "a b"), "a"},
		"imported twice":                         {imports(single, "a", "a"), imports(single, "a", "a"), "a"},
		"imported where it leaves":               {imports(single, "a", "a"), deletes(single, "a"), "a"},
		"imported without one that leaves":       {imports(plural, "a b", "b"), changes(single, "a", "a"), "a"},
		"deposed beside what replaced it":        {deletes(plural, "a b"), changes(plural, "a b", "a b"), "a b"},
		"deposed beside what has lost one":       {deletes(plural, "a b"), changes(plural, "a b", "a"), "a"},
		"replaced where it is kept":              {replaces(single, "a", "a"), changes(single, "a", "a"), "a"},
	} {
		for order, steps := range map[string][2]step{"": {hazard.one, hazard.other}, " in the other order": {hazard.other, hazard.one}} {
			t.Run(name+order, func(t *testing.T) {
				t.Parallel()
				var movements ownership.Movements
				if found := collisions(steps[0](&movements)); found != "" {
					t.Errorf("alone, it finds %q", found)
				}
				found := strings.Fields(collisions(steps[1](&movements)))
				want := strings.Fields(hazard.ids)
				slices.Sort(found)
				slices.Sort(want)
				if found = slices.Compact(found); !slices.Equal(found, want) {
					t.Errorf("finds %q, want %q", found, want)
				}
			})
		}
	}
}

// In each, every object has one address at a time.
func TestNoCollisions(t *testing.T) {
	t.Parallel()
	abandoning := func(before, after string) step {
		one := call(plural, before, after)
		one.Abandons = true
		return planned(one)
	}
	for name, steps := range map[string][]step{
		"creations":               {creates(single, "a"), creates(single, "b"), creates(plural, "c d")},
		"deletions":               {deletes(single, "a"), deletes(plural, "b c")},
		"the same deleted twice":  {deletes(single, "a"), deletes(single, "a")},
		"nothing to do, twice":    {changes(single, "a", "a"), changes(single, "a", "a"), changes(plural, "b", "b"), changes(plural, "b", "b")},
		"in and out":              {changes(plural, "a b", "b c"), deletes(single, "d"), creates(single, "e")},
		"replacements":            {replaces(single, "a", "a"), replaces(single, "b", "c"), replaces(plural, "d e", "d e f")},
		"tainted":                 {creates(single, "a"), creates(plural, "b")},
		"imports":                 {imports(single, "a", "a"), imports(plural, "b c", "b c")},
		"left as it is and taken": {abandoning("a b", "a"), changes(plural, "c", "b c"), creates(single, "d")},
		"given up and taken":      {abandoning("a b", ""), imports(plural, "a b", "a b")},
		"another kind": {creates(single, "a"), func(m *ownership.Movements) ownership.Findings {
			c := call(single, "a", "")
			c.Kind = "webhook"
			return m.Plan(c)
		}},
		"an id that is free already": {replaces(single, "a", "b"), creates(single, "c")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, reversed := range []bool{false, true} {
				var movements ownership.Movements
				ordered := slices.Clone(steps)
				if reversed {
					slices.Reverse(ordered)
				}
				for _, one := range ordered {
					if found := one(&movements); collisions(found) != "" || len(found.Alike) > 0 || found.MayMove {
						t.Errorf("reversed %t: %+v", reversed, found)
					}
				}
			}
		})
	}
}

// A replacement under which what is replaced stays at Refold creates an object of the same id.
func TestReplacementThatAbandons(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	first := call(single, "a", "b")
	first.Abandons = true
	second := call(single, "", "b")
	second.Token = movements.Plan(first).Token
	movements.Plan(second)
	if found := collisions(creates(single, "a")(&movements)); found != "" {
		t.Errorf("what was abandoned collides: %q", found)
	}
}

// A token is good for the address that it was made for, and in the run that made it.
func TestTokens(t *testing.T) {
	t.Parallel()
	var movements, next ownership.Movements
	kept := movements.Plan(call(single, "a", "a"))
	if kept.Token == "" || !kept.SawState {
		t.Fatalf("%+v", kept)
	}
	second := call(single, "", "a")
	second.Token = kept.Token
	if found := movements.Plan(second); collisions(found) != "" || !found.SawState || found.Token != "" {
		t.Errorf("of the same run: %+v", found)
	}
	if found := next.Plan(second); found.SawState {
		t.Errorf("of another run: %+v", found)
	}
	deletion := call(single, "a", "")
	deletion.Token = movements.Plan(call(single, "b", "b")).Token
	if found := movements.Plan(deletion); collisions(found) != "a" || found.Token != "" {
		t.Errorf("of a deletion: %+v", found)
	}
}

// With create_before_destroy, an apply plans the deletion of what it has replaced.
func TestWhatWasCreatedDoesNotLeave(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	creates(plural, "a b")(&movements)
	movements.Settle("account", []string{"a", "b"}, nil)
	if found := collisions(deletes(plural, "a b")(&movements)); found != "" {
		t.Errorf("a deposed object collides: %q", found)
	}
	if found := collisions(changes(plural, "a b", "a b")(&movements)); found != "" {
		t.Errorf("what was created, planned again, collides: %q", found)
	}
	if found := collisions(creates(single, "a")(&movements)); found != "a" {
		t.Errorf("what was created, created again: %q", found)
	}
}

// What an operation has deleted is free.
func TestWhatWasDeletedIsFree(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	deletes(single, "a")(&movements)
	movements.Settle("account", nil, []string{"a"})
	if found := collisions(creates(single, "a")(&movements)); found != "" {
		t.Errorf("collides: %q", found)
	}
}

// What could not be created may be tried again.
func TestWhatWasNotCreatedIsFree(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	creates(plural, "a b")(&movements)
	movements.Settle("account", []string{"a"}, []string{"b"})
	if found := collisions(creates(single, "b")(&movements)); found != "" {
		t.Errorf("collides: %q", found)
	}
	if found := collisions(creates(single, "a")(&movements)); found != "a" {
		t.Errorf("what was created, created again: %q", found)
	}
}

// An address whose id changes has but one share in each object.
func TestCallsThatAreRepeated(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	imported := call(plural, "a b", "a b")
	imported.Token = movements.Expect()
	for range 3 {
		if found := movements.Plan(imported); collisions(found) != "" {
			t.Errorf("an import that is planned again collides with itself: %q", collisions(found))
		}
	}
}

// A host may plan a creation, and once more in the apply, in one Configure: the tests of Terraform
// 1.15 do. What is another creation collides.
func TestCreationThatIsPlannedAgain(t *testing.T) {
	t.Parallel()
	in := func(words ownership.Words, resource ownership.Resource, ids string) ownership.Call {
		one := call(resource, "", ids)
		one.IsNew, one.Words = true, words
		return one
	}
	late, known := ownership.Words{"policy": "keep"}, ownership.Words{"policy": "keep", "name": "Acme"}
	var movements ownership.Movements
	for _, words := range []ownership.Words{late, late, known, known} {
		if found := movements.Plan(in(words, plural, "a b")); collisions(found) != "" {
			t.Errorf("a creation that is planned again collides with itself: %q", collisions(found))
		}
	}
	for what, other := range map[string]ownership.Call{
		"fewer": in(known, plural, "a"), "another type": in(known, single, "a"), "another name": in(ownership.Words{"policy": "keep", "name": "Globex"}, plural, "a b"),
	} {
		if collisions(movements.Plan(other)) == "" {
			t.Errorf("%s does not collide", what)
		}
	}
	movements.Settle("account", []string{"a", "b"}, nil)
	if found := deletes(plural, "a b")(&movements); collisions(found) != "" {
		t.Errorf("what was created collides when it is deleted: %q", collisions(found))
	}
}

// Terraform plans several addresses at a time. Of any two that exclude each other, one says so.
func TestCallsAtTheSameTime(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	var group sync.WaitGroup
	var collided atomic.Int32
	const addresses = 50
	for number := range addresses {
		group.Go(func() {
			one := call(plural, "", "a b c")
			one.IsNew, one.Words = true, ownership.Words{"name": strconv.Itoa(number)}
			if collisions(movements.Plan(one)) != "" {
				collided.Add(1)
			}
			movements.Settle("account", nil, []string{"d"})
			movements.Expect()
		})
	}
	group.Wait()
	if collided.Load() != addresses-1 {
		t.Errorf("%d of %d collide, want all but the first", collided.Load(), addresses)
	}
}

func undecided(like ownership.Traits) step {
	one := call(single, "", "")
	one.IsGone, one.IsUndecided, one.Like = false, true, like
	return planned(one)
}

func TestUndecidedIDs(t *testing.T) {
	t.Parallel()
	leaving := func(traits ownership.Traits) step {
		one := call(plural, "a b", "b")
		one.Traits = func(string) ownership.Traits { return traits }
		return planned(one)
	}
	for name, c := range map[string]struct {
		entering, leaving ownership.Traits
		isAlike           bool
	}{
		"the same name":        {ownership.Traits{Name: "Acme"}, ownership.Traits{Name: "Acme", Fields: "plan=pro"}, true},
		"the same fields":      {ownership.Traits{Fields: "plan=pro"}, ownership.Traits{Name: "Acme", Fields: "plan=pro"}, true},
		"other names":          {ownership.Traits{Name: "Acme", Fields: "plan=pro"}, ownership.Traits{Name: "Globex", Fields: "plan=pro"}, false},
		"other fields":         {ownership.Traits{Fields: "plan=pro"}, ownership.Traits{Fields: "plan=free"}, false},
		"nothing to tell them": {ownership.Traits{}, ownership.Traits{}, false},
	} {
		for order, steps := range map[string][]step{"created first": {undecided(c.entering), leaving(c.leaving)}, "deleted first": {leaving(c.leaving), undecided(c.entering)}} {
			t.Run(fmt.Sprintf("%s, %s", name, order), func(t *testing.T) {
				t.Parallel()
				var movements ownership.Movements
				first, second := steps[0](&movements), steps[1](&movements)
				if first.MayMove || len(first.Alike) > 0 {
					t.Errorf("the first: %+v", first)
				}
				if !second.MayMove || (len(second.Alike) == 1) != c.isAlike {
					t.Errorf("the second: %+v", second)
				}
				if third := deletes(single, "c")(&movements); third.MayMove {
					t.Error("it is said twice")
				}
			})
		}
	}
}

// A collection of which nothing is known keeps what it has.
func TestUndecidedCollection(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	one := call(plural, "a b", "")
	one.IsGone, one.IsUndecided = false, true
	movements.Plan(one)
	if found := deletes(single, "a")(&movements); collisions(found) != "a" || !found.MayMove {
		t.Errorf("%+v", found)
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	var movements ownership.Movements
	for _, one := range []struct {
		step  step
		twins string
	}{
		{creates(single, "Acme"), "[]"},
		{changes(plural, "acme ACME", "acme ACME"), "[[Acme acme] [Acme ACME]]"},
		{deletes(single, "aCME"), "[]"},
		{creates(single, "Straße"), "[]"},
		{creates(single, "STRASSE"), "[[Straße STRASSE]]"},
		{creates(single, "caf\u00e9"), "[]"},
		{creates(single, "cafe\u0301"), "[[caf\u00e9 cafe\u0301]]"},
	} {
		if found := fmt.Sprint(one.step(&movements).Twins); found != one.twins {
			t.Errorf("finds %s, want %s", found, one.twins)
		}
	}
}
