// SPDX-License-Identifier: MPL-2.0

package mockapi

// CreateExisting is what create does with an id that exists (FACTS 4.6).
type CreateExisting string

// Values of CreateExisting.
const (
	// CreateFails answers "already exists".
	CreateFails CreateExisting = "create fails"
	// CreateAdopts updates the account, as the earliest documentation said.
	CreateAdopts CreateExisting = "create adopts"
)

// IDCase says whether account ids are case-sensitive (FACTS 4.9).
type IDCase string

// Values of IDCase.
const (
	IDsCaseSensitive   IDCase = "ids case-sensitive"
	IDsCaseInsensitive IDCase = "ids case-insensitive"
)

// IDCharacters says which characters a new account id may have (FACTS 4.10).
type IDCharacters string

// Values of IDCharacters.
const (
	IDsAny IDCharacters = "ids with any character"
	// IDsVisibleASCII refuses ids with characters outside 0x21-0x7E.
	IDsVisibleASCII IDCharacters = "ids in visible ASCII"
)

// EmptyName is what happens to an empty or null name (FACTS 4.12).
type EmptyName string

// Values of EmptyName.
const (
	// EmptyNameStored stores the empty string; null unsets the name.
	EmptyNameStored EmptyName = "empty name stored"
	// EmptyNameIgnored leaves the stored name.
	EmptyNameIgnored EmptyName = "empty name ignored"
	// EmptyNameRejected answers 400.
	EmptyNameRejected EmptyName = "empty name rejected"
)

// NotFoundMessage is the wording of the not-found message of accounts (FACTS 1.6).
type NotFoundMessage string

// Values of NotFoundMessage.
const (
	// NotFoundLong names organization and environment.
	NotFoundLong NotFoundMessage = "long not-found message"
	// NotFoundShort is the wording of 2023, with the id alone.
	NotFoundShort NotFoundMessage = "short not-found message"
)

// DeletePath is how delete reads the id in its path (FACTS 2.1.6, CL v3.7.0).
type DeletePath string

// Values of DeletePath.
const (
	DeleteDecodesOnce DeletePath = "delete decodes once"
	// DeleteEncodesTwice is the fault of servers before v3.7.0: ids that need
	// percent-encoding are looked up in encoded form and so never found.
	DeleteEncodesTwice DeletePath = "delete encodes twice"
)

// UDFWrite says whether a sent udf replaces or is merged (FACTS 4.1).
type UDFWrite string

// Values of UDFWrite.
const (
	UDFReplace UDFWrite = "udf replaced"
	UDFMerge   UDFWrite = "udf merged"
)

// UDFNull is what a null udf value does to its key (FACTS 4.1).
type UDFNull string

// Values of UDFNull.
const (
	// UDFNullStored keeps the key with key_value null.
	UDFNullStored UDFNull = "udf null stored"
	// UDFNullRemoves removes the key.
	UDFNullRemoves UDFNull = "udf null removes"
	// UDFNullIgnored treats the key as not sent.
	UDFNullIgnored UDFNull = "udf null ignored"
)

// UDFOmitted is what an upsert without udf does (FACTS 4.2).
type UDFOmitted string

// Values of UDFOmitted.
const (
	UDFOmittedKeeps  UDFOmitted = "udf omitted keeps"
	UDFOmittedClears UDFOmitted = "udf omitted clears"
)

// UDFEmpty is what an empty udf object does (FACTS 4.3).
type UDFEmpty string

// Values of UDFEmpty.
const (
	UDFEmptyClears  UDFEmpty = "udf empty clears"
	UDFEmptyIgnored UDFEmpty = "udf empty ignored"
)

// UDFValues says which udf values are taken (FACTS 4.14).
type UDFValues string

// Values of UDFValues.
const (
	UDFValuesAny UDFValues = "udf values of any type"
	// UDFValuesStringified stores numbers and booleans as text.
	UDFValuesStringified UDFValues = "udf values stringified"
	// UDFValuesStringsOnly answers 400 to values that are neither string nor null.
	UDFValuesStringsOnly UDFValues = "udf values strings only"
)

// Numbers says whether numbers keep their digits (FACTS 4.14).
type Numbers string

// Values of Numbers.
const (
	NumbersExact Numbers = "numbers exact"
	// NumbersRounded sends numbers through a 64-bit float, as JSON.parse does.
	NumbersRounded Numbers = "numbers rounded"
)

