// SPDX-License-Identifier: MPL-2.0

// Package diagnose writes up for the person on call what went wrong with an object
// at Refold: what was tried on which one, what Refold said, what to do now.
package diagnose

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Failure describes an error of the client. Doing is what was tried on the
// subject, as a verb phrase without it ("create", "store a credential of").
func Failure(doing string, subject Subject, err error) *Problem {
	return &Problem{
		Diagnostic: diag.NewErrorDiagnostic(fmt.Sprintf("Could not %s %s", doing, subject.Noun), Detail(doing, subject, err)),
		What:       Answer(err), Next: advice(subject, err), Cause: err,
	}
}

// Detail is the body of Failure, for use within a longer message.
func Detail(doing string, subject Subject, err error) string {
	return paragraphs(fmt.Sprintf("Tried to %s %s.", doing, subject), Answer(err), advice(subject, err))
}

// Answer quotes what came back.
func Answer(err error) string {
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		if refusal.NotRefold {
			return "The server answered: " + refusal.Error()
		}
		return "Refold answered: " + refusal.Error()
	}
	if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); ok {
		if mismatch.Written {
			return "The write was carried out, and its answer shows that " + mismatch.Error() + "."
		}
		return "Stopped before anything was written: " + mismatch.Error() + "."
	}
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted before Refold answered."
	case errors.Is(err, refold.ErrAnswerTooLarge):
		return "What the server answered cannot be used: " + err.Error()
	}
	return "No answer from Refold: " + err.Error()
}
