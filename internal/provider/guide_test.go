// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// guideSection is what a guide has under one heading.
type guideSection struct {
	heading, prose string
	fences         []guideFence
}

// guideFence is a block of commands ("shell"), or of what the last of them answers ("text").
type guideFence struct{ language, content string }

// guideSections are those of the guide in a file.
func guideSections(t *testing.T, file string) []guideSection {
	t.Helper()
	all := []guideSection{{}}
	var open *guideFence
	for line := range strings.Lines(read(t, file)) {
		last := &all[len(all)-1]
		language, isFence := strings.CutPrefix(line, "```")
		switch {
		case isFence && open != nil:
			last.fences, open = append(last.fences, *open), nil
		case isFence:
			open = &guideFence{language: strings.TrimSpace(language)}
		case open != nil:
			open.content += line
		case strings.HasPrefix(line, "#"):
			all = append(all, guideSection{heading: strings.Trim(line, "# \n")})
		default:
			last.prose += line
		}
	}
	return all
}

// edits are the arguments that the prose says to set, with their values.
func (s guideSection) edits() [][]string {
	return regexp.MustCompile("[Ss]et `([a-z_]+) = ([^`]+)`").FindAllStringSubmatch(s.prose, -1)
}

// answersTo are the fences of text that follow a fence of commands.
func (s guideSection) answersTo(at int) []guideFence {
	rest := s.fences[at+1:]
	if end := slices.IndexFunc(rest, func(f guideFence) bool { return f.language != "text" }); end >= 0 {
		return rest[:end]
	}
	return rest
}

// commands are what the lines of a fence give the CLI to do.
func (f guideFence) commands() []string {
	var commands []string
	for line := range strings.Lines(f.content) {
		if command, isOfCLI := strings.CutPrefix(strings.TrimSpace(line), "terraform "); isOfCLI {
			commands = append(commands, command)
		}
	}
	return commands
}

// isOfError reports whether the fence shows an error.
func (f guideFence) isOfError() bool {
	return regexp.MustCompile(`(?m)^Error: `).MatchString(f.content)
}

// wantIn demands that an output has the parts of the fence, which lines of `...` divide, in their
// order. How a CLI draws and breaks lines does not count, and neither do times and Refold's ids.
func (f guideFence) wantIn(output string) error {
	rest := squeeze(output)
	for part := range strings.SplitSeq("\n"+f.content, "\n...\n") {
		_, after, isThere := strings.Cut(rest, squeeze(part))
		if !isThere {
			return fmt.Errorf("the output lacks, or has in another order:\n%s", part)
		}
		rest = after
	}
	return nil
}

func squeeze(text string) string {
	text = regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+Z`).ReplaceAllString(text, "TIME")
	text = regexp.MustCompile(`complete after \d+s`).ReplaceAllString(text, "complete after TIME")
	text = regexp.MustCompile(`\b[0-9a-f]{24}\b`).ReplaceAllString(text, "ID")
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(text)), " ")
}

// follow runs the commands of a section, and holds their answers against those that it shows.
// Whatever it does not show as an error succeeds.
func (s guideSection) follow(t *testing.T, workspace *cli.Workspace) {
	t.Helper()
	for i, block := range s.fences {
		commands, answers := block.commands(), s.answersTo(i)
		for n, command := range commands {
			isLast := n == len(commands)-1
			fails := isLast && slices.ContainsFunc(answers, guideFence.isOfError)
			output, err := acctest.RunCLI(t.Context(), workspace, unattended(command)...)
			if (err != nil) != fails {
				t.Fatalf("%s: terraform %s: %v\n%s", s.heading, command, err, output)
			}
			if !isLast {
				continue
			}
			for _, answer := range answers {
				if err := answer.wantIn(output); err != nil {
					t.Errorf("%s: terraform %s: %v\nIt has:\n%s", s.heading, command, err, output)
				}
			}
		}
	}
}

// unattended are the arguments of a command for a run that nobody watches.
func unattended(command string) []string {
	command, _, _ = strings.Cut(command, " | ")
	arguments := append(strings.Fields(command), "-no-color")
	if arguments[0] == "apply" || arguments[0] == "destroy" {
		arguments = append(arguments, "-auto-approve")
	}
	return arguments
}

// Whoever reads a guide for the tests has to miss nothing of it.
func TestGuidesAreRead(t *testing.T) {
	t.Parallel()
	workspace := &cli.Workspace{Folder: t.TempDir()}
	acctest.WriteFile(t, workspace, "guide.md", "# A\n\nSet `size = 3`, then set `name = \"x y\"`.\n\n```shell\nexport A=1\nterraform init\nterraform show -json p | jq .\n```\n\nIt says:\n\n```text\nOne\n...\nError: two\n```\n\n```text\nThree\n```\n\n```shell\nls\n```\n\n## B\n")
	all := guideSections(t, workspace.Folder+"/guide.md")
	if len(all) != 3 || all[1].heading != "A" || all[2].heading != "B" || len(all[1].fences) != 4 {
		t.Fatalf("sections: %+v", all)
	}
	first := all[1]
	if edits := first.edits(); len(edits) != 2 || edits[0][2] != "3" || edits[1][1] != "name" || edits[1][2] != `"x y"` {
		t.Errorf("edits: %q", edits)
	}
	if commands := first.fences[0].commands(); !slices.Equal(commands, []string{"init", "show -json p | jq ."}) {
		t.Errorf("commands: %q", commands)
	}
	if got := unattended("show -json p | jq ."); !slices.Equal(got, []string{"show", "-json", "p", "-no-color"}) {
		t.Errorf("arguments: %q", got)
	}
	answers := first.answersTo(0)
	if len(answers) != 2 || !answers[0].isOfError() || answers[1].isOfError() {
		t.Fatalf("answers: %+v", answers)
	}
	for output, isThere := range map[string]bool{"│ One\n  x\n╷ Error:\n two": true, "Error: two One": false, "One": false} {
		if err := answers[0].wantIn(output); (err == nil) != isThere {
			t.Errorf("%q: %v", output, err)
		}
	}
	if err := (guideFence{content: "made at 2026-11-27T10:51:32.680Z [id=6b09603a8d3a91e4c7000010], complete after 0s\n"}).wantIn("made at 2027-01-01T00:00:00Z [id=7b09603a8d3a91e4c7000010], complete after 12s"); err != nil {
		t.Error(err)
	}
}
