// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/compatibility/schema"
)

// What is written down is read as it was.
func TestFacts(t *testing.T) {
	for line, fact := range map[string]schema.Fact{
		"provider: needs Terraform 1.5":                      {Object: "provider", Name: "needs", Value: "Terraform 1.5"},
		"resource/a: imports yes":                            {Object: "resource/a", Name: "imports", Value: "yes"},
		"resource/a b.c: usage optional+computed":            {Object: "resource/a", Part: "b.c", Name: "usage", Value: "optional+computed"},
		"resource/a identity:b: type string":                 {Object: "resource/a", Part: "identity:b", Name: "type", Value: "string"},
		"resource/a b: description Of two: one, or the rest": {Object: "resource/a", Part: "b", Name: "description", Value: "Of two: one, or the rest"},
		`resource/a b: description "One.\n\n\"Two.\""`:       {Object: "resource/a", Part: "b", Name: "description", Value: "One.\n\n\"Two.\""},
		`resource/a b: default "\"x\""`:                      {Object: "resource/a", Part: "b", Name: "default", Value: `"x"`},
	} {
		if got := fact.String(); got != line {
			t.Errorf("%+v is written as %q, want %q", fact, got, line)
		}
		if got, err := schema.ParseFact(line); err != nil || got != fact {
			t.Errorf("%q is read as %+v, %v", line, got, err)
		}
	}
	for _, line := range []string{"", "provider needs Terraform 1.5", `resource/a b: description "One.`} {
		if _, err := schema.Parse(line + "\n"); err == nil {
			t.Errorf("%q is read", line)
		}
	}
	sample := newSample().facts(t)
	again, err := schema.Parse(sample.String())
	if err != nil || again.String() != sample.String() {
		t.Errorf("read again, the facts are others: %v\n%s", err, again)
	}
}
