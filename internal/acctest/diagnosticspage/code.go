// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// text is what the code says to users, as a pattern of what may come out.
type text struct {
	// folder and line, in file, are where it stands.
	folder, file string
	line         int
	pattern      string
}

// code is what the packages of the provider say.
type code struct {
	// folders have code.
	folders   map[string]bool
	summaries []text
	advice    []text
}

// readCode reads all packages but those that only tests and tools use.
func readCode(internal fs.FS) (code, error) {
	read := code{folders: map[string]bool{}}
	known, files := declared{constants: map[string]string{}, summaryAt: map[string]int{}}, map[string]*ast.File{}
	positions := token.NewFileSet()
	err := fs.WalkDir(internal, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "acctest" || name == "compatibility" || name == "mockapi" || name == "tools"):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		content, err := fs.ReadFile(internal, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(positions, name, content, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files[name], read.folders[path.Dir(name)] = file, true
		known.add(file)
		return nil
	})
	for name, file := range files {
		read.add(name, file, known, positions)
	}
	return read, err
}

// add reads what a file says.
func (c *code) add(name string, file *ast.File, known declared, positions *token.FileSet) {
	at := func(node ast.Node, pattern string) text {
		return text{folder: path.Dir(name), file: name, line: positions.Position(node.Pos()).Line, pattern: pattern}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			if pattern := summaryOf(node, file.Name.Name, known); pattern != "" {
				c.summaries = append(c.summaries, at(node, pattern))
			}
		case *ast.FuncDecl:
			if file.Name.Name != "diagnose" || !strings.HasPrefix(node.Name.Name, "advice") {
				return true
			}
			for _, sentence := range sentencesOf(node) {
				c.advice = append(c.advice, at(sentence, formatted(sentence)))
			}
		}
		return true
	})
}

const (
	anything = ".+"
	// shortestSentence tells sentences from the words that are put into them.
	shortestSentence = 40
)

// summaryOf is the summary that a call gives to a diagnostic, as a pattern. It is
// empty for other calls, and for a summary that was made elsewhere.
func summaryOf(call *ast.CallExpr, in string, known declared) string {
	at, makesDiagnostic := known.summaryArgument(call, in)
	if !makesDiagnostic || len(call.Args) <= at {
		return ""
	}
	pattern := known.patternOf(call.Args[at], in)
	switch {
	case pattern == anything:
		return ""
	case strings.HasSuffix(nameOf(call), "Failure"):
		return "Could not " + pattern + " " + anything
	}
	return pattern
}

// nameOf is the name of the function that is called, without its package.
func nameOf(call *ast.CallExpr) string {
	switch called := call.Fun.(type) {
	case *ast.SelectorExpr:
		return called.Sel.Name
	case *ast.Ident:
		return called.Name
	}
	return ""
}

func sentencesOf(function *ast.FuncDecl) []*ast.BasicLit {
	var sentences []*ast.BasicLit
	ast.Inspect(function, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && len(literal.Value) > shortestSentence {
			sentences = append(sentences, literal)
		}
		return true
	})
	return sentences
}

// declared is what the meaning of a call depends on.
type declared struct {
	// constants are patterns by package and name.
	constants map[string]string
	// summaryAt is which argument is called summary, by package and name of the function; methods
	// are without their package.
	summaryAt map[string]int
}

func (d declared) add(file *ast.File) {
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			d.addFunction(file.Name.Name, node)
		case *ast.ValueSpec:
			d.addConstants(file.Name.Name, node)
		}
		return true
	})
}

func (d declared) addFunction(in string, function *ast.FuncDecl) {
	at, key := 0, in+"."+function.Name.Name
	if function.Recv != nil {
		key = "." + function.Name.Name
	}
	for _, parameters := range function.Type.Params.List {
		for _, name := range parameters.Names {
			if name.Name == "summary" {
				d.summaryAt[key] = at
			}
			at++
		}
	}
}

func (d declared) addConstants(in string, spec *ast.ValueSpec) {
	for i, value := range spec.Values {
		if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			d.constants[in+"."+spec.Names[i].Name] = formatted(literal)
		}
	}
}

// summaryArgument is where a call that makes a diagnostic has its summary, or what begins it:
// calls of the framework's functions, of those for failures, and of the provider's own, which
// call the parameter so.
func (d declared) summaryArgument(call *ast.CallExpr, in string) (at int, makesDiagnostic bool) {
	name := nameOf(call)
	switch name {
	case "AddError", "AddWarning", "NewErrorDiagnostic", "NewWarningDiagnostic", "Failure", "AccountFailure":
		return 0, true
	case "AddAttributeError", "AddAttributeWarning", "NewAttributeErrorDiagnostic", "NewAttributeWarningDiagnostic":
		return 1, true
	}
	selector, isSelector := call.Fun.(*ast.SelectorExpr)
	if !isSelector {
		at, makesDiagnostic = d.summaryAt[in+"."+name]
		return at, makesDiagnostic
	}
	if from, isName := selector.X.(*ast.Ident); isName {
		if at, makesDiagnostic = d.summaryAt[from.Name+"."+name]; makesDiagnostic {
			return at, true
		}
	}
	at, makesDiagnostic = d.summaryAt["."+name]
	return at, makesDiagnostic
}

// patternOf matches every text that an expression in a package may be.
func (d declared) patternOf(expression ast.Expr, in string) string {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		return formatted(expression)
	case *ast.BinaryExpr:
		return d.patternOf(expression.X, in) + d.patternOf(expression.Y, in)
	case *ast.Ident:
		return cmp.Or(d.constants[in+"."+expression.Name], anything)
	case *ast.SelectorExpr:
		if from, ok := expression.X.(*ast.Ident); ok {
			return cmp.Or(d.constants[from.Name+"."+expression.Sel.Name], anything)
		}
	case *ast.CallExpr:
		if nameOf(expression) == "Sprintf" {
			return d.patternOf(expression.Args[0], in)
		}
	}
	return anything
}

// formatted matches a literal, whatever is put in for its verbs.
func formatted(literal *ast.BasicLit) string {
	value, err := strconv.Unquote(literal.Value)
	if err != nil {
		return anything
	}
	return regexp.MustCompile(`%[a-z]`).ReplaceAllString(regexp.QuoteMeta(value), anything)
}
