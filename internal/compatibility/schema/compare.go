// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Class says what a change does to those who use the provider.
type Class string

// The classes, the hardest first.
const (
	// Breaking means that what worked does not, or does something else, without a change by the user.
	Breaking Class = "breaking"
	// NeedsUpgrade means that states of earlier versions lose something, or cannot be read, until the
	// schema has a higher version and an upgrade from that of the state.
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

// upgrade finds that states of earlier versions have to be upgraded, and whether they are. Prefix is
// that of the facts about their version.
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
	c.found(NeedsUpgrade, at, fmt.Sprintf("%s: raise the %sversion of the schema from %s, and upgrade states from it", what, strings.ReplaceAll(prefix, "-", " "), old))
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
		c.upgrade(at, "", fmt.Sprintf("is gone, and %s is new: if it has only another name, its value is lost", strings.Join(other, " or ")))
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

func (c *comparison) changed(at place) {
	before, after := c.before[at], c.after[at]
	names := maps.Clone(before)
	maps.Copy(names, after)
	for name := range names {
		if !slices.Equal(before[name], after[name]) {
			c.judge(at, name, before[name], after[name])
		}
	}
}

// judge is the table of the classes, as CONTRIBUTING.md has it.
func (c *comparison) judge(at place, name string, before, after []string) {
	change := fmt.Sprintf("%s was %s, is %s", name, joined(before), joined(after))
	gone, more := without(before, after), without(after, before)
	switch name {
	case "description", "summary", "name":
		c.found(TextOnly, at, name+" changed")
	case "deprecated", "upgrades", "identity-upgrades", "takes-unknown":
		c.found(Additive, at, change)
	case "version", "identity-version":
		c.raised(at, name, before, after)
	case "usage":
		c.usage(at, before, after)
	case "type":
		c.found(Breaking, at, change)
		c.upgrade(at, at.of(), "has another type")
	case "write-only":
		c.found(Breaking, at, change+": who refers to it, or has an older CLI, is refused; or its values get into states")
	case "sensitive":
		c.found(Breaking, at, change+": outputs of it are refused, or its values are shown")
	case "default":
		c.byDefault(at, before, after)
	case "rule", "replaces", "own-plan", "needs", "identity-needs":
		c.stricter(at, name, gone, more)
	case "plan", "takes-null", "imports":
		c.weaker(at, name, gone, more)
	default:
		c.found(Breaking, at, change)
	}
}

// raised judges another version: it must be higher, and states of the one before be upgraded.
func (c *comparison) raised(at place, name string, before, after []string) {
	old, oldErr := strconv.Atoi(said{name: before}.one(name))
	now, nowErr := strconv.Atoi(said{name: after}.one(name))
	what := fmt.Sprintf("%s was %s, is %s", name, joined(before), joined(after))
	if oldErr != nil || nowErr != nil || now < old {
		c.found(Breaking, at, what+": states of later versions cannot be read")
		return
	}
	c.upgrade(at, strings.TrimSuffix(name, "version"), what)
}

// byDefault judges another default. One that is only now described was there before; the framework's
// and the described one may be written in different ways.
func (c *comparison) byDefault(at place, before, after []string) {
	const quotes = "`\""
	old, now := said{"": before}.one(""), said{"": after}.one("")
	switch isDescribed := strings.HasPrefix(now, "`"); {
	case strings.Trim(old, quotes) == strings.Trim(now, quotes), old == "" && isDescribed:
		c.found(TextOnly, at, "default is described in another way")
	default:
		c.found(Breaking, at, fmt.Sprintf("default was %s, is %s", joined(before), joined(after)))
	}
}

// usage judges who gives an attribute its value.
func (c *comparison) usage(at place, before, after []string) {
	old, now := said{"": before}.one(""), said{"": after}.one("")
	what := fmt.Sprintf("was %s, is %s", old, now)
	switch {
	case now == "required":
		c.found(Breaking, at, what+": configurations without it are refused")
	case now == "computed":
		c.found(Breaking, at, what+": configurations with it are refused")
	case strings.Contains(old, "computed") && !strings.Contains(now, "computed"):
		c.found(Breaking, at, what+": where it is not configured, its value is gone")
	default:
		c.found(Additive, at, what)
	}
}

// stricter judges what restrains: more of it breaks configurations, less does not.
func (c *comparison) stricter(at place, name string, gone, more []string) {
	if len(more) > 0 {
		c.found(Breaking, at, fmt.Sprintf("%s is new: %s", name, joined(more)))
	}
	if len(gone) > 0 {
		c.found(Additive, at, fmt.Sprintf("%s is gone: %s", name, joined(gone)))
	}
}

// weaker judges what allows or promises: less of it breaks configurations, more does not.
func (c *comparison) weaker(at place, name string, gone, more []string) {
	if len(gone) > 0 {
		c.found(Breaking, at, fmt.Sprintf("%s is gone: %s", name, joined(gone)))
	}
	if len(more) > 0 {
		c.found(Additive, at, fmt.Sprintf("%s is new: %s", name, joined(more)))
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
