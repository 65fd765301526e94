// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// wordsOf are the words of a plan. They are digests: a map of thousands is not kept.
func wordsOf(plan tftypes.Value) ownership.Words {
	words := ownership.Words{}
	for name, value := range Attributes(plan) {
		if value.IsFullyKnown() {
			digest := sha256.New()
			writeWords(digest, value)
			words[name] = string(digest.Sum(nil))
		}
	}
	return words
}

// writeWords writes a known value. Unlike its own text, this one has all digits of a number.
func writeWords(to io.Writer, value tftypes.Value) {
	var elements map[string]tftypes.Value
	var items []tftypes.Value
	text, isPrimitive := primitiveText(value)
	switch {
	case value.IsNull():
		fmt.Fprint(to, "null,")
	case isPrimitive:
		fmt.Fprintf(to, "%s %q,", value.Type(), text)
	case value.As(&elements) == nil:
		fmt.Fprint(to, "{")
		for _, key := range slices.Sorted(maps.Keys(elements)) {
			fmt.Fprintf(to, "%q:", key)
			writeWords(to, elements[key])
		}
		fmt.Fprint(to, "},")
	case value.As(&items) == nil:
		fmt.Fprint(to, "[")
		for _, item := range items {
			writeWords(to, item)
		}
		fmt.Fprint(to, "],")
	}
}
