// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

const (
	// casesFolder holds the configurations that a release records, a folder each.
	casesFolder = "cases"
	// importsFile of a case is there for the apply only, as import blocks are.
	importsFile       = "imports.tf"
	configurationFile = "main.tf"
	// stateFile is not called as a CLI calls it, for what is called so is kept out of repositories.
	stateFile   = "state.json"
	contentFile = "refold.json"
	// cliStateFile is what a CLI calls it.
	cliStateFile = "terraform.tfstate"
)

// record keeps schema and states of a version that is to be released. What a release has written
// once, never changes, and what was recorded before stays until all of it is recorded anew.
func record(ctx context.Context, records string, log changelog, number string, out io.Writer) (err error) {
	wanted, err := log.find(number)
	if err != nil {
		return err
	}
	folder := filepath.Join(records, number)
	if _, err := os.Stat(folder); wanted.isReleased && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is released: what its users rely on is recorded, and stays as it is", number)
	}
	facts, err := providerFacts(ctx)
	if err != nil {
		return err
	}
	cases, err := os.ReadDir(filepath.Join(records, casesFolder))
	if err != nil {
		return fmt.Errorf("look for configurations to record: %w", err)
	}
	found, err := cli.Ensure(ctx, out)
	if err != nil {
		return err
	}
	fresh := folder + ".new"
	if err := errors.Join(os.RemoveAll(fresh), os.Mkdir(fresh, 0o755)); err != nil {
		return fmt.Errorf("make the folder of %s: %w", number, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(fresh)) }()
	if err := writeFacts(filepath.Join(fresh, schemaFile), facts); err != nil {
		return err
	}
	for _, one := range cases {
		fmt.Fprintf(out, "recording %s with %s\n", one.Name(), found)
		if err := recordCase(ctx, found, filepath.Join(records, casesFolder, one.Name()), filepath.Join(fresh, one.Name())); err != nil {
			return fmt.Errorf("record %s: %w", one.Name(), err)
		}
	}
	if err := errors.Join(os.RemoveAll(folder), os.Rename(fresh, folder)); err != nil {
		return fmt.Errorf("put the records of %s in place: %w", number, err)
	}
	return nil
}

// recordCase applies a configuration, and keeps it with the state and with what Refold then held.
func recordCase(ctx context.Context, found cli.CLI, source, target string) (err error) {
	files, err := filesIn(source)
	if err != nil {
		return err
	}
	stage, err := bed.New(ctx, found, files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stage.Close()) }()
	makeKnown(stage.Mock)
	apply := []string{"apply", "-auto-approve", "-input=false", "-no-color"}
	if err := stage.Run(ctx, apply...); err != nil {
		return err
	}
	if _, hasImports := files[importsFile]; hasImports {
		if err := stage.Write(importsFile, ""); err != nil {
			return err
		}
	}
	// Once more, for what the creation of one object has moved in another: times, for example.
	if err := stage.Run(ctx, apply...); err != nil {
		return err
	}
	if err := stage.Run(ctx, bed.NoopPlan()...); err != nil {
		return err
	}
	state, err := os.ReadFile(filepath.Join(stage.Workspace.Folder, cliStateFile))
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	held, err := json.MarshalIndent(contentOf(stage.Mock), "", "  ")
	if err != nil {
		return fmt.Errorf("write down what Refold holds: %w", err)
	}
	return writeFiles(target, map[string]string{configurationFile: files[configurationFile], stateFile: string(state), contentFile: string(held) + "\n"})
}

// filesIn are the files of a folder by name.
func filesIn(folder string) (map[string]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("read a configuration: %w", err)
	}
	files := map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read a configuration: %w", err)
		}
		files[entry.Name()] = string(content)
	}
	return files, nil
}

func writeFiles(folder string, files map[string]string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make a folder for a record: %w", err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			return fmt.Errorf("write a record: %w", err)
		}
	}
	return nil
}
