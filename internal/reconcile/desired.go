// SPDX-License-Identifier: MPL-2.0

package reconcile

import "github.com/gocobalt/terraform-provider-refold/internal/refold"

// Desired is what a configuration asks Refold for. Parts that are nil are not configured, and are
// left alone.
type Desired struct {
	AccountID string
	Name      *string
	// UDF is the whole set of user-defined fields; where SharesUDF is set, those that are managed,
	// with null for one that is to be removed.
	UDF *refold.UDF
	// SharesUDF is true where others have fields in the account, which every write keeps.
	SharesUDF bool
	// AppID is only needed by old servers (FACTS 4.27).
	AppID       string
	Credentials map[string]string
}

// yourApp is all credentials, nil where there are none.
func (d Desired) yourApp() *refold.YourApp {
	if !d.hasCredentials() {
		return nil
	}
	return &refold.YourApp{AppID: d.AppID, AuthCredentials: d.Credentials}
}

func (d Desired) hasCredentials() bool { return len(d.Credentials) > 0 }
