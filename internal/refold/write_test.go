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
`
	expect(t, strings.Join(waysAround(t, "careless.go", careless), "\n"), strings.Join([]string{
		"careless.go:4: CreateWebhook uses send: a read goes through get and everything else through write",
		"careless.go:10: DeleteWebhook uses http: a read goes through get and everything else through write",
		"careless.go:15: a call with a method has to say whether it is repeatable or notRepeatable, in its field `repeating`",
	}, "\n"))
}

// waysAround finds what would send a request without the rules for it.
func waysAround(t *testing.T, name string, source any) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	entrances := map[string][]string{"send": {"get", "write"}, "http": {"send", "New"}}
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
				owner, isName := node.X.(*ast.Ident)
				allowed, isEntrance := entrances[node.Sel.Name]
				if isName && owner.Name == "c" && isEntrance && !slices.Contains(allowed, function.Name.Name) {
					report(node, "%s uses %s: a read goes through get and everything else through write", function.Name.Name, node.Sel.Name)
				}
			case *ast.CompositeLit:
				if isUndeclared(node) {
					report(node, "a call with a method has to say whether it is repeatable or notRepeatable, in its field `repeating`")
				}
			}
			return true
		})
	}
	return problems
}

func isUndeclared(literal *ast.CompositeLit) bool {
	if name, ok := literal.Type.(*ast.Ident); !ok || name.Name != "call" {
		return false
	}
	return hasField(literal, "method") && !hasField(literal, "repeating")
}

func hasField(literal *ast.CompositeLit, name string) bool {
	return slices.ContainsFunc(literal.Elts, func(element ast.Expr) bool {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, ok := field.Key.(*ast.Ident)
		return ok && key.Name == name
	})
}

// TestWhatFollowsAWriteEndsAfterAStop: to read the account back is part of the write.
func TestWhatFollowsAWriteEndsAfterAStop(t *testing.T) {
	for _, name := range []string{"UpsertLinkedAccount", "DisconnectIntegration"} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			net := newNetwork(t, after(2*time.Second, answer(200, `{"success":true}`)), after(2*time.Second, answer(200, fine)))
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
		if wrong, ok := errors.AsType[*refold.EnvironmentError](err); !ok || *wrong != (refold.EnvironmentError{Want: "test", Got: "production", Written: true}) {
			t.Errorf("%s: err = %v, want an EnvironmentError after the write", name, err)
		}
	}
}
