// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// toolModule is the go.mod that pins tfplugindocs, relative to the repository.
const toolModule = "internal/tools/docs/go.mod"

// generate renders templates/ and examples/ of a folder into pages, without touching that folder,
// and checks that the pages are those that the provider needs. Repository is where toolModule is
// found.
func generate(ctx context.Context, repository, source string, schema *tfjson.ProviderSchema) (_ files, err error) {
	copied, err := os.MkdirTemp("", "refold-docs-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to generate in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(copied)) }()
	examples, err := copySources(copied, source, schema)
	if err != nil {
		return nil, err
	}
	schemaFile := filepath.Join(copied, "schema.json")
	if err := writeSchema(schemaFile, schema); err != nil {
		return nil, err
	}
	if err := runTool(ctx, repository, "generate", copied, schemaFile); err != nil {
		return nil, err
	}
	pages, err := finishPages(copied, source)
	if err != nil {
		return nil, err
	}
	if problems := checkPages(objectsOf(schema), pages, examples); len(problems) > 0 {
		return nil, fmt.Errorf("the pages that were generated are not right, so docs/ was left alone:\n  %s", strings.Join(problems, "\n  "))
	}
	return pages, runTool(ctx, repository, "validate", copied, schemaFile)
}

// finishPages reads what tfplugindocs has made of the copied sources, and finishes it there as
// well.
func finishPages(copied, source string) (files, error) {
	pages, err := readFiles(filepath.Join(copied, "docs"))
	if err != nil {
		return nil, fmt.Errorf("read the generated pages: %w", err)
	}
	readme, err := os.ReadFile(filepath.Join(copied, "README.md"))
	if err != nil {
		return nil, fmt.Errorf("read README.md: %w", err)
	}
	features, err := readFeatures(string(readme))
	if err != nil {
		return nil, err
	}
	if err := finish(pages, source, features); err != nil {
		return nil, fmt.Errorf("finish the pages: %w", err)
	}
	for _, page := range pages.paths() {
		if err := writeFile(filepath.Join(copied, "docs"), page, pages[page]); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// copySources copies what pages are made of, with what is derived from it, and returns the
// examples.
func copySources(target, source string, schema *tfjson.ProviderSchema) (files, error) {
	sources, examples := files{}, files{}
	for _, folder := range []string{"templates", "examples"} {
		content, err := readFiles(filepath.Join(source, folder))
		if err != nil {
			return nil, fmt.Errorf("read %s/: %w", folder, err)
		}
		for file, text := range content {
			sources[path.Join(folder, file)] = text
		}
		examples = content
	}
	readme, err := os.ReadFile(filepath.Join(source, "README.md"))
	if err != nil {
		return nil, fmt.Errorf("read README.md: %w", err)
	}
	sources["README.md"] = readme
	if err := derive(sources, schema); err != nil {
		return nil, err
	}
	said, err := diagnosticsIn(os.DirFS(source))
	if err != nil {
		return nil, err
	}
	deriveTroubleshooting(sources, said)
	for _, file := range sources.paths() {
		if err := writeFile(target, file, sources[file]); err != nil {
			return nil, err
		}
	}
	return examples, nil
}

func writeSchema(file string, schema *tfjson.ProviderSchema) error {
	text, err := json.Marshal(tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas:       map[string]*tfjson.ProviderSchema{schemaKey: schema},
	})
	if err != nil {
		return fmt.Errorf("write the provider's schema as JSON: %w", err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return fmt.Errorf("write the provider's schema: %w", err)
	}
	return nil
}

// runTool runs tfplugindocs. With a schema file it neither builds the provider nor looks for a CLI.
func runTool(ctx context.Context, repository, command, folder, schemaFile string) error {
	tool := exec.CommandContext(ctx, "go", "tool", "-modfile="+toolModule, "tfplugindocs", command,
		"--provider-dir", folder, "--provider-name", providerName, "--providers-schema", schemaFile)
	tool.Dir = repository
	// A user's own Go flags and workspace would make another build of the tool.
	tool.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
	var output bytes.Buffer
	tool.Stdout, tool.Stderr = &output, &output
	if err := tool.Run(); err != nil {
		// The reader of the message knows the repository, not the copy.
		said := strings.ReplaceAll(output.String(), folder+string(filepath.Separator), "")
		return fmt.Errorf("tfplugindocs %s: %w: %s", command, err, reasonIn(said))
	}
	return nil
}

// reasonIn is why tfplugindocs failed, which it says after all that worked: the rest of the
// output, or all of it.
func reasonIn(output string) string {
	const begin = "Error executing command: "
	if i := strings.LastIndex(output, begin); i >= 0 {
		output = output[i+len(begin):]
	}
	// go tool adds how the tool ended.
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(output), "exit status 1"))
}

// readFiles reads a folder, without what a CLI leaves in one. A folder that does not exist is
// empty.
func readFiles(folder string) (files, error) {
	content := files{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case name == "." && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			return skip(entry)
		case entry.IsDir():
			return nil
		}
		content[name], err = os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		return err
	})
	return content, err
}

// writeFile writes name below a folder, with the folders in between.
func writeFile(folder, name string, content []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("make the folder of %s: %w", name, err)
	}
	if err := os.WriteFile(target, content, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}
