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
// In between, a map that fails half-way is taken back.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range acctest.ChaosSeeds(t) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				mock := mockapi.New(mockapi.WithBehaviour(chaosBehaviour(seed)))
				mock.Inject(mockapi.Faults{Seed: seed, Rate: chaosRate, Elsewhere: "https://elsewhere.test"})
				network := acctest.InProcess(t, contract.Check(t, mock))
				c := chaos{t: t, mock: mock, network: network, chance: rand.New(rand.NewPCG(seed, 1)), abandoned: map[string]bool{}, shares: seed%2 == 1, others: map[string]string{}}
				for range chaosRounds {
					c.wish = c.draw()
					c.settle()
					c.verify()
					c.rollBack()
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

// chaosBehaviour changes what a server makes of credentials that it holds already.
func chaosBehaviour(seed uint64) mockapi.Behaviour {
	var behaviour mockapi.Behaviour
	switch seed % 4 {
	case 1:
		behaviour.Credential.Duplicates = mockapi.DuplicatesStored
	case 2:
		behaviour.Credential.LastKeyRemoves = true
	case 3:
		behaviour.Credential.Replace = true
	}
	return behaviour
}

type chaos struct {
	t       *testing.T
	mock    *mockapi.Server
	network http.RoundTripper
	chance  *rand.Rand
	// wish is the configuration, state what Terraform keeps, nil for nothing.
	wish  wish
	state *acctest.Instance
	// versions counts the wishes, none of which has the version of another.
	versions int
	// abandoned are accounts that a wish which was taken back may have created without being told.
	abandoned map[string]bool
	// shares is true where an application has a field in every account, too; others are its values
	// by Refold's own id of the account.
	shares bool
	others map[string]string
}

// wish is one configuration.
type wish struct {
	customers map[string]customer
	// version is that of write-only credentials, and 0 for the plain form.
	version  int
	hasAppID bool
}

// customer is one account of a configuration.
type customer struct {
	name, plan  string
	credentials keys
}

func (c *chaos) draw() wish {
	c.versions++
	drawn := wish{customers: map[string]customer{}, version: c.chance.IntN(2) * c.versions, hasAppID: c.chance.IntN(4) == 0}
	for number := range chaosAccounts {
		if c.chance.IntN(3) == 0 {
			continue
		}
		one := customer{name: fmt.Sprintf("Name %d", c.chance.IntN(3)), plan: fmt.Sprintf("plan %d", c.chance.IntN(3))}
		if number%3 == 0 && c.chance.IntN(4) > 0 {
			one.credentials = keys{"key": fmt.Sprintf("secret %d", c.chance.IntN(2)), fmt.Sprintf("other %d", c.chance.IntN(2)): "x"}
		}
		drawn.customers[id(number)] = one
	}
	return drawn
}

// start begins one run of Terraform; attributes of block go into the provider block.
func (c *chaos) start(block ...acctest.Attributes) *acctest.Protocol {
	return acctest.ProtocolOver(c.t, c.network, block...)
}

func (c *chaos) config(provider *acctest.Protocol) tftypes.Value {
	elements, secrets := map[string]tftypes.Value{}, map[string]keys{}
	for id, one := range c.wish.customers {
		elements[id] = account(one.name, fields(one.plan))
		if one.credentials != nil {
			secrets[id] = one.credentials
		}
	}
	attributes := acctest.Attributes{
		"accounts": accounts(elements), "adopt_existing": acctest.Yes(),
		"max_deletions": acctest.Number(chaosAccounts), "force_destroy": acctest.Yes(), "udf_exclusive": tftypes.NewValue(tftypes.Bool, !c.shares),
	}
	if c.wish.hasAppID {
		attributes["app_id"] = acctest.Text(mockapi.DefaultAppID)
	}
	if c.wish.version == 0 {
		attributes["auth_credentials"] = credentials(secrets)
	} else {
		attributes["auth_credentials_wo"], attributes["auth_credentials_wo_version"] = credentials(secrets), acctest.Version(c.wish.version)
	}
	return provider.Config(typeName, attributes)
}

// rollBack applies one or two other wishes without repeating anything, so that much of it fails,
// and takes them back.
func (c *chaos) rollBack() {
	before := c.wish
	for range 1 + c.chance.IntN(2) {
		c.wish = c.draw()
		provider := c.start(acctest.Attributes{"max_retries": acctest.Number(0)})
		if applied, _ := provider.Apply(typeName, c.state, c.config(provider)); !applied.State.IsNull() {
			c.state = &applied
		}
		c.write()
		for id := range c.wish.customers {
			if _, wanted := before.customers[id]; !wanted {
				c.abandoned[id] = true
			}
		}
	}
	c.wish = before
	c.settle()
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
		c.write()
	}
	c.t.Fatalf("not settled after %d applies", mostApplies)
}

// write is what the application does between two runs, after a look at what it wrote before.
func (c *chaos) write() {
	if !c.shares {
		return
	}
	for _, stored := range c.mock.Accounts(test) {
		got, _ := stored.UDFMap()["logins"].(string)
		if want := c.others[stored.ID]; got != want {
			c.t.Errorf("the application's field of %s was %q, and is %q now", stored.AccountID, want, got)
		}
		written := strconv.Itoa(c.chance.IntN(100))
		c.others[stored.ID] = written
		c.mock.Change(test, stored.AccountID, func(account *mockapi.Account) { account.SetUDF("logins", written) })
	}
}

// isSettled reports whether a plan is empty.
func (c *chaos) isSettled(provider *acctest.Protocol) bool {
	planned, err := provider.Plan(typeName, c.state, c.config(provider)).PlannedState.Unmarshal(c.state.State.Type())
	if err != nil {
		c.t.Fatal(err)
	}
	return planned.Equal(c.state.State)
}

// verify holds Refold against the wish.
func (c *chaos) verify() {
	for _, stored := range c.mock.Accounts(test) {
		if _, wanted := c.wish.customers[stored.AccountID]; !wanted && !c.abandoned[stored.AccountID] {
			c.t.Errorf("%s is at Refold, and nobody asks for it", stored.AccountID)
		}
	}
	for id, one := range c.wish.customers {
		stored, exists := c.mock.Account(test, id)
		if !exists || stored.Name == nil || *stored.Name != one.name || stored.UDFMap()["plan"] != one.plan {
			c.t.Errorf("%s at Refold: %+v, want %+v", id, stored, one)
		}
		if got := c.mock.Credentials(test, id); !maps.Equal(got, one.credentials) {
			c.t.Errorf("credentials of %s: %v, want %v", id, got, one.credentials)
		}
	}
}
