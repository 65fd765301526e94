// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"
	"strconv"
	"strings"
)

// MostNamed is how many objects a message names; the rest is counted.
const MostNamed = 10

// Naming lists the first ids and counts the rest.
func Naming(ids []string) string { return namedUpTo(MostNamed, quoted(ids)) }

// Listing is Naming for what is quoted where it has to be.
func Listing(named []string) string { return namedUpTo(MostNamed, named) }

// mostOffered is how many ids a message offers to choose from.
const mostOffered = 100

// Offering lists the ids of which one is to be chosen: all of them, unless that would fill screens.
func Offering(ids []string) string { return namedUpTo(mostOffered, quoted(ids)) }

func quoted(ids []string) []string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.Quote(id)
	}
	return texts
}

func namedUpTo(most int, named []string) string {
	list := strings.Join(named[:min(len(named), most)], ", ")
	if more := len(named) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// QuoteHCL writes a text as a string of a configuration, in which nothing is a template.
func QuoteHCL(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
