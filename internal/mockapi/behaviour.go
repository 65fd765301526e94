// SPDX-License-Identifier: MPL-2.0

package mockapi

// Behaviour says how this Refold answers where the facts leave it open, each
// switch with the number of the open question or fact that it is about. The
// zero value is the most likely current server, so a switch is named for what a
// server does that differs from it.
type Behaviour struct {
	// Account covers ids, names and the life of an account.
	Account AccountBehaviour
	// UDF covers how user-defined fields are written.
	UDF UDFBehaviour
	// List covers paging and filters of accounts.
	List ListBehaviour
	// Document covers how accounts are shown by get and list.
	Document DocumentBehaviour
	// Credential covers the default app's credentials.
	Credential CredentialBehaviour
	// Integration covers the removal of integrations.
	Integration IntegrationBehaviour
	// SessionToken covers session tokens.
	SessionToken SessionTokenBehaviour
	// ConnectURL covers connect URLs.
	ConnectURL ConnectURLBehaviour
	// Answer covers what the answers of all endpoints share.
	Answer AnswerBehaviour

	// ReadLag is how many reads (get or list) after a write still see the
	// account as it was before that write (FACTS 4.21).
	ReadLag int
	// BodyLimit is the largest accepted request body in bytes; 0 means 1 MiB,
	// the one limit that Refold publishes, for webhooks (FACTS 1.4). Larger
	// bodies get a 413.
	BodyLimit int64
}

// AccountBehaviour holds the switches about ids, names and the life of an account.
type AccountBehaviour struct {
	// CreateAdopts lets create update an account whose id exists, as the earliest
	// documentation said, in place of failing (FACTS 4.6).
	CreateAdopts bool
	// DuplicateAs409 answers "already exists" with 409, not 400 (FACTS 2.1.1, 4.6).
	DuplicateAs409 bool
	// IDsIgnoreCase takes ids that differ only in case for the same (FACTS 4.9).
	IDsIgnoreCase bool
	// IDsVisibleASCII refuses new ids with characters outside 0x21-0x7E (FACTS 4.10).
	IDsVisibleASCII bool
	// EmptyName is what happens to an empty or null name (FACTS 4.12).
	EmptyName EmptyName
	// GetNotFoundAs500 answers reads of an unknown account with 500, not 404 (FACTS 4.19).
	GetNotFoundAs500 bool
	// DeleteNotFoundAs500 answers deletions in an unknown account with 500, not 404 (FACTS 4.19).
	DeleteNotFoundAs500 bool
	// ShortNotFound is the not-found message of 2023, which names the id and
	// neither organization nor environment (FACTS 1.6).
	ShortNotFound bool
	// DeleteEncodesTwice is the fault of servers before v3.7.0: delete looks ids that
	// need percent-encoding up in encoded form, and so never finds them (FACTS 2.1.6, 4.10).
	DeleteEncodesTwice bool
	// TestUser is the id of the Refold test user of the environment "test",
	// which cannot be deleted (FACTS 4.20). Empty: none is configured.
	TestUser string
	// RefuseSessionToken lets upsert and get take the API key only (FACTS 4.24).
	RefuseSessionToken bool
	// CreateAnswer is the answer to a create (FACTS 2.1.1).
	CreateAnswer WriteAnswer
	// UpsertAnswer is the answer to an upsert (FACTS 2.1.2).
	UpsertAnswer WriteAnswer
	// DeleteAnswersText answers a deletion with the bare text ok of 2023, not with
	// JSON (FACTS 2.1.6).
	DeleteAnswersText bool
}

// UDFBehaviour holds the switches about writing user-defined fields.
type UDFBehaviour struct {
	// Merge merges a sent udf into the stored one in place of replacing it (FACTS 4.1).
	Merge bool
	// Null is what a null value does to its key (FACTS 4.1).
	Null UDFNull
	// OmittedClears lets an upsert without udf clear the stored fields (FACTS 4.2).
	OmittedClears bool
	// EmptyIgnored lets an empty udf object change nothing, as under Merge (FACTS 4.3).
	EmptyIgnored bool
	// Values says which types of value are taken (FACTS 4.14).
	Values UDFValues
	// RoundNumbers sends numbers through a 64-bit float, as JSON.parse does (FACTS 4.14).
	RoundNumbers bool
}

