// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	chaosAccounts = 20
	chaosRounds   = 2
	chaosChanges  = 4
	chaosRate     = 0.35
	// mostApplies is how often a user applies again before giving up.
	mostApplies = 40
	elsewhere   = "elsewhere.test"
	// othersKey is the field that an application has in some accounts.
	othersKey = "logins"
)

// Random changes of many accounts, at a Refold that fails in every way in which an answer can, each
// applied again until there is nothing left to do: then Refold holds exactly what was asked for,
// and so does the state. In between, changes that fail half-way are taken back. To replay a seed,
// run its subtest.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range acctest.ChaosSeeds(t) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				chaos := newChaos(t, seed)
				for range chaosRounds {
					changed := chaos.change()
					chaos.settle(changed)
					chaos.rollBack()
				}
				chaos.verify()
			})
			acctest.ReplayChaos(t, "internal/object/linkedaccount", seed)
		})
	}
}

// chaos is one seed: a failing Refold, and a user who manages accounts there.
type chaos struct {
	t        *testing.T
	chance   *rand.Rand
	mock     *mockapi.Server
	network  http.RoundTripper
	accounts []*managed
	// parallelism is Terraform's. At 1 every seed takes exactly the same course.
	parallelism int
}

// managed is one account in the user's hands.
type managed struct {
	id string
	// hasApp is false for accounts that never have credentials, whose deletion stays guarded.
	hasApp bool
	// shares is true for accounts in which an application has a field, too.
	shares bool
	// others is the value of that field, empty for none.
	others string
	// wish is the configuration, nil for none.
	wish *wish
	// truth is what Refold has to hold.
	truth truth
	// instance is what Terraform keeps, nil for nothing.
	instance *acctest.Instance
	// serverID is the _id at Refold when last looked at, empty for no account.
	serverID string
	// last are the diagnostics of the last step.
	last []*tfprotov6.Diagnostic
}

// wish is the configuration of one account. What is nil is not configured.
type wish struct {
	name        *string
	udf         map[string]any
	credentials map[string]string
	writeOnly   bool
	version     int
	hasAppID    bool
}

type truth struct {
	name        string
	udf         map[string]any
	credentials map[string]string
}

func newChaos(t *testing.T, seed uint64) *chaos {
	mock := mockapi.New(mockapi.WithBehaviour(chaosBehaviour(seed)))
	mock.Inject(mockapi.Faults{Seed: seed, Rate: chaosRate, Elsewhere: "https://" + elsewhere})
	c := &chaos{
		t: t, chance: rand.New(rand.NewPCG(seed, 0)), mock: mock, parallelism: 1 + int(seed%2)*9,
		network: acctest.InProcess(t, contract.Check(t, mock)),
	}
	for i := range chaosAccounts {
		c.accounts = append(c.accounts, &managed{id: fmt.Sprintf("user %d", i), hasApp: i%2 == 1, shares: i%4 > 1})
	}
	return c
}

// chaosBehaviour changes what matters most when answers are lost: how much an
// answer says, and what an upsert leaves behind.
func chaosBehaviour(seed uint64) mockapi.Behaviour {
	var behaviour mockapi.Behaviour
	switch seed / 2 % 4 {
	case 1:
		behaviour.Account.UpsertAnswer = mockapi.AnswerSuccess
	case 2:
		behaviour.UDF.Merge, behaviour.UDF.Null = true, mockapi.UDFNullRemoves
	case 3:
		behaviour.Credential.Duplicates, behaviour.Account.DeleteNotFoundAs500 = mockapi.DuplicatesStored, true
	}
	return behaviour
}

// RoundTrip implements http.RoundTripper: a network of two hosts.
func (c *chaos) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Host == elsewhere {
		c.t.Errorf("a request went to another host: %s %s", request.Method, request.URL)
	}
	return c.network.RoundTrip(request)
}

// start begins one run of Terraform: a provider process of its own.
func (c *chaos) start(block ...acctest.Attributes) *acctest.Protocol {
	return acctest.ProtocolOver(c.t, c, block...)
}

