// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func customApps(integrations []refold.Integration) []refold.Integration {
	return slices.DeleteFunc(slices.Clone(integrations), func(integration refold.Integration) bool {
		return integration.Type != refold.TypeCustom
	})
}

// foreign are the integrations that this resource did not set up. An app whose
// id is not known is not guessed at.
func (r Remover) foreign(integrations []refold.Integration) []refold.Integration {
	own := map[string]bool{r.OwnAppID: true}
	if r.App != nil {
		own[r.App.AppID] = true
	}
	var foreign []refold.Integration
	for _, integration := range integrations {
		isOwn := integration.Type == refold.TypeCustom && integration.AppID != "" && own[integration.AppID]
		if !isOwn {
			foreign = append(foreign, integration)
		}
	}
	return foreign
}
