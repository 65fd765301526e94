// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// Where readers find what a page links to. A relative link leads somewhere else in each registry,
// and nowhere from the first page, since neither registry rewrites it; and neither shows an image
// that is not named by its whole address. So generated pages have whole addresses.
//
// Images are those of the branch main: pages are committed before the tag of their release exists.
const (
	repositoryName = "gocobalt/terraform-provider-refold"
	filesAddress   = "https://github.com/" + repositoryName + "/blob/main/"
	imagesAddress  = "https://raw.githubusercontent.com/" + repositoryName + "/main/docs/"
)

// pagesAddress is where the registry shows the first page, and below it the others.
func pagesAddress() string {
	host, name, _ := strings.Cut(provider.Address, "/")
	return "https://" + host + "/providers/" + name + "/latest/docs"
}

// configurationFence is the language of configuration, also of queries and tests.
const configurationFence = "```terraform\n"

// finish makes of generated pages what registries show: with whole addresses, and with examples
// that run alone. Source is the folder of the repository's files.
func finish(pages files, source string, features []feature) error {
	var problems []error
	for _, page := range pages.paths() {
		if path.Ext(page) != ".md" {
			continue
		}
		text, err := linkWholly(pages, source, page)
		problems = append(problems, err)
		pages[page] = []byte(runAlone(text, features))
	}
	return errors.Join(problems...)
}

// linkWholly gives the links of a page whole addresses.
func linkWholly(pages files, source, page string) (string, error) {
	var problems []error
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	text := outsideOfFences(string(pages[page]), func(prose string) string {
		return link.ReplaceAllStringFunc(prose, func(found string) string {
			whole, err := wholeAddress(pages, source, page, found[2:len(found)-1])
			problems = append(problems, err)
			return "](" + whole + ")"
		})
	})
	return text, errors.Join(problems...)
}

// wholeAddress is that of a page, an image or a file of the repository.
func wholeAddress(pages files, source, page, target string) (string, error) {
	if strings.Contains(target, "://") || strings.HasPrefix(target, "#") {
		return target, nil
	}
	name, anchor, hasAnchor := strings.Cut(target, "#")
	if hasAnchor {
		anchor = "#" + anchor
	}
	file := path.Join("docs", path.Dir(page), name)
	below, isOfDocs := strings.CutPrefix(file, "docs/")
	below = strings.TrimSuffix(below, ".md")
	switch {
	case isOfDocs && below == "index":
		return pagesAddress() + anchor, nil
	case isOfDocs && pages[below+".md"] != nil:
		return pagesAddress() + "/" + below + anchor, nil
	case isOfDocs && pages[below] != nil:
		return imagesAddress + below, nil
	case !isOfDocs && !strings.HasPrefix(file, "..") && isFile(filepath.Join(source, filepath.FromSlash(file))):
		return filesAddress + file + anchor, nil
	}
	return target, fmt.Errorf("docs/%s links to %s, which does not exist", page, target)
}

func isFile(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// runAlone adds what the examples of a page take to run: where the provider comes from, once, and
// which versions know what they use.
func runAlone(page string, features []feature) string {
	named := strings.Contains(page, "required_providers")
	byHand := regexp.MustCompile(`(?m)^terraform \{`)
	var have needs
	return eachFence(page, func(fence string) string {
		content, isConfiguration := strings.CutPrefix(fence, configurationFence)
		if !isConfiguration || !strings.Contains(content, "refold") || isTest(content) {
			return fence
		}
		want := needsOf(content, features)
		// A query stands beside a configuration, which says it.
		isSaid := want.within(have) || isQuery(content)
		if byHand.MatchString(content) || named && isSaid {
			have = have.and(want)
			return fence
		}
		block := terraformBlock(want, have, !named)
		named, have = true, have.and(want)
		if isQuery(content) {
			return "In a file that ends in `.tf`:\n\n" + configurationFence + block + "```\n\nIn a file that ends in `.tfquery.hcl`:\n\n" + fence
		}
		return configurationFence + block + "\n" + content
	})
}

// terraformBlock says what is not said yet.
func terraformBlock(want, have needs, withProvider bool) string {
	var parts []string
	if !want.within(have) {
		parts = append(parts, want.requiredVersion())
	}
	if withProvider {
		parts = append(parts, "  required_providers {\n    refold = {\n      source = \"gocobalt/refold\"\n    }\n  }\n")
	}
	return "terraform {\n" + strings.Join(parts, "\n") + "}\n"
}

func isTest(content string) bool {
	return regexp.MustCompile(`(?m)^(run|mock_provider) "`).MatchString(content)
}

func isQuery(content string) bool { return regexp.MustCompile(`(?m)^list "`).MatchString(content) }

// eachFence replaces the fenced blocks of a page.
func eachFence(page string, replace func(fence string) string) string {
	parts := splitFences(page)
	for i := 1; i < len(parts); i += 2 {
		parts[i] = replace(parts[i])
	}
	return strings.Join(parts, "")
}

// outsideOfFences replaces the rest.
func outsideOfFences(page string, replace func(prose string) string) string {
	parts := splitFences(page)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = replace(parts[i])
	}
	return strings.Join(parts, "")
}

// splitFences returns prose and fenced blocks in turns, beginning with prose.
func splitFences(page string) []string {
	parts := []string{""}
	for line := range strings.Lines(page) {
		isMark, isOpen := strings.HasPrefix(line, "```"), len(parts)%2 == 0
		if isMark && !isOpen {
			parts = append(parts, "")
		}
		parts[len(parts)-1] += line
		if isMark && isOpen {
			parts = append(parts, "")
		}
	}
	return parts
}
