// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// readExplained reads lines of the form "file function: reason". Empty lines, and those that begin
// with #, say nothing.
func readExplained(text string) (map[string]string, error) {
	reasons := map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, _ := strings.Cut(line, ": ")
		if strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("explained.txt: no reason in %q", line)
		}
		if reasons[name] != "" {
			return nil, fmt.Errorf("explained.txt: %s is there twice", name)
		}
		reasons[name] = reason
	}
	return reasons, nil
}

// compare finds functions that lack tests without a reason, and reasons that nothing needs.
func compare(functions []function, reasons map[string]string) []string {
	var problems []string
	known := map[string]bool{}
	for _, one := range functions {
		known[one.String()] = true
		isEnough, isExplained := one.percent() >= enough, reasons[one.String()] != ""
		if !isEnough && !isExplained {
			problems = append(problems, fmt.Sprintf("%s: %.0f %% are covered", one, one.percent()))
		}
		if isEnough && isExplained {
			problems = append(problems, fmt.Sprintf("%s: is explained, and %.0f %% are covered: remove the line", one, one.percent()))
		}
	}
	for name := range reasons {
		if !known[name] {
			problems = append(problems, name+": is explained, and not there: remove the line")
		}
	}
	slices.Sort(problems)
	return problems
}

// summarize writes a line for each package.
func summarize(out io.Writer, functions []function) {
	packages := map[string]function{}
	for _, one := range functions {
		folder := path.Dir(one.file)
		sum := packages[folder]
		packages[folder] = function{statements: sum.statements + one.statements, covered: sum.covered + one.covered}
	}
	for _, folder := range slices.SortedFunc(maps.Keys(packages), cmp.Compare) {
		fmt.Fprintf(out, "%5.1f %% of %5d statements  %s\n", packages[folder].percent(), packages[folder].statements, folder)
	}
}
