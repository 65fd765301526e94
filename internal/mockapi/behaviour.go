// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"net/http"
	"slices"
)

// Behaviour says how this Refold answers where the facts leave it open
// (FACTS 4; the numbers below are that table's rows). The zero value
// is the most likely current server.
type Behaviour struct {
	// Account covers ids, names and the life of an account.
	Account AccountBehaviour
	// UDF covers how user-defined fields are written.
	UDF UDFBehaviour
	// Credential covers the default app's credentials.
	Credential CredentialBehaviour
	// Session covers session tokens and connect URLs.
	Session SessionBehaviour
	// List covers paging and filters.
	List ListBehaviour
	// Document covers how accounts are shown by get and list.
	Document DocumentBehaviour
	// Answer covers the answers to writes, and errors.
	Answer AnswerBehaviour

	// ReadLag is how many reads (get or list) after a write still see the
	// account as it was before that write (21). 0: none.
	ReadLag int
	// BodyLimit is the largest accepted request body in bytes; 0 means 1 MiB,
	// the one limit that Refold publishes, for webhooks (FACTS 1.4). Larger
	// bodies get a 413.
	BodyLimit int64
}

// AccountBehaviour holds the switches about ids, names and the life of an account.
type AccountBehaviour struct {
	// Existing is what create does with an id that exists (6).
	Existing CreateExisting
	// DuplicateStatus is the HTTP status of "already exists": 400 (default,
	// FACTS 2.1.1) or 409 (6).
	DuplicateStatus int
	// IDs says whether ids are case-sensitive (9).
	IDs IDCase
	// IDCharacters says which characters a new id may have (10).
	IDCharacters IDCharacters
	// EmptyName is what happens to an empty or null `name` (12).
	EmptyName EmptyName
	// GetNotFound is the status for an unknown account on reads: 404 (default) or 500 (19).
	GetNotFound int
	// DeleteNotFound is the status for an unknown account on delete: 404 (default) or 500 (19).
	DeleteNotFound int
	// NotFound is the wording of the not-found message (FACTS 1.6).
	NotFound NotFoundMessage
	// DeletePath is how delete reads the id in its path (10; FACTS 2.1.6).
	DeletePath DeletePath
	// TestUser is the id of the Refold test user of the environment "test",
	// which cannot be deleted (20). Empty: none is configured.
	TestUser string
}

// UDFBehaviour holds the switches about writing user-defined fields.
type UDFBehaviour struct {
	// Write says whether a sent `udf` replaces the stored one or is merged into it (1).
	Write UDFWrite
	// Null is what a null value does to its key (1).
	Null UDFNull
	// Omitted is what an upsert without `udf` does to the stored fields (2).
	Omitted UDFOmitted
	// Empty is what `udf: {}` does when UDFReplace is in force (3). Under
	// UDFMerge an empty object changes nothing.
	Empty UDFEmpty
	// Values says which types of value are taken (14).
	Values UDFValues
	// Numbers says whether numbers keep their digits (14).
	Numbers Numbers
}

// CredentialBehaviour holds the switches about the default app's credentials.
type CredentialBehaviour struct {
	// Write is what an upsert with `your_app` does to stored credentials (4).
	Write CredentialWrite
	// Duplicates says which keys make "Duplicate Auth key_name not allowed" (5).
	Duplicates CredentialDuplicates
	// EmptyApp is what `your_app` without any credential does (26).
	EmptyApp EmptyApp
	// AppID says whether `your_app.app_id` is required (27).
	AppID AppID
	// LastKey is what deleting the last credential does to the default app's
	// integration (FACTS 2.2).
	LastKey LastKey
	// UnknownAccount is the message of the per-key endpoints for an account that
	// does not exist (FACTS 2.2 documents none).
	UnknownAccount UnknownAccount
}

