// SPDX-License-Identifier: MPL-2.0

// Package diagnose writes a failed call to Refold up for the person on call:
// what was tried on which account, what Refold said, what to do now.
package diagnose

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Failure describes an error of the client. Doing is what was tried, as a verb
// phrase with its object ("create linked account").
func Failure(doing, accountID string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Could not "+doing, Detail(doing, accountID, err))
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
	return "No answer from Refold: " + err.Error()
}

func advice(accountID string, err error) string {
	if wrong, ok := errors.AsType[*refold.EnvironmentError](err); ok {
		if wrong.Got == "" {
			return "This server cannot confirm the provider's `environment`. Remove that attribute (and REFOLD_ENVIRONMENT) to work without the guard."
		}
		return "Use the API key of the intended environment, or change the provider's `environment`."
	}
	refusal, ok := errors.AsType[*refold.Error](err)
	switch {
	case ok:
		return adviceOnAnswer(accountID, refusal)
	case errors.Is(err, context.Canceled):
		return "The run was interrupted. Apply again: what was done is recognised, the rest is done."
	}
	return "Check the provider's `base_url`, the network and any proxy in between. If the deployment is slow, raise `request_timeout`. Applying again is safe."
}

func adviceOnAnswer(accountID string, refusal *refold.Error) string {
	switch {
	case refusal.RetryAfter > refold.LongestRetryAfter:
		return fmt.Sprintf("The server asked to wait %s, which is longer than the %s that this provider waits. Apply again later.", refusal.RetryAfter.Round(time.Second), refold.LongestRetryAfter)
	case refusal.Status == http.StatusUnauthorized:
		return "The API key was refused. Check the provider's `api_key` (or REFOLD_API_KEY). A key that was regenerated in the dashboard stops working at once, and a key only works on the deployment that issued it (`base_url`)."
	case refusal.Status == http.StatusForbidden:
		return "The API key may not do this, or something in front of Refold blocked it."
	case refusal.Status == http.StatusTooManyRequests:
		return "Refold's rate limit was still exceeded after all retries, although the provider slowed down. Something else is using the same key: apply again when it is done, or lower the provider's `requests_per_second` so that together they stay within the allowance."
	case refusal.Status >= 300 && refusal.Status < 400:
		return "Set the provider's `base_url` to the final address of the deployment. Redirects to another host or protocol are not followed, because the API key would go with them."
	case refusal.NotRefold && refusal.Status < http.StatusInternalServerError:
		return "This does not look like Refold's API. Check the provider's `base_url` (scheme, host, port and path prefix) and any proxy or login page in front of it."
	case refusal.Code == "MISSING_REQUIRED_FIELD":
		return "Refold did not receive everything that was sent; a proxy may drop headers or query parameters. This does not mean that the account is gone."
	case refusal.Status >= http.StatusInternalServerError && strings.ContainsAny(accountID, "@%+ /"):
		return "Apply again; if it stays, note that servers before v3.7.0 mishandle ids with @, %, +, / or spaces in some calls. Refold's support needs the message above."
	case refusal.NotRefold:
		return "Refold, or a proxy in front of it, is out of order. Apply again later; if it stays, check the provider's `base_url` as well."
	case refusal.Status >= http.StatusInternalServerError:
		return "This is a fault at Refold's side. Apply again later; if it stays, pass the message above to Refold's support."
	}
	return "Refold refused the request. Correct what its message names, then apply again."
}
