// SPDX-License-Identifier: MPL-2.0

package importexample_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/docs/importexample"
)

const rest = "\n\nresource \"refold_thing\" \"one\" {\n  name = \"One\"\n}\n"

func byID(id string) string {
	return "import {\n  to = refold_thing.one\n  id = \"" + id + "\"\n}" + rest
}

func TestCommand(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"6a313eda6d5528bdcf71ebac": "6a313eda6d5528bdcf71ebac",
		"a b":                      "'a b'",
		"it's":                     `'it'\''s'`,
	} {
		if got, err := importexample.Command(byID(id)); err != nil || got != "terraform import refold_thing.one "+want+"\n" {
			t.Errorf("%q: %q, %v", id, got, err)
		}
	}
}

func TestByIdentity(t *testing.T) {
	t.Parallel()
	got, err := importexample.ByIdentity(byID("one"), "thing_id")
	if want := "import {\n  to = refold_thing.one\n  identity = {\n    thing_id = \"one\"\n  }\n}" + rest; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
}

func TestWithoutAnImportBlock(t *testing.T) {
	t.Parallel()
	for _, configuration := range []string{rest, byID("${var.id}")} {
		if got, err := importexample.Command(configuration); err == nil {
			t.Errorf("the command of %q is %q", configuration, got)
		}
		if got, err := importexample.ByIdentity(configuration, "id"); err == nil {
			t.Errorf("%q by identity is %q", configuration, got)
		}
	}
}