// ListBehaviour holds the switches about paging and filters.
type ListBehaviour struct {
	// MaxLimit is what a larger limit is lowered to (FACTS 4.15). 0: no maximum.
	MaxLimit int
	// IgnoreSearch ignores search, which matches any part of the name, in any
	// case, otherwise (FACTS 4.16).
	IgnoreSearch bool
	// IgnoreEnvVariables ignores env_variable_name and env_variable_value, as
	// servers before v3.4.2 do (FACTS 2.1.4).
	IgnoreEnvVariables bool
	// FourFields shows only associated_org, account_id, environment and name of
	// each account (FACTS 4.7).
	FourFields bool
}

// DocumentBehaviour holds the switches about how accounts are shown.
type DocumentBehaviour struct {
	// UnsetName is how an account without a name is shown (FACTS 4.13).
	UnsetName UnsetName
	// NoIntegrations is how get and list show an account without integrations (FACTS 4.8).
	NoIntegrations NoIntegrations
	// HideDefaultApp leaves the default app out of the integrations (FACTS 2.1).
	HideDefaultApp bool
	// Scope says what becomes of a sent scope (FACTS 4.17).
	Scope Scope
}

// CredentialBehaviour holds the switches about the default app's credentials.
type CredentialBehaviour struct {
	// Replace lets an upsert with your_app replace the stored credentials in
	// place of merging into them (FACTS 4.4).
	Replace bool
	// Duplicates says which keys make "Duplicate Auth key_name not allowed" (FACTS 4.5).
	Duplicates CredentialDuplicates
	// AcceptEmptyApp ignores a your_app without any credential in place of
	// refusing it (FACTS 4.26).
	AcceptEmptyApp bool
	// RequireAppID refuses a your_app whose app_id is not DefaultAppID (FACTS 4.27).
	RequireAppID bool
	// LastKeyRemoves lets the deletion of the last credential remove the default
	// app's integration (FACTS 2.2).
	LastKeyRemoves bool
	// UnknownAccountAsDefaultApp lets the endpoints of single keys answer for an
	// account that does not exist as for one without the default app's
	// integration. FACTS 2.2 knows of no message.
	UnknownAccountAsDefaultApp bool
}

// IntegrationBehaviour holds the switches about integrations.
type IntegrationBehaviour struct {
	// AnswerSuccess answers the removal of one with {"success": true}, not with
	// the account that is left (FACTS 0.1, 2.1.5).
	AnswerSuccess bool
}

// SessionTokenBehaviour holds the switches about session tokens.
type SessionTokenBehaviour struct {
	// Refresh is what force_refresh does to the token before, if anything (FACTS 4.32).
	Refresh SessionRefresh
	// RevokeEndsNothing answers a revocation with success and a revoked_count of 0,
	// and the token goes on to work (FACTS 2.5).
	RevokeEndsNothing bool
	// NotFoundAs500 answers for an unknown account with 500, not 400 (FACTS 2.5).
	NotFoundAs500 bool
	// OmitExpiry leaves out of an answer how long the token lasts (FACTS 2.5).
	OmitExpiry bool
}

// ConnectURLBehaviour holds the switches about connect URLs.
type ConnectURLBehaviour struct {
	// ByKey wants the API key and the account, as the quickstarts do, in place of
	// a session token (FACTS 4.25).
	ByKey bool
}

// AnswerBehaviour holds the switches about what all answers share.
type AnswerBehaviour struct {
	// Errors is the envelope of errors (FACTS 1.6).
	Errors Envelope
	// BrokenUnauthorized leaves a comma out of the body of a 401, as the
	// documented sample does (FACTS 0.8).
	BrokenUnauthorized bool
	// ZonelessDates shows dates without their Z, as before v3.8.03 (FACTS 1.7).
	ZonelessDates bool
}

// EmptyName is what happens to an empty or null name (FACTS 4.12).
type EmptyName int