// CredentialWrite is what an upsert does to stored credentials (FACTS 4.4).
type CredentialWrite string

// Values of CredentialWrite.
const (
	CredentialsMerge   CredentialWrite = "credentials merged"
	CredentialsReplace CredentialWrite = "credentials replaced"
)

// CredentialDuplicates says what counts as a duplicate key (FACTS 4.5).
type CredentialDuplicates string

// Values of CredentialDuplicates.
const (
	// DuplicatesFolded refuses keys that differ only in case or surrounding space.
	DuplicatesFolded CredentialDuplicates = "folded duplicates refused"
	// DuplicatesStored refuses, besides, every key that is stored already.
	DuplicatesStored CredentialDuplicates = "stored keys refused"
	// DuplicatesAllowed refuses nothing.
	DuplicatesAllowed CredentialDuplicates = "duplicates allowed"
)

// EmptyApp is what your_app without credentials does (FACTS 4.26).
type EmptyApp string

// Values of EmptyApp.
const (
	EmptyAppRejected EmptyApp = "empty your_app rejected"
	// EmptyAppAccepted ignores an empty your_app.
	EmptyAppAccepted EmptyApp = "empty your_app accepted"
)

// AppID says whether your_app.app_id is required (FACTS 4.27).
type AppID string

// Values of AppID.
const (
	AppIDOptional AppID = "app_id optional"
	// AppIDRequired accepts DefaultAppID only.
	AppIDRequired AppID = "app_id required"
)

// LastKey is what deleting the last credential does (FACTS 2.2).
type LastKey string

// Values of LastKey.
const (
	LastKeyKeeps   LastKey = "last key keeps the integration"
	LastKeyRemoves LastKey = "last key removes the integration"
)

// UnknownAccount is the credential endpoints' message for an unknown account.
type UnknownAccount string

// Values of UnknownAccount.
const (
	// UnknownAccountNamed answers that the account is not found.
	UnknownAccountNamed UnknownAccount = "unknown account named"
	// UnknownAccountAsDefaultApp answers that the default app's integration is
	// not found, as for an account without credentials.
	UnknownAccountAsDefaultApp UnknownAccount = "unknown account as default app"
)

// SessionUse says whether session tokens work for upsert and get (FACTS 4.24).
type SessionUse string

// Values of SessionUse.
const (
	SessionAccepted SessionUse = "session token accepted"
	SessionRefused  SessionUse = "session token refused"
)

// SessionRefresh is what force_refresh does to the token before (FACTS 4.32).
type SessionRefresh string

// Values of SessionRefresh.
const (
	RefreshKeepsOld   SessionRefresh = "refresh keeps the old token"
	RefreshRevokesOld SessionRefresh = "refresh revokes the old token"
	// RefreshIgnored returns the token that is valid already, as without it.
	RefreshIgnored SessionRefresh = "refresh ignored"
)

// SessionRevoke is what the revocation of a token does (FACTS 2.5).
type SessionRevoke string

// Values of SessionRevoke.
const (
	RevokeEndsToken SessionRevoke = "revoke ends the token"
	// RevokeEndsNothing answers with success and a revoked_count of 0.
	RevokeEndsNothing SessionRevoke = "revoke ends nothing"
)

// ConnectURLAuth is what connect-url wants (FACTS 4.25).
type ConnectURLAuth string

// Values of ConnectURLAuth.
const (
	ConnectURLBySession ConnectURLAuth = "connect-url by session token"
	// ConnectURLByKey wants the API key and the account, as the quickstarts do.
	ConnectURLByKey ConnectURLAuth = "connect-url by key"
)

// TokenExpiry says whether a token's answer tells how long it lasts (FACTS 2.5).
type TokenExpiry string

// Values of TokenExpiry.
const (
	ExpiryTold   TokenExpiry = "expiry told"
	ExpiryUntold TokenExpiry = "expiry untold"
)

// Search is what the list parameter search does (FACTS 4.16).
type Search string

// Values of Search.
const (
	// SearchSubstring matches any part of the name, in any case.
	SearchSubstring Search = "search substring"
	SearchIgnored   Search = "search ignored"
)

// EnvVariables says what the filters by variable do (FACTS 2.1.4).
type EnvVariables string

// Values of EnvVariables.
const (
	EnvVariablesSelect  EnvVariables = "env variables select"
	EnvVariablesIgnored EnvVariables = "env variables ignored"
)