// change draws new wishes for some accounts.
func (c *chaos) change() []*managed {
	changed := slices.Clone(c.accounts)
	c.chance.Shuffle(len(changed), func(i, j int) { changed[i], changed[j] = changed[j], changed[i] })
	changed = changed[:chaosChanges]
	for _, account := range changed {
		if account.wish != nil && c.chance.IntN(4) == 0 {
			account.wish, account.truth = nil, truth{}
			continue
		}
		account.ask(c.draw(account))
	}
	return changed
}

func (c *chaos) draw(account *managed) *wish {
	drawn := &wish{}
	if c.chance.IntN(4) > 0 {
		drawn.name = new(fmt.Sprintf("Name %d", c.chance.IntN(5)))
	}
	if drawn.name == nil || c.chance.IntN(2) == 0 {
		drawn.udf = map[string]any{"seats": strconv.Itoa(c.chance.IntN(3)), "beta": c.chance.IntN(2) == 0}
		if c.chance.IntN(2) == 0 {
			drawn.udf["plan"] = fmt.Sprintf("\"plan\" %d", c.chance.IntN(3))
		}
	}
	if account.hasApp && c.chance.IntN(4) > 0 {
		drawn.credentials = map[string]string{}
		for range 1 + c.chance.IntN(3) {
			drawn.credentials[fmt.Sprintf("key/%d", c.chance.IntN(4))] = fmt.Sprintf("secret %d", c.chance.IntN(3))
		}
		drawn.writeOnly, drawn.hasAppID = c.chance.IntN(2) == 0, c.chance.IntN(2) == 0
	}
	if account.wish != nil {
		drawn.version = account.wish.version + 1
	}
	return drawn
}

// ask makes a wish the configuration, and writes down what Refold has to hold then.
func (m *managed) ask(wanted *wish) {
	if wanted.name != nil {
		m.truth.name = *wanted.name
	}
	if wanted.udf != nil {
		m.truth.udf = m.fieldsBeside(wanted.udf)
	}
	m.wish = wanted
	m.truth.credentials = wanted.credentials
}

// fieldsBeside are wanted fields; where they are shared, beside those that Terraform let go of.
func (m *managed) fieldsBeside(wanted map[string]any) map[string]any {
	if !m.shares {
		return wanted
	}
	fields := maps.Clone(m.truth.udf)
	if m.wish != nil {
		maps.DeleteFunc(fields, func(key string, _ any) bool { _, isManaged := m.wish.udf[key]; return isManaged })
	}
	if fields == nil {
		fields = map[string]any{}
	}
	maps.Copy(fields, wanted)
	return fields
}

// write is what the application does between two runs, in accounts in which it has a field.
func (c *chaos) write() {
	for _, account := range c.accounts {
		stored, exists := c.mock.Account(test, account.id)
		if !account.shares || !exists {
			continue
		}
		if got := othersField(stored); got != account.others {
			c.t.Errorf("the application's field of %s was %q, and is %q now", account.id, account.others, got)
		}
		account.others = strconv.Itoa(c.chance.IntN(100))
		c.mock.Change(test, account.id, func(stored *mockapi.Account) { stored.SetUDF(othersKey, account.others) })
	}
}

// rollBack changes some of the accounts once or twice, applies without repeating anything, so that
// much of it fails, and takes it back. Each is then settled as it was before.
func (c *chaos) rollBack() {
	var tried []*managed
	var before []managed
	for _, account := range c.accounts {
		if account.wish != nil && c.chance.IntN(2) == 0 {
			tried, before = append(tried, account), append(before, *account)
		}
	}
	for range 1 + c.chance.IntN(2) {
		for _, account := range tried {
			account.ask(c.vary(account))
		}
		c.mock.ResetRequests()
		c.apply(tried, acctest.Attributes{"max_retries": acctest.Number(0)})
		c.checkContinuity()
	}
	for i, account := range tried {
		account.wish, account.truth = before[i].wish, before[i].truth
	}
	c.settle(tried)
}

