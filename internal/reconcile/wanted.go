// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Wanted is what a configuration asks Refold for. Parts that are nil are not
// configured, and are left alone.
type Wanted struct {
	AccountID string
	Name      *string
	// UDF is the whole set of user-defined fields.
	UDF *refold.UDF
	// AppID is only needed by old servers (FACTS 4.27).
	AppID       string
	Credentials map[string]string
}

// upsert is the request without credentials.
func (w Wanted) upsert() refold.Upsert {
	return refold.Upsert{AccountID: w.AccountID, Name: w.Name, UDF: w.UDF}
}

// seed is the part of an upsert that carries credentials, or nil without any.
func (w Wanted) seed() *refold.YourApp {
	if len(w.Credentials) == 0 {
		return nil
	}
	return &refold.YourApp{AppID: w.AppID, AuthCredentials: w.Credentials}
}

// Equals reports whether an account is exactly what this configuration creates:
// what is not configured has to be empty, and something has to be configured
// that tells the account from any other.
func (w Wanted) Equals(ctx context.Context, account *refold.LinkedAccount) bool {
	var name string
	if w.Name != nil {
		name = *w.Name
	}
	var fields map[string]any
	if w.UDF != nil {
		fields = *w.UDF
	}
	return w.isTelling() && account.Name == name && udf.Compare(ctx, fields, account.UDF).IsEmpty() && w.explains(account.Integrations)
}

// isTelling reports whether anything is configured that tells the account from
// others.
func (w Wanted) isTelling() bool {
	return w.Name != nil || (w.UDF != nil && len(*w.UDF) > 0)
}

// explains reports whether all integrations are the doing of this
// configuration: at most the organization's own app, if it has credentials.
func (w Wanted) explains(integrations []refold.Integration) bool {
	if len(integrations) == 0 {
		return true
	}
	only := integrations[0]
	return len(integrations) == 1 && len(w.Credentials) > 0 && only.Type == refold.TypeCustom && (w.AppID == "" || w.AppID == only.AppID)
}
