// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

// trackedKey holds a map of tracked by linked account id.
const trackedKey = "accounts_with_credentials"

// tracked is what is kept of an account that was given credentials, which
// Refold does not return.
type tracked struct {
	// ID is Refold's own id: another one means that the account was made anew,
	// without the credentials.
	ID string `json:"id,omitempty"`
	// App is what was set up of the organization's own app.
	App *credentials.DefaultApp `json:"app"`
	// Version is the auth_credentials_wo_version of the credentials that were last
	// sent, nil for credentials of the plain form.
	Version *int64 `json:"version,omitempty"`
}

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func readTracked(ctx context.Context, private privateReader, diagnostics *diag.Diagnostics) map[string]tracked {
	raw, problems := private.GetKey(ctx, trackedKey)
	diagnostics.Append(problems...)
	kept := map[string]tracked{}
	if problems.HasError() || len(raw) == 0 {
		return kept
	}
	if err := json.Unmarshal(raw, &kept); err != nil {
		diagnostics.AddError("Unreadable private state", "What the state keeps about credentials cannot be read: "+err.Error())
	}
	return kept
}

func keepTracked(ctx context.Context, private privateWriter, kept map[string]tracked) diag.Diagnostics {
	if len(kept) == 0 {
		return private.SetKey(ctx, trackedKey, nil)
	}
	raw, err := json.Marshal(kept)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("The names of credentials cannot be kept", err.Error())}
	}
	return private.SetKey(ctx, trackedKey, raw)
}