// vary draws another wish that configures of name and fields just what the last one does: what only
// the other one configures would stay as it made it.
func (c *chaos) vary(account *managed) *wish {
	varied := c.draw(account)
	if last := account.wish; last.name == nil || varied.name == nil {
		varied.name = last.name
	}
	if last := account.wish; last.udf == nil || varied.udf == nil {
		varied.udf = last.udf
	}
	return varied
}

// settle applies again and again until there is nothing left to do.
func (c *chaos) settle(accounts []*managed) (applies int) {
	pending := slices.Clone(accounts)
	for len(pending) > 0 {
		if applies++; applies > mostApplies {
			for _, account := range pending {
				c.t.Errorf("%s does not settle: %s", account.id, acctest.List(account.last))
			}
			return applies
		}
		c.mock.ResetRequests()
		unsettled := c.apply(pending)
		c.checkContinuity()
		pending = unsettled
		if c.t.Failed() {
			return applies
		}
	}
	return applies
}

// apply is one run over some accounts. It returns those that are not settled. Attributes of block
// go into the provider block.
func (c *chaos) apply(accounts []*managed, block ...acctest.Attributes) []*managed {
	protocol := c.start(block...)
	settled := make([]bool, len(accounts))
	slots := make(chan struct{}, c.parallelism)
	var group sync.WaitGroup
	for i, account := range accounts {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			settled[i] = c.step(protocol, account)
		})
	}
	group.Wait()
	var unsettled []*managed
	for i, account := range accounts {
		if !settled[i] {
			unsettled = append(unsettled, account)
		}
	}
	return unsettled
}

// step refreshes one account, plans, and applies what is planned. It reports
// whether nothing was left to do.
func (c *chaos) step(protocol *acctest.Protocol, account *managed) bool {
	if account.instance != nil && !c.refresh(protocol, account) {
		return false
	}
	if account.wish == nil {
		return account.instance == nil || c.remove(protocol, account)
	}
	config := protocol.Config(typeName, account.wish.attributes(account))
	planned := protocol.Plan(typeName, account.instance, config)
	account.last = planned.Diagnostics
	if acctest.HasFailure(planned.Diagnostics) {
		c.t.Errorf("%s cannot be planned: %s", account.id, acctest.List(planned.Diagnostics))
		return false
	}
	state, err := planned.PlannedState.Unmarshal(config.Type())
	if err != nil {
		c.t.Error(err)
		return false
	}
	if account.instance != nil && state.Equal(account.instance.State) {
		return true
	}
	result, diagnostics := protocol.ApplyPlanned(typeName, account.instance, planned, config)
	account.last = diagnostics
	if acctest.HasFailure(diagnostics) && account.instance == nil {
		// A state beside the error would be tainted, and then deleted.
		if !result.State.IsNull() {
			c.t.Errorf("%s: a failed create left a state: %s", account.id, acctest.List(diagnostics))
		}
		return false
	}
	account.instance = &result
	return false
}

func (c *chaos) refresh(protocol *acctest.Protocol, account *managed) bool {
	result, diagnostics := protocol.Read(typeName, *account.instance)
	account.last = diagnostics
	if acctest.HasFailure(diagnostics) {
		return false
	}
	account.instance = &result
	if result.State.IsNull() {
		if account.wish != nil {
			c.t.Errorf("%s is lost: %s", account.id, acctest.List(diagnostics))
		}
		account.instance = nil
	}
	return true
}

func (c *chaos) remove(protocol *acctest.Protocol, account *managed) bool {
	result, diagnostics := protocol.Apply(typeName, account.instance, tftypes.NewValue(account.instance.State.Type(), nil))
	account.last = diagnostics
	if acctest.HasFailure(diagnostics) {
		if !result.State.Equal(account.instance.State) {
			c.t.Errorf("%s: a failed deletion changed the state", account.id)
		}
		return false
	}
	account.instance = nil
	if _, left := c.mock.Account(test, account.id); left || !result.State.IsNull() {
		c.t.Errorf("%s was not deleted, without an error: %s", account.id, acctest.List(diagnostics))
	}
	return true
}

