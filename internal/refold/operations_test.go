// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"net/http"
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
	// body is what it takes for the answer, where that is of another form than fine: an array, say.
	body string
	// pages are what it takes for pages of a list, where body is the answer to its first request.
	pages string
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
	// hidesScope is true for reads whose answer names no environment, as their call says.
	hidesScope bool
	// hidesBody is true where an answer holds values of customers, so that none is quoted.
	hidesBody bool
	// byToken is true where a session token goes in place of the key.
	byToken bool
	// looksAfter is true of a write that always looks at what became of it.
	looksAfter bool
	// otherMethod is what is tried where a server does not know its path with the first one.
	otherMethod string
}

// unusableAnswer is how answers that are no JSON, of another kind, about another account, and
// without anything in them are described; empty where there is nothing to describe.
type unusableAnswer struct{ text, another, account, nothing string }

const (
	ofAnotherAccount = "the answer is about another account, USER"
	emptyAnswer      = "an empty answer"
)

var (
	noAccount = &unusableAnswer{"not a linked account in JSON", "JSON without an account_id", ofAnotherAccount, emptyAnswer}
	noList    = asksFor("not a list of linked accounts in JSON", "not a list of linked accounts in JSON", emptyAnswer)
	noEvents  = asksFor("no event definitions in JSON", "no event definitions in JSON", emptyAnswer)
	noProof   = asksFor("the answer does not show that the request was carried out", ofAnotherAccount, emptyAnswer)
	noToken   = &unusableAnswer{"no session token in JSON", "JSON without a token", ofAnotherAccount, emptyAnswer}
)

// asksFor is of answers that are described alike, whatever they are.
func asksFor(what, account, nothing string) *unusableAnswer {
	return &unusableAnswer{what, what, account, nothing}
}

// operationsOf has a method for each object, which stands in the test file of its name.
type operationsOf struct{}

// objectOperations are what one object adds to the tests that all operations run.
type objectOperations struct {
	// calls are the exported methods of the client that take a context, by name.
	calls map[string]operation
	// fine are members, in JSON, that the body fine needs for their answers.
	fine string
}

// operations has every exported method of the client that takes a context, and fine is a body
// that each takes for the answer to its request.
var operations, fine = everyOperation()

func everyOperation() (map[string]operation, string) {
	calls, members := map[string]operation{}, strings.TrimSuffix(document("user"), "}")
	for _, method := range reflect.ValueOf(operationsOf{}).Methods() {
		object := method.Call(nil)[0].Interface().(objectOperations)
		maps.Copy(calls, object.calls)
		if object.fine != "" {
			members += "," + object.fine
		}
	}
	return calls, members + "}"
}

// Exported has the operations of export_test.go.
func (operationsOf) Exported() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"CreateWithoutKey": {requests: "POST", isOnce: true, isOfNoAccount: true, do: func(ctx context.Context, c *refold.Client) error {
				return c.CreateWithoutKey(ctx)
			}},
			"ReadWithoutScope": {requests: "GET", asks: noEvents, isOfNoAccount: true, hidesScope: true, body: `[{"name":"Invoice Paid"}]`, do: func(ctx context.Context, c *refold.Client) error {
				return c.ReadWithoutScope(ctx)
			}},
		},
	}
}

// method is that of the first request.
func (o operation) method() string {
	method, _, _ := strings.Cut(o.requests, " ")
	return method
}

// works is the answer of a server that works.
func (o operation) works() reply {
	return func(request *http.Request) (*http.Response, error) { return answer(200, o.bodyFor(request))(request) }
}

// bodyFor is what it takes for the answer to one of its requests.
func (o operation) bodyFor(request *http.Request) string {
	if o.pages != "" && request.URL.Query().Has("page") {
		return o.pages
	}
	return cmp.Or(o.body, fine)
}

func (o operation) writes() bool { return o.method() != "GET" }

// asksAgain reports whether it repeats a request whose answer is no JSON.
func (o operation) asksAgain() bool { return !o.writes() || o.method() == "POST" && !o.isOnce }

// showsAccount reports whether its answer shows an account.
func (o operation) showsAccount() bool {
	return (o.asks == noAccount || o.asks == noList) && o.method() != "DELETE"
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

// guarded are those that the environment guard holds back before anything is sent.
func guarded() map[string]operation {
	selected := maps.Clone(operations)
	maps.DeleteFunc(selected, func(_ string, o operation) bool { return !o.hidesScope && (!o.writes() || o.byToken) })
	return selected
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
			t.Errorf("Client.%s is in no table of the client's tests: let a method of operationsOf return it, in the test file of its object, with what its answer needs in `fine`", name)
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
		net := newNetwork(t, operation.works())
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
