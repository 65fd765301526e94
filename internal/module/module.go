// SPDX-License-Identifier: MPL-2.0

// Package module makes the Terraform module of this repository a repository of its own, because a
// module registry takes one module from each.
package module

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// folder is where the module is, relative to the repository.
const folder = "examples/modules/linked-accounts"

// Repository is the name that module registries want of the module's repository:
// terraform-PROVIDER-NAME.
const Repository = "terraform-refold-linked-accounts"

// Export writes the module of the repository at root, with its licence, into target: a folder that
// is empty, does not exist, or is a clone without files. It takes the files that git tracks, as
// they are in the work tree: what else lies there may be a plan or values, with secrets. It is an
// error, and nothing is written, when something of the module points out of it.
func Export(ctx context.Context, root, target string) error {
	if err := checkEmpty(target); err != nil {
		return err
	}
	source, err := readTracked(ctx, root)
	if err != nil {
		return fmt.Errorf("read the module: %w", err)
	}
	if err := source.checkSelfContained(); err != nil {
		return err
	}
	licence, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return fmt.Errorf("read the licence: %w", err)
	}
	source["LICENSE"] = licence
	if err := source.write(target); err != nil {
		return fmt.Errorf("write the module: %w", err)
	}
	return nil
}

// checkEmpty refuses a folder with files, none of which are ours to overwrite.
func checkEmpty(target string) error {
	entries, err := os.ReadDir(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look into the folder to export to: %w", err)
	}
	for _, entry := range entries {
		if entry.Name() != ".git" {
			return fmt.Errorf("%s is not empty: it has %s. Export into an empty folder, or remove the files of a clone first (git rm -r .)", target, entry.Name())
		}
	}
	return nil
}

// files are contents by path, with slashes and below the folder of the module.
type files map[string][]byte

// readTracked reads the files of the module that git tracks. One that was removed, and is tracked
// still, is left out. The clone may belong to another user, as in containers, of whom git is wary:
// whoever exports is running code of it already.
func readTracked(ctx context.Context, root string) (files, error) {
	var problem bytes.Buffer
	command := exec.CommandContext(ctx, "git", "-C", root, "-c", "safe.directory=*", "ls-files", "-z", "--", folder)
	command.Stderr = &problem
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("ask git for its files: %w: %s", err, problem.String())
	}
	source := files{}
	for file := range strings.FieldsFuncSeq(string(output), func(r rune) bool { return r == 0 }) {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		source[strings.TrimPrefix(file, folder+"/")] = content
	}
	if len(source) == 0 {
		return nil, fmt.Errorf("git tracks no file of %s", folder)
	}
	return source, nil
}

func (f files) write(target string) error {
	for name, content := range f {
		file := filepath.Join(target, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// has reports whether there is such a file, or a folder with files.
func (f files) has(name string) bool {
	_, isFile := f[name]
	if isFile || name == "." {
		return true
	}
	for file := range f {
		if strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return false
}
