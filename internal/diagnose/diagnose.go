// SPDX-License-Identifier: MPL-2.0

// Package diagnose writes a failed call to Refold up for the person on call:
// what was tried on which account, what Refold said, what to do now.
package diagnose

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Failure describes an error of the client. Doing is what was tried, as a verb
// phrase with its object ("create linked account").
func Failure(doing, accountID string, err error) diag.Diagnostic {
	return failure{diag.NewErrorDiagnostic("Could not "+doing, Detail(doing, accountID, err)), err}
}

// failure is a diagnostic that still knows its cause.
type failure struct {
	diag.ErrorDiagnostic
	cause error
}

// Equal implements diag.Diagnostic.
func (f failure) Equal(other diag.Diagnostic) bool {
	same, ok := other.(failure)
	return ok && f.ErrorDiagnostic.Equal(same.ErrorDiagnostic)
}

// Cause is the client's error behind a diagnostic of Failure, and nil for others.
func Cause(diagnostic diag.Diagnostic) error {
	if failed, ok := diagnostic.(failure); ok {
		return failed.cause
	}
	return nil
}

// Detail is the body of Failure, for use within a longer message.
func Detail(doing, accountID string, err error) string {
	return fmt.Sprintf("Tried to %s %q.\n\n%s\n\n%s", doing, accountID, Answer(err), advice(accountID, err))
}

// Answer quotes what came back.
func Answer(err error) string {
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		if refusal.NotRefold {
			return "The server answered: " + refusal.Error()
		}
		return "Refold answered: " + refusal.Error()
	}
	if wrong, ok := errors.AsType[*refold.EnvironmentError](err); ok {
		if wrong.Written {
			return "The write was carried out, and its answer shows that " + wrong.Error() + "."
		}
		return "Stopped before anything was written: " + wrong.Error() + "."
	}
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted before Refold answered."
	case errors.Is(err, refold.ErrAnswerTooLarge):
		return "What the server answered cannot be used: " + err.Error()
	}
	return "No answer from Refold: " + err.Error()
}
