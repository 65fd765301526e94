// SPDX-License-Identifier: MPL-2.0

// Package connection hands the provider's configured client to its objects.
package connection

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Connection is what the provider's Configure gives to every object: a client,
// or the reason why there is none yet.
type Connection struct {
	client  *refold.Client
	unknown []string
	claims  claims
	ownApp  ownApp
}

// Ready is a connection with a client.
func Ready(client *refold.Client) *Connection { return &Connection{client: client} }

// Pending is a connection whose provider configuration depends on values that
// are not known during this plan; attributes names them.
func Pending(attributes []string) *Connection { return &Connection{unknown: attributes} }

// From reads the provider data that an object's Configure receives. It is nil
// before the provider is configured, which is not an error.
func From(providerData any, diagnostics *diag.Diagnostics) *Connection {
	if providerData == nil {
		return nil
	}
	connection, ok := providerData.(*Connection)
	if !ok {
		diagnostics.AddError("Unexpected provider data", fmt.Sprintf("The provider passed %T to its object. This is a bug in the provider; please report it.", providerData))
	}
	return connection
}

// Client returns the client, or nil after adding one error that says what is
// missing.
func (c *Connection) Client(diagnostics *diag.Diagnostics) *refold.Client {
	switch {
	case c == nil:
		diagnostics.AddError("The provider is not configured", "Refold was to be called before the provider was configured. This is a bug in the provider; please report it.")
		return nil
	case c.client == nil:
		diagnostics.AddError("The provider's configuration is not known yet", fmt.Sprintf(
			"Refold has to be asked now, but provider attribute %s depends on something that is only known after apply. "+
				"Apply that first (terraform apply -target=...), or take the value from a variable or the environment.", strings.Join(c.unknown, ", ")))
		return nil
	}
	return c.client
}
