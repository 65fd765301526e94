// SPDX-License-Identifier: MPL-2.0

package upkeep_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	yaml "github.com/oasdiff/yaml3"
)

// workflow is what of a file in .github/workflows the rules are about.
type workflow struct {
	On          any
	Permissions *map[string]string
	Concurrency map[string]any
	Jobs        map[string]job
	// Rest is everything else, such as env.
	Rest map[string]any `yaml:",inline"`
}

type job struct {
	RunsOn      string `yaml:"runs-on"`
	If          string
	Uses        string
	Environment string
	Timeout     int `yaml:"timeout-minutes"`
	Permissions *map[string]string
	Steps       []step
	Rest        map[string]any `yaml:",inline"`
}

type step struct {
	If, Uses, Run string
	With          map[string]any
	Rest          map[string]any `yaml:",inline"`
}

// What actionlint does not see (make lint).
func TestWorkflows(t *testing.T) {
	pins := map[string]string{}
	for name, text := range workflows(t) {
		for _, problem := range workflowProblems(text, goVersion(t)) {
			t.Errorf("%s: %s", name, problem)
		}
		for _, use := range usesLine.FindAllStringSubmatch(text, -1) {
			action, _, _ := strings.Cut(use[1], "@")
			if owner := strings.Join(strings.SplitN(action, "/", 3)[:2], "/"); owner != "./.github" {
				pin := strings.TrimPrefix(use[0], "uses: "+action)
				if other := pins[owner]; other != "" && other != pin {
					t.Errorf("%s: %s is pinned to another commit elsewhere", name, owner)
				}
				pins[owner] = pin
			}
		}
	}
}

// Workflows do what can be done here, too.
func TestWorkflowsRunTargetsOfMake(t *testing.T) {
	makefile := read(t, "GNUmakefile")
	count := 0
	for name, text := range workflows(t) {
		for _, found := range regexp.MustCompile(`\bmake ([a-z][a-z-]*)`).FindAllStringSubmatch(text, -1) {
			count++
			if !strings.Contains(makefile, "\n"+found[1]+":") {
				t.Errorf("%s runs make %s, which does not exist", name, found[1])
			}
		}
	}
	if count < 5 {
		t.Errorf("only %d targets were found", count)
	}
}

// workflows are the texts of the files, by their names.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, ".github/workflows/*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	texts := map[string]string{}
	for _, file := range files {
		texts[filepath.Base(file)] = read(t, filepath.Join(".github/workflows", filepath.Base(file)))
	}
	return texts
}

// goVersion is what set-up actions are asked for: the newest patch of the version in go.mod, which
// names the first one.
func goVersion(t *testing.T) string {
	t.Helper()
	parts := strings.Split(modules(t)[""].Go.Version, ".")
	return "~" + parts[0] + "." + parts[1] + ".0"
}

var (
	usesLine = regexp.MustCompile(`uses: ([^\s#]+)(?:[ \t]+#[ \t]*(\S+))?`)
	pinned   = regexp.MustCompile(`^[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}$`)
	version  = regexp.MustCompile(`^v\d+\.\d+\.\d+$`)
	secret   = regexp.MustCompile(`\bsecrets\b`)
)

// workflowProblems are what is wrong with one workflow, each with what to do. The Go version is
// what all of them set up.
func workflowProblems(text, goVersion string) []string {
	var found workflow
	if err := yaml.Unmarshal([]byte(text), &found); err != nil {
		return []string{err.Error()}
	}
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if found.Permissions == nil || len(*found.Permissions) > 0 {
		report("begin with `permissions: {}`, and give each job what it needs")
	}
	if found.Concurrency["group"] == nil {
		report("has no concurrency group")
	}
	triggers, err := yaml.Marshal(found.On)
	if err != nil {
		return []string{err.Error()}
	}
	for _, trigger := range []string{"pull_request_target", "workflow_run", "issue_comment", "issues"} {
		if regexp.MustCompile(`\b` + trigger + `\b`).Match(triggers) {
			report("runs on %s, with the rights of this repository on what strangers wrote", trigger)
		}
	}
	rest, err := yaml.Marshal(found.Rest)
	if err != nil {
		return []string{err.Error()}
	}
	if secret.Match(rest) {
		report("reads a secret for all of its jobs: read it in a step")
	}
	uses := 0
	for _, name := range slices.Sorted(maps.Keys(found.Jobs)) {
		of := found.Jobs[name]
		for _, problem := range append(of.problems(), of.stepProblems(goVersion)...) {
			report("job %s: %s", name, problem)
		}
		uses += of.uses()
	}
	lines := usesLine.FindAllStringSubmatch(text, -1)
	if len(lines) != uses {
		report("%d actions are used, and %d stand as `uses: action@commit # version` on a line of their own", uses, len(lines))
	}
	for _, line := range lines {
		if !strings.HasPrefix(line[1], "./") && (!pinned.MatchString(line[1]) || !version.MatchString(line[2])) {
			report("%s is not pinned: name the full commit, and behind it the version as a comment, `# v1.2.3`", line[1])
		}
	}
	return problems
}

