// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// operation is one exported method of the client, called about the account "user".
type operation struct {
	// requests are the methods of what it sends to a server that answers with fine.
	requests string
	do       func(context.Context, *refold.Client) error
	// asks is what it says of a 2xx answer that it cannot use; nil where the answer is
	// taken for a success, because Refold's own may say as little (FACTS 1.6).
	asks *unusableAnswer
	// findsAbsence is true where an account that does not exist is an answer.
	findsAbsence bool
	// endsBySnapshotLife is true where that bounds all requests together.
	endsBySnapshotLife bool
	// isOnce is true where the request must not be repeated once it may have arrived.
	isOnce bool
	// isOfNoAccount is true where a missing account cannot be the reason of a refusal.
	isOfNoAccount bool
	// byToken is true where a session token goes in place of the key.
	byToken bool
}

// unusableAnswer is how answers that are no JSON, of another kind, and about another
// account are described; empty where there is nothing to describe.
type unusableAnswer struct{ text, another, account string }

var (
	noAccount = &unusableAnswer{"not a linked account in JSON", "JSON without an account_id", "the answer is about another account, USER"}
	noList    = &unusableAnswer{"not a list of linked accounts in JSON", "not a list of linked accounts in JSON", "not a list of linked accounts in JSON"}
	noToken   = &unusableAnswer{"no session token in JSON", "JSON without a token", "JSON without a token"}
)

// operations has every exported method of the client that takes a context.
var operations = map[string]operation{
	"Scope": {requests: "GET", asks: noAccount, findsAbsence: true, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.Scope(ctx, "user")
		return err
	}},
	"LinkedAccount": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.LinkedAccount(ctx, "user")
		return err
	}},
	"ReadLinkedAccount": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.ReadLinkedAccount(ctx, "user", refold.ReadOptions{})
		return err
	}},
	"ReadLinkedAccounts": {requests: "GET", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
		var last error
		for _, found := range c.ReadLinkedAccounts(ctx, []string{"user"}, refold.ReadOptions{}) {
			last = found.Err
		}
		return last
	}},
	"AllLinkedAccounts": {requests: "GET", asks: noList, endsBySnapshotLife: true, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.AllLinkedAccounts(ctx)
		return err
	}},
	"ListLinkedAccounts": {requests: "GET", asks: noList, do: func(ctx context.Context, c *refold.Client) error {
		return lastError(c.ListLinkedAccounts(ctx, refold.ListFilter{}, refold.ListOptions{}))
	}},
	"SelectLinkedAccounts": {requests: "GET", asks: noList, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.SelectLinkedAccounts(ctx, refold.ListFilter{Search: "Acme"})
		return err
	}},
	"UpsertLinkedAccount": {requests: "PUT", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
		result, err := c.UpsertLinkedAccount(ctx, refold.Upsert{AccountID: "user", Name: new("A")})
		if err != nil {
			return err
		}
		return result.ReadBackError
	}},
	"DeleteLinkedAccount": {requests: "DELETE", do: func(ctx context.Context, c *refold.Client) error {
		return c.DeleteLinkedAccount(ctx, "user")
	}},
	"PutCredential": {requests: "PUT", do: func(ctx context.Context, c *refold.Client) error {
		return c.PutCredential(ctx, "user", "k", "v")
	}},
	"DeleteCredential": {requests: "DELETE", do: func(ctx context.Context, c *refold.Client) error {
		return c.DeleteCredential(ctx, "user", "k")
	}},
	"DisconnectIntegration": {requests: "DELETE", asks: noAccount, do: func(ctx context.Context, c *refold.Client) error {
		result, err := c.DisconnectIntegration(ctx, "user", "slack", "")
		if err != nil {
			return err
		}
		return result.ReadBackError
	}},
	"CreateSessionToken": {requests: "POST", asks: noToken, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.CreateSessionToken(ctx, "user", true)
		return err
	}},
	"RevokeSessionToken": {requests: "POST", byToken: true, do: func(ctx context.Context, c *refold.Client) error {
		return c.RevokeSessionToken(ctx, "user", jwt)
	}},
	"CreateConnectURL": {requests: "POST POST", asks: noToken, do: func(ctx context.Context, c *refold.Client) error {
		_, err := c.CreateConnectURL(ctx, "user", refold.ConnectPage{})
		return err
	}},
	"CreateWithoutKey": {requests: "POST", isOnce: true, isOfNoAccount: true, do: func(ctx context.Context, c *refold.Client) error {
		return c.CreateWithoutKey(ctx)
	}},
}

