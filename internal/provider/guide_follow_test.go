// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// reader follows a guide as somebody does who has a shell and the folders of its examples: each
// block of commands runs as it stands, and has to answer what the page shows. One that is to fail
// shows its error.
type reader struct {
	*testing.T
	*acctest.Refold
	home cli.Home
	// folders is where the guide's folders of examples lie, and at the one of the commands.
	folders, at string
	// values are of what the page leaves to its reader: export NAME=...
	values map[string]string
	// exported is the environment of the shell.
	exported map[string]string
}

// A guide that is followed, by the name of its template.
type followedGuide struct {
	// folders are those of its examples, below examples/guides. Its commands begin in the first.
	folders []string
	// steps are what happens around the commands of a section.
	steps func(*reader) map[string]step
}

func followedGuides() map[string]followedGuide {
	return map[string]followedGuide{
		"getting-started":      {[]string{"getting-started", "self-hosted"}, gettingStartedSteps},
		"environments":         {[]string{"environments", "environments-audit"}, environmentsSteps},
		"pipeline":             {[]string{"pipeline"}, pipelineSteps},
		"rotating-credentials": {[]string{"rotating-credentials"}, rotatingCredentialsSteps},
	}
}

// These guides are followed from their first command to their last. They share one build of the
// provider.
func TestFollowedGuides(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, nil)
	tools := guideTools(t, workspace.CLI)
	wantEveryFolderFollowed(t)
	for name, guide := range followedGuides() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReader(t, workspace, tools, guide.folders)
			if r.isRefused(workspace.CLI, guide.folders) {
				return
			}
			r.follow(filepath.Join("..", "..", "templates", "guides", name+".md.tmpl"), guide.steps(r))
		})
	}
}

// wantEveryFolderFollowed keeps an example from being left to a guide that does not use it.
func wantEveryFolderFollowed(t *testing.T) {
	t.Helper()
	for folder, needs := range exampleNeeds() {
		isUsed := false
		for _, guide := range followedGuides() {
			for _, used := range guide.folders {
				isUsed = isUsed || strings.HasPrefix(folder+"/", "guides/"+used+"/")
			}
		}
		if needs.isFollowed != isUsed {
			t.Errorf("examples/%s: isFollowed is %t in exampleNeeds, and %t by followedGuides", folder, needs.isFollowed, isUsed)
		}
	}
}

