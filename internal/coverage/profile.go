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

// function is one that has statements.
type function struct {
	// file is its path within the repository, and name its name with the receiver's type.
	file, name          string
	statements, covered int
}

// String names a function as explained.txt does.
func (f function) String() string { return f.file + " " + f.name }

func (f function) percent() float64 { return 100 * float64(f.covered) / float64(f.statements) }

// readProfile finds the functions that a profile is about. Packages that only tests import are no
// part of it.
func readProfile(root, profile string) ([]function, error) {
	profiles, err := cover.ParseProfiles(profile)
	if err != nil {
		return nil, fmt.Errorf("read the profile: %w", err)
	}
	var functions []function
	for _, one := range profiles {
		file := strings.TrimPrefix(one.FileName, module)
		if strings.HasSuffix(path.Dir(file), "test") {
			continue
		}
		of, err := functionsOf(filepath.Join(root, filepath.FromSlash(file)), file, one.Blocks)
		if err != nil {
			return nil, err
		}
		functions = append(functions, of...)
	}
	return functions, nil
}

// functionsOf counts the statements of each function of a file.
func functionsOf(source, file string, blocks []cover.ProfileBlock) ([]function, error) {
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, source, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("read a file of the profile: %w", err)
	}
	var functions []function
	for _, declaration := range parsed.Decls {
		declared, isFunction := declaration.(*ast.FuncDecl)
		if !isFunction || declared.Body == nil {
			continue
		}
		one := function{file: file, name: nameOf(declared)}
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
