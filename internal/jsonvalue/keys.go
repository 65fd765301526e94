// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// WithoutNulls are the fields that are not null, in a map of their own.
func WithoutNulls(fields map[string]any) map[string]any {
	kept := make(map[string]any, len(fields))
	maps.Copy(kept, fields)
	maps.DeleteFunc(kept, func(_ string, field any) bool { return field == nil })
	return kept
}

// InNormalForm are the fields with their keys in Unicode's normal form C, into which Terraform
// brings every text. It fails for keys that become one.
func InNormalForm(fields map[string]any) (map[string]any, error) {
	named := make(map[string]any, len(fields))
	for key, field := range fields {
		name := norm.NFC.String(key)
		if _, isTaken := named[name]; isTaken {
			return nil, twinsError(fields, name)
		}
		named[name] = field
	}
	return named, nil
}

func twinsError(fields map[string]any, name string) error {
	var twins []string
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if norm.NFC.String(key) == name {
			twins = append(twins, strconv.QuoteToASCII(key))
		}
	}
	return fmt.Errorf("keys %s are one and the same to Terraform, which brings every text into Unicode's normal form C", strings.Join(twins, " and "))
}
