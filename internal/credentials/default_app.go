// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// DefaultApp is what this resource set up of the organization's own app, kept in the private state.
// It outlives the removal of your_app: the app may stay connected then, and is still this
// resource's doing. Its methods return a changed copy, and nil for nothing.
type DefaultApp struct {
	// AppID is the app's id among the integrations. Empty while not known.
	AppID string `json:"app_id,omitempty"`
	// CredentialNames are the names, never the values, of credentials that this resource may have
	// stored.
	CredentialNames []string `json:"credential_names"`
}

// Names are those of CredentialNames.
func (d *DefaultApp) Names() []string {
	if d == nil {
		return nil
	}
	return d.CredentialNames
}

// HasNamesOf reports whether credentials have just these names.
func (d *DefaultApp) HasNamesOf(credentials types.Map) bool {
	return slices.Equal(d.Names(), slices.Sorted(maps.Keys(credentials.Elements())))
}

// With adds names; without any it is what it was.
func (d *DefaultApp) With(names []string) *DefaultApp {
	if len(names) == 0 {
		return d
	}
	var added DefaultApp
	if d != nil {
		added = *d
	}
	added.CredentialNames = slices.Compact(slices.Sorted(slices.Values(slices.Concat(d.Names(), names))))
	return &added
}

// Without takes one name away; the app itself stays set up.
func (d *DefaultApp) Without(name string) *DefaultApp {
	if d == nil {
		return nil
	}
	kept := *d
	kept.CredentialNames = slices.DeleteFunc(slices.Clone(d.CredentialNames), func(known string) bool { return known == name })
	return &kept
}

// WithOwnAppID adds the id of the organization's own app, where it is missing and any account of
// this run has shown it by now.
func (d *DefaultApp) WithOwnAppID(data *providerdata.Data) *DefaultApp {
	id, known := data.OwnAppID()
	if d == nil || d.AppID != "" || !known {
		return d
	}
	named := *d
	named.AppID = id
	return &named
}
