// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func defaultAppState() providerdata.PrivateState[credentials.DefaultApp] {
	return providerdata.PrivateState[credentials.DefaultApp]{Key: "default_app", About: "`your_app`"}
}

// importingState marks a state that an import began and no read completed.
func importingState() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "importing", About: "an import"}
}

// readDefaultApp returns nil where the resource has not set it up.
func readDefaultApp(ctx context.Context, private providerdata.PrivateReader) (*credentials.DefaultApp, diag.Diagnostics) {
	return defaultAppState().Read(ctx, private)
}

func keepDefaultApp(ctx context.Context, private providerdata.PrivateWriter, app *credentials.DefaultApp) diag.Diagnostics {
	return defaultAppState().Keep(ctx, private, app)
}

func markImporting(ctx context.Context, private providerdata.PrivateWriter) diag.Diagnostics {
	return importingState().Keep(ctx, private, new(true))
}

func isImporting(ctx context.Context, private providerdata.PrivateReader) (bool, diag.Diagnostics) {
	importing, diagnostics := importingState().Read(ctx, private)
	return importing != nil, diagnostics
}

func unmarkImporting(ctx context.Context, private providerdata.PrivateWriter) diag.Diagnostics {
	return importingState().Keep(ctx, private, nil)
}
