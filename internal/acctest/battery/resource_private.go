// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// damagedPrivateState damages each value of the private state in turn. A call either needs nothing
// of it, or fails before it has written anything, and keeps the state.
func damagedPrivateState(b *bench, r Resource) {
	shortrun.WithoutRaceDetector(b)
	kept, declared := map[string]bool{}, privateKeys(b)
	for _, key := range declared {
		created := b.created(r)
		left, isRefused := b.refusesDamaged(r, created, key, kept)
		if kept[key] && !isRefused {
			b.Errorf("nothing says that %q is damaged", key)
		}
		if _, met := b.process().Delete(r.Type, left); acctest.HasFailure(met) {
			b.Fatalf("the deletion after all failed:\n%s", acctest.List(met))
		}
	}
	for key := range kept {
		if !slices.Contains(declared, key) {
			b.Errorf("%q is kept in the private state, and declared by no PrivateState", key)
		}
	}
}

// refusesDamaged makes every call with a value that is damaged, and reports whether one was
// refused. It notes which values are kept, and returns the object as the last update that was not
// refused has left it.
func (b *bench) refusesDamaged(r Resource, created acctest.Instance, key string, kept map[string]bool) (acctest.Instance, bool) {
	b.Helper()
	damaged, none := created, acctest.Instance{State: tftypes.NewValue(created.State.Type(), nil)}
	damaged.Private = b.damaged(created.Private, key, kept)
	config, changed := b.configOf(b.process(), r, r.Config), b.configOf(b.process(), r, r.Changed)
	isRefused := false
	check := func(what string, before, left acctest.Instance, met diagnostics) {
		b.Helper()
		if !acctest.HasFailure(met) {
			return
		}
		isRefused = true
		b.failed(what+" with a damaged "+key, met, "private state")
		b.wroteNothing(what + " with a damaged " + key)
		if !left.State.Equal(before.State) {
			b.Errorf("%s with a damaged %s changes the state: %s", what, key, left.State)
		}
	}

	b.wire.reset()
	read, met := b.process().Read(r.Type, damaged)
	check("a read", created, read, met)
	check("the plan of an update", created, created, b.process().Plan(r.Type, &damaged, changed).Diagnostics)
	check("the plan of a deletion", created, created, removalPlan(b.process(), r, damaged).Diagnostics)
	replacing, replaced := b.process(), none
	replaced.Private = b.damaged(b.plan(replacing, r, &created, r.Config).PlannedPrivate, key, kept)
	check("the plan of a replacement", created, created, replacing.Plan(r.Type, &replaced, config).Diagnostics)

	process := b.process()
	update := b.plan(process, r, &created, r.Changed)
	update.PlannedPrivate = b.damaged(update.PlannedPrivate, key, kept)
	b.wire.reset()
	left, met := process.ApplyPlanned(r.Type, &created, update, changed)
	check("an update", created, left, met)
	current := created
	if !acctest.HasFailure(met) {
		// What was damaged has come along in its private state.
		current.State = left.State
	}
	damaged.State = current.State

	planning := b.process()
	tainted, met := planning.Read(r.Type, current)
	b.succeeded("read", met)
	tainted.Private = b.damaged(b.plan(planning, r, nil, r.Config).PlannedPrivate, key, kept)
	for what, instance := range map[string]acctest.Instance{"a deletion": damaged, "a deletion of what is tainted": tainted} {
		b.wire.reset()
		left, met = b.process().Delete(r.Type, instance)
		check(what, instance, left, met)
	}
	return current, isRefused
}

// damaged is a private state with another value, and notes what was kept in it.
func (b *bench) damaged(private []byte, key string, kept map[string]bool) []byte {
	b.Helper()
	values := map[string][]byte{}
	if len(private) > 0 {
		if err := json.Unmarshal(private, &values); err != nil {
			b.Fatal(err)
		}
	}
	for known := range values {
		if !strings.HasPrefix(known, ".") {
			kept[known] = true
		}
	}
	values[key] = []byte(`"damaged"`)
	encoded, err := json.Marshal(values)
	if err != nil {
		b.Fatal(err)
	}
	return encoded
}

var privateValue = regexp.MustCompile(`\bPrivateState\[.+\]\{(?:Key: "([a-z_]+)")?`)

// privateKeys are the keys of every value that the code of this repository keeps in private states.
func privateKeys(b *bench) []string {
	b.Helper()
	root, err := cli.RepositoryRoot()
	if err != nil {
		b.Fatal(err)
	}
	found := map[string]bool{}
	code := os.DirFS(filepath.Join(root, "internal"))
	err = fs.WalkDir(code, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		content, err := fs.ReadFile(code, name)
		for _, match := range privateValue.FindAllSubmatch(content, -1) {
			if len(match[1]) == 0 {
				b.Errorf("%s: the Key of a PrivateState has to be a text, and its first field", name)
			}
			found[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return slices.Sorted(maps.Keys(found))
}
