// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// claimedWarning explains a deletion that was left out: see ownership.Turn.
func claimedWarning(accountID string) *diagnose.Problem {
	return diagnose.NewWarning("The linked account was not deleted", fmt.Sprintf(
		"In this run, linked account %q was also created or taken over under another address, so it stays at Refold, and only this address is forgotten. "+
			"To rename a resource, use a moved block. To create the account anew, do without create_before_destroy.", accountID), "")
}

// leftCredentialsWarning is about credentials of a state that is forgotten, which could not be
// removed.
func leftCredentialsWarning(accountID string, names []string, reason *diagnose.Problem) *diagnose.Problem {
	return diagnose.NewWarning("Credentials of a replaced resource may be left", fmt.Sprintf(
		"Linked account %q stays at Refold, and these of its credentials are no longer configured: %s. They could not all be removed. %s", accountID, strings.Join(names, ", "), reason.What),
		"Remove them in Refold's dashboard, or configure them with any value, apply, and take them out again.")
}

func takenOverWarning(accountID string) *diagnose.Problem {
	return diagnose.NewWarning("Took over an existing linked account", fmt.Sprintf(
		"Linked account %q existed already and equals this configuration, as an interrupted apply leaves it behind. It is managed by Terraform from now on.", accountID),
		"Should another Terraform state have created it, do not destroy it here: that would delete it for both. Let this state forget it (terraform state rm ADDRESS).")
}

// claimedTwiceError refuses to create an account that another resource of this run manages: see
// ownership.Turn.
func claimedTwiceError(accountID string) *diagnose.Problem {
	return diagnose.NewError("Two resources manage the same linked account", fmt.Sprintf(
		"Linked account %q was to be created here, and another resource of this configuration has just created or changed it. It is left as that resource made it.", accountID),
		"Keep the account in one place. To move it from one resource to another, use a `moved` block, or `removed` and `import`.")
}

func leftoverWarning(accountID, next string) *diagnose.Problem {
	return diagnose.NewWarning("The linked account exists now, without all of its credentials",
		fmt.Sprintf("Linked account %q itself was written before the error. %s", accountID, next), "")
}

// overwrittenError is about an account that nobody saw before the write that was to create it. It
// is left out of the state, because an error with a state would have Terraform delete it.
func overwrittenError(accountID string, sent refold.Upsert, takeOver string) *diagnose.Problem {
	return diagnose.NewError("An existing linked account was overwritten", fmt.Sprintf(
		"Linked account %q was to be created, and Refold did not show it before; the answer to the write shows that it existed all the same. %s "+
			"The account is not in this state, and nothing here deletes it. A list that is wrong, or a cache in front of Refold, may have hidden it.", accountID, describeReplaced(sent)),
		"Find out who made the account. If it belongs to another Terraform state or to a program, use another id here before the next apply, and apply again there, which puts it back: "+
			"one that is less than a day old, and to which nothing is connected, would be taken for a leftover of this run and taken over. Otherwise it can be managed here. "+takeOver)
}

// describeReplaced says what a write replaced, without any value.
func describeReplaced(sent refold.Upsert) string {
	var parts []string
	if sent.Name != nil {
		parts = append(parts, "name")
	}
	if sent.UDF != nil {
		parts = append(parts, "user-defined fields")
	}
	if sent.YourApp != nil {
		parts = append(parts, "credentials of your organization's own app")
	}
	if len(parts) == 0 {
		return "Nothing is configured here that could have replaced anything."
	}
	return fmt.Sprintf("This configuration has replaced: %s. What was there before is not known.", strings.Join(parts, ", "))
}

func vanishedWarning(accountID string) *diagnose.Problem {
	return diagnose.NewWarning("The linked account had been deleted", fmt.Sprintf(
		"Refold's answer to the update of linked account %q is about an account that is new: the one that Terraform knew must have been deleted elsewhere after this plan was made. "+
			"The customer has to connect all apps again. The next plan checks it, and sends the account's credentials again.", accountID), "")
}

// anotherWrittenWarning is about an update that went to another account than the state knows, at a
// server that does not say that the write has made it.
func anotherWrittenWarning(accountID, priorID, foundID string, sent refold.Upsert, keep string) *diagnose.Problem {
	return diagnose.NewWarning("Another linked account was written", fmt.Sprintf(
		"Refold's answer to the update of linked account %q has the `id` %s, and this state knew it as %s: that account was deleted elsewhere after this plan was made, and somebody has made another one under the same linked account id, unless this write has. %s The customer has to connect all apps again.", accountID, foundID, priorID, describeReplaced(sent)),
		"Find out who made it. If it belongs to another Terraform state or to a program, do not destroy it here. "+keep+" The next plan checks it, and sends the account's credentials again.")
}

