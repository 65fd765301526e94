// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// credentialChange is what an update does to the credentials at Refold.
type credentialChange struct {
	// seed sends all of them through the upsert, for a default app that this
	// resource has not set up yet.
	seed bool
	// put and remove name single credentials, sorted.
	put    []string
	remove []string
	// before is what is set up at Refold before the change; nil for nothing.
	before *defaultApp
}

func (c credentialChange) isEmpty() bool { return !c.seed && len(c.put) == 0 && len(c.remove) == 0 }

// planCredentialChange compares the your_app of a state with that of a
// configuration. Values of write-only credentials are not known afterwards, so
// all of them are sent when their version changes, and none otherwise; their
// names are in the private state.
func planCredentialChange(ctx context.Context, state, config types.Object, kept *defaultApp, diagnostics *diag.Diagnostics) credentialChange {
	before, after := readYourApp(ctx, state, diagnostics), readYourApp(ctx, config, diagnostics)
	known := map[string]string{}
	if before != nil && !before.isWriteOnly() {
		known = before.credentials(ctx, diagnostics)
	}
	change := credentialChange{before: kept.with(credentialNames(known))}
	if after == nil {
		change.remove = change.before.names()
		return change
	}
	wanted := after.credentials(ctx, diagnostics)
	switch {
	case before == nil || !before.AppID.Equal(after.AppID):
		change.seed = true
	case before.isWriteOnly() && after.isWriteOnly() && before.AuthCredentialsWOVersion.Equal(after.AuthCredentialsWOVersion):
		return change
	}
	for _, name := range credentialNames(wanted) {
		if value, ok := known[name]; !change.seed && (!ok || value != wanted[name]) {
			change.put = append(change.put, name)
		}
	}
	for _, name := range change.before.names() {
		if _, ok := wanted[name]; !ok {
			change.remove = append(change.remove, name)
		}
	}
	return change
}

// noYourApp is the null value of the your_app attribute.
func noYourApp() types.Object {
	attributeTypes := map[string]attr.Type{}
	for name, attribute := range yourAppSchema().Attributes {
		attributeTypes[name] = attribute.GetType()
	}
	return types.ObjectNull(attributeTypes)
}

func credentialNames(credentials map[string]string) []string {
	return slices.Sorted(maps.Keys(credentials))
}
