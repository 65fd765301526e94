// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Kind classifies a refusal by what it means, because Refold's status and code
// alone do not tell (FACTS 0.2, 0.3, 1.6).
type Kind int

const (
	// Other is a refusal without a meaning of its own here.
	Other Kind = iota
	// AccountNotFound: there is no such linked account. Only the account's own
	// message counts, with 404 or (older servers) 500; session tokens have one of
	// their own, with 400 or 500 (FACTS 2.5). See Error.Scope.
	AccountNotFound
	// DefaultAppMissing: the account has no default-app integration yet, so its
	// credentials must be seeded through an upsert (FACTS 2.2).
	DefaultAppMissing
	// NotFound: there is no such object, of those that each call declares how Refold
	// says so, for example a credential of the default app (FACTS 2.2).
	NotFound
	// DuplicateCredential: a write sent credentials that are stored already (FACTS 4.4, 4.5).
	DuplicateCredential
	// WrongAccount: the answer is about another account than the one that was
	// asked for (FACTS 4.9: ids may be matched without regard to case). That of a
	// write has changed the other one.
	WrongAccount
	// CredentialsRefused: the app that credentials are for does not accept them (FACTS 2.3).
	CredentialsRefused
	// ApplicationNotFound: the organization has no such app, or not any more (FACTS 2.6, 2.7).
	ApplicationNotFound
	// FieldNotFound: the config has no such field (FACTS 2.7).
	FieldNotFound
	// DefinitionNotFound: the organization has no such definition of a variable (FACTS 2.8, 2.9).
	DefinitionNotFound
	// ValueRefused: a value does not have the format of its variable (FACTS 2.9).
	ValueRefused
	// WrongObject: the answer is about another object of the account than the one that was asked
	// for.
	WrongObject
	// Unproven: a write was answered with a success that shows nothing, and nothing
	// else shows that it was carried out either. It may have been.
	Unproven
)

// Error is an answer of Refold, or of something in front of it, that is not the success that was
// asked for. All texts are redacted, bounded and free of control characters.
type Error struct {
	// Status is the HTTP status; 200 occurs, with an error inside (FACTS 0.4).
	Status int
	// Code is Refold's upper-snake error code, for example SERVER_ERROR; may be empty.
	Code string
	// Message is Refold's own text, or a description of an unreadable body.
	Message string
	// RequestID is for Refold's support; only some servers send it.
	RequestID string
	// Kind is what the refusal means.
	Kind Kind
	// Scope is set on AccountNotFound when the message names the organization and environment that
	// were searched; that of session tokens names only the environment.
	Scope Scope
	// NotRefold is true when the body is not of a form that Refold sends: an
	// HTML page of a proxy, an empty body.
	NotRefold bool
	// Final is true for a status 500 with which older servers refuse a request,
	// and which says nothing of the server's health (FACTS 2.1.2, 2.1.6).
	Final bool
	Delivery
	// BySessionToken is true when the request carried a session token in place of the API key.
	BySessionToken bool
	// RetryAfter is the wait that the server asked for, if any.
	RetryAfter time.Duration
	// cause is, with Unproven, why nothing else could be had.
	cause error
	// Date is when the server answered by its own clock; zero where it does not say.
	Date time.Time
}

// Unwrap gives what kept an Unproven write from being looked at, if anything did, for
// errors.Is(err, context.Canceled).
func (e *Error) Unwrap() error { return e.cause }

// Error implements error: status, code, message, and the request id if known.
func (e *Error) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "HTTP %d", e.Status)
	if name := http.StatusText(e.Status); name != "" {
		text.WriteString(" " + name)
	}
	if e.Code != "" {
		fmt.Fprintf(&text, " (%s)", e.Code)
	}
	fmt.Fprintf(&text, ": %s", e.Message)
	if e.RequestID != "" {
		fmt.Fprintf(&text, " [request id %s]", e.RequestID)
	}
	text.WriteString(e.effort())
	return text.String()
}

// Delivery is how a request was sent, whatever came of it.
type Delivery struct {
	// Attempts is how often it was sent; 0 when it never left.
	Attempts int
	// Elapsed is how long all attempts took together, waits included.
	Elapsed time.Duration
	// OutOfTime is true when LongestCall ended the last attempt or left no room for another.
	OutOfTime bool
	// MayHaveArrived is true when an attempt, the last one included, may have been
	// carried out: it went unanswered, failed at the server, or got an answer that
	// cannot be used. A refusal that Refold understood was not.
	MayHaveArrived bool
	// Repeatable is true when the same request once more does no harm, even where
	// it may have arrived. A request to create is the example of one that does.
	Repeatable bool
}

