// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// The text of a panic leaves the process past the server that redacts. So no code that is shipped
// gives it one; SECURITY.md says so.
func TestNothingPanicsOnPurpose(t *testing.T) {
	t.Parallel()
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if .Module}}{{if .Module.Main}}{{range .GoFiles}}{{$.Dir}}/{{.}}\n{{end}}{{end}}{{end}}", ".")
	list.Dir = root
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Split(strings.TrimSpace(string(output)), "\n")
	if len(files) < 100 {
		t.Fatalf("only %d files are shipped", len(files))
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			call, isCall := node.(*ast.CallExpr)
			if !isCall {
				return true
			}
			if name, isName := call.Fun.(*ast.Ident); isName && name.Name == "panic" {
				t.Errorf("%s calls panic, whose text nothing redacts: return an error", file)
			}
			return true
		})
	}
}
