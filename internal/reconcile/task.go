// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Task is what is to become of one account.
type Task struct {
	// Owner is the name of the resource, as of ownership.NewOwner; empty where its state has none.
	Owner string
	// Desired is what the configuration asks for. A deletion needs only its AccountID.
	Desired Desired
	// Prior is what the state knows.
	Prior Prior

	// Adopt lets a creation bring an account that exists in line with the configuration, whatever
	// it is like.
	Adopt bool
	// KnownAbsent keeps a creation from looking whether the account exists, because that is known;
	// Outcome.IsNew tells where it is not so.
	KnownAbsent bool

	// FieldsDiffer makes an update write name and user-defined fields.
	FieldsDiffer bool
	// Credentials is what an update does to the credentials.
	Credentials credentials.Change

	// Force lets a deletion take the apps along that the customer connected.
	Force bool
}

// Prior is what the state knows of an account.
type Prior struct {
	// ID is Refold's own id, empty while not known.
	ID string
	// Scope is where the account lives. For a creation it is where others of the same state do.
	Scope refold.Scope
	// UDF are the user-defined fields. Where none are configured, they are to survive every write.
	UDF refold.UDF
	// FieldKeys are those of the fields that the state has, or may have left at Refold. An update
	// of shared fields warns of others that it overwrites; nil for no such warning.
	FieldKeys udf.Keys
	// LacksUDF is true where the state does not hold them. An update looks at them itself then.
	LacksUDF bool
	// App is what was set up of the organization's own app; nil for nothing.
	App *credentials.DefaultApp
	// OwnAppID is that app's id where the configuration told it, else empty.
	OwnAppID string
}

// Outcome is what became of one account.
type Outcome struct {
	// Complete is true when everything was done. Problems beside it are about what Refold made of
	// that.
	Complete bool
	// Account is what is known of the account; nil where no answer showed it.
	Account *refold.LinkedAccount
	// App is what is set up of the organization's own app; nil for nothing. Where the task was not
	// completed, credentials that it sent or removed are uncertain.
	App *credentials.DefaultApp
	// Upserted is true once Refold accepted an upsert.
	Upserted bool
	// IsNew is whether Refold said that the account is new; nil where it did not, as old servers do
	// (FACTS 2.1.2).
	IsNew *bool
	// FieldsInDoubt are keys of shared fields that Refold may hold and a state does not: what a
	// write that failed may have stored all the same, and what could not be removed.
	FieldsInDoubt []string
	// DeletionBegun is true when an error leaves open whether a deletion was carried out.
	DeletionBegun bool
	// Problems are what to tell the user, in order.
	Problems diagnose.Problems
}
