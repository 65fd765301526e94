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
func Naming(ids []string) string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = strconv.Quote(id)
	}
	return Listing(quoted)
}

// Listing is Naming for what is quoted where it has to be.
func Listing(named []string) string {
	list := strings.Join(named[:min(len(named), MostNamed)], ", ")
	if more := len(named) - MostNamed; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// QuoteHCL writes a text as a string of a configuration, in which nothing is a template.
func QuoteHCL(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
