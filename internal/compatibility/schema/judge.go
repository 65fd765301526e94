// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

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

// byDefault judges another default. One that is only now described was there before; that of the
// framework and the described one may be written in different ways.
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
