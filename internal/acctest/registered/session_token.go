// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"net/http"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// SessionToken registers the ephemeral resource.
func (objects) SessionToken() battery.Object {
	return battery.Object{
		EphemeralResources: []battery.EphemeralResource{sessionTokenEphemeralResource()},
	}
}

func sessionTokenEphemeralResource() battery.EphemeralResource {
	return battery.EphemeralResource{
		Type:    "refold_session_token",
		Live:    anAccount(),
		World:   oneAccountAndItsTokens,
		Config:  battery.Attributes{"linked_account_id": "acme", "force_refresh": true, "revoke_on_close": true},
		Block:   "linked_account_id = \"acme\"\nforce_refresh = true\nrevoke_on_close = true",
		Gives:   []string{"token", "refresh_token", "expires_at"},
		Secrets: []string{"token", "refresh_token"},
		Unknown: battery.Attributes{"linked_account_id": "nobody"},
		Invalid: []battery.Attributes{{"linked_account_id": " acme"}, {"linked_account_id": "acme", "revoke_on_close": true}},
	}
}

// oneAccountAndItsTokens is a Refold with the account acme, and the count of the
// session tokens that were issued and not revoked.
func oneAccountAndItsTokens(t battery.T) battery.World {
	const path = "/api/v2/public/session-token"
	refold, handler := start(t)
	refold.Create(test, mockapi.Account{AccountID: "acme"})
	return battery.World{Handler: handler, Count: func() int {
		return refold.Count(http.MethodPost, path) - refold.Count(http.MethodPost, path+"/revoke")
	}}
}
