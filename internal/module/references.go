// SPDX-License-Identifier: MPL-2.0

package module

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
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
func checkSelfContained(source fs.FS) error {
	var problems []string
	err := walk(source, func(name string) error {
		pattern := reference(name)
		if pattern == nil {
			return nil
		}
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		for _, found := range pattern.FindAllStringSubmatch(string(content), -1) {
			named := strings.Join(found[1:], "")
			if !isInside(source, base(name), named) {
				problems = append(problems, fmt.Sprintf("%s names %s", name, named))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the module: %w", err)
	}
	if len(problems) > 0 {
		return fmt.Errorf("the module cannot be exported, because it names what is not in it:\n  %s", strings.Join(problems, "\n  "))
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
func isInside(source fs.FS, from, named string) bool {
	named, _, _ = strings.Cut(strings.TrimPrefix(named, "${path.module}/"), "#")
	if named == "" || strings.HasPrefix(named, "https://") {
		return true
	}
	_, err := fs.Stat(source, path.Join(from, named))
	return err == nil
}
