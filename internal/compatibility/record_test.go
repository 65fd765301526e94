// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What a release has written is never written again, and nothing is recorded of what no changelog
// knows.
func TestRecordsThatAreRefused(t *testing.T) {
	log := logOf(t, "## 0.2.0 (Unreleased)\n## 0.1.0 (May 1, 2027)\n")
	records := t.TempDir()
	kept := filepath.Join(records, "0.1.0", schemaFile)
	if err := writeFiles(filepath.Dir(kept), map[string]string{schemaFile: "provider: needs Terraform 1.5\n"}); err != nil {
		t.Fatal(err)
	}
	for number, want := range map[string]string{"0.1.0": "0.1.0 is released", "0.3.0": `CHANGELOG.md has no version "0.3.0"`} {
		if err := record(t.Context(), records, log, number, t.Output()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", number, err)
		}
	}
	if text, err := os.ReadFile(kept); err != nil || string(text) != "provider: needs Terraform 1.5\n" {
		t.Errorf("the record has become %q, %v", text, err)
	}
}

// A mock that is given what another one held, holds the same.
func TestContentComesBack(t *testing.T) {
	first, second := mockapi.New(), mockapi.New()
	makeKnown(first)
	encoded, err := json.Marshal(contentOf(first))
	if err != nil {
		t.Fatal(err)
	}
	held, err := parseContent(encoded)
	if err != nil {
		t.Fatal(err)
	}
	held.putInto(second)
	if difference := cmp.Diff(contentOf(first), contentOf(second)); difference != "" {
		t.Error(difference)
	}
	if _, err := parseContent([]byte(`{"Webhooks": []}`)); err == nil {
		t.Error("a field that nobody knows is read")
	}
}

// The schema is written down, and what has changed since the last release is said.
func TestWriteSchema(t *testing.T) {
	records, log := t.TempDir(), logOf(t, "## 0.2.0 (Unreleased)\n## 0.1.0 (May 1, 2027)\n")
	if err := writeFiles(filepath.Join(records, "0.1.0"), map[string]string{schemaFile: "provider: needs Terraform 1.5\nresource/refold_other: version 0\n"}); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	if err := writeSchema(t.Context(), records, log, &said); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"changes since 0.1.0", "  breaking: resource/refold_other: is gone", "  additive: resource/refold_config: is new"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, said.String())
		}
	}
	written, err := readFacts(filepath.Join(records, schemaFile))
	if err != nil {
		t.Fatal(err)
	}
	if now, err := providerFacts(t.Context()); err != nil || now.String() != written.String() {
		t.Errorf("what is written down is not the schema: %v", err)
	}
}