// fine is a body that every operation takes for the answer to its request.
var fine = strings.TrimSuffix(document("user"), "}") +
	`,"token":"` + jwt + `"` +
	`,"hosted_url":"` + hostedURL + `"` +
	`,"docs":[` + document("user") + `],"totalDocs":1,"hasNextPage":false}`

// method is that of the first request.
func (o operation) method() string {
	method, _, _ := strings.Cut(o.requests, " ")
	return method
}

func (o operation) writes() bool { return o.method() != "GET" }

// asksAgain reports whether it repeats a request whose answer is no JSON.
func (o operation) asksAgain() bool { return !o.writes() || o.method() == "POST" && !o.isOnce }

// showsAccount reports whether its answer shows an account.
func (o operation) showsAccount() bool {
	return o.asks != nil && o.asks != noToken && !o.isOfNoAccount && o.method() != "DELETE"
}

// withOnce are the operations with requests that must not arrive twice, or all others.
func withOnce(isOnce bool) map[string]operation {
	selected := maps.Clone(operations)
	maps.DeleteFunc(selected, func(_ string, o operation) bool { return o.isOnce != isOnce })
	return selected
}

// writes are the operations that change something.
func writes() map[string]operation {
	changing := maps.Clone(operations)
	maps.DeleteFunc(changing, func(_ string, o operation) bool { return !o.writes() })
	return changing
}

// guardedWrites are those that the environment guard holds back.
func guardedWrites() map[string]operation {
	guarded := writes()
	maps.DeleteFunc(guarded, func(_ string, o operation) bool { return o.byToken })
	return guarded
}

func lastError(accounts iter.Seq2[*refold.LinkedAccount, error]) error {
	var last error
	for _, err := range accounts {
		last = err
	}
	return last
}

// TestEveryMethodIsAnOperation: what is listed is tested against redirects, bounds,
// faults, wrong servers, cancellation and the guard.
func TestEveryMethodIsAnOperation(t *testing.T) {
	client := reflect.TypeFor[*refold.Client]()
	takesContext := reflect.TypeFor[context.Context]()
	var methods []string
	for i := range client.NumMethod() {
		if method := client.Method(i); method.Type.NumIn() > 1 && method.Type.In(1) == takesContext {
			methods = append(methods, method.Name)
		}
	}
	for _, name := range methods {
		if _, ok := operations[name]; !ok {
			t.Errorf("Client.%s is in no table of the client's tests: add it to `operations` in internal/refold/operations_test.go, and what its answer needs to `fine`", name)
		}
	}
	for name := range operations {
		if !slices.Contains(methods, name) {
			t.Errorf("the operation %s is no method of the client that takes a context", name)
		}
	}
}

func TestOperationsOnAServerThatWorks(t *testing.T) {
	for name, operation := range operations {
		net := newNetwork(t, answer(200, fine))
		if err := operation.do(t.Context(), newClient(t, net)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		expect(t, name+": "+net.methods(), name+": "+operation.requests)
	}
}

func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	net := newNetwork(t, answer(200, fine))
	for name, operation := range operations {
		if err := operation.do(ctx, newClient(t, net)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: err = %v, want context.Canceled", name, err)
		}
	}
	if len(net.requests()) != 0 {
		t.Errorf("%d requests were sent", len(net.requests()))
	}
}
