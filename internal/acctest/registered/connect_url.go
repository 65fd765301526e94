// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// ConnectURL registers the ephemeral resource.
func (objects) ConnectURL() battery.Object {
	return battery.Object{
		EphemeralResources: []battery.EphemeralResource{connectURLEphemeralResource()},
	}
}

func connectURLEphemeralResource() battery.EphemeralResource {
	return battery.EphemeralResource{
		Type: "refold_connect_url",
		Live: anAccount(),
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, mockapi.Account{AccountID: "acme"})
			return battery.World{Handler: handler}
		},
		Config:  battery.Attributes{"linked_account_id": "acme", "name": "Acme"},
		Block:   "linked_account_id = \"acme\"\nname = \"Acme\"",
		Gives:   []string{"hosted_url", "expires_at"},
		Secrets: []string{"hosted_url"},
		Unknown: battery.Attributes{"linked_account_id": "nobody"},
		Invalid: []battery.Attributes{{"linked_account_id": ".."}, {"linked_account_id": "acme", "redirect_url": ""}},
	}
}