// SessionBehaviour holds the switches about session tokens and connect URLs.
type SessionBehaviour struct {
	// UpsertAndGet says whether a session token works there (24).
	UpsertAndGet SessionUse
	// Refresh is what force_refresh does to the token before (32), if anything.
	Refresh SessionRefresh
	// Revoke is what a revocation does (FACTS 2.5).
	Revoke SessionRevoke
	// NotFound is the status for an unknown account: 400 (default) or 500 (FACTS 2.5).
	NotFound int
	// ConnectURL says what connect-url wants (25).
	ConnectURL ConnectURLAuth
	// Expiry says whether an answer tells how long a token lasts (FACTS 2.5).
	Expiry TokenExpiry
}

// ListBehaviour holds the switches about paging and filters.
type ListBehaviour struct {
	// MaxLimit is what a larger `limit` is lowered to (15). 0: no maximum.
	MaxLimit int
	// Search is what `search` does (16).
	Search Search
	// EnvVariables is what `env_variable_name` and `env_variable_value` do: servers
	// before v3.4.2 do not know them (FACTS 2.1.4).
	EnvVariables EnvVariables
	// Documents says which fields listed accounts have (7).
	Documents ListDocuments
}

// DocumentBehaviour holds the switches about how accounts are shown.
type DocumentBehaviour struct {
	// UnsetName is how an account without a name is shown (13).
	UnsetName UnsetName
	// NoIntegrations is how get and list show an account without integrations (8).
	NoIntegrations NoIntegrations
	// DefaultApp says whether the default app is one of the `integrations` (FACTS 2.1).
	DefaultApp DefaultApp
	// Scope says what becomes of a sent `scope` (17).
	Scope Scope
	// Dates says whether dates end in Z (FACTS 1.7).
	Dates Dates
}

// AnswerBehaviour holds the switches about the answers to writes, and errors.
type AnswerBehaviour struct {
	// Create is the answer to a create; default AnswerMinimal (FACTS 2.1.1).
	Create WriteAnswer
	// Upsert is the answer to an upsert; default AnswerFullNew (FACTS 2.1.2).
	Upsert WriteAnswer
	// Delete is the answer to the deletion of an account (FACTS 2.1.6).
	Delete DeleteAnswer
	// Disconnect is the answer to the deletion of an integration (FACTS 0.1, 2.1.5).
	Disconnect DisconnectAnswer
	// Errors is the envelope of errors (FACTS 1.6).
	Errors Envelope
	// Unauthorized is the body of a 401 (FACTS 0.8).
	Unauthorized Unauthorized
}

