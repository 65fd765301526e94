// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// summaryAt is where the functions that make a diagnostic take its summary.
var summaryAt = map[string]int{
	"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1,
	"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
	"NewError": 0, "NewWarning": 0, "Failure": 0, "AccountFailure": 0, "fail": 0,
}

// unmeetable are summaries that no user can meet, each with the reason.
var unmeetable = map[string]string{
	"Unexpected provider data":           "only this provider's Configure hands data to its objects",
	"Could not set up the Refold client": "what New refuses, the checks of the provider block refuse before",
	"Private state cannot be kept":       "texts can always be encoded as JSON",
}

// TestEveryDiagnosticIsOnThePage reads the provider's code: each summary that it
// gives to a diagnostic, and each piece of advice, has to stand on the page.
func TestEveryDiagnosticIsOnThePage(t *testing.T) {
	written, err := os.ReadFile(filepath.Join("testdata", "diagnostics.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(written)
	files := parseCode(t)
	known := constantsOf(files)
	seen, advice := map[string]bool{}, 0
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				if pattern := summaryOf(node, file.Name.Name, known); pattern != "" {
					seen[pattern] = true
				}
			case *ast.FuncDecl:
				if file.Name.Name != "diagnose" || !strings.HasPrefix(node.Name.Name, "advice") {
					return true
				}
				for _, pattern := range sentencesOf(node) {
					advice++
					if !regexp.MustCompile(pattern).MatchString(page) {
						t.Errorf("no situation on the page has the advice: %s", pattern)
					}
				}
			}
			return true
		})
	}
	for pattern := range seen {
		// As a diagnostic of its own, or among the failures of many accounts.
		shown := regexp.MustCompile(`(?m)^(error|warning): \*\*` + pattern + `\*\*|^>   - "[^"]*": ` + pattern + `\.`)
		if unmeetable[pattern] == "" && !shown.MatchString(page) {
			t.Errorf("no situation on the page has the summary: %s", pattern)
		}
	}
	for summary := range unmeetable {
		if !seen[summary] {
			t.Errorf("the code no longer has the summary: %s", summary)
		}
	}
	if len(seen) < 40 || advice < 25 {
		t.Errorf("found %d summaries and %d pieces of advice, which cannot be all", len(seen), advice)
	}
}

// summaryOf is the summary that a call gives to a diagnostic, as a pattern. It is
// empty for other calls, and for a summary that was made elsewhere.
func summaryOf(call *ast.CallExpr, in string, constants constants) string {
	name, isMethod := call.Fun.(*ast.SelectorExpr)
	if !isMethod {
		return ""
	}
	at, ok := summaryAt[name.Sel.Name]
	if !ok || len(call.Args) <= at {
		return ""
	}
	pattern := patternOf(call.Args[at], in, constants)
	if pattern == anything {
		return ""
	}
	if strings.HasSuffix(name.Sel.Name, "Failure") || name.Sel.Name == "fail" {
		return "Could not " + pattern + " " + anything
	}
	return pattern
}

const anything = ".+"

// patternOf matches every text that an expression in a package may be.
func patternOf(expression ast.Expr, in string, constants constants) string {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		return formatted(expression)
	case *ast.BinaryExpr:
		return patternOf(expression.X, in, constants) + patternOf(expression.Y, in, constants)
	case *ast.Ident:
		return cmp.Or(constants[in+"."+expression.Name], anything)
	case *ast.SelectorExpr:
		if from, ok := expression.X.(*ast.Ident); ok {
			return cmp.Or(constants[from.Name+"."+expression.Sel.Name], anything)
		}
	case *ast.CallExpr:
		if called, ok := expression.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Sprintf" {
			return patternOf(expression.Args[0], in, constants)
		}
	}
	return anything
}

// formatted matches a literal, whatever is put in for its verbs.
func formatted(literal *ast.BasicLit) string {
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return anything
	}
	return regexp.MustCompile(`%[a-z]`).ReplaceAllString(regexp.QuoteMeta(text), anything)
}

func sentencesOf(function *ast.FuncDecl) []string {
	var sentences []string
	ast.Inspect(function, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && len(literal.Value) > 40 {
			sentences = append(sentences, formatted(literal))
		}
		return true
	})
	return sentences
}

// constants are patterns by package and name.
type constants map[string]string

func constantsOf(files []*ast.File) constants {
	found := constants{}
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, value := range spec.Values {
				if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					found[file.Name.Name+"."+spec.Names[i].Name] = formatted(literal)
				}
			}
			return true
		})
	}
	return found
}

// parseCode reads all code of the provider but its tests.
func parseCode(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "acctest" {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
