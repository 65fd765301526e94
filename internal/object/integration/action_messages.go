// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

func (r removal) what() string {
	if r.authType != "" {
		return fmt.Sprintf("the connection of type %q of app %q", r.authType, r.slug)
	}
	return fmt.Sprintf("app %q", r.slug)
}

func (r removal) before(connected shown) string {
	if connected.isHidden {
		return fmt.Sprintf("Refold does not show what linked account %q has connected. Removing %s.", r.accountID, r.what())
	}
	return fmt.Sprintf("Linked account %q has connected: %s. Removing %s.", r.accountID, connected, r.what())
}

func (r removal) after(connected shown) string {
	if connected.isHidden {
		return fmt.Sprintf("Refold shows no app of linked account %q any more.", r.accountID)
	}
	return fmt.Sprintf("Linked account %q has still connected: %s.", r.accountID, connected)
}

// String lists the apps.
func (s shown) String() string {
	if len(s.apps) == 0 {
		return "nothing"
	}
	names := make([]string, len(s.apps))
	for i, app := range s.apps {
		names[i] = fmt.Sprintf("%s (%s)", app.Name, app.Slug())
	}
	return strings.Join(names, ", ")
}

func (r removal) failure(err error) diag.Diagnostic {
	return diagnose.AccountFailure(doing, diagnose.LinkedAccount(r.accountID), diagnose.ActionWaits, err)
}

// failureToRemove is failure for the removal itself: made once more, it would cut what the customer
// has connected meanwhile.
func (r removal) failureToRemove(err error) diag.Diagnostic {
	if errors.Is(err, errAnother) {
		return r.connectedAnewError()
	}
	if errors.Is(err, errUnseen) {
		return r.unseenError()
	}
	account := diagnose.LinkedAccount(r.accountID)
	account.Again = "Before you invoke the action again, look whether the customer has connected the app anew meanwhile: that connection would be removed as well."
	return diagnose.AccountFailure(doing, account, diagnose.ActionWaits, err)
}

// connectedAnewError is about a connection that the customer has made between two attempts.
func (r removal) connectedAnewError() diag.Diagnostic {
	return diag.NewErrorDiagnostic("The app was connected anew meanwhile", fmt.Sprintf(
		"Refold did not carry out the first attempt to remove %s from linked account %q, or no answer told so. Before the next one, Refold showed a connection that was not there when the action began: the customer has connected the app anew. It was left as it is.\n\n"+
			"If that connection is to go as well, invoke the action again.", r.what(), r.accountID))
}

// unseenError is about a removal that may have been carried out, of an app that is connected all
// the same.
func (r removal) unseenError() diag.Diagnostic {
	return diag.NewErrorDiagnostic("It is not known whether the app was connected anew", fmt.Sprintf(
		"No answer tells what became of the first attempt to remove %s from linked account %q. Refold does not show that the app is gone, nor since when anything of it is connected: the attempt was not carried out, or the customer has connected the app anew, or what is left is a connection of another type. It was not sent once more.\n\n"+
			"Look at the account in Refold's dashboard. If what is connected is to go, invoke the action again.", r.what(), r.accountID))
}

func (r removal) notConnectedWarning(connected shown) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The app was not connected", fmt.Sprintf(
		"Linked account %q had no app %q connected, as far as Refold shows, so there was nothing to remove. It has connected: %s.\n\n"+
			"If the app should be among them, check `slug`: it is the slug of the app in parentheses, or the application id of a custom app.",
		r.accountID, r.slug, connected))
}

// notShownWarning is for servers that leave the apps out of their answers.
func (r removal) notShownWarning() diag.Diagnostic {
	return diag.NewWarningDiagnostic("Whether the app was connected is not known", fmt.Sprintf(
		"Refold accepted to remove %s from linked account %q, as it does for an app that is not connected, and its answers do not show which apps the account has.\n\n"+
			"Look at the account in Refold's dashboard. If the app is still there, check `slug`: it is the slug of the app, or the application id of a custom app.", r.what(), r.accountID))
}

func (r removal) stillConnectedWarning() diag.Diagnostic {
	if r.authType == "" {
		return diag.NewWarningDiagnostic("The app is still connected", fmt.Sprintf(
			"Refold accepted to remove app %q from linked account %q, and still shows it as connected.\n\n"+
				"The customer may have connected it again at the same moment, or Refold shows an old state. Look at the account in a minute, and invoke the action again if the app is still there.", r.slug, r.accountID))
	}
	return diag.NewWarningDiagnostic("The app is still connected", fmt.Sprintf(
		"Refold accepted to remove the connection of type %q of app %q from linked account %q, and still shows the app as connected, without saying by which types.\n\n"+
			"The data source `refold_application` shows them (`connected_accounts`). If the app has a connection of another type, that is as it should be. Otherwise check `auth_type`, or leave it out to remove all connections of the app.", r.authType, r.slug, r.accountID))
}

func (r removal) notReadBackWarning(err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("What is still connected could not be read", fmt.Sprintf(
		"Refold accepted to remove %s from linked account %q.\n\n%s", r.what(), r.accountID, diagnose.Detail("read back", diagnose.LinkedAccount(r.accountID), err)))
}
