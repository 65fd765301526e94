// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// diagnostic is an error or a warning that a user can meet, as a page of diagnostics shows it.
type diagnostic struct {
	severity  string // "error" or "warning"
	title     string
	at        string // the attribute that it is about, empty for none
	detail    string // paragraphs, with an empty line between them
	situation string // in which it is met
}

// unmeetable is a diagnostic that no user can meet, but by a mistake of the provider.
const unmeetable = ""

// diagnosticsPages are the patterns of what the tests of packages have written about their errors
// and warnings (internal/acctest/diagnosticspage).
func diagnosticsPages() []string {
	return []string{"internal/provider/testdata/diagnostics.md", "internal/object/*/testdata/diagnostics.md"}
}

// diagnosticsIn reads all pages of diagnostics of a repository.
func diagnosticsIn(repository fs.FS) ([]diagnostic, error) {
	var all []diagnostic
	for _, pattern := range diagnosticsPages() {
		pages, err := fs.Glob(repository, pattern)
		if err != nil {
			return nil, fmt.Errorf("look for %s: %w", pattern, err)
		}
		for _, page := range pages {
			content, err := fs.ReadFile(repository, page)
			if err != nil {
				return nil, fmt.Errorf("read a page of diagnostics: %w", err)
			}
			found, err := readDiagnostics(string(content))
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", page, err)
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

var (
	diagnosticTitle = regexp.MustCompile("^(error|warning): \\*\\*(.+)\\*\\*(?: \\(at `(.+)`\\))?$")
	unmeetableTitle = regexp.MustCompile(`^- \*\*(.+)\*\*: .`)
	attributeStep   = regexp.MustCompile(`AttributeName\("([^"]+)"\)|ElementKey\w+\(([^)]+)\)`)
)

// readDiagnostics reads a page. What it does not understand is an error, so that nothing is lost
// on the way to users.
func readDiagnostics(page string) ([]diagnostic, error) {
	var found []diagnostic
	situation := ""
	for number, line := range strings.Split(page, "\n") {
		title, unmet := diagnosticTitle.FindStringSubmatch(line), unmeetableTitle.FindStringSubmatch(line)
		quoted, isQuoted := strings.CutPrefix(line, ">")
		switch {
		case line == "", strings.HasPrefix(line, "# "), strings.HasPrefix(line, "_Carried out "), strings.HasPrefix(line, "Written by a test; "):
		case strings.HasPrefix(line, "## "):
			situation = line[len("## "):]
		case title != nil && situation != "":
			found = append(found, diagnostic{severity: title[1], title: title[2], at: attributePath(title[3]), situation: situation})
		case unmet != nil:
			found = append(found, diagnostic{severity: unmeetable, title: unmet[1]})
		case isQuoted && len(found) > 0:
			found[len(found)-1].detail += strings.TrimPrefix(quoted, " ") + "\n"
		default:
			return nil, fmt.Errorf("line %d is nothing that a page of diagnostics has: %q", number+1, line)
		}
	}
	return found, nil
}

// attributePath writes a path of an attribute as configurations do.
func attributePath(steps string) string {
	var written strings.Builder
	for _, step := range attributeStep.FindAllStringSubmatch(steps, -1) {
		switch {
		case step[2] != "":
			written.WriteString("[" + step[2] + "]")
		case written.Len() > 0:
			written.WriteString("." + step[1])
		default:
			written.WriteString(step[1])
		}
	}
	return written.String()
}

// paragraphs are those of the detail.
func (d diagnostic) paragraphs() []string { return strings.Split(strings.TrimSpace(d.detail), "\n\n") }

// quote writes paragraphs as a block. One that is configuration keeps its lines.
func quote(paragraphs ...string) string {
	var quoted []string
	for _, paragraph := range paragraphs {
		if first, _, _ := strings.Cut(paragraph, "\n"); strings.HasSuffix(first, " {") {
			paragraph = "```text\n" + paragraph + "\n```"
		}
		quoted = append(quoted, paragraph)
	}
	text := strings.ReplaceAll("> "+strings.Join(quoted, "\n\n"), "\n", "\n> ")
	return strings.ReplaceAll(text, "> \n", ">\n")
}