// normalize replaces zero values by their defaults and panics on a value that
// is none of the documented ones: a misspelt switch must not pass as a default.
func (b *Behaviour) normalize() {
	choose("Account.Existing", &b.Account.Existing, CreateFails, CreateAdopts)
	choose("Account.DuplicateStatus", &b.Account.DuplicateStatus, http.StatusBadRequest, http.StatusConflict)
	choose("Account.IDs", &b.Account.IDs, IDsCaseSensitive, IDsCaseInsensitive)
	choose("Account.IDCharacters", &b.Account.IDCharacters, IDsAny, IDsVisibleASCII)
	choose("Account.EmptyName", &b.Account.EmptyName, EmptyNameStored, EmptyNameIgnored, EmptyNameRejected)
	choose("Account.GetNotFound", &b.Account.GetNotFound, http.StatusNotFound, http.StatusInternalServerError)
	choose("Account.DeleteNotFound", &b.Account.DeleteNotFound, http.StatusNotFound, http.StatusInternalServerError)
	choose("Account.NotFound", &b.Account.NotFound, NotFoundLong, NotFoundShort)
	choose("Account.DeletePath", &b.Account.DeletePath, DeleteDecodesOnce, DeleteEncodesTwice)
	choose("UDF.Write", &b.UDF.Write, UDFReplace, UDFMerge)
	choose("UDF.Null", &b.UDF.Null, UDFNullStored, UDFNullRemoves, UDFNullIgnored)
	choose("UDF.Omitted", &b.UDF.Omitted, UDFOmittedKeeps, UDFOmittedClears)
	choose("UDF.Empty", &b.UDF.Empty, UDFEmptyClears, UDFEmptyIgnored)
	choose("UDF.Values", &b.UDF.Values, UDFValuesAny, UDFValuesStringified, UDFValuesStringsOnly)
	choose("UDF.Numbers", &b.UDF.Numbers, NumbersExact, NumbersRounded)
	choose("Credential.Write", &b.Credential.Write, CredentialsMerge, CredentialsReplace)
	choose("Credential.Duplicates", &b.Credential.Duplicates, DuplicatesFolded, DuplicatesStored, DuplicatesAllowed)
	choose("Credential.EmptyApp", &b.Credential.EmptyApp, EmptyAppRejected, EmptyAppAccepted)
	choose("Credential.AppID", &b.Credential.AppID, AppIDOptional, AppIDRequired)
	choose("Credential.LastKey", &b.Credential.LastKey, LastKeyKeeps, LastKeyRemoves)
	choose("Credential.UnknownAccount", &b.Credential.UnknownAccount, UnknownAccountNamed, UnknownAccountAsDefaultApp)
	choose("Session.UpsertAndGet", &b.Session.UpsertAndGet, SessionAccepted, SessionRefused)
	choose("Session.Refresh", &b.Session.Refresh, RefreshKeepsOld, RefreshRevokesOld, RefreshIgnored)
	choose("Session.Revoke", &b.Session.Revoke, RevokeEndsToken, RevokeEndsNothing)
	choose("Session.NotFound", &b.Session.NotFound, http.StatusBadRequest, http.StatusInternalServerError)
	choose("Session.ConnectURL", &b.Session.ConnectURL, ConnectURLBySession, ConnectURLByKey)
	choose("Session.Expiry", &b.Session.Expiry, ExpiryTold, ExpiryUntold)
	choose("List.Search", &b.List.Search, SearchSubstring, SearchIgnored)
	choose("List.EnvVariables", &b.List.EnvVariables, EnvVariablesSelect, EnvVariablesIgnored)
	choose("List.Documents", &b.List.Documents, DocumentsFull, DocumentsFourFields)
	choose("Document.UnsetName", &b.Document.UnsetName, UnsetNameAbsent, UnsetNameNull, UnsetNameEmpty)
	choose("Document.NoIntegrations", &b.Document.NoIntegrations, NoIntegrationsArray, NoIntegrationsNull, NoIntegrationsAbsent)
	choose("Document.DefaultApp", &b.Document.DefaultApp, DefaultAppListed, DefaultAppHidden)
	choose("Document.Scope", &b.Document.Scope, ScopeEchoed, ScopeStored, ScopeIgnored)
	choose("Document.Dates", &b.Document.Dates, DatesZoned, DatesZoneless)
	choose("Answer.Create", &b.Answer.Create, AnswerMinimal, writeAnswers...)
	choose("Answer.Upsert", &b.Answer.Upsert, AnswerFullNew, writeAnswers...)
	choose("Answer.Delete", &b.Answer.Delete, DeleteMessage, DeleteText)
	choose("Answer.Disconnect", &b.Answer.Disconnect, DisconnectAccount, DisconnectSuccess)
	choose("Answer.Errors", &b.Answer.Errors, EnvelopeE3, EnvelopeE1, EnvelopeE2, EnvelopeE4)
	choose("Answer.Unauthorized", &b.Answer.Unauthorized, UnauthorizedJSON, UnauthorizedBroken)
	if b.BodyLimit == 0 {
		b.BodyLimit = defaultBodyLimit
	}
	if b.BodyLimit < 0 || b.ReadLag < 0 || b.List.MaxLimit < 0 {
		panic("mockapi: BodyLimit, ReadLag and List.MaxLimit must not be negative")
	}
}

func choose[T comparable](name string, field *T, preset T, others ...T) {
	var zero T
	if *field == zero {
		*field = preset
	}
	if *field != preset && !slices.Contains(others, *field) {
		panic(fmt.Sprintf("mockapi: %s has no value %v", name, *field))
	}
}
