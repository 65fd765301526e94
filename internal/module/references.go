// SPDX-License-Identifier: MPL-2.0

package module

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// reference finds what a file names relative to itself: quoted paths and path.module in
// configuration, links in pages. It is nil for files that name nothing.
func reference(name string) *regexp.Regexp {
	switch path.Ext(name) {
	case ".tf", ".hcl":
		return regexp.MustCompile(`"((?:\.\.?|\$\{path\.module\})/[^"]*)"|"(\.\.)"`)
	case ".md":
		return regexp.MustCompile(`\]\(([^)\s]+)\)`)
	}
	return nil
}

// checkSelfContained demands that whatever the module's files name is there: in the module, since
// nothing else will be beside it.
func (f files) checkSelfContained() error {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		pattern := reference(name)
		if pattern == nil {
			continue
		}
		for _, found := range pattern.FindAllStringSubmatch(string(f[name]), -1) {
			named := strings.Join(found[1:], "")
			if !f.isInside(base(name), named) {
				problems = append(problems, fmt.Sprintf("%s names %s", name, named))
			}
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("the module cannot be exported, because it names what is not in it, or what git does not track:\n  %s", strings.Join(problems, "\n  "))
	}
	return nil
}

// base is the folder that a file's references start from. Those of a test start where it is run.
func base(name string) string {
	if path.Ext(name) == ".hcl" {
		return "."
	}
	return path.Dir(name)
}

// isInside reports whether a reference from a folder of the module leads to a file or folder of it,
// or is the address of a page.
func (f files) isInside(from, named string) bool {
	named, _, _ = strings.Cut(strings.TrimPrefix(named, "${path.module}/"), "#")
	return named == "" || strings.HasPrefix(named, "https://") || f.has(path.Join(from, named))
}
