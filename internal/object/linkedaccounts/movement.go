// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

var _ movement.Holder = (*accountsResource)(nil)

// Holds implements movement.Holder: it takes the ids from the map, which can be large, without
// converting it.
func (r *accountsResource) Holds(value tftypes.Value) movement.Held {
	attribute := movement.Attributes(value)["accounts"]
	elements := movement.Attributes(attribute)
	return movement.Held{
		Kind:         "linked account",
		IsCollection: true,
		IDs:          sortedIDs(elements),
		IsUndecided:  attribute.Type() != nil && !attribute.IsKnown(),
		Traits: func(id string) ownership.Traits {
			return movement.TraitsOf(movement.Attributes(elements[id]))
		},
	}
}
