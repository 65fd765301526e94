// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Unregistered names, for each object that the provider's own schema lists and that
// has no registration, what to add where; and registrations of what is not there.
func (s Suite) Unregistered(ctx context.Context) []string {
	schema, err := s.Server().GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return []string{err.Error()}
	}
	return slices.Concat(
		compare("Resource", schema.ResourceSchemas, s.Resources),
		compare("DataSource", schema.DataSourceSchemas, s.DataSources),
		compare("ListResource", schema.ListResourceSchemas, s.ListResources),
		compare("EphemeralResource", schema.EphemeralResourceSchemas, s.EphemeralResources),
		compare("Action", schema.ActionSchemas, s.Actions),
		compare("Function", schema.Functions, s.Functions),
	)
}

func compare[S any, R registration](kind string, offered map[string]S, registrations []R) []string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(offered)) {
		if !slices.ContainsFunc(registrations, func(r R) bool { return r.typeName() == name }) {
			problems = append(problems, fmt.Sprintf(
				"%s has no acceptance tests: let a method of objects return its battery.%s, in internal/acctest/registered/%s.go",
				name, kind, strings.TrimPrefix(name, "refold_")))
		}
	}
	for _, r := range registrations {
		if _, isOffered := offered[r.typeName()]; !isOffered {
			problems = append(problems, fmt.Sprintf("battery.%s %s is registered, and the provider does not offer it", kind, r.typeName()))
		}
	}
	return problems
}