// Values of EmptyName.
const (
	// EmptyNameStored stores the empty string; null unsets the name.
	EmptyNameStored EmptyName = iota
	// EmptyNameIgnored leaves the stored name.
	EmptyNameIgnored
	// EmptyNameRejected answers 400.
	EmptyNameRejected
)

// WriteAnswer is the body of the answer to create and upsert (FACTS 2.1.1, 2.1.2).
type WriteAnswer int

// Values of WriteAnswer. No answer to a write has integrations.
const (
	// AnswerNewest is what the newest documentation shows: AnswerMinimal to a
	// create, AnswerFullNew to an upsert.
	AnswerNewest WriteAnswer = iota
	// AnswerFull is the full document.
	AnswerFull
	// AnswerFullNew is the full document with new_account.
	AnswerFullNew
	// AnswerMinimal has _id, account_id, name, environment and integrations: null.
	AnswerMinimal
	// AnswerSuccess is {"success": true}.
	AnswerSuccess
	// AnswerText is the bare text ok.
	AnswerText
	// AnswerEmpty is a 200 without a body.
	AnswerEmpty
)

// UDFNull is what a null udf value does to its key (FACTS 4.1).
type UDFNull int

// Values of UDFNull.
const (
	// UDFNullStored keeps the key with key_value null.
	UDFNullStored UDFNull = iota
	// UDFNullRemoves removes the key.
	UDFNullRemoves
	// UDFNullIgnored treats the key as not sent.
	UDFNullIgnored
)

// UDFValues says which udf values are taken (FACTS 4.14).
type UDFValues int

// Values of UDFValues.
const (
	// UDFValuesAny stores values of any type.
	UDFValuesAny UDFValues = iota
	// UDFValuesStringified stores numbers and booleans as text.
	UDFValuesStringified
	// UDFValuesStringsOnly answers 400 to values that are neither string nor null.
	UDFValuesStringsOnly
)

// UnsetName is how an account without a name is shown (FACTS 4.13).
type UnsetName int

// Values of UnsetName.
const (
	// UnsetNameAbsent leaves the field out.
	UnsetNameAbsent UnsetName = iota
	// UnsetNameNull shows null.
	UnsetNameNull
	// UnsetNameEmpty shows the empty string.
	UnsetNameEmpty
)

// NoIntegrations is how an account without integrations is shown (FACTS 4.8).
type NoIntegrations int

// Values of NoIntegrations.
const (
	// NoIntegrationsArray shows an empty array.
	NoIntegrationsArray NoIntegrations = iota
	// NoIntegrationsNull shows null.
	NoIntegrationsNull
	// NoIntegrationsAbsent leaves the field out.
	NoIntegrationsAbsent
)

// Scope says what becomes of a sent scope (FACTS 4.17).
type Scope int

// Values of Scope.
const (
	// ScopeEchoed stores, filters by and returns it.
	ScopeEchoed Scope = iota
	// ScopeStored stores and filters by it, and does not return it.
	ScopeStored
	// ScopeIgnored drops it, and ignores it as a filter.
	ScopeIgnored
)

// CredentialDuplicates says what counts as a duplicate key (FACTS 4.5).
type CredentialDuplicates int

// Values of CredentialDuplicates.
const (
	// DuplicatesFolded refuses keys that differ only in case or surrounding space.
	DuplicatesFolded CredentialDuplicates = iota
	// DuplicatesStored refuses, besides, every key that is stored already.
	DuplicatesStored
	// DuplicatesAllowed refuses nothing.
	DuplicatesAllowed
)

// SessionRefresh is what force_refresh does to the token before (FACTS 4.32).
type SessionRefresh int

// Values of SessionRefresh.
const (
	// RefreshKeepsOld issues a token beside the one before.
	RefreshKeepsOld SessionRefresh = iota
	// RefreshRevokesOld ends the one before.
	RefreshRevokesOld
	// RefreshIgnored returns the token that is valid already, as without it.
	RefreshIgnored
)

// Envelope is the shape of errors (FACTS 1.6).
type Envelope int

// Values of Envelope, as FACTS 1.6 numbers them.
const (
	EnvelopeE3 Envelope = iota
	EnvelopeE1
	EnvelopeE2
	EnvelopeE4
)
