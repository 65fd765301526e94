// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"maps"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Cost is what customers lose when accounts are deleted, as far as a plan can tell.
type Cost struct {
	// Connected are the apps that customers connected, by account. Accounts without any are left
	// out.
	Connected map[string][]refold.Integration
	// Namesakes are accounts, in any order, that are not those that the state knows: somebody has
	// made them anew.
	Namesakes []string
	// Unknown says why nobody can tell, as a sentence, by account.
	Unknown map[string]string
}

// Cost finds out what deleting accounts costs of which a state knows so much: from what the refresh
// of this run saw, else by the rule of the bulk reader. One that does not exist costs nothing.
func (r Reconciler) Cost(ctx context.Context, priors map[string]Prior) Cost {
	cost := Cost{Connected: map[string][]refold.Integration{}, Unknown: map[string]string{}}
	for id, lookup := range r.sight(ctx, slices.Collect(maps.Keys(priors))) {
		switch {
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
		case lookup.Err != nil:
			cost.Unknown[id] = diagnose.Answer(lookup.Err)
		default:
			cost.add(priors[id], lookup.Account)
		}
	}
	return cost
}

func (c *Cost) add(prior Prior, found *refold.LinkedAccount) {
	id := found.AccountID
	if swapped := diagnose.CheckScope(diagnose.LinkedAccount(id), prior.Scope, found.Scope()); swapped != nil {
		c.Unknown[id] = swapped.What
		return
	}
	if WasReplaced(prior.ID, found) {
		c.Namesakes = append(c.Namesakes, id)
	}
	if !found.ShowsIntegrations {
		c.Unknown[id] = "Refold does not say which apps are connected to it."
		return
	}
	if apps := prior.Connected(found.Integrations); len(apps) > 0 {
		c.Connected[id] = apps
	}
}

// Connected are the apps among those of an account that its customer connected: all but the one
// that this resource set up. An app whose id is not known is not guessed at.
func (p Prior) Connected(apps []refold.Integration) []refold.Integration {
	own := map[string]bool{p.OwnAppID: true}
	if p.App != nil {
		own[p.App.AppID] = true
	}
	return slices.DeleteFunc(slices.Clone(apps), func(app refold.Integration) bool {
		return app.Type == refold.TypeCustom && app.AppID != "" && own[app.AppID]
	})
}
