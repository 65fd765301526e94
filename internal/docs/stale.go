// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// difference says in what one file of docs/ is not what the templates make of it.
type difference struct {
	path           string
	have, want     []byte
	missing, extra bool
}

// compare lists the differences between docs/ and the generated pages, by path.
func compare(have, want files) []difference {
	all := maps.Clone(want)
	maps.Copy(all, have)
	var differences []difference
	for _, file := range all.paths() {
		old, exists := have[file]
		page, wanted := want[file]
		if exists && wanted && bytes.Equal(old, page) {
			continue
		}
		differences = append(differences, difference{path: file, have: old, want: page, missing: !exists, extra: !wanted})
	}
	return differences
}

// String is for messages.
func (d difference) String() string {
	switch {
	case d.missing:
		return fmt.Sprintf("docs/%s is missing", d.path)
	case d.extra:
		return fmt.Sprintf("docs/%s is generated from nothing", d.path)
	}
	have, want := strings.Split(string(d.have), "\n"), strings.Split(string(d.want), "\n")
	line := 0
	for line < len(have) && line < len(want) && have[line] == want[line] {
		line++
	}
	return fmt.Sprintf("docs/%s differs from line %d on:\n    there:     %s\n    generated: %s", d.path, line+1, lineAt(have, line), lineAt(want, line))
}

func lineAt(lines []string, line int) string {
	if line >= len(lines) {
		return "(end of file)"
	}
	return lines[line]
}

// apply makes the folder docs what was generated, one difference after another.
func (d difference) apply(docs string) error {
	if !d.extra {
		return writeFile(docs, d.path, d.want)
	}
	if err := os.Remove(filepath.Join(docs, filepath.FromSlash(d.path))); err != nil {
		return fmt.Errorf("remove a page: %w", err)
	}
	return nil
}

// done tells what apply did.
func (d difference) done() string {
	switch {
	case d.missing:
		return "added   docs/" + d.path
	case d.extra:
		return "removed docs/" + d.path
	}
	return "changed docs/" + d.path
}
