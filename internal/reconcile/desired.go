// SPDX-License-Identifier: MPL-2.0

package reconcile

import "github.com/gocobalt/terraform-provider-refold/internal/refold"

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
