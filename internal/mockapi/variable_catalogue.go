// SPDX-License-Identifier: MPL-2.0

package mockapi

import "time"

// Ids of the definitions that every environment begins with.
const (
	RegionVariableID       = "6a1401de41e63efd08fb3e01"
	SeatLimitVariableID    = "6a1401de41e63efd08fb3e02"
	CallbackURLVariableID  = "6a1401de41e63efd08fb3e03"
	APISecretVariableID    = "6a1401de41e63efd08fb3e04"
	AccessPINVariableID    = "6a1401de41e63efd08fb3e05"
	SignedURLVariableID    = "6a1401de41e63efd08fb3e06"
	SupportEmailVariableID = "6a1401de41e63efd08fb3e07"
	BatchSizeVariableID    = "6a1401de41e63efd08fb3e08"
)

// DefaultWorkflowID is a published workflow of HubSpot in the catalogue that every environment
// begins with; values of BatchSizeVariableID can be for it.
const DefaultWorkflowID = "6a313eda6d5528bdcf71eb01"

// defaultDefinitions are those that every environment begins with: for accounts one of each format,
// plain and encrypted, and one each for the workspace and for workflows.
func defaultDefinitions() []VariableDefinition {
	all := []VariableDefinition{
		{ID: RegionVariableID, Name: "REGION", Description: "Where the customer's data is kept", Scope: ScopeLinkedAccount, Format: FormatString},
		{ID: SeatLimitVariableID, Name: "SEAT_LIMIT", Description: "Users that the customer has paid for", Scope: ScopeLinkedAccount, Format: FormatNumber},
		{ID: CallbackURLVariableID, Name: "CALLBACK_URL", Description: "What workflows call when they end", Scope: ScopeLinkedAccount, Format: FormatURL},
		{ID: APISecretVariableID, Name: "API_SECRET", Description: "Signs what workflows send", Scope: ScopeLinkedAccount, Format: FormatString, Encrypted: true},
		{ID: AccessPINVariableID, Name: "ACCESS_PIN", Description: "Opens the customer's vault", Scope: ScopeLinkedAccount, Format: FormatNumber, Encrypted: true},
		{ID: SignedURLVariableID, Name: "SIGNED_URL", Description: "The customer's feed, with its signature", Scope: ScopeLinkedAccount, Format: FormatURL, Encrypted: true},
		{ID: SupportEmailVariableID, Name: "SUPPORT_EMAIL", Description: "Where workflows report problems", Scope: ScopeWorkspace, Format: FormatString},
		{ID: BatchSizeVariableID, Name: "BATCH_SIZE", Description: "Contacts in one run", Scope: ScopeWorkflow, Format: FormatNumber},
	}
	// The first 8 characters of an id are the second of its creation (FACTS 1.7).
	made := time.Unix(0x6a1401de, 0).UTC()
	for i := range all {
		all[i].CreatedAt, all[i].UpdatedAt = made, made
	}
	return all
}
