// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// tracked is what is kept of an account that was given credentials, which Refold does not return.
type tracked struct {
	// ID is Refold's own id: another one means that the account was made anew, without the
	// credentials.
	ID string `json:"id,omitempty"`
	// App is what was set up of the organization's own app.
	App *credentials.DefaultApp `json:"app"`
	// Version is the auth_credentials_wo_version of the credentials that were last sent without a
	// failure, nil for credentials of the plain form. It goes for those that are not uncertain.
	Version *int64 `json:"version,omitempty"`
}

// trackedState is what is kept of accounts, by linked account id.
func trackedState() providerdata.PrivateState[map[string]tracked] {
	return providerdata.PrivateState[map[string]tracked]{Key: "accounts_with_credentials", About: "credentials"}
}

func readTracked(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) map[string]tracked {
	kept, problems := trackedState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return map[string]tracked{}
	}
	return *kept
}

func keepTracked(ctx context.Context, private providerdata.PrivateWriter, kept map[string]tracked) diag.Diagnostics {
	if len(kept) == 0 {
		return trackedState().Keep(ctx, private, nil)
	}
	return trackedState().Keep(ctx, private, &kept)
}
