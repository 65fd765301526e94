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
	// stored. They are taken down before a request leaves, whose answer may get lost.
	CredentialNames []string `json:"credential_names"`
	// Uncertain are those of them that Refold may hold otherwise than the state says: they were
	// sent or removed in an update that was not completed.
	Uncertain []string `json:"uncertain,omitempty"`
}

// Names are those of CredentialNames.
func (d *DefaultApp) Names() []string {
	if d == nil {
		return nil
	}
	return d.CredentialNames
}

// Beyond are names that are not among those of credentials.
func (d *DefaultApp) Beyond(credentials map[string]string) []string {
	var beyond []string
	for _, name := range d.Names() {
		if _, ok := credentials[name]; !ok {
			beyond = append(beyond, name)
		}
	}
	return beyond
}

// HasNamesOf reports whether credentials have just these names.
func (d *DefaultApp) HasNamesOf(credentials types.Map) bool {
	return slices.Equal(d.Names(), slices.Sorted(maps.Keys(credentials.Elements())))
}

// UncertainNames are those of Uncertain.
func (d *DefaultApp) UncertainNames() []string {
	if d == nil {
		return nil
	}
	return d.Uncertain
}

// isUncertain reports whether Refold may hold the credential otherwise than the state says.
func (d *DefaultApp) isUncertain(name string) bool { return slices.Contains(d.UncertainNames(), name) }

// With adds names; without any it is what it was.
func (d *DefaultApp) With(names []string) *DefaultApp {
	if len(names) == 0 {
		return d
	}
	var added DefaultApp
	if d != nil {
		added = *d
	}
	added.CredentialNames = union(d.Names(), names)
	return &added
}

// Doubting adds names of which nothing is certain: requests about them are about to leave.
func (d *DefaultApp) Doubting(names ...string) *DefaultApp {
	if len(names) == 0 {
		return d
	}
	doubting := *d.With(names)
	doubting.Uncertain = union(doubting.Uncertain, names)
	return &doubting
}

// Settled is without doubt: all that was sent arrived, and these names were removed. The app itself
// stays set up.
func (d *DefaultApp) Settled(removed []string) *DefaultApp {
	if d == nil {
		return nil
	}
	settled := *d
	settled.Uncertain = nil
	settled.CredentialNames = slices.DeleteFunc(slices.Clone(d.CredentialNames), func(name string) bool { return slices.Contains(removed, name) })
	return &settled
}

func union(names, more []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(names, more))))
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
