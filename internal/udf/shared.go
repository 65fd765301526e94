// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// ExclusiveAttribute is udf_exclusive of a resource. What says whose fields it is about.
func ExclusiveAttribute(what string) schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true,
		Computed: true,
		Default:  booldefault.StaticBool(true),
		MarkdownDescription: "Whether `udf` is the whole set of user-defined fields " + what + ". Defaults to `true`. With `false`, only the configured keys are managed, beside fields of others, such as your application: " +
			"those are neither shown, nor compared, nor removed, and a key that leaves the configuration is removed at Refold (but not by a plan that also begins to share, because nobody knows then whose key it is). " +
			"Refold can only write the whole set, so every write reads it right before, which costs one more request, and sends the fields of others along; what others write in that moment is lost.",
	}
}

// IsShared reports whether a value of udf_exclusive says that others have fields beside the
// configured ones. One that is null, as in a state of an earlier version, does not.
func IsShared(exclusive types.Bool) bool {
	return !exclusive.IsNull() && !exclusive.IsUnknown() && !exclusive.ValueBool()
}

// Keys are names of fields, to the byte. Those of a configuration are in Unicode's normal form C:
// where others write a key in another form, it is theirs. A field that is null counts as absent.
type Keys map[string]bool

// KeysOf are the keys of fields, also of those that are null.
func KeysOf(fields map[string]any) Keys {
	keys := make(Keys, len(fields))
	for key := range fields {
		keys[key] = true
	}
	return keys
}

// With are the keys and some more.
func (k Keys) With(more ...string) Keys {
	all := maps.Clone(k)
	for _, key := range more {
		all[key] = true
	}
	return all
}

// Of are the stored fields that have one of the keys.
func (k Keys) Of(stored map[string]any) map[string]any {
	named := make(map[string]any, len(k))
	for key, field := range stored {
		if k[key] {
			named[key] = field
		}
	}
	return named
}

// Beside are the stored fields that have none of the keys, also those that are null: what is kept
// is kept as it is.
func (k Keys) Beside(stored map[string]any) map[string]any {
	others := maps.Clone(stored)
	maps.DeleteFunc(others, func(key string, _ any) bool { return k[key] })
	return others
}

// Left are the keys, in order, of fields that are there and have none of the keys.
func (k Keys) Left(fields map[string]any) []string {
	return slices.Sorted(maps.Keys(jsonvalue.WithoutNulls(k.Beside(fields))))
}

// Managed are the fields of a shared set that an update brings about: what is planned, and null for
// what the state has and is planned no more. Where the state was not shared, nobody knows which of
// its fields are those of others, and none is removed. What a plan keeps as the state has it
// although it is written otherwise, as lifecycle's ignore_changes does, is left alone.
func Managed(ctx context.Context, planned, written, state map[string]any, wasShared bool) map[string]any {
	managed := map[string]any{}
	for key, field := range planned {
		if !jsonvalue.SameJSON(ctx, field, state[key]) || jsonvalue.SameJSON(ctx, field, written[key]) {
			managed[key] = field
		}
	}
	for _, key := range KeysOf(planned).Left(state) {
		if wasShared {
			managed[key] = nil
		}
	}
	return managed
}
