// SPDX-License-Identifier: MPL-2.0

// Package providerdata is what the provider hands to all of its objects.
package providerdata

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Data is what the provider's Configure gives to every object: a client, or the reason why there is
// none yet.
type Data struct {
	// Claims are the accounts that objects of this run hold.
	Claims ownership.Claims

	client  *refold.Client
	unknown []string
	ownApp  ownApp
	policy  ownership.Policy
	// movements are what plans of this run do with objects.
	movements ownership.Movements
	// memory has the values of Remember.
	memory sync.Map
	// configured is a random text.
	configured string
	// cli is the process id of the CLI, which starts the provider.
	cli int
	// noLooks is why plans ask Refold for nothing any more; nil while they do.
	noLooks atomic.Pointer[error]
}

// ownApp is the id of the organization's own app among the integrations of its accounts. It is the
// same for all of them, and asked for once in a run.
type ownApp struct {
	// id is nil while it is not known.
	id atomic.Pointer[string]
	// asking holds whoever asks for it.
	asking chan struct{}
}

// Ready is data with a client.
func Ready(client *refold.Client) *Data { return newData(client, nil) }

// WithDeletionPolicy is the data with the provider's deletion_policy, which is empty for none.
func (d *Data) WithDeletionPolicy(policy ownership.Policy) *Data {
	d.policy = policy
	return d
}

// configure tells one Configure from all others, also those of other processes.
func (d *Data) configure() string {
	if d == nil {
		return ""
	}
	return d.configured
}

// DeletionPolicy is the provider's default, also before it is configured.
func (d *Data) DeletionPolicy() ownership.Policy {
	if d == nil {
		return ownership.Delete
	}
	return cmp.Or(d.policy, ownership.Delete)
}

// Pending is the data of a provider whose configuration depends on values that are not known during
// this plan; attributes names them.
func Pending(attributes []string) *Data { return newData(nil, attributes) }

func newData(client *refold.Client, unknown []string) *Data {
	return &Data{client: client, unknown: unknown, ownApp: ownApp{asking: make(chan struct{}, 1)}, configured: rand.Text(), cli: os.Getppid()}
}

// From reads the provider data that an object's Configure receives. It is nil before the provider
// is configured, which is not an error.
func From(providerData any, diagnostics *diag.Diagnostics) *Data {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(*Data)
	if !ok {
		diagnostics.AddError("Unexpected provider data", fmt.Sprintf("The provider passed %T to its object. This is a bug in the provider; please report it.", providerData))
	}
	return data
}

// Client returns the client, or nil after adding one error that says what is missing.
func (d *Data) Client(diagnostics *diag.Diagnostics) *refold.Client {
	switch {
	case d == nil:
		diagnostics.AddError("The provider is not configured", "Refold was to be called before the provider was configured. This is a bug in the provider; please report it.")
		return nil
	case d.client == nil:
		diagnostics.AddError("The provider's configuration is not known yet", fmt.Sprintf(
			"Refold has to be asked now, but provider attribute %s depends on something that is only known after apply. "+
				"Apply that first (terraform apply -target=...), or take the value from a variable or the environment.", strings.Join(d.unknown, ", ")))
		return nil
	}
	return d.client
}

// Movements are what plans of this run do with objects.
func (d *Data) Movements() *ownership.Movements { return &d.movements }

// OwnAppID returns the id, and whether it is known. It is empty where Refold does not list the own
// app.
func (d *Data) OwnAppID() (id string, known bool) {
	if found := d.ownApp.id.Load(); found != nil {
		return *found, true
	}
	return "", false
}

// LearnOwnAppID asks for the id where it is not known: one at a time, since the first answer serves
// all. Find returns false when it cannot tell; the next one asks again then.
func (d *Data) LearnOwnAppID(ctx context.Context, find func(context.Context) (id string, ok bool)) {
	select {
	case d.ownApp.asking <- struct{}{}:
		defer func() { <-d.ownApp.asking }()
	case <-ctx.Done():
		return
	}
	if _, known := d.OwnAppID(); known {
		return
	}
	if id, ok := find(ctx); ok {
		d.ownApp.id.Store(&id)
	}
}
