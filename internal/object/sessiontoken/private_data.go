// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import "github.com/gocobalt/terraform-provider-refold/internal/providerdata"

// keptToken is what Close needs. A CLI keeps the private data of an ephemeral resource in memory
// until Close, and neither in a state nor in a plan.
type keptToken struct {
	LinkedAccountID string `json:"linked_account_id"`
	Token           string `json:"token"`
	ExpiresAt       string `json:"expires_at"`
}

func tokenForClose() providerdata.PrivateState[keptToken] {
	return providerdata.PrivateState[keptToken]{Key: "token", About: "the session token"}
}