// goneError is about an update of an account that does not exist any more.
func goneError(accountID, priorID string, mayHaveArrived bool) *diagnose.Problem {
	return diagnose.NewError("The linked account was deleted meanwhile", fmt.Sprintf(
		"Linked account %q was not written%s. This plan changes the account that the state knows by the `id` %s, and Refold does not find it: it was deleted elsewhere after the plan was made, or, if it was created a moment ago, reads do not show it yet. The write would have made another one, to which the customer has nothing connected.", accountID, exceptBefore(mayHaveArrived), priorID),
		"Plan again. Where the account is still configured, a plan that refreshes shows that it is created anew. One that is to stay deleted has to be removed from the configuration.")
}

// anotherError is madeAnewError for an update.
func anotherError(accountID, priorID, foundID string, mayHaveArrived bool) *diagnose.Problem {
	return diagnose.NewError("The linked account is not the one that Terraform knows", fmt.Sprintf(
		"Linked account %q was not written%s. Refold shows it with the `id` %s, and this state knows it as %s: that account is gone, and somebody has made another one under the same linked account id, with fields that this plan has not seen.", accountID, exceptBefore(mayHaveArrived), foundID, priorID),
		"Find out who made it. If it is to be managed here, plan again: a plan that refreshes compares with what is there now.")
}

// exceptBefore adds to "was not written" what is not known.
func exceptBefore(mayHaveArrived bool) string {
	if !mayHaveArrived {
		return ""
	}
	return " once more; whether an attempt before, of which no answer tells, was carried out is not known"
}

// openMakerError is about an account that was to be created and that is there before the write is
// sent once more, and is not what the attempt before would have made.
func openMakerError(found *refold.LinkedAccount, takeOver string) *diagnose.Problem {
	return diagnose.NewError("It is not known who made the linked account", fmt.Sprintf(
		"Linked account %q was to be created, and no answer tells what became of the first attempt. Before the write was sent once more, Refold showed an account of that id (created %s), which is older than that attempt, not as configured here, or has apps connected. So somebody else may have made it, or Refold keeps what is sent in another form; it was not written once more. If it was there before, the first attempt may have overwritten it. "+
			"The account is not in this state, and nothing here deletes it.",
		found.AccountID, cmp.Or(found.CreatedAt, "at a time that Refold does not tell")),
		"Look at Refold who made it. If it belongs to another Terraform state or to a program, use another id here, and have that one write it again. Otherwise it can be managed here. "+takeOver)
}

// assumedWarning is about an account that is taken for what an attempt without an answer has
// made.
func assumedWarning(accountID, keep string) *diagnose.Problem {
	return diagnose.NewWarning("Took a linked account for the one that this run has made", fmt.Sprintf(
		"Linked account %q was to be created, and no answer tells what became of the first attempt. It exists now, and is taken for what that attempt has made. Had somebody else made it within the same seconds, it would look the same.", accountID),
		"If another Terraform state or a program makes accounts of the same ids, look whose it is, and do not destroy it here if it is theirs: that would delete it for both. "+keep)
}

func notReadBackWarning(subject diagnose.Subject, unmanaged map[string]any, err error) *diagnose.Problem {
	next := "There is nothing to mend: what the write did not say is filled in by the next plan."
	if len(unmanaged) > 0 {
		next += fmt.Sprintf(" Check that the account still has its user-defined fields, which are not configured here and were left out of the write: %s.", keysOf(unmanaged))
	}
	return diagnose.NewWarning("The linked account was written, but could not be read back", fmt.Sprintf(
		"Refold accepted the write of %s, and reading it back failed. %s", subject, diagnose.Answer(err)), next)
}

func connectedError(accountID string, foreign []refold.Integration, ownApp, instead string) *diagnose.Problem {
	return diagnose.NewError("The customer still has connected apps", fmt.Sprintf(
		"Linked account %q was not deleted, because that would irreversibly disconnect:\n\n  - %s", accountID, strings.Join(NamesOf(foreign), "\n  - ")),
		"If that is intended, have it in the configuration with `force_destroy = true`, apply, and then delete it. If one of them is your organization's own app, name it by "+ownApp+" and apply that first. A tainted account has to be untainted before (terraform untaint ADDRESS); a deposed object cannot be reached so: disconnect the apps, or delete the account, in Refold's dashboard. "+instead)
}

