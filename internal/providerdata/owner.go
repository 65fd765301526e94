// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// keptOwner is the name of a resource in the claims of a run: see ownership.NewOwner.
type keptOwner struct {
	Name string `json:"name"`
}

func owner() PrivateState[keptOwner] {
	return PrivateState[keptOwner]{Key: "owner", About: "the run that made it"}
}

// Owner returns the name that the state of a resource keeps, and empty for none.
func Owner(ctx context.Context, private PrivateReader, diagnostics *diag.Diagnostics) string {
	kept, problems := owner().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return ""
	}
	return kept.Name
}

// KeepOwner keeps a name in the state of a resource, and returns it: a new one for an empty one.
func KeepOwner(ctx context.Context, private PrivateWriter, name string, diagnostics *diag.Diagnostics) string {
	if name == "" {
		name = ownership.NewOwner()
	}
	diagnostics.Append(owner().Keep(ctx, private, &keptOwner{name})...)
	return name
}