// checkContinuity looks at Refold after a run: nothing that is wanted was
// deleted, also not to be created anew at once.
func (c *chaos) checkContinuity() {
	for _, account := range c.accounts {
		stored, exists := c.mock.Account(test, account.id)
		if account.wish != nil && account.serverID != "" && stored.ID != account.serverID {
			c.t.Errorf("%s was %s and is %q now", account.id, account.serverID, stored.ID)
		}
		if stored.ID != account.serverID {
			account.others = othersField(stored)
		}
		account.serverID = stored.ID
		path := "/api/v2/public/linked-account/" + strings.ReplaceAll(account.id, " ", "%20")
		if account.wish != nil && c.mock.Count(http.MethodDelete, path) > 0 {
			c.t.Errorf("the deletion of %s was asked for", account.id)
		}
		if account.instance != nil && !exists && account.wish != nil {
			c.t.Errorf("%s is in the state and not at Refold", account.id)
		}
	}
	c.write()
}

// verify compares what is wanted, what Refold holds and what the state says,
// once nothing fails any more.
func (c *chaos) verify() {
	c.mock.Inject(mockapi.Faults{})
	if applies := c.settle(c.accounts); applies != 1 {
		c.t.Errorf("%d applies were needed after everything had settled", applies)
	}
	stored := map[string]mockapi.Account{}
	for _, account := range c.mock.Accounts(test) {
		stored[account.AccountID] = account
	}
	for _, account := range c.accounts {
		at, exists := stored[account.id]
		delete(stored, account.id)
		if wanted := account.wish != nil; exists != wanted || (account.instance != nil) != wanted {
			c.t.Errorf("%s: wanted %v, at Refold %v, in the state %v", account.id, wanted, exists, account.instance != nil)
			continue
		}
		if !exists {
			continue
		}
		if got := (truth{orEmpty(at.Name), plainFields(at), c.mock.Credentials(test, account.id)}); !got.equals(account.truth) {
			c.t.Errorf("%s at Refold: %+v, want %+v", account.id, got, account.truth)
		}
		if id := account.instance.Attribute(c.t, "id"); !id.Equal(acctest.Text(at.ID)) {
			c.t.Errorf("%s has id %s in the state and %s at Refold", account.id, id, at.ID)
		}
	}
	if len(stored) > 0 {
		c.t.Errorf("nobody asked for %v", slices.Collect(maps.Keys(stored)))
	}
}

func (t truth) equals(other truth) bool {
	return t.name == other.name && maps.Equal(t.credentials, other.credentials) &&
		(len(t.udf)+len(other.udf) == 0 || reflect.DeepEqual(t.udf, other.udf))
}

// attributes is the wish as a resource block.
func (w *wish) attributes(account *managed) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{"linked_account_id": acctest.Text(account.id), "force_destroy": tftypes.NewValue(tftypes.Bool, account.hasApp), "udf_exclusive": tftypes.NewValue(tftypes.Bool, !account.shares)}
	if account.shares {
		// Where the application has written into what a create has left, it is not taken over.
		attributes["adopt_existing"] = acctest.Yes()
	}
	if w.name != nil {
		attributes["name"] = acctest.Text(*w.name)
	}
	if w.udf != nil {
		values := map[string]tftypes.Value{}
		for key, value := range w.udf {
			if flag, ok := value.(bool); ok {
				values[key] = tftypes.NewValue(tftypes.Bool, flag)
			} else {
				values[key] = acctest.Text(value.(string))
			}
		}
		attributes["udf"] = fields(values)
	}
	if w.credentials != nil {
		attributes["your_app"] = w.yourApp()
	}
	return attributes
}

func (w *wish) yourApp() tftypes.Value {
	form := acctest.CredentialForm{Values: w.credentials}
	if w.writeOnly {
		form.Version = w.version
	}
	if w.hasAppID {
		form.AppID = mockapi.DefaultAppID
	}
	return appWith(form)
}

func plainFields(account mockapi.Account) map[string]any {
	stored := account.UDFMap()
	maps.DeleteFunc(stored, func(key string, value any) bool { return value == nil || key == othersKey })
	return stored
}

func othersField(account mockapi.Account) string {
	value, _ := account.UDFMap()[othersKey].(string)
	return value
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
