// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// defaultApp is kept where the resource has set it up.
func defaultApp() providerdata.PrivateState[credentials.DefaultApp] {
	return providerdata.PrivateState[credentials.DefaultApp]{Key: "default_app", About: "`your_app`"}
}

// unsettled are credentials that an update has to send again or to remove, although your_app stays
// as it is: an earlier update failed half-way.
func unsettled(ctx context.Context, planned, config types.Object, kept *credentials.DefaultApp, diagnostics *diag.Diagnostics) []string {
	app, written := readSentApp(ctx, planned, diagnostics), readSentApp(ctx, config, diagnostics)
	if app == nil {
		return kept.Names()
	}
	if app.isWriteOnly() && (written == nil || credentials.HasNull(written.AuthCredentialsWO)) {
		// As ignore_changes, or a variable that is not set, leaves it: there is nothing to send.
		return nil
	}
	return kept.UncertainNames()
}

// checkSentValues refuses to send write-only credentials of a plan whose values are null. Of an
// account that is new, all are sent; before is the your_app of the state.
func checkSentValues(ctx context.Context, accountID string, before, planned, config types.Object, isNew bool, diagnostics *diag.Diagnostics) {
	merged := readYourApp(ctx, withWriteOnly(ctx, planned, config, diagnostics), diagnostics)
	if merged == nil || !merged.LacksValues() || readYourApp(ctx, config, diagnostics) == nil {
		return
	}
	prior := readSentApp(ctx, before, diagnostics)
	isSent := isNew || prior == nil || !prior.isWriteOnly() ||
		credentials.IsOther(prior.AuthCredentialsWOVersion, merged.AuthCredentialsWOVersion) || credentials.IsOther(prior.AppID, merged.AppID)
	if isSent {
		diagnostics.Append(nullValuesError(accountID))
	}
}

// planCredentialChange compares the your_app of a state with the desired one. Values of write-only
// credentials are not known afterwards, so all of them are sent when their version changes, and
// otherwise only what is uncertain; their names are in the private state. A state that
// ignore_changes has left with both a version and values does not tell which were sent last, so its
// values count as not known.
func planCredentialChange(ctx context.Context, state, desired types.Object, kept *credentials.DefaultApp, diagnostics *diag.Diagnostics) credentials.Change {
	before, after := readSentApp(ctx, state, diagnostics), readSentApp(ctx, desired, diagnostics)
	known := map[string]string{}
	if before != nil && before.AuthCredentialsWOVersion.IsNull() {
		known = before.credentials(ctx, diagnostics)
	}
	set := kept.With(credentials.Names(known))
	if after == nil {
		return credentials.Compare(set, nil, nil, false)
	}
	seed := before == nil || !before.AppID.Equal(after.AppID)
	if !seed && before.isWriteOnly() && after.isWriteOnly() && before.AuthCredentialsWOVersion.Equal(after.AuthCredentialsWOVersion) {
		if after.AuthCredentialsWO.IsNull() {
			// As ignore_changes, or a variable that is not set, leaves it: there is nothing to
			// send.
			return credentials.Change{Before: set}
		}
		return credentials.Settle(set, after.credentials(ctx, diagnostics))
	}
	return credentials.Compare(set, known, after.credentials(ctx, diagnostics), seed)
}