// guideTools is a folder with the commands that the guides name: the CLI under test is terraform.
func guideTools(t *testing.T, found cli.CLI) string {
	t.Helper()
	tools := map[string]string{"terraform": found.Path}
	for name, tool := range map[string]string{"jq": "gojq", "opa": "opa"} {
		// Without running it, go names the file that it has built and keeps.
		command := exec.CommandContext(t.Context(), "go", "tool", "-n", "-modfile=internal/tools/policy/go.mod", tool)
		command.Dir = filepath.Join("..", "..")
		command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
		output, err := command.Output()
		if err != nil {
			t.Fatalf("build %s: %v", tool, err)
		}
		tools[name] = strings.TrimSpace(string(output))
	}
	folder := t.TempDir()
	for name, path := range tools {
		if err := os.Symlink(path, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func newReader(t *testing.T, workspace *cli.Workspace, tools string, folders []string) *reader {
	t.Helper()
	r := &reader{T: t, Refold: acctest.StartRefold(t), home: workspace.Home, folders: t.TempDir()}
	lock := read(t, filepath.Join(workspace.Folder, ".terraform.lock.hcl"))
	for _, folder := range folders {
		if err := os.CopyFS(filepath.Join(r.folders, folder), os.DirFS(filepath.Join(examples, "guides", folder))); err != nil {
			t.Fatal(err)
		}
		r.at = filepath.Join(r.folders, folder)
		r.write(".terraform.lock.hcl", lock)
	}
	r.enter(folders[0])
	r.values = map[string]string{"REFOLD_API_KEY": mockapi.TestKey}
	r.exported = map[string]string{
		"PATH": tools + string(os.PathListSeparator) + os.Getenv("PATH"), "REFOLD_BASE_URL": r.URL,
		"TF_IN_AUTOMATION": "1", "TF_CLI_ARGS_init": "-no-color", "TF_CLI_ARGS_plan": "-no-color",
		"TF_CLI_ARGS_apply": "-no-color -auto-approve", "TF_CLI_ARGS_destroy": "-no-color -auto-approve",
	}
	return r
}

// isRefused is true of a guide with a configuration that the CLI does not know all of, which it
// says.
func (r *reader) isRefused(found cli.CLI, folders []string) bool {
	r.Helper()
	for _, folder := range folders {
		refusal := found.Refusal(read(r.T, filepath.Join(r.folders, folder, "main.tf")))
		if refusal == "" {
			continue
		}
		output, err := r.run("cd ../" + folder + "\nterraform init\nterraform plan -input=false")
		if err == nil || !acctest.Wrapped(refusal).MatchString(output) {
			r.Errorf("%s has to say %q: %v\n%s", found, refusal, err, output)
		}
		return true
	}
	return false
}

// enter goes to another folder of the guide's.
func (r *reader) enter(folder string) { r.at = filepath.Join(r.folders, folder) }

func (r *reader) file(name string) string {
	r.Helper()
	return read(r.T, filepath.Join(r.at, name))
}

func (r *reader) write(name, content string) {
	r.Helper()
	if err := os.WriteFile(filepath.Join(r.at, name), []byte(content), 0o600); err != nil {
		r.Fatal(err)
	}
}

// replace changes what stands exactly once in a file.
func (r *reader) replace(name, from, to string) {
	r.Helper()
	content := r.file(name)
	if strings.Count(content, from) != 1 {
		r.Fatalf("%s does not have %q once:\n%s", name, from, content)
	}
	r.write(name, strings.Replace(content, from, to, 1))
}

func (r *reader) follow(page string, steps map[string]step) {
	r.Helper()
	for _, section := range guideSections(r.T, page) {
		step := steps[section.heading]
		delete(steps, section.heading)
		if step.before != nil {
			step.before()
		}
		for _, change := range section.changes() {
			r.replace(change[1], change[2], change[3])
		}
		r.ResetRequests()
		for i, block := range section.fences {
			if block.language == "shell" {
				r.try(section.heading, block, section.answersTo(i))
			}
		}
		if step.after != nil {
			step.after()
		}
	}
	if len(steps) > 0 {
		r.Errorf("%s has nothing under %q", page, slices.Collect(maps.Keys(steps)))
	}
}

// changes are the files that the prose says to change, with what to replace by what.
func (s guideSection) changes() [][]string {
	return regexp.MustCompile("[Ii]n `([^`]+)`, change `([^`]+)` to `([^`]+)`").FindAllStringSubmatch(s.prose, -1)
}

// try runs a block, which fails where it shows an error, and answers what it shows.
func (r *reader) try(heading string, block guideFence, answers []guideFence) {
	r.Helper()
	output, err := r.run(block.content)
	if fails := slices.ContainsFunc(answers, guideFence.isOfError); (err != nil) != fails {
		r.Fatalf("%s:\n%s%v\n%s", heading, block.content, err, output)
	}
	for _, answer := range answers {
		if err := answer.wantIn(output); err != nil {
			r.Errorf("%s:\n%s%v\nIt has:\n%s", heading, block.content, err, output)
		}
	}
}

var exportLine = regexp.MustCompile(`(?m)^export (\w+)=(\S+).*\n`)

// run runs commands in a shell, and returns all that they write. What they export stays.
func (r *reader) run(script string) (string, error) {
	r.Helper()
	for _, export := range exportLine.FindAllStringSubmatch(script, -1) {
		name, value := export[1], export[2]
		if value == "..." {
			var isKnown bool
			if value, isKnown = r.values[name]; !isKnown {
				r.Fatalf("the page leaves %s to its reader, and no step has it", name)
			}
		}
		r.exported[name] = value
	}
	var settings []string
	for name, value := range r.exported {
		settings = append(settings, name+"="+value)
	}
	command := exec.CommandContext(r.Context(), "sh", "-eu", "-c", exportLine.ReplaceAllString(script, ""))
	command.Dir, command.Env = r.at, cli.Environment(os.Environ(), r.home, settings...)
	output, err := command.CombinedOutput()
	return string(output), err
}

// wantExit demands that a command ends so.
func (r *reader) wantExit(code int, script string) string {
	r.Helper()
	output, err := r.run(script)
	if got := exitCode(err); got != code {
		r.Fatalf("%s: exit code %d, and not %d\n%s", script, got, code, output)
	}
	return output
}

// exitCode is -1 of what is no end of a command.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if exit, isExit := err.(*exec.ExitError); isExit {
		return exit.ExitCode()
	}
	return -1
}

func (r *reader) wantAccounts(environment string, want ...string) {
	r.Helper()
	var got []string
	for _, account := range r.Accounts(environment) {
		got = append(got, account.AccountID)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		r.Errorf("accounts in %s: %q, want %q", environment, got, want)
	}
}

// wantRequests demands how many requests of a method were sent in this section.
func (r *reader) wantRequests(method string, want int) {
	r.Helper()
	if got := r.CountByMethod()[method]; got != want {
		r.Errorf("%d requests of %s, want %d: %s", got, method, want, fmt.Sprint(r.Requests()))
	}
}
