// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/cover"
)

// module is the prefix of all packages of this repository.
const module = "github.com/gocobalt/terraform-provider-refold/"

// part is a file, or a function of one, that has statements.
type part struct {
	// name is the file's path within the repository, and behind it the function's name with its
	// receiver's type.
	name                string
	statements, covered int
}

func (p part) percent() float64 { return 100 * float64(p.covered) / float64(p.statements) }

func (p part) add(other part) part {
	return part{name: p.name, statements: p.statements + other.statements, covered: p.covered + other.covered}
}

// readProfile finds the functions that a profile is about, by their files. Packages that only tests
// import are no part of it.
func readProfile(root, profile string) (map[string][]part, error) {
	profiles, err := cover.ParseProfiles(profile)
	if err != nil {
		return nil, fmt.Errorf("read the profile: %w", err)
	}
	functions := map[string][]part{}
	for _, one := range profiles {
		file := strings.TrimPrefix(one.FileName, module)
		if strings.HasSuffix(path.Dir(file), "test") {
			continue
		}
		functions[file], err = functionsOf(filepath.Join(root, filepath.FromSlash(file)), file, one.Blocks)
		if err != nil {
			return nil, err
		}
	}
	return functions, nil
}

// functionsOf counts the statements of each function of a file.
func functionsOf(source, file string, blocks []cover.ProfileBlock) ([]part, error) {
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, source, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("read a file of the profile: %w", err)
	}
	var functions []part
	for _, declaration := range parsed.Decls {
		declared, isFunction := declaration.(*ast.FuncDecl)
		if !isFunction || declared.Body == nil {
			continue
		}
		one := part{name: file + " " + nameOf(declared)}
		begin, end := positions.Position(declared.Pos()), positions.Position(declared.End())
		for _, block := range blocks {
			if !isWithin(block, begin, end) {
				continue
			}
			one.statements += block.NumStmt
			if block.Count > 0 {
				one.covered += block.NumStmt
			}
		}
		if one.statements > 0 {
			functions = append(functions, one)
		}
	}
	return functions, nil
}

// nameOf is a name such as (*Client).ReadConfig.
func nameOf(declared *ast.FuncDecl) string {
	if declared.Recv == nil {
		return declared.Name.Name
	}
	receiver := types.ExprString(declared.Recv.List[0].Type)
	if strings.HasPrefix(receiver, "*") {
		receiver = "(" + receiver + ")"
	}
	return receiver + "." + declared.Name.Name
}

func isWithin(block cover.ProfileBlock, begin, end token.Position) bool {
	startsAfter := block.StartLine > begin.Line || block.StartLine == begin.Line && block.StartCol >= begin.Column
	endsBefore := block.EndLine < end.Line || block.EndLine == end.Line && block.EndCol <= end.Column
	return startsAfter && endsBefore
}
