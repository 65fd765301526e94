// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
)

const (
	repositoryRoot = "../.."
	factsFile      = "FACTS.md"
	// noSwitch begins the line of FACTS.md that says why an open question has no switch in the
	// mock.
	noSwitch = "No switch: "
)

var (
	headingOfFact = regexp.MustCompile(`(?m)^#{2,4} (\d+(?:\.\d+)*)[. ].*$`)
	wordOfFacts   = regexp.MustCompile(`\bFACTS\b`)
	citationOf    = regexp.MustCompile(`^FACTS (\d+(?:\.\d+)+(?:, \d+(?:\.\d+)+)*)`)
	// unfinished is a citation that goes on in a way that is not checked.
	unfinished = regexp.MustCompile(`^(?:,|;| and| or|/)? ?(?:no\. )?\d`)
	// otherStyle is what citations must not look like. An RFC has sections of its own.
	otherStyle = regexp.MustCompile(`RFC \d+, sections? \d|\bCL v\d|§ ?\d|\bno\. \d|\bsections? \d`)
	lineBreak  = regexp.MustCompile(`[ \t]*\n[ \t]*(?:(?://|#)[ \t]*)?`)
)

// facts returns the text of each numbered entry of FACTS.md.
func facts(t *testing.T) map[string]string {
	t.Helper()
	content := readText(t, factsFile)
	found := headingOfFact.FindAllStringSubmatchIndex(content, -1)
	entries := map[string]string{}
	for i, heading := range found {
		number, end := content[heading[2]:heading[3]], len(content)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		if _, isTaken := entries[number]; isTaken {
			t.Errorf("%s has the number %s twice", factsFile, number)
		}
		entries[number] = content[heading[1]:end]
	}
	return entries
}

// citations returns the numbers of facts that a text cites, and excerpts of what is no citation
// in the one style.
func citations(text string) (numbers, refused []string) {
	text = lineBreak.ReplaceAllString(text, " ")
	for _, at := range wordOfFacts.FindAllStringIndex(text, -1) {
		rest := text[at[0]:]
		cited := citationOf.FindStringSubmatch(rest)
		switch {
		case strings.HasPrefix(rest, factsFile):
		case cited == nil || unfinished.MatchString(rest[len(cited[0]):]):
			refused = append(refused, rest[:min(len(rest), 40)])
		default:
			numbers = append(numbers, strings.Split(cited[1], ", ")...)
		}
	}
	for _, other := range otherStyle.FindAllString(text, -1) {
		if !strings.HasPrefix(other, "RFC ") {
			refused = append(refused, other)
		}
	}
	return numbers, refused
}

func TestCitations(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text             string
		numbers, refused []string
	}{
		"one":              {"not documented (FACTS 4.15).", []string{"4.15"}, nil},
		"several":          {"FACTS 2.1.2, 4.9: ids", []string{"2.1.2", "4.9"}, nil},
		"end of sentence":  {"see FACTS 2.1.6. And more", []string{"2.1.6"}, nil},
		"wrapped":          {"\t// them (FACTS 2.1.2,\n\t// 4.9)", []string{"2.1.2", "4.9"}, nil},
		"the file":         {"stands in internal/refold/FACTS.md", nil, nil},
		"an RFC":           {"(RFC 9110, section 15.4.4)", nil, nil},
		"no number":        {"the facts of FACTS are", nil, []string{"FACTS are"}},
		"a whole section":  {"FACTS 4; the rows", nil, []string{"FACTS 4; the rows"}},
		"and another":      {"FACTS 4.4 and 4.5", nil, []string{"FACTS 4.4 and 4.5"}},
		"a short form":     {"FACTS 4.4, 5", nil, []string{"FACTS 4.4, 5"}},
		"number of a row":  {"(FACTS 2.1.1, section 4 no. 26)", []string{"2.1.1"}, []string{"section 4", "no. 2"}},
		"a changelog":      {"FACTS 2.1.6, CL v3.7.0", []string{"2.1.6"}, []string{"CL v3"}},
		"a paragraph sign": {"see § 4.1", nil, []string{"§ 4"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			numbers, refused := citations(test.text)
			if !slices.Equal(numbers, test.numbers) || !slices.Equal(refused, test.refused) {
				t.Errorf("%q: cites %q, refused %q; want %q and %q", test.text, numbers, refused, test.numbers, test.refused)
			}
		})
	}
}

