// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// providerFolder has the page of the provider block, and what no user can meet of what
// objects share.
const providerFolder = "provider"

// Findings are what Check found.
type Findings struct {
	// Problems say what is missing, and what to do.
	Problems []string
	// Summaries and Advice are how many were found in the code.
	Summaries, Advice int
}

// Check holds the pages of the packages in the folder internal/ against what their code can
// say. What the provider block or an object says has to stand on its own page; what objects
// share, on any.
func Check(internal fs.FS) (Findings, error) {
	said, err := readCode(internal)
	if err != nil {
		return Findings{}, err
	}
	pages, problems, err := readPages(internal, said)
	if err != nil {
		return Findings{}, err
	}
	for _, summary := range said.summaries {
		if !pages.show(summary) {
			problems = append(problems, pages.missing("summary", summary))
		}
	}
	for _, advice := range said.advice {
		if !regexp.MustCompile(advice.pattern).MatchString(pages.all()) {
			problems = append(problems, pages.missing("advice", advice))
		}
	}
	problems = append(problems, pages.needless(said)...)
	slices.Sort(problems)
	return Findings{Problems: problems, Summaries: len(said.summaries), Advice: len(said.advice)}, nil
}

// pages are the texts of pages by the folder whose page it is.
type pages map[string]string

// readPages reads the pages of all packages that need one. The problems are about those that
// have none, or one that no test writes.
func readPages(internal fs.FS, said code) (_ pages, problems []string, _ error) {
	read := pages{}
	for folder := range said.folders {
		owner := ownerOf(folder)
		if _, isRead := read[owner]; isRead || owner == "" {
			continue
		}
		page, err := fs.ReadFile(internal, path.Join(owner, file))
		if err != nil {
			problems = append(problems, fmt.Sprintf(
				"internal/%[1]s has no page of its errors and warnings. List the situations in which a user meets them in internal/%[1]s/diagnostics_test.go, "+
					"in a TestDiagnostics that calls diagnosticspage.Test, then write the page:\n  %[2]s", owner, rewriteWith("internal/"+owner)))
			continue
		}
		read[owner] = string(page)
		isTested, err := testsPage(internal, owner)
		if err != nil {
			return nil, nil, err
		}
		if !isTested {
			problems = append(problems, fmt.Sprintf("internal/%[1]s/%[2]s is written by no test: add a TestDiagnostics that calls diagnosticspage.Test to internal/%[1]s", owner, file))
		}
	}
	return read, problems, nil
}

// ownerOf is the folder whose page a package's texts have to stand on, or empty for any.
func ownerOf(folder string) string {
	parts := strings.Split(folder, "/")
	switch {
	case parts[0] == providerFolder:
		return providerFolder
	case parts[0] == "object" && len(parts) > 1:
		return path.Join(parts[:2]...)
	}
	return ""
}

func testsPage(internal fs.FS, owner string) (bool, error) {
	tests, err := fs.Glob(internal, owner+"/*_test.go")
	if err != nil {
		return false, err
	}
	for _, test := range tests {
		content, err := fs.ReadFile(internal, test)
		if err != nil {
			return false, err
		}
		if strings.Contains(string(content), "func TestDiagnostics(") && strings.Contains(string(content), "diagnosticspage.Test(") {
			return true, nil
		}
	}
	return false, nil
}

func (p pages) all() string {
	var all []string
	for _, owner := range slices.Sorted(maps.Keys(p)) {
		all = append(all, p[owner])
	}
	return strings.Join(all, "\n")
}

// show reports whether a summary stands where it has to: as a diagnostic of its own, among the
// failures of many objects, or among what no user can meet.
func (p pages) show(summary text) bool {
	pattern := regexp.MustCompile(`(?m)^(error|warning): \*\*` + summary.pattern + `\*\*|^>   - "[^:]*: ` + summary.pattern + `\.|^- \*\*` + summary.pattern + `\*\*: .`)
	owner := ownerOf(summary.folder)
	if owner == "" {
		return pattern.MatchString(p.all())
	}
	page, hasPage := p[owner]
	return !hasPage || pattern.MatchString(page) // without a page, that is the problem
}

func (p pages) missing(what string, said text) string {
	owner := ownerOf(said.folder)
	if owner == "" {
		return fmt.Sprintf("internal/%s:%d: no page shows the %s %q. Add a situation to the TestDiagnostics of an object that meets it, and rewrite its page:\n  %s",
			said.file, said.line, what, said.pattern, rewriteWith("internal/object/..."))
	}
	return fmt.Sprintf("internal/%[1]s:%[2]d: internal/%[3]s/%[4]s does not show the %[5]s %[6]q. Add a situation to the TestDiagnostics of internal/%[3]s, and rewrite the page:\n  %[7]s",
		said.file, said.line, owner, file, what, said.pattern, rewriteWith("internal/"+owner))
}

// needless finds what pages call unmeetable and the code does not have.
func (p pages) needless(said code) []string {
	var problems []string
	for _, owner := range slices.Sorted(maps.Keys(p)) {
		for _, entry := range regexp.MustCompile(`(?m)^- \*\*(.+)\*\*: .`).FindAllStringSubmatch(p[owner], -1) {
			isSaid := slices.ContainsFunc(said.summaries, func(summary text) bool {
				from := ownerOf(summary.folder)
				return (from == owner || from == "" && owner == providerFolder) && summary.pattern == regexp.QuoteMeta(entry[1])
			})
			if !isSaid {
				problems = append(problems, fmt.Sprintf("the code of internal/%s no longer has %q: remove it from Unmeetable in its TestDiagnostics, and rewrite the page:\n  %s",
					owner, entry[1], rewriteWith("internal/"+owner)))
			}
		}
	}
	return problems
}
