// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Desired is what a configuration asks Refold for. Parts that are nil are not configured, and are
// left alone.
type Desired struct {
	AccountID string
	Name      *string
	// UDF is the whole set of user-defined fields.
	UDF *refold.UDF
	// AppID is only needed by old servers (FACTS 4.27).
	AppID       string
	Credentials map[string]string
}

// upsert is the request without credentials.
func (d Desired) upsert() refold.Upsert {
	return refold.Upsert{AccountID: d.AccountID, Name: d.Name, UDF: d.UDF}
}

// seeding is the request with all credentials, if there are any.
func (d Desired) seeding() refold.Upsert {
	request := d.upsert()
	if d.hasCredentials() {
		request.YourApp = &refold.YourApp{AppID: d.AppID, AuthCredentials: d.Credentials}
	}
	return request
}

func (d Desired) hasCredentials() bool { return len(d.Credentials) > 0 }

// Equals reports whether an account is exactly what this configuration creates: what is not
// configured has to be empty, and something has to be configured that tells the account from any
// other.
func (d Desired) Equals(ctx context.Context, account *refold.LinkedAccount) bool {
	var name string
	if d.Name != nil {
		name = *d.Name
	}
	var fields map[string]any
	if d.UDF != nil {
		fields = *d.UDF
	}
	return d.isDistinctive() && account.Name == name && udf.Compare(ctx, fields, account.UDF).IsEmpty() && d.explains(account.Integrations)
}

// isDistinctive reports whether anything is configured that tells the account from others.
func (d Desired) isDistinctive() bool {
	return d.Name != nil || (d.UDF != nil && len(*d.UDF) > 0)
}

// explains reports whether all integrations are the doing of this configuration: at most the
// organization's own app, if it has credentials.
func (d Desired) explains(integrations []refold.Integration) bool {
	if len(integrations) == 0 {
		return true
	}
	only := integrations[0]
	return len(integrations) == 1 && d.hasCredentials() && only.Type == refold.TypeCustom && (d.AppID == "" || d.AppID == only.AppID)
}
