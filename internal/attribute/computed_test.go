// SPDX-License-Identifier: MPL-2.0

package attribute_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

func TestTextOrNull(t *testing.T) {
	if text := attribute.TextOrNull("a"); text.ValueString() != "a" {
		t.Errorf("text %s", text)
	}
	if text := attribute.TextOrNull(""); !text.IsNull() {
		t.Errorf("no text %s", text)
	}
}
