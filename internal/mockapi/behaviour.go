// SPDX-License-Identifier: MPL-2.0

package mockapi

// Behaviour says how this Refold answers where the facts leave it open, each switch with the number
// of the open question or fact that it is about. The zero value is the most likely current server,
// so a switch is named for what a server does that differs from it.
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
	// Application covers the catalogue of apps, and what an account has connected of it.
	Application ApplicationBehaviour
	// Integration covers how apps are connected by keys, and how they are removed.
	Integration IntegrationBehaviour
	// Config covers the configs of apps, and their fields.
	Config ConfigBehaviour
	// Workflow covers lists of workflows.
	Workflow WorkflowBehaviour
	// Variable covers definitions of variables, and their values.
	Variable VariableBehaviour
	// Execution covers lists of executions.
	Execution ExecutionBehaviour
	// SessionToken covers session tokens.
	SessionToken SessionTokenBehaviour
	// ConnectURL covers connect URLs.
	ConnectURL ConnectURLBehaviour
	// Answer covers what the answers of all endpoints share.
	Answer AnswerBehaviour

	// ReadLag is how many reads (get or list) after a write still see the account, its
	// configs, or the values of a target's variables, as they were before that write
	// (FACTS 4.21).
	ReadLag int
	// BodyLimit is the largest accepted request body in bytes; 0 means 1 MiB, the one limit that
	// Refold publishes, for webhooks (FACTS 1.4). Larger bodies get a 413.
	BodyLimit int64
}

// AnswerBehaviour holds the switches about what all answers share.
type AnswerBehaviour struct {
	// Errors is the envelope of errors (FACTS 1.6). EnvelopeE3, the zero value, is that
	// of most objects, and leaves EnvelopeE4 to those that have it.
	Errors Envelope
	// BrokenUnauthorized leaves a comma out of the body of a 401, as the
	// documented sample does (FACTS 0.8).
	BrokenUnauthorized bool
	// ZonelessDates shows dates without their Z, as before v3.8.03 (FACTS 1.7).
	ZonelessDates bool
}

// Envelope is the shape of errors (FACTS 1.6).
type Envelope int

// Values of Envelope, as FACTS 1.6 numbers them.
const (
	EnvelopeE3 Envelope = iota
	EnvelopeE1
	EnvelopeE2
	EnvelopeE4
)

// choose returns what a switch is for, and what it replaces while it is off.
func choose[T any](on bool, replacement, usual T) T {
	if on {
		return replacement
	}
	return usual
}
