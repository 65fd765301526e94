// SPDX-License-Identifier: MPL-2.0

package upkeep_test

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	yaml "github.com/oasdiff/yaml3"
	"golang.org/x/mod/modfile"
)

// Why something is depended on stands where it is.
func TestDependenciesHaveTheirReason(t *testing.T) {
	for folder, module := range modules(t) {
		for _, problem := range withoutReason(module) {
			t.Errorf("%s: %s", path.Join(folder, "go.mod"), problem)
		}
	}
}

func TestDependencyWithoutReason(t *testing.T) {
	for name, test := range map[string]struct{ module, problem string }{
		"reason before":       {"require (\n\t// Because.\n\texample.com/a v1.0.0\n)", ""},
		"reason behind":       {"require example.com/a v1.0.0 // Because.", ""},
		"indirect":            {"require example.com/a v1.0.0 // indirect", ""},
		"none":                {"require example.com/a v1.0.0", "example.com/a has no comment"},
		"that of another one": {"require (\n\t// Because.\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n)", "example.com/b has no comment"},
		"tool with a reason":  {"// Because.\ntool example.com/a/cmd/a\nrequire example.com/a v1.0.0 // indirect", ""},
		"tool without":        {"tool example.com/a/cmd/a\nrequire example.com/a v1.0.0 // indirect", "example.com/a/cmd/a has no comment"},
		"module of a tool":    {"// Because.\ntool example.com/a/cmd/a\nrequire example.com/a v1.0.0", ""},
	} {
		module, err := modfile.Parse("go.mod", []byte("module example.com\n"+test.module+"\n"), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := strings.Join(withoutReason(module), "; "); !strings.HasPrefix(got, test.problem) || (got == "") != (test.problem == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// withoutReason are the direct dependencies and tools of a module that have no comment.
func withoutReason(module *modfile.File) []string {
	var problems []string
	lacks := func(name string, line *modfile.Line) {
		if len(line.Before)+len(line.Suffix) == 0 {
			problems = append(problems, name+" has no comment: say above it what it is for")
		}
	}
	tools := toolModules(module)
	for _, require := range module.Require {
		if !require.Indirect && !slices.Contains(tools, require.Mod.Path) {
			lacks(require.Mod.Path, require.Syntax)
		}
	}
	for _, tool := range module.Tool {
		lacks(tool.Path, tool.Syntax)
	}
	return problems
}

// toolModules are the modules that the tools of this one come from.
func toolModules(module *modfile.File) []string {
	var found []string
	for _, tool := range module.Tool {
		longest := ""
		for _, require := range module.Require {
			if strings.HasPrefix(tool.Path+"/", require.Mod.Path+"/") && len(require.Mod.Path) > len(longest) {
				longest = require.Mod.Path
			}
		}
		found = append(found, longest)
	}
	return found
}

// dependabot is what of .github/dependabot.yml is of interest here.
type dependabot struct {
	Updates []struct {
		Ecosystem   string `yaml:"package-ecosystem"`
		Directory   string
		Directories []string
		Allow       []struct {
			Name string `yaml:"dependency-name"`
			Type string `yaml:"dependency-type"`
		}
	}
}

// allowed are the dependencies that updates of this folder are limited to, nil for all direct ones.
// It is false for a folder that gets no updates.
func (d dependabot) allowed(folder string) ([]string, bool) {
	for _, update := range d.Updates {
		if update.Ecosystem != "gomod" || !slices.ContainsFunc(append(update.Directories, update.Directory), func(pattern string) bool {
			matches, err := path.Match(pattern, "/"+folder)
			return matches && err == nil
		}) {
			continue
		}
		var names []string
		for _, allow := range update.Allow {
			if allow.Type == "all" {
				names = append(names, allow.Name)
			}
		}
		return names, true
	}
	return nil, false
}

func TestUpdatesForgetNothing(t *testing.T) {
	for _, problem := range updateProblems(t, read(t, ".github/dependabot.yml"), modules(t)) {
		t.Error(".github/dependabot.yml: " + problem)
	}
}

func TestUpdateProblems(t *testing.T) {
	tool, err := modfile.Parse("go.mod", []byte("module example.com\ntool example.com/a/cmd/a\nrequire example.com/a v1.0.0 // indirect\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	const (
		actions = "\n- {package-ecosystem: github-actions, directory: /}"
		plain   = "updates:\n- {package-ecosystem: gomod, directory: /}" + actions
		right   = plain + "\n- {package-ecosystem: gomod, directories: ['/tools/*'], allow: [{dependency-name: example.com/a, dependency-type: all}]}"
	)
	for name, test := range map[string]struct{ config, problem string }{
		"right":           {right, ""},
		"no actions":      {strings.Replace(right, actions, "", 1), "there are no updates of actions"},
		"forgotten":       {plain, "there are no updates of tools/a/go.mod"},
		"not named":       {strings.Replace(right, "example.com/a", "example.com/b", 1), "example.com/a is not allowed"},
		"only the direct": {strings.Replace(right, ": all", ": direct", 1), "example.com/a is not allowed"},
		"no tool any more": {strings.Replace(right, "allow: [", "allow: [{dependency-name: example.com/old, dependency-type: all}, ", 1),
			"example.com/old is allowed, and no tool comes from it"},
	} {
		got := updateProblems(t, test.config, map[string]*modfile.File{"": {}, "tools/a": tool})
		if all := strings.Join(got, "; "); !strings.Contains(all, test.problem) || (all == "") != (test.problem == "") {
			t.Errorf("%s: %q", name, all)
		}
	}
}

// updateProblems are what a dependabot.yml forgets of these modules, and what it names in vain.
func updateProblems(t *testing.T, text string, modules map[string]*modfile.File) []string {
	t.Helper()
	var config dependabot
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	var problems, named, tools []string
	for _, folder := range slices.Sorted(maps.Keys(modules)) {
		allowed, isUpdated := config.allowed(folder)
		if !isUpdated {
			problems = append(problems, fmt.Sprintf("there are no updates of %s", path.Join(folder, "go.mod")))
			continue
		}
		named = append(named, allowed...)
		for _, tool := range toolModules(modules[folder]) {
			tools = append(tools, tool)
			if !slices.Contains(allowed, tool) {
				problems = append(problems, fmt.Sprintf("%s is not allowed by its name, and with the dependency type all, so that it gets no updates", tool))
			}
		}
	}
	for _, name := range named {
		if !slices.Contains(tools, name) {
			problems = append(problems, fmt.Sprintf("%s is allowed, and no tool comes from it", name))
		}
	}
	if !strings.Contains(text, "package-ecosystem: github-actions") {
		problems = append(problems, "there are no updates of actions")
	}
	return problems
}
