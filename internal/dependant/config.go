// SPDX-License-Identifier: MPL-2.0

package dependant

import "github.com/gocobalt/terraform-provider-refold/internal/refold"

// Config is the object of a config. It is named by its app, and by its id where that is not the
// account's.
func Config(key refold.ConfigKey) Object {
	name := key.Slug
	if key.ConfigID != key.AccountID {
		name += "/" + key.ConfigID
	}
	return Object{Noun: "config", AccountID: key.AccountID, IDs: []string{key.AccountID, key.Slug, key.ConfigID}, Name: name}
}

// SetFields are the fields that a config has values of its own for, in Refold's order. Those of
// workflows are named with the workflow.
func SetFields(config *refold.Config) []string {
	var set []string
	for _, field := range config.Fields {
		if field.IsSet() {
			set = append(set, field.ID)
		}
	}
	for _, workflow := range config.Workflows {
		for _, field := range workflow.Fields {
			if field.IsSet() {
				set = append(set, workflow.ID+": "+field.ID)
			}
		}
	}
	return set
}
