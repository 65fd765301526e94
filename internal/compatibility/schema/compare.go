// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Class says what a change does to those who use the provider.
type Class string

// The classes, the hardest first.
const (
	// Breaking means that what worked does not, or does something else, although the user has
	// changed nothing.
	Breaking Class = "breaking"
	// NeedsUpgrade means that states of earlier versions lose something, or cannot be read, until
	// the schema has a higher version and an upgrade from that of the state.
	NeedsUpgrade Class = "needs a state upgrade"
	// Additive means that there is more than before, and that nothing that worked changes.
	Additive Class = "additive"
	// TextOnly means that only people notice.
	TextOnly Class = "text only"
)

// Change is one difference between two lists of facts.
type Change struct {
	Class        Class
	Object, Part string
	// What says in words what has changed, and why that is of the class.
	What string
}

// String is the change in one line.
func (c Change) String() string {
	return fmt.Sprintf("%s: %s: %s", c.Class, strings.TrimSpace(c.Object+" "+c.Part), c.What)
}

// Attribute is what the changelog has to name of the change beside the object: an attribute by its
// path. It is empty where that is the object as a whole, or where a position has no name.
func (c Change) Attribute() string {
	kind, name, isSpecial := strings.Cut(c.Part, ":")
	switch {
	case !isSpecial && c.Part != "return":
		return c.Part
	case kind == "identity":
		return name
	}
	return ""
}

// place is an object or a part of one.
type place struct{ object, part string }

// said is the values of the facts about one place, by name.
type said map[string][]string

// isManaged is true where states hold it: of a resource, and of its identity.
func (p place) isManaged() bool { return strings.HasPrefix(p.object, "resource/") }

// of begins the names of the facts about the state that holds the place: the identity has its own.
func (p place) of() string {
	if strings.HasPrefix(p.part, "identity:") {
		return identityPrefix
	}
	return ""
}

const identityPrefix = "identity-"

// around is what a part is in: the attribute that it is nested in, or the object.
func (p place) around() place {
	at := strings.LastIndex(p.part, ".")
	return place{p.object, p.part[:max(at, 0)]}
}

func (f Facts) byPlace() map[place]said {
	found := map[place]said{}
	for _, one := range f {
		at := place{one.Object, one.Part}
		if found[at] == nil {
			found[at] = said{}
		}
		// Each object has a place, whether or not something is said of it as a whole.
		if whole := (place{one.Object, ""}); found[whole] == nil {
			found[whole] = said{}
		}
		found[at][one.Name] = append(found[at][one.Name], one.Value)
	}
	return found
}

// comparison collects changes between two lists of facts.
type comparison struct {
	before, after map[place]said
	changes       []Change
}

// Compare tells what has become of earlier facts, the hardest changes first. What is in something
// that is new or gone is not told beside it.
func Compare(before, after Facts) []Change {
	c := &comparison{before: before.byPlace(), after: after.byPlace()}
	for at := range c.before {
		switch {
		case c.after[at] != nil:
			c.changed(at)
		case at.part == "" || c.after[at.around()] != nil:
			c.removed(at)
		}
	}
	for at := range c.after {
		if isNew := c.before[at] == nil; isNew && (at.part == "" || c.before[at.around()] != nil) {
			c.added(at)
		}
	}
	order := []Class{Breaking, NeedsUpgrade, Additive, TextOnly}
	slices.SortFunc(c.changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Class), slices.Index(order, b.Class)), cmp.Compare(a.String(), b.String()))
	})
	return c.changes
}

func (c *comparison) found(class Class, at place, what string) {
	c.changes = append(c.changes, Change{class, at.object, at.part, what})
}

// upgrade finds that states of earlier versions have to be upgraded, and whether they are. Prefix
// is that of the facts about their version.
func (c *comparison) upgrade(at place, prefix, what string) {
	if !at.isManaged() {
		return
	}
	whole := place{at.object, ""}
	old, now := c.before[whole].one(prefix+"version"), c.after[whole].one(prefix+"version")
	upgrades := strings.Split(c.after[whole].one(prefix+"upgrades"), ",")
	if old != now && slices.Contains(upgrades, old) {
		c.found(Additive, at, what+", and states are upgraded from version "+old)
		return
	}
	kind := strings.TrimSuffix(cmp.Or(prefix, "schema-"), "-")
	c.found(NeedsUpgrade, at, fmt.Sprintf("%s: states may lose what they hold; raise the version of the %s from %s, and upgrade them from that", what, kind, old))
}

func (c *comparison) removed(at place) {
	c.found(Breaking, at, "is gone")
	if at.of() == identityPrefix {
		c.upgrade(at, identityPrefix, "is gone")
		return
	}
	if at.part == "" {
		return
	}
	if other := c.successors(at); len(other) > 0 {
		c.upgrade(at, "", fmt.Sprintf("is gone, and may be called %s now", strings.Join(other, " or ")))
	}
}

// successors are the new parts beside one that is gone, of the same type.
func (c *comparison) successors(gone place) []string {
	var found []string
	for at, says := range c.after {
		isBeside := c.before[at] == nil && at.around() == gone.around() && at.part != ""
		if isBeside && says.one("type") == c.before[gone].one("type") {
			found = append(found, at.part)
		}
	}
	slices.Sort(found)
	return found
}

func (c *comparison) added(at place) {
	if at.part != "" && c.after[at].one("usage") == "required" {
		c.found(Breaking, at, "is new, and required")
	} else {
		c.found(Additive, at, "is new")
	}
	if at.of() == identityPrefix {
		c.upgrade(at, identityPrefix, "is new")
	}
}

// one is the value of a fact that there is once, empty where there is none.
func (s said) one(name string) string { return strings.Join(s[name], " ") }

func joined(texts []string) string {
	if len(texts) == 0 {
		return "nothing"
	}
	return strings.Join(texts, "; ")
}

func without(texts, others []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return slices.Contains(others, text) })
}
