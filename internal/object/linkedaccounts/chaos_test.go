// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	chaosAccounts = 20
	chaosRounds   = 3
	chaosRate     = 0.35
	// mostApplies is how often a user applies again before giving up.
	mostApplies = 60
)

// Random maps, at a Refold that fails in every way in which an answer can, each applied again until
// there is nothing left to do: then Refold holds exactly what was asked for, and so does the state.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range acctest.ChaosSeeds(t) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				mock := mockapi.New()
				mock.Inject(mockapi.Faults{Seed: seed, Rate: chaosRate, Elsewhere: "https://elsewhere.test"})
				network := acctest.InProcess(t, contract.Check(t, mock))
				c := chaos{t: t, mock: mock, network: network, chance: rand.New(rand.NewPCG(seed, 1))}
				for range chaosRounds {
					c.wish = c.draw()
					c.settle()
					c.verify()
				}
				if !slices.ContainsFunc(mock.Requests(), func(r mockapi.Request) bool { return r.Fault != "" }) {
					t.Error("nothing went wrong, so this proves nothing")
				}
			})
			acctest.ReplayChaos(t, "internal/object/linkedaccounts", seed)
		})
	}
}

type chaos struct {
	t       *testing.T
	mock    *mockapi.Server
	network http.RoundTripper
	chance  *rand.Rand
	// wish is the configuration, state what Terraform keeps, nil for nothing.
	wish  map[string]customer
	state *acctest.Instance
}

// customer is one account of a configuration.
type customer struct {
	name, plan  string
	credentials keys
}

func (c *chaos) draw() map[string]customer {
	drawn := map[string]customer{}
	for number := range chaosAccounts {
		if c.chance.IntN(3) == 0 {
			continue
		}
		one := customer{name: fmt.Sprintf("Name %d", c.chance.IntN(3)), plan: fmt.Sprintf("plan %d", c.chance.IntN(3))}
		if number%3 == 0 {
			one.credentials = keys{"key": fmt.Sprintf("secret %d", c.chance.IntN(2)), fmt.Sprintf("other %d", c.chance.IntN(2)): "x"}
		}
		drawn[id(number)] = one
	}
	return drawn
}

func (c *chaos) start() *acctest.Protocol {
	return acctest.ProtocolOver(c.t, c.network)
}

func (c *chaos) config(provider *acctest.Protocol) tftypes.Value {
	elements, secrets := map[string]tftypes.Value{}, map[string]keys{}
	for id, one := range c.wish {
		elements[id] = account(one.name, fields(one.plan))
		if one.credentials != nil {
			secrets[id] = one.credentials
		}
	}
	return provider.Config(typeName, map[string]tftypes.Value{
		"accounts": accounts(elements), "auth_credentials": credentials(secrets),
		"max_deletions": acctest.Number(chaosAccounts), "force_destroy": acctest.Yes(),
	})
}

// settle refreshes and applies until a refresh and a plan show nothing to do.
func (c *chaos) settle() {
	for range mostApplies {
		provider := c.start()
		if c.state != nil {
			read, diagnostics := provider.Read(typeName, *c.state)
			if acctest.HasFailure(diagnostics) {
				continue
			}
			c.state = &read
			if c.isSettled(provider) {
				return
			}
		}
		applied, _ := c.start().Apply(typeName, c.state, c.config(provider))
		if !applied.State.IsNull() {
			c.state = &applied
		}
	}
	c.t.Fatalf("not settled after %d applies", mostApplies)
}

// isSettled compares the map and the credentials, which is all that changes.
func (c *chaos) isSettled(provider *acctest.Protocol) bool {
	config := c.config(provider)
	wanted := map[string]tftypes.Value{}
	if err := config.As(&wanted); err != nil {
		c.t.Fatal(err)
	}
	return c.state.Attribute(c.t, "accounts").Equal(wanted["accounts"]) &&
		c.state.Attribute(c.t, "auth_credentials").Equal(wanted["auth_credentials"])
}

// verify holds Refold against the wish.
func (c *chaos) verify() {
	if stored := c.mock.Accounts(test); len(stored) != len(c.wish) {
		c.t.Errorf("%d accounts are at Refold, want %d", len(stored), len(c.wish))
	}
	for id, one := range c.wish {
		stored, exists := c.mock.Account(test, id)
		if !exists || stored.Name == nil || *stored.Name != one.name || stored.UDFMap()["plan"] != one.plan {
			c.t.Errorf("%s at Refold: %+v, want %+v", id, stored, one)
		}
		if got := c.mock.Credentials(test, id); !maps.Equal(got, one.credentials) {
			c.t.Errorf("credentials of %s: %v, want %v", id, got, one.credentials)
		}
	}
}