// ListDocuments says which fields listed accounts have (FACTS 4.7).
type ListDocuments string

// Values of ListDocuments.
const (
	DocumentsFull ListDocuments = "list documents full"
	// DocumentsFourFields shows associated_org, account_id, environment and name.
	DocumentsFourFields ListDocuments = "list documents four fields"
)

// UnsetName is how an account without a name is shown (FACTS 4.13).
type UnsetName string

// Values of UnsetName.
const (
	UnsetNameAbsent UnsetName = "unset name absent"
	UnsetNameNull   UnsetName = "unset name null"
	UnsetNameEmpty  UnsetName = "unset name empty"
)

// NoIntegrations is how an account without integrations is shown (FACTS 4.8).
type NoIntegrations string

// Values of NoIntegrations.
const (
	NoIntegrationsArray  NoIntegrations = "no integrations array"
	NoIntegrationsNull   NoIntegrations = "no integrations null"
	NoIntegrationsAbsent NoIntegrations = "no integrations absent"
)

// DefaultApp says whether the default app is shown as an integration (FACTS 2.1).
type DefaultApp string

// Values of DefaultApp.
const (
	DefaultAppListed DefaultApp = "default app listed"
	DefaultAppHidden DefaultApp = "default app hidden"
)

// Scope says what becomes of a sent scope (FACTS 4.17).
type Scope string

// Values of Scope.
const (
	// ScopeEchoed stores, filters by and returns it.
	ScopeEchoed Scope = "scope echoed"
	// ScopeStored stores and filters by it, and does not return it.
	ScopeStored Scope = "scope stored"
	// ScopeIgnored drops it, and ignores it as a filter.
	ScopeIgnored Scope = "scope ignored"
)

// Dates says whether dates carry their zone (FACTS 1.7, CL v3.8.03).
type Dates string

// Values of Dates.
const (
	DatesZoned    Dates = "dates with Z"
	DatesZoneless Dates = "dates without zone"
)

// WriteAnswer is the body of the answer to create and upsert (FACTS 2.1.1, 2.1.2).
type WriteAnswer string

// Values of WriteAnswer. No answer to a write has integrations.
const (
	AnswerFull WriteAnswer = "full answer"
	// AnswerFullNew is the full document with new_account.
	AnswerFullNew WriteAnswer = "full answer with new_account"
	// AnswerMinimal has _id, account_id, name, environment and integrations: null.
	AnswerMinimal WriteAnswer = "minimal answer"
	// AnswerSuccess is {"success": true}.
	AnswerSuccess WriteAnswer = "success answer"
	// AnswerText is the bare text ok.
	AnswerText WriteAnswer = "text answer"
	// AnswerEmpty is a 200 without a body.
	AnswerEmpty WriteAnswer = "empty answer"
)

var writeAnswers = []WriteAnswer{AnswerFull, AnswerFullNew, AnswerMinimal, AnswerSuccess, AnswerText, AnswerEmpty}

// DeleteAnswer is the body of the answer to a deletion (FACTS 2.1.6).
type DeleteAnswer string

// Values of DeleteAnswer.
const (
	DeleteMessage DeleteAnswer = "delete answers JSON"
	// DeleteText is the bare text ok of 2023.
	DeleteText DeleteAnswer = "delete answers text"
)

// DisconnectAnswer is the body of the answer to the deletion of an integration
// (FACTS 0.1, 2.1.5).
type DisconnectAnswer string

// Values of DisconnectAnswer.
const (
	// DisconnectAccount is the account with the integrations that are left.
	DisconnectAccount DisconnectAnswer = "disconnect answers the account"
	// DisconnectSuccess is {"success": true}.
	DisconnectSuccess DisconnectAnswer = "disconnect answers success"
)

// Envelope is the shape of errors (FACTS 1.6).
type Envelope string

// Values of Envelope.
const (
	EnvelopeE1 Envelope = "envelope E1"
	EnvelopeE2 Envelope = "envelope E2"
	EnvelopeE3 Envelope = "envelope E3"
	EnvelopeE4 Envelope = "envelope E4"
)

// Unauthorized is the body of a 401 (FACTS 0.8).
type Unauthorized string

// Values of Unauthorized.
const (
	UnauthorizedJSON Unauthorized = "401 in JSON"
	// UnauthorizedBroken lacks a comma, as the documented sample does.
	UnauthorizedBroken Unauthorized = "401 in broken JSON"
)
