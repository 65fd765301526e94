// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

const (
	// defaultAppKey holds a credentials.DefaultApp.
	defaultAppKey = "default_app"
	// importingKey marks a state that an import began and no read completed.
	importingKey = "importing"
)

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// readDefaultApp returns nil where the resource has not set it up.
func readDefaultApp(ctx context.Context, private privateReader) (*credentials.DefaultApp, diag.Diagnostics) {
	raw, diagnostics := private.GetKey(ctx, defaultAppKey)
	if diagnostics.HasError() || len(raw) == 0 {
		return nil, diagnostics
	}
	var app credentials.DefaultApp
	if json.Unmarshal(raw, &app) != nil {
		diagnostics.AddError("Unreadable private state", "What the state of this resource keeps about `your_app` cannot be read: it is damaged, or another version of the provider wrote it. "+
			"Nothing was changed. Use the version that wrote it, or restore the state from a backup.")
	}
	return &app, diagnostics
}

func keepDefaultApp(ctx context.Context, private privateWriter, app *credentials.DefaultApp) diag.Diagnostics {
	if app == nil {
		return private.SetKey(ctx, defaultAppKey, nil)
	}
	raw, err := json.Marshal(app)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("The names of credentials cannot be kept", err.Error())}
	}
	return private.SetKey(ctx, defaultAppKey, raw)
}

func markImporting(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, importingKey, []byte("true"))
}

func isImporting(ctx context.Context, private privateReader) (bool, diag.Diagnostics) {
	raw, diagnostics := private.GetKey(ctx, importingKey)
	return len(raw) > 0, diagnostics
}

func unmarkImporting(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, importingKey, nil)
}
