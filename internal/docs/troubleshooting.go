// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// troubleshootingTemplate has what is said before all errors and warnings, and where they go.
//
//go:embed troubleshooting.md.tmpl
var troubleshootingTemplate string

// troubleshootingPage is where the guide is made.
const troubleshootingPage = "templates/guides/troubleshooting.md.tmpl"

// deriveTroubleshooting adds the guide that shows every error and warning. A provider of which
// none is known has no such guide.
func deriveTroubleshooting(sources files, said []diagnostic) {
	if len(said) == 0 {
		return
	}
	guide := newTroubleshooting(said)
	sources.addUnlessThere(troubleshootingPage, strings.NewReplacer(
		"ANSWERS\n", asTemplate(guide.answers()), "TITLES\n", asTemplate(guide.byTitle()), "MISTAKES\n", asTemplate(guide.mistakes()),
	).Replace(troubleshootingTemplate))
}

// asTemplate keeps text from being taken for a template.
func asTemplate(text string) string { return strings.ReplaceAll(text, "{{", `{{"{{"}}`) }

// troubleshooting is all that the provider says, without repetitions.
type troubleshooting struct {
	// answered are failures by what was answered.
	answered map[string][]failure
	// titled are the others by title.
	titled map[string][]diagnostic
	// failed are the kinds of answer with which a title occurs.
	failed map[string][]string
	// unmet are titles that only a mistake of the provider shows.
	unmet []string
}

// failure is what is to be done about an answer, whatever was tried.
type failure struct {
	situation, answer string
	advice            []string // its paragraphs
}

func newTroubleshooting(all []diagnostic) troubleshooting {
	guide := troubleshooting{answered: map[string][]failure{}, titled: map[string][]diagnostic{}, failed: map[string][]string{}}
	for _, one := range all {
		if kind := answerOf(one); kind != "" {
			guide.addFailure(kind, one)
			continue
		}
		guide.add(one)
	}
	return guide
}

func (t *troubleshooting) add(one diagnostic) {
	title := anyNumber(one.title)
	if one.severity == unmeetable {
		t.unmet = append(t.unmet, title)
		return
	}
	isSame := func(other diagnostic) bool {
		return other.severity == one.severity && other.at == one.at && other.detail == one.detail
	}
	if !slices.ContainsFunc(t.titled[title], isSame) {
		t.titled[title] = append(t.titled[title], one)
	}
}

func (t *troubleshooting) addFailure(kind string, one diagnostic) {
	parts, title := one.paragraphs(), anyNumber(one.title)
	at := slices.IndexFunc(t.answered[kind], func(other failure) bool { return slices.Equal(other.advice, parts[2:]) })
	switch found := (failure{situation: one.situation, answer: parts[1], advice: parts[2:]}); {
	case at < 0:
		t.answered[kind] = append(t.answered[kind], found)
	case len(found.situation) < len(t.answered[kind][at].situation): // the shorter, the more general
		t.answered[kind][at] = found
	}
	if !slices.Contains(t.failed[title], kind) {
		t.failed[title] = append(t.failed[title], kind)
	}
}

var answered = regexp.MustCompile(`^(?:Refold|The server) answered: (HTTP \d+ [A-Za-z -]+)`)

// noAnswer is the kind of those that never came.
const noAnswer = "No answer"

// answerOf is the kind of answer to which a request has failed, and empty of all other diagnostics.
func answerOf(one diagnostic) string {
	parts := one.paragraphs()
	if !strings.HasPrefix(parts[0], "Tried to ") || len(parts) < 3 {
		return ""
	}
	if strings.HasPrefix(parts[1], "No answer from Refold: ") {
		return noAnswer
	}
	found := answered.FindStringSubmatch(parts[1])
	if found == nil {
		return ""
	}
	return strings.TrimSpace(found[1])
}

// kinds are those of the answers. What is met most often comes first.
func (t troubleshooting) kinds() []string {
	firstKinds := []string{"HTTP 403 ", "HTTP 429 ", "HTTP 500 ", "HTTP 401 ", noAnswer}
	rank := func(kind string) int {
		at := slices.IndexFunc(firstKinds, func(first string) bool { return strings.HasPrefix(kind, first) })
		if at < 0 {
			return len(firstKinds)
		}
		return at
	}
	return slices.SortedFunc(maps.Keys(t.answered), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
}

func (t troubleshooting) answers() string {
	var text strings.Builder
	for _, kind := range t.kinds() {
		fmt.Fprintf(&text, "### %s\n\n", kind)
		for _, one := range t.answered[kind] {
			fmt.Fprintf(&text, "**%s**\n\n%s\n\n", one.situation, quote(append([]string{one.answer}, one.advice...)...))
		}
	}
	return text.String()
}

func (t troubleshooting) byTitle() string {
	titles := maps.Clone(t.failed)
	for title := range t.titled {
		titles[title] = t.failed[title]
	}
	var text strings.Builder
	for _, title := range slices.SortedFunc(maps.Keys(titles), compareTitles) {
		fmt.Fprintf(&text, "### %s\n\n", title)
		if kinds := titles[title]; len(kinds) > 0 {
			fmt.Fprintf(&text, "Look under the answer that the message shows, such as %s.\n\n", linksTo(kinds))
		}
		for _, one := range t.titled[title] {
			fmt.Fprintf(&text, "%s\n\n%s\n\n", one.heading(), quote(one.paragraphs()...))
		}
	}
	return text.String()
}

// heading says what is met when.
func (d diagnostic) heading() string {
	severity := strings.ToUpper(d.severity[:1]) + d.severity[1:]
	if d.at == "" {
		return fmt.Sprintf("%s: **%s**", severity, d.situation)
	}
	return fmt.Sprintf("%s, at `%s`: **%s**", severity, d.at, d.situation)
}

// compareTitles sorts as an index does: upper and lower case are alike.
func compareTitles(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
}

func linksTo(headings []string) string {
	links := make([]string, len(headings))
	for i, heading := range headings {
		links[i] = fmt.Sprintf("[%s](#%s)", heading, strings.ReplaceAll(strings.ToLower(heading), " ", "-"))
	}
	return strings.Join(links, ", ")
}

func (t troubleshooting) mistakes() string {
	slices.Sort(t.unmet)
	var text strings.Builder
	for _, title := range slices.Compact(t.unmet) {
		fmt.Fprintf(&text, "- %s\n", title)
	}
	return text.String()
}

// anyNumber writes N for the numbers of a title, which are others each time.
func anyNumber(title string) string {
	return regexp.MustCompile(`\b\d+\b`).ReplaceAllString(title, "N")
}