// Everybody who reads a comment can look up what it relies on.
func TestEveryCitationResolves(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	known, cited := facts(t), 0
	for _, path := range textFiles(t) {
		numbers, refused := citations(readText(t, path))
		cited += len(numbers)
		for _, excerpt := range refused {
			t.Errorf("%s: %q is no citation in the style of FACTS 2.1.2, 4.9", path, excerpt)
		}
		for _, number := range numbers {
			if _, exists := known[number]; !exists {
				t.Errorf("%s cites FACTS %s, which internal/refold/%s does not have", path, number, factsFile)
			}
		}
	}
	if cited < 100 {
		t.Errorf("only %d citations were found", cited)
	}
}

func TestFactsReferToFacts(t *testing.T) {
	t.Parallel()
	known := facts(t)
	// Versions of Refold begin with a v.
	bare := regexp.MustCompile(`(?:^|[^v\d.])([0-4](?:\.\d+)+)`)
	for number, text := range known {
		for _, reference := range bare.FindAllStringSubmatch(text, -1) {
			if _, exists := known[reference[1]]; !exists {
				t.Errorf("%s refers to %s, which does not exist", number, reference[1])
			}
		}
	}
}

// A question that is open has to be survived both ways, and what the mock cannot do both ways is
// tested one way at best.
func TestEveryOpenQuestionHasASwitch(t *testing.T) {
	t.Parallel()
	switched := switchedQuestions(t)
	questions := 0
	for number, text := range facts(t) {
		if !strings.HasPrefix(number, "4.") {
			continue
		}
		questions++
		hasReason := strings.Contains(text, "\n"+noSwitch)
		switch hasSwitch := slices.Contains(switched, number); {
		case hasSwitch && hasReason:
			t.Errorf("the mock has a switch for %s, and %s says why it has none", number, factsFile)
		case !hasSwitch && !hasReason:
			t.Errorf("no switch of the mock cites FACTS %s: add one, or a line to %s that begins with %q", number, factsFile, noSwitch)
		}
	}
	if questions == 0 {
		t.Error("there are no open questions")
	}
}

// switchedQuestions are the facts that switches of the mock cite: in the comment of the field that
// is the switch, or of its type.
func switchedQuestions(t *testing.T) []string {
	t.Helper()
	var numbers []string
	comments, switches := map[string]string{}, []*ast.Field{}
	for _, declared := range typesOfMock(t) {
		name := declared.spec.Name.Name
		comments[name] = declared.comment
		structure, isStruct := declared.spec.Type.(*ast.StructType)
		if isStruct && (strings.HasSuffix(name, "Behaviour") || name == "RateLimit" || name == "Key") {
			switches = append(switches, structure.Fields.List...)
		}
	}
	for _, field := range switches {
		text := field.Doc.Text()
		if named, isNamed := field.Type.(*ast.Ident); isNamed {
			text += comments[named.Name]
		}
		cited, _ := citations(text)
		numbers = append(numbers, cited...)
	}
	return numbers
}

type declaredType struct {
	spec    *ast.TypeSpec
	comment string
}

func typesOfMock(t *testing.T) []declaredType {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(repositoryRoot, "internal/mockapi/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var found []declaredType
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			general, isGeneral := declaration.(*ast.GenDecl)
			if !isGeneral || general.Tok != token.TYPE {
				continue
			}
			for _, spec := range general.Specs {
				found = append(found, declaredType{spec: spec.(*ast.TypeSpec), comment: general.Doc.Text()})
			}
		}
	}
	return found
}

// textFiles are the files of the repository in which citations may stand.
func textFiles(t *testing.T) []string {
	t.Helper()
	extensions := []string{".go", ".yaml", ".yml", ".md", ".tmpl", ".tf"}
	var paths []string
	err := filepath.WalkDir(repositoryRoot, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == ".tools"):
			return fs.SkipDir
		case entry.IsDir() || !slices.Contains(extensions, filepath.Ext(path)):
		case entry.Name() == "facts_test.go":
			// Its samples are no citations.
		default:
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func readText(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