// connectionsUnknownError is for servers that leave out the list, which by Refold's documentation
// every account has when it is read (FACTS 4.8).
func connectionsUnknownError(accountID, instead string) *diagnose.Problem {
	return diagnose.NewError("It is not known which apps the customer has connected", fmt.Sprintf(
		"Linked account %q was not deleted, because Refold's answer does not say which apps are connected to it: it has no list of `integrations`, not even an empty one. Deleting it would irreversibly disconnect them.", accountID),
		"Look in Refold's dashboard which apps are connected. If none are, or they may go, have it in the configuration with `force_destroy = true`, apply, and then delete it: nothing is asked then. A server that never sends the list allows a deletion in no other way. "+instead)
}

// NamesakesWarning says in the plan of a deletion which accounts are others than before, as the
// refresh of the same run has found. The apply refuses to delete them, but where it is forced.
func NamesakesWarning(accountIDs []string, isForced bool) diag.Diagnostic {
	found := fmt.Sprintf("This run has found others under the linked account ids that the state knows: %s. The accounts that Terraform managed are gone, and nobody has seen those yet", diagnose.Naming(accountIDs))
	if isForced {
		return diag.NewWarningDiagnostic(diagnose.Count(len(accountIDs), "linked account")+" to be deleted, and not the managed one", found+".\n\n"+
			"The apply deletes them all the same, because `force_destroy` is true in the state. Find out who made them before you apply.")
	}
	return diag.NewWarningDiagnostic(diagnose.Count(len(accountIDs), "linked account")+" will not be deleted by this run", found+", so their deletion is refused.\n\n"+
		"Find out who made them before you run anything else: the next run may have seen them, and deletes them then. Where they are refused once more, run `terraform apply -refresh-only` until it finds no change before.")
}

// madeAnewError is about a namesake of the account that the state knows.
func madeAnewError(accountID, priorID, foundID, keep string) *diagnose.Problem {
	return diagnose.NewError("The linked account is not the one that Terraform knows", fmt.Sprintf(
		"Linked account %q was not deleted. Refold shows it with the `id` %s, and this state knows it as %s: that account is gone, and somebody has made another one under the same linked account id.", accountID, foundID, priorID),
		"Find out who made it before you run anything else: the next run may have seen it, and deletes it then, also in a pipeline that tries again by itself. Where it is refused once more, run `terraform apply -refresh-only` until it finds no change before. "+keep)
}

// unidentifiedError is for answers without the id by which an account is told from a namesake
// (FACTS 4.7).
func unidentifiedError(accountID, priorID, instead string) *diagnose.Problem {
	return diagnose.NewError("Refold does not show whether it is the same linked account", fmt.Sprintf(
		"Linked account %q was not deleted. This state knows it by the `id` %s, and Refold's answer has none, so that it may be another one, which somebody has made under the same linked account id.", accountID, priorID),
		"Look in Refold's dashboard whose account it is. If it is to be deleted, have it in the configuration with `force_destroy = true`, apply, and then delete it: nothing is compared then. "+instead)
}

// NamesOf are the names of apps, each with what kind of app it is.
func NamesOf(apps []refold.Integration) []string {
	names := make([]string, len(apps))
	for i, app := range apps {
		names[i] = fmt.Sprintf("%s (%s)", app.Name, describeType(app))
	}
	return names
}

func describeType(integration refold.Integration) string {
	if integration.AppID != "" {
		return integration.Type + ", app " + integration.AppID
	}
	return integration.Type
}

// notStoredWarning reports fields that Refold holds differently after a write. It names no values,
// which may be sensitive in the configuration.
func notStoredWarning(accountID string, desired, stored map[string]any, difference udf.Difference) *diagnose.Problem {
	var list strings.Builder
	for _, key := range difference.Missing {
		fmt.Fprintf(&list, "\n  - %q: sent %s, not stored", key, udf.Kind(desired[key]))
	}
	for _, key := range difference.Changed {
		kind, storedKind := udf.Kind(desired[key]), udf.Kind(stored[key])
		if kind == storedKind {
			storedKind = "another one"
		}
		fmt.Fprintf(&list, "\n  - %q: sent %s, stored %s", key, kind, storedKind)
	}
	for _, key := range difference.Surplus {
		fmt.Fprintf(&list, "\n  - %q: removed, still stored", key)
	}
	return diagnose.NewWarning("Refold did not store the user-defined fields as configured", fmt.Sprintf(
		"After the write, linked account %q differs from the configuration:\n%s", accountID, list.String()),
		"The next plan will show this as a change. Large numbers and fractions are safest as strings; a server that keeps only strings needs `tostring(...)`; "+
			"a key that cannot be removed can be set to an empty string.").About(path.Root("udf"))
}