// effort says how often and how long was tried; empty for a single attempt that
// LongestCall has nothing to do with.
func (d Delivery) effort() string {
	elapsed := d.Elapsed.Round(time.Second / 10)
	switch {
	case d.OutOfTime && d.Attempts > 1:
		return fmt.Sprintf(" (given up after %d attempts in %s, because one call may take %s)", d.Attempts, elapsed, LongestCall)
	case d.OutOfTime:
		return fmt.Sprintf(" (given up after 1 attempt in %s, because one call may take %s)", elapsed, LongestCall)
	case d.Attempts > 1:
		return fmt.Sprintf(" (the last of %d attempts in %s)", d.Attempts, elapsed)
	}
	return ""
}

func (d Delivery) isUncertain() bool { return d.MayHaveArrived && !d.Repeatable }

// KindOf returns the kind of the *Error in err's chain, or Other.
func KindOf(err error) Kind {
	if refusal, ok := errors.AsType[*Error](err); ok {
		return refusal.Kind
	}
	return Other
}

// IsUncertain reports whether err leaves open if a request was carried out that must not be sent
// once more without a look: it may have arrived, and twice is not the same as once.
func IsUncertain(err error) bool { return deliveryOf(err).isUncertain() }

// MayHaveArrived reports whether err leaves open if the request was carried out.
func MayHaveArrived(err error) bool { return deliveryOf(err).MayHaveArrived }

// EndOf is when a request ended that has just failed: by the server's clock, where it has said.
func EndOf(failed error) time.Time {
	if refusal, ok := errors.AsType[*Error](failed); ok && !refusal.Date.IsZero() {
		return refusal.Date
	}
	return time.Now()
}

// ClockTolerance is how far clocks may be apart: that of the server by which an object was made or
// set, and that by which a request without an answer ended.
const ClockTolerance = time.Minute

// IsLater reports whether a time that Refold shows is later than another one, both in RFC 3339, by
// more than a tolerance. It is not known where either is missing.
func IsLater(shown, than string, tolerance time.Duration) (isLater, isKnown bool) {
	at, err := time.Parse(time.RFC3339, shown)
	before, unknown := time.Parse(time.RFC3339, than)
	if err != nil || unknown != nil {
		return false, false
	}
	return at.Sub(before) > tolerance, true
}

// IsGeneral reports whether a call failed for a reason that calls about other objects would meet as
// well.
func IsGeneral(err error) bool {
	refusal, ok := errors.AsType[*Error](err)
	switch {
	case errors.Is(err, ErrNotInHeader):
		return false
	case !ok:
		return true
	case refusal.Kind == AccountNotFound:
		return false
	case refusal.NotRefold || (refusal.Status >= http.StatusInternalServerError && !refusal.Final):
		return true
	}
	return slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests}, refusal.Status)
}

// deliveryOf is how the request was sent that err is about, as far as it says.
func deliveryOf(err error) Delivery {
	var own Delivery
	if refusal, ok := errors.AsType[*Error](err); ok {
		own = refusal.Delivery
	} else if silence, ok := errors.AsType[*UnreachableError](err); ok {
		own = silence.Delivery
	} else {
		return own
	}
	// A look between two attempts that failed has not seen what became of the first; one that found
	// something has, and its error is none of these.
	if ended, ok := errors.AsType[*recheckError](err); ok {
		return ended.delivery
	}
	return own
}

// UnreachableError says that no answer arrived. Its text is redacted.
type UnreachableError struct {
	Delivery
	reason string
	cause  error
}

// Error implements error.
func (e *UnreachableError) Error() string { return e.reason + e.effort() }

// Unwrap gives the cause, for errors.Is(err, context.Canceled).
func (e *UnreachableError) Unwrap() error { return e.cause }

// ended says that a caller's context ended while it waited for what others read.
func ended(err error) error {
	return &UnreachableError{Delivery: Delivery{Repeatable: true}, reason: err.Error(), cause: err}
}

// reasonOf says why no answer arrived. A connection that breaks off is described
// in words, because "EOF" tells nobody what happened. The *url.Error around the
// reason is dropped: its URL says nothing that the caller does not say better.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection broke off in the middle of the answer"
	case errors.Is(err, io.EOF):
		return "the connection was closed before an answer came"
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was cut before the answer was complete (connection reset)"
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err.Error()
	}
	return err.Error()
}

// EnvironmentError says that the API key belongs to another environment than
// the one that Options.Environment guards.
type EnvironmentError struct {
	// Want is the guarded environment, Got the one that Refold named, or empty.
	Want, Got string
	// Written is true when only the answer to a write showed it: the key was
	// swapped at the server in between.
	Written bool
	// TokenIssued is true when only a session token showed it. The token was handed to nobody.
	TokenIssued bool
}

// Error implements error.
func (e *EnvironmentError) Error() string {
	if e.Got == "" {
		return fmt.Sprintf("Refold's answer does not say which environment the API key belongs to, so it cannot be confirmed as %q", e.Want)
	}
	return fmt.Sprintf("the API key belongs to environment %q, not %q", e.Got, e.Want)
}

func isEnvironmentError(err error) bool {
	_, ok := errors.AsType[*EnvironmentError](err)
	return ok
}
