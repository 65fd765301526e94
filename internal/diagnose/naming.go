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
func Naming(ids []string) string { return namingUpTo(MostNamed, ids) }

// mostOffered is how many ids a message offers to choose from.
const mostOffered = 100

// Offering lists the ids of which one is to be chosen: all of them, unless that would fill screens.
func Offering(ids []string) string { return namingUpTo(mostOffered, ids) }

func namingUpTo(most int, ids []string) string {
	var quoted []string
	for _, id := range ids[:min(len(ids), most)] {
		quoted = append(quoted, strconv.Quote(id))
	}
	list := strings.Join(quoted, ", ")
	if more := len(ids) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// QuoteHCL writes a text as a string of a configuration, in which nothing is a template.
func QuoteHCL(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