// problems are those of a job as such.
func (j job) problems() []string {
	var problems []string
	if j.Permissions == nil {
		problems = append(problems, "has no permissions: name what it needs, or {}")
	}
	text, err := yaml.Marshal(j)
	if err != nil {
		return []string{err.Error()}
	}
	if secret.Match(text) && j.Environment == "" {
		problems = append(problems, "reads a secret outside an environment, whose rules say who may have it")
	}
	if j.Uses != "" {
		return problems
	}
	if j.Timeout == 0 {
		problems = append(problems, "has no timeout-minutes")
	}
	if j.RunsOn == "" || strings.HasSuffix(j.RunsOn, "-latest") {
		problems = append(problems, "runs on a machine that changes by itself: name a version")
	}
	return problems
}

// stepProblems are those of what a job does.
func (j job) stepProblems(goVersion string) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, step := range j.Steps {
		if strings.Contains(step.Run, "${{") {
			report("an expression is part of the script %q: hand it over in env", step.Run)
		}
		if strings.Contains(strings.TrimSpace(step.Run), "\n") {
			report("the script %q has several lines, and nothing checks it: make it a target of make", step.Run)
		}
		if strings.HasPrefix(step.Run, "make live") && !strings.Contains(j.If, "needs.") {
			report("runs the live suite without asking whether there is a key")
		}
		if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != false {
			report("leaves a token in the clone: set persist-credentials to false")
		}
		if strings.HasPrefix(step.Uses, "actions/setup-go@") && step.With["go-version"] != goVersion {
			report("sets up Go %v, and go.mod wants %s", step.With["go-version"], goVersion)
		}
	}
	return problems
}

// uses counts the actions and workflows that the job uses.
func (j job) uses() int {
	count := 0
	if j.Uses != "" {
		count++
	}
	for _, step := range j.Steps {
		if step.Uses != "" {
			count++
		}
	}
	return count
}

func TestWorkflowProblems(t *testing.T) {
	const right = `
on: {push: {branches: [main]}}
permissions: {}
concurrency: {group: all}
jobs:
  one:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {contents: read}
    environment: live
    needs: key
    if: needs.key.outputs.is-set == 'true'
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v1.2.3
        with: {persist-credentials: false}
      - uses: actions/setup-go@0123456789012345678901234567890123456789 # v1.2.3
        with: {go-version: '~1.26.0'}
      - run: make live
        env: {KEY: '${{ secrets.KEY }}'}
  two:
    permissions: {}
    uses: ./.github/workflows/other.yml
`
	for name, test := range map[string]struct{ old, new, problem string }{
		"right":                    {"", "", ""},
		"no permissions":           {"permissions: {}\nconcurrency", "concurrency", "begin with `permissions: {}`"},
		"permissions for all":      {"permissions: {}\nconcurrency", "permissions: {contents: read}\nconcurrency", "begin with `permissions: {}`"},
		"no concurrency":           {"concurrency: {group: all}", "", "no concurrency group"},
		"a stranger's code":        {"{push: {branches: [main]}}", "[push, pull_request_target]", "runs on pull_request_target"},
		"permissions of a job":     {"    permissions: {contents: read}\n", "", "job one: has no permissions"},
		"permissions of a call":    {"    permissions: {}\n    uses", "    uses", "job two: has no permissions"},
		"no timeout":               {"    timeout-minutes: 5\n", "", "no timeout-minutes"},
		"machine without version":  {"ubuntu-24.04", "ubuntu-latest", "name a version"},
		"secret for everybody":     {"    environment: live\n", "", "reads a secret outside an environment"},
		"secret of a job":          {"    permissions: {}\n    uses", "    permissions: {}\n    env: {KEY: '${{ secrets.KEY }}'}\n    uses", "job two: reads a secret outside an environment"},
		"secrets of a call":        {"    permissions: {}\n    uses", "    permissions: {}\n    secrets: inherit\n    uses", "job two: reads a secret outside an environment"},
		"secret of a workflow":     {"concurrency: {group: all}", "concurrency: {group: all}\nenv: {KEY: '${{ secrets.KEY }}'}", "reads a secret for all of its jobs"},
		"live without a key":       {"    if: needs.key.outputs.is-set == 'true'\n", "", "without asking whether there is a key"},
		"token in the clone":       {"{persist-credentials: false}", "{fetch-depth: 0}", "persist-credentials"},
		"another Go":               {"~1.26.0", "stable", "sets up Go stable"},
		"expression in a script":   {"run: make live", "run: make ${{ github.ref }}", "hand it over in env"},
		"script of several lines":  {"run: make live", "run: \"make lint\\nmake live\"", "several lines"},
		"tag":                      {"checkout@0123456789012345678901234567890123456789 # v1.2.3", "checkout@v1 # v1.2.3", "actions/checkout@v1 is not pinned"},
		"commit cut short":         {"checkout@0123456789012345678901234567890123456789", "checkout@0123456", "is not pinned"},
		"no version":               {"6789 # v1.2.3\n        with: {persist", "6789\n        with: {persist", "is not pinned"},
		"version without its last": {"6789 # v1.2.3\n        with: {persist", "6789 # v1\n        with: {persist", "is not pinned"},
		"action that is hidden":    {"      - run: make live\n", "      - {'uses': 'a/b@v1'}\n      - run: make live\n", "on a line of their own"},
	} {
		if test.old != "" && !strings.Contains(right, test.old) {
			t.Fatalf("%s: %q is not there", name, test.old)
		}
		got := strings.Join(workflowProblems(strings.Replace(right, test.old, test.new, 1), "~1.26.0"), "; ")
		if !strings.Contains(got, test.problem) || (got == "") != (test.problem == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
