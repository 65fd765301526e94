// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestOneWayToWrite: whatever is sent goes through get or write, and every write
// declares whether it may be repeated.
func TestOneWayToWrite(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, problem := range waysAround(t, name, nil) {
			t.Error(problem)
		}
	}
}

func TestWaysAroundWriteAreFound(t *testing.T) {
	const careless = `package refold

func (c *Client) CreateWebhook(ctx context.Context) error {
	_, err := c.send(ctx, call{method: http.MethodPost, segments: webhookPath, repeating: repeatable})
	return err
}

func (c *Client) DeleteWebhook(ctx context.Context) error {
	request, _ := http.NewRequest(http.MethodDelete, "https://refold.example", nil)
	_, err := c.http.Do(request)
	return err
}

func (c *Client) UpdateWebhook(ctx context.Context) error {
	_, err := write(ctx, c, call{method: http.MethodPut, segments: webhookPath}, accepted)
	return err
}

func (c *Client) TestWebhook(ctx context.Context) error {
	request := call{segments: webhookPath}
	request.method, request.repeating = http.MethodPost, repeatable
	_, err := write(ctx, c, request, accepted)
	return err
}
`
	expect(t, strings.Join(waysAround(t, "careless.go", careless), "\n"), strings.Join([]string{
		"careless.go:4: CreateWebhook uses send: a read goes through get and everything else through write",
		"careless.go:4: a POST that is repeatable has to say why, in a comment above its field `repeating`",
		"careless.go:9: DeleteWebhook uses NewRequest: a read goes through get and everything else through write",
		"careless.go:10: DeleteWebhook uses http: a read goes through get and everything else through write",
		"careless.go:15: a call with a method has to say whether it is repeatable or notRepeatable, in its field `repeating`",
		"careless.go:21: method and repeating of a call stand where the call is made, and are not assigned later",
		"careless.go:21: method and repeating of a call stand where the call is made, and are not assigned later",
	}, "\n"))
}

// waysAround finds what would send a request without the rules for it.
func waysAround(t *testing.T, name string, source any) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	// entrances are what a request could be sent with, and the functions that may.
	entrances := map[string][]string{"send": {"get", "write"}, "http": {"send"}, "NewRequest": {"newRequest"}, "NewRequestWithContext": nil, "DefaultClient": nil}
	var problems []string
	report := func(node ast.Node, format string, values ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: ", name, files.Position(node.Pos()).Line)+fmt.Sprintf(format, values...))
	}
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(function, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.SelectorExpr:
				allowed, isEntrance := entrances[node.Sel.Name]
				if isEntrance && !slices.Contains(allowed, function.Name.Name) {
					report(node, "%s uses %s: a read goes through get and everything else through write", function.Name.Name, node.Sel.Name)
				}
			case *ast.AssignStmt:
				for _, target := range node.Lhs {
					field, isField := target.(*ast.SelectorExpr)
					if isField && (isNamed(field, "method") || isNamed(field, "repeating")) && function.Name.Name != "get" {
						report(target, "method and repeating of a call stand where the call is made, and are not assigned later")
					}
				}
			case *ast.CompositeLit:
				repeating := fieldOf(node, "repeating")
				switch method := fieldOf(node, "method"); {
				case !isCall(node) || method == nil:
				case repeating == nil:
					report(node, "a call with a method has to say whether it is repeatable or notRepeatable, in its field `repeating`")
				case isNamed(method.Value, "MethodPost") && isNamed(repeating.Value, "repeatable") && !hasCommentAbove(files, file, repeating):
					report(node, "a POST that is repeatable has to say why, in a comment above its field `repeating`")
				}
			}
			return true
		})
	}
	return problems
}

func isCall(literal *ast.CompositeLit) bool {
	return literal.Type != nil && isNamed(literal.Type, "call")
}

// isNamed is for names with and without a package in front.
func isNamed(expression ast.Expr, name string) bool {
	if selector, ok := expression.(*ast.SelectorExpr); ok {
		expression = selector.Sel
	}
	identifier, ok := expression.(*ast.Ident)
	return ok && identifier.Name == name
}

func fieldOf(literal *ast.CompositeLit, name string) *ast.KeyValueExpr {
	for _, element := range literal.Elts {
		if field, ok := element.(*ast.KeyValueExpr); ok && isNamed(field.Key, name) {
			return field
		}
	}
	return nil
}

func hasCommentAbove(files *token.FileSet, file *ast.File, node ast.Node) bool {
	line := files.Position(node.Pos()).Line
	return slices.ContainsFunc(file.Comments, func(comment *ast.CommentGroup) bool {
		return files.Position(comment.End()).Line == line-1
	})
}

// TestWhatFollowsAWriteEndsAfterAStop: to read the account back is part of the write.
func TestWhatFollowsAWriteEndsAfterAStop(t *testing.T) {
	for _, name := range []string{"UpsertLinkedAccount", "DisconnectIntegration"} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			net := newNetwork(t, after(2*time.Second, answer(200, `{"success":true}`)), after(2*time.Second, operations[name].works()))
			if err := operations[name].do(ctx, newClient(t, net)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			expect(t, net.methods(), operations[name].requests+" GET")
		})
	}
}

// TestGuardOnWhatFollowsAWrite: the key was swapped at the server after the look-up.
// The write happened, which the error says.
func TestGuardOnWhatFollowsAWrite(t *testing.T) {
	elsewhere := strings.Replace(document("user"), `"test"`, `"production"`, 1)
	for _, name := range []string{"UpsertLinkedAccount", "DisconnectIntegration"} {
		net := newNetwork(t, answer(404, notFound("user")), answer(200, `{"success":true}`), answer(200, elsewhere))
		err := operations[name].do(t.Context(), newClient(t, net, guarding("test")))
		if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); !ok || *mismatch != (refold.EnvironmentError{Want: "test", Got: "production", Written: true}) {
			t.Errorf("%s: err = %v, want an EnvironmentError after the write", name, err)
		}
	}
}
