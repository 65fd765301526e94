// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// readExplained reads lines of the form "file: reason" and "file function: reason". Empty lines,
// and those that begin with #, say nothing.
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

// compare finds files that tests leave out too much of, functions that none runs, and reasons that
// nothing needs.
func compare(functions map[string][]part, reasons map[string]string) []string {
	var problems []string
	known := map[string]bool{}
	judge := func(one part, isEnough bool) {
		known[one.name] = true
		isExplained := reasons[one.name] != ""
		if !isEnough && !isExplained {
			problems = append(problems, fmt.Sprintf("%s: %.0f %% are covered", one.name, one.percent()))
		}
		if isEnough && isExplained {
			problems = append(problems, fmt.Sprintf("%s: is explained, and %.0f %% are covered: remove the line", one.name, one.percent()))
		}
	}
	for file, of := range functions {
		whole := part{name: file}
		for _, one := range of {
			whole = whole.add(one)
			judge(one, one.covered > 0)
		}
		if whole.statements > 0 {
			judge(whole, whole.percent() >= enough)
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
func summarize(out io.Writer, functions map[string][]part) {
	packages := map[string]part{}
	for file, of := range functions {
		for _, one := range of {
			packages[path.Dir(file)] = packages[path.Dir(file)].add(one)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(packages)) {
		fmt.Fprintf(out, "%5.1f %% of %5d statements  %s\n", packages[folder].percent(), packages[folder].statements, folder)
	}
}
