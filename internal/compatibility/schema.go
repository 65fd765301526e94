// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gocobalt/terraform-provider-refold/internal/compatibility/schema"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// schemaFile is the name of a list of facts: at the top of the folder of records that of the code,
// and in the folder of a version that of the version.
const schemaFile = "schema.txt"

// providerFacts are those of the code.
func providerFacts(ctx context.Context) (schema.Facts, error) {
	return schema.Read(ctx, provider.New("schema")())
}

// readFacts reads those that were written down.
func readFacts(file string) (schema.Facts, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the facts of a schema: %w", err)
	}
	facts, err := schema.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return facts, nil
}

func writeFacts(file string, facts schema.Facts) error {
	if err := os.WriteFile(file, []byte(facts.String()), 0o644); err != nil {
		return fmt.Errorf("write the facts of the schema: %w", err)
	}
	return nil
}

// sinceBase are the changes of the code since the version that it is held against.
func sinceBase(records string, log changelog, now schema.Facts) ([]schema.Change, error) {
	before, err := readFacts(filepath.Join(records, log.base(), schemaFile))
	if err != nil {
		return nil, err
	}
	return schema.Compare(before, now), nil
}

// refused are the changes that nobody has announced, or prepared states for, each with what to do.
// What bears the date of a release has to be recorded as it is, in all words.
func refused(changes []schema.Change, log changelog) []string {
	var problems []string
	if newest := log.versions[0]; newest.isReleased && len(changes) > 0 {
		problems = append(problems, fmt.Sprintf("CHANGELOG.md gives %s a date, and its record is of another schema: "+
			"begin the next version there; or before the release, call this one unreleased and record it again: make record VERSION=%s", newest.number, newest.number))
	}
	for _, one := range changes {
		switch {
		case one.Class == schema.NeedsUpgrade:
			problems = append(problems, one.String())
		case one.Class == schema.Breaking && !log.names(one.Object, one.Attribute()):
			problems = append(problems, fmt.Sprintf("%s\n  undo it, or write into CHANGELOG.md, under BREAKING CHANGES: of a version that is not released: %s", one, announcement(one)))
		}
	}
	return problems
}

// announcement is how the line of a breaking change begins.
func announcement(change schema.Change) string {
	if change.Attribute() == "" {
		return fmt.Sprintf("* %s: ...", change.Object)
	}
	return fmt.Sprintf("* %s: `%s` ...", change.Object, change.Attribute())
}
