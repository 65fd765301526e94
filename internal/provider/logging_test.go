// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// Logs leave the process past the server that redacts. So one place writes them, with what the
// client has redacted.
func TestOnlyOnePlaceLogs(t *testing.T) {
	t.Parallel()
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	var logging []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(root, path)
		isShipped := !strings.HasPrefix(relative, filepath.Join("internal", "acctest")) && !strings.HasSuffix(path, "_test.go")
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || !isShipped {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imported := range file.Imports {
			if strings.HasPrefix(imported.Path.Value, `"github.com/hashicorp/terraform-plugin-log/`) {
				logging = append(logging, filepath.ToSlash(relative))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"internal/provider/provider.go"}; !slices.Equal(logging, want) {
		t.Errorf("%q write logs, want %q", logging, want)
	}
}
