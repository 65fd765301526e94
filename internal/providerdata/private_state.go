// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateReader is the private state of a resource, or the private data of an ephemeral resource,
// as a request has it.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is the same as a response has it.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// PrivateState is one value that an object keeps there, as JSON.
type PrivateState[T any] struct {
	Key string
	// About is what the value says something about, in words for users.
	About string
}

// Read returns the value, or nil where none is kept. The error for one that is damaged quotes
// nothing of it: it may be secret.
func (p PrivateState[T]) Read(ctx context.Context, from PrivateReader) (*T, diag.Diagnostics) {
	encoded, diagnostics := from.GetKey(ctx, p.Key)
	if len(encoded) == 0 || diagnostics.HasError() {
		return nil, diagnostics
	}
	value := new(T)
	if json.Unmarshal(encoded, value) != nil {
		diagnostics.AddError("Unreadable private state", "What the state of this resource keeps about "+p.About+" cannot be read: it is damaged, or another version of the provider wrote it. "+
			"Nothing was changed. Use the version that wrote it, or restore the state from a backup.")
		return nil, diagnostics
	}
	return value, diagnostics
}

// Keep replaces the value; with nil, none is kept.
func (p PrivateState[T]) Keep(ctx context.Context, in PrivateWriter, value *T) diag.Diagnostics {
	if value == nil {
		return in.SetKey(ctx, p.Key, nil)
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be kept", "What is to be kept about "+p.About+" cannot be written as JSON. This is a bug in the provider; please report it.")}
	}
	return in.SetKey(ctx, p.Key, encoded)
}
