// SPDX-License-Identifier: MPL-2.0

// Package schema writes down all that a provider's schemas promise, one fact a line, and tells by
// two such lists what a change does to those who use the provider.
package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Fact is one thing that a schema says of an object or of a part of it.
type Fact struct {
	// Object is named as in the changelog: "resource/refold_config", "provider".
	Object string
	// Part is empty for the object itself. It is the path of an attribute or a block
	// ("your_app.app_id"), "identity:slug", "parameter:1" or "return".
	Part string
	// Name is what is said, a single word, and Value how it is: "default", "false".
	Name  string
	Value string
}

// String is the line of the fact. Texts of several lines are quoted.
func (f Fact) String() string {
	about, value := f.Object, f.Value
	if f.Part != "" {
		about += " " + f.Part
	}
	if strings.ContainsAny(value, "\n\r") || strings.HasPrefix(value, `"`) {
		value = strconv.Quote(value)
	}
	return strings.TrimSuffix(about+": "+f.Name+" "+value, " ")
}

// ParseFact reads the line of a fact.
func ParseFact(line string) (Fact, error) {
	about, says, isFact := strings.Cut(line, ": ")
	if !isFact {
		return Fact{}, fmt.Errorf("%q is no fact: it says nothing of an object", line)
	}
	object, part, _ := strings.Cut(about, " ")
	name, value, _ := strings.Cut(says, " ")
	if strings.HasPrefix(value, `"`) {
		var err error
		if value, err = strconv.Unquote(value); err != nil {
			return Fact{}, fmt.Errorf("unquote the value of %q: %w", line, err)
		}
	}
	return Fact{object, part, name, value}, nil
}

// Facts are sorted, so that two lists of them can be read side by side.
type Facts []Fact

// Parse reads what String has written.
func Parse(text string) (Facts, error) {
	var facts Facts
	for line := range strings.Lines(text) {
		one, err := ParseFact(strings.TrimRight(line, "\r\n"))
		if err != nil {
			return nil, err
		}
		facts = append(facts, one)
	}
	facts.sort()
	return facts, nil
}

// String has a line for each fact.
func (f Facts) String() string {
	var text strings.Builder
	for _, one := range f {
		text.WriteString(one.String() + "\n")
	}
	return text.String()
}

// sort keeps facts of one name in the order in which the schema has them.
func (f Facts) sort() {
	slices.SortStableFunc(f, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Name, b.Name))
	})
}
