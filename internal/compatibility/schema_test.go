// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gocobalt/terraform-provider-refold/internal/compatibility/schema"
)

func repositoryLog(t *testing.T) changelog {
	t.Helper()
	log, err := changelogOf(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// The schema is the one that is written down, so that a review sees each change of it.
func TestSchemaIsWrittenDown(t *testing.T) {
	now, err := providerFacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("testdata", schemaFile))
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(now.String(), "\n")); difference != "" {
		t.Errorf("testdata/%s is stale; mend it with: make schema\n%s", schemaFile, difference)
	}
}

// Nothing that the last release offered is taken away without a word in the changelog, or without
// an upgrade of its states.
func TestSchemaKeepsWhatWasReleased(t *testing.T) {
	log := repositoryLog(t)
	now, err := providerFacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changes, err := sinceBase("testdata", log, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range refused(changes, log) {
		t.Errorf("since %s: %s", log.base(), problem)
	}
}

func TestRefused(t *testing.T) {
	log := logOf(t, "## 0.2.0 (Unreleased)\n\nBREAKING CHANGES:\n\n* resource/refold_a, provider: `old.name` is gone\n* function/f: another order\n\n## 0.1.0 (May 1, 2027)\n")
	for _, test := range []struct {
		change  schema.Change
		refuses string
	}{
		{schema.Change{Class: schema.Breaking, Object: "resource/refold_a", Part: "old.name"}, ""},
		{schema.Change{Class: schema.Breaking, Object: "provider", Part: "old.name"}, ""},
		{schema.Change{Class: schema.Breaking, Object: "function/f", Part: "parameter:1"}, ""},
		{schema.Change{Class: schema.Breaking, Object: "function/f", Part: "return"}, ""},
		{schema.Change{Class: schema.Breaking, Object: "resource/refold_a", Part: "name"}, "* resource/refold_a: `name` ..."},
		{schema.Change{Class: schema.Breaking, Object: "resource/refold_a", Part: "identity:id"}, "* resource/refold_a: `id` ..."},
		{schema.Change{Class: schema.Breaking, Object: "data-source/refold_a", Part: "old.name"}, "* data-source/refold_a: `old.name` ..."},
		{schema.Change{Class: schema.Breaking, Object: "function/g"}, "* function/g: ..."},
		{schema.Change{Class: schema.NeedsUpgrade, Object: "resource/refold_a", Part: "old.name", What: "raise it"}, "raise it"},
		{schema.Change{Class: schema.Additive, Object: "provider", Part: "more"}, ""},
		{schema.Change{Class: schema.TextOnly, Object: "provider", Part: "more"}, ""},
	} {
		problems := strings.Join(refused([]schema.Change{test.change}, log), "\n")
		if test.refuses == "" && problems != "" || !strings.Contains(problems, test.refuses) {
			t.Errorf("%+v: %q", test.change, problems)
		}
	}
}

// A release is recorded right before it gets its date, so that nothing is released that its record
// does not know.
func TestStaleRecordOfARelease(t *testing.T) {
	released := logOf(t, "## 0.1.0 (May 1, 2027)\n")
	changes := []schema.Change{{Class: schema.TextOnly, Object: "provider"}}
	if problems := refused(changes, released); len(problems) != 1 || !strings.Contains(problems[0], "make record VERSION=0.1.0") {
		t.Errorf("another schema: %q", problems)
	}
	if problems := refused(nil, released); len(problems) > 0 {
		t.Errorf("the same schema: %q", problems)
	}
}
