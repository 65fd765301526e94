// SPDX-License-Identifier: MPL-2.0

// Package module makes the Terraform module of this repository a repository of its own, because a
// module registry takes one module from each.
package module

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// folder is where the module is, relative to the repository.
const folder = "examples/modules/linked-accounts"

// Repository is the name that module registries want of the module's repository:
// terraform-PROVIDER-NAME.
const Repository = "terraform-refold-linked-accounts"

// Export writes the module of the repository at root, with its licence, into target: a folder that
// is empty, does not exist, or is a clone without files. It is an error, and nothing is written,
// when something of the module points out of it.
func Export(root, target string) error {
	if err := checkEmpty(target); err != nil {
		return err
	}
	source := os.DirFS(filepath.Join(root, filepath.FromSlash(folder)))
	if err := checkSelfContained(source); err != nil {
		return err
	}
	if err := copyFiles(target, source); err != nil {
		return fmt.Errorf("copy the module: %w", err)
	}
	licence, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return fmt.Errorf("read the licence: %w", err)
	}
	if err := os.WriteFile(filepath.Join(target, "LICENSE"), licence, 0o644); err != nil {
		return fmt.Errorf("write the licence: %w", err)
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

func copyFiles(target string, source fs.FS) error {
	return walk(source, func(name string) error {
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		file := filepath.Join(target, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, content, 0o644)
	})
}

// walk visits the files of the module, by path with slashes, without what a CLI has left there.
func walk(source fs.FS, visit func(name string) error) error {
	return fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".terraform":
			return fs.SkipDir
		case entry.IsDir() || entry.Name() == ".terraform.lock.hcl" || strings.Contains(entry.Name(), ".tfstate"):
			return nil
		}
		return visit(name)
	})
}