// unreadableFieldsError is about fields that could not be written back, should the server clear
// what an update leaves out (FACTS 4.2).
func unreadableFieldsError(accountID string, err error) *diagnose.Problem {
	return diagnose.NewError("User-defined fields cannot be kept", fmt.Sprintf(
		"Refold holds the user-defined fields of linked account %q in a form that this provider does not know: %s. They are not configured, and an update could lose them at some servers, so nothing was written.", accountID, err),
		"Configure `udf`, which replaces them, or change them at Refold.").About(path.Root("udf"))
}

// unreadableOthersError is about fields of others that could not be sent along (FACTS 4.1).
func unreadableOthersError(accountID string, err error) *diagnose.Problem {
	return diagnose.NewError("User-defined fields of others cannot be kept", fmt.Sprintf(
		"Refold holds the user-defined fields of linked account %q in a form that this provider does not know: %s. `udf_exclusive` is false, so a write has to send along those that others have set, and nothing was written.", accountID, err),
		"Change them at Refold, in the dashboard or through its API. With `udf_exclusive = true`, the configured ones replace them all.").About(path.Root("udf"))
}

// othersOverwrittenWarning is about keys that were new to a configuration, and that the account had
// by the time of the write. It names no values, as notStoredWarning does.
func othersOverwrittenWarning(accountID string, keys []string) *diagnose.Problem {
	return diagnose.NewWarning("User-defined fields of others were overwritten", fmt.Sprintf(
		"`udf_exclusive` is false, and these keys are new to the configuration of linked account %q: %s. Right before the write, Refold had them already, with other values. They have the configured ones now, and Terraform manages them.", accountID, diagnose.Naming(keys)),
		"If they belong to another program, take them out of `udf`, which removes them at Refold, and have that program write them again.").About(path.Root("udf"))
}

// othersChangedWarning names no values, as notStoredWarning does.
func othersChangedWarning(accountID string, difference udf.Difference) *diagnose.Problem {
	var parts []string
	if len(difference.Missing) > 0 {
		parts = append(parts, "not stored: "+diagnose.Naming(difference.Missing))
	}
	if len(difference.Changed) > 0 {
		parts = append(parts, "stored otherwise: "+diagnose.Naming(difference.Changed))
	}
	return diagnose.NewWarning("User-defined fields of others are not as they were", fmt.Sprintf(
		"`udf_exclusive` is false, so the write of linked account %q sent along the fields that others have set, as they were right before. After it they are %s.", accountID, strings.Join(parts, "; ")),
		"Either somebody changed them in the same moment, or Refold does not store them as it had shown them. Check them in the dashboard, or have the program write them that they belong to.").About(path.Root("udf"))
}

func restoredWarning(accountID string) *diagnose.Problem {
	return diagnose.NewWarning("User-defined fields were restored", fmt.Sprintf(
		"After the update, linked account %q had no user-defined fields any more, although the update left them out. `udf` is not configured and so to be left alone; it was written back as it was before.", accountID), "").About(path.Root("udf"))
}

// lostError names no values, as notStoredWarning does.
func lostError(accountID string, lost map[string]any, isInState bool, err error) *diagnose.Problem {
	values := "which the state of the last run has (a backup, or an earlier version in the remote backend), and a saved plan as well: terraform show"
	if !isInState {
		values = "which the state does not have, or have the program write them that they belong to"
	}
	return diagnose.NewError("User-defined fields were lost", fmt.Sprintf(
		"After the update, linked account %q had no user-defined fields any more, although the update left them out. Lost are %s, and writing them back failed. %s",
		accountID, keysOf(lost), diagnose.Answer(err)),
		"Applying again does not bring them back: write them yourself, with the values from before this apply, "+values+". A `udf` that is configured goes into every write, and this server cannot lose it.",
	).About(path.Root("udf"))
}

// perhapsLostWarning names no values, as notStoredWarning does.
func perhapsLostWarning(accountID string, fields map[string]any) *diagnose.Problem {
	return diagnose.NewWarning("User-defined fields may be lost", fmt.Sprintf(
		"Nothing shows what the update of linked account %q has done. It left out user-defined fields, which are not configured here, and some servers clear them then: %s.", accountID, keysOf(fields)),
		"Check that the account still has them. A `udf` that is configured goes into every write.").About(path.Root("udf"))
}

func keysOf(fields map[string]any) string {
	keys := slices.Sorted(maps.Keys(fields))
	for i, key := range keys {
		keys[i] = strconv.Quote(key)
	}
	return strings.Join(keys, ", ")
}

func nameNotStoredWarning(accountID, desired, stored string) *diagnose.Problem {
	return diagnose.NewWarning("Refold did not store the name as configured", fmt.Sprintf(
		"Linked account %q was to be named %q, and Refold answers that it is named %q. The next plan will show this as a change; where Refold is right to write it so, write it so too.", accountID, desired, stored), "").About(path.Root("name"))
}
