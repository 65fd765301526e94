// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// DisconnectIntegration registers the action.
func (objects) DisconnectIntegration() battery.Object {
	return battery.Object{
		Actions: []battery.Action{disconnectIntegrationAction()},
	}
}

func disconnectIntegrationAction() battery.Action {
	return battery.Action{
		Type: "refold_disconnect_integration",
		Live: battery.Live{Not: needsApp},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, mockapi.Account{AccountID: "acme"})
			refold.Connect(test, "acme", mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2"}})
			refold.Connect(test, "acme", mockapi.Integration{Type: "hubspot", Name: "Hubspot", AuthTypes: []string{"oauth2"}})
			return battery.World{Handler: handler, Count: func() int {
				acme, _ := refold.Account(test, "acme")
				return len(acme.Integrations)
			}}
		},
		Config:  battery.Attributes{"linked_account_id": "acme", "slug": "slack"},
		Block:   "linked_account_id = \"acme\"\nslug = \"slack\"",
		Leaves:  1,
		Unknown: battery.Attributes{"linked_account_id": "nobody", "slug": "slack"},
		Invalid: []battery.Attributes{{"linked_account_id": "acme ", "slug": "slack"}, {"linked_account_id": "acme", "slug": ".."}},
	}
}
