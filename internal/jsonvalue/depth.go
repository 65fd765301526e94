// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"fmt"
	"maps"
	"slices"
)

// deepest bounds how far values may be nested; a field is at level 1. Nobody writes that deep, and
// it keeps a hostile answer from costing the CLI more than it can bear.
const deepest = 100

var errTooDeep = fmt.Errorf("it is nested more than %d levels deep", deepest)

// CheckDepth says why FromJSON takes a field for nested too deep, or returns nil.
func CheckDepth(field any) error {
	if isTooDeep(field, 1) {
		return errTooDeep
	}
	return nil
}

func isTooDeep(field any, depth int) bool {
	if depth > deepest {
		return true
	}
	isInnerTooDeep := func(inner any) bool { return isTooDeep(inner, depth+1) }
	switch field := field.(type) {
	case []any:
		return slices.ContainsFunc(field, isInnerTooDeep)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(field)), isInnerTooDeep)
	}
	return false
}
