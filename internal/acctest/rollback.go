// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"iter"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Rollback is a change that fails half-way and is then taken back: from Before to Tried, and back
// to Before. With an empty plan, Refold then has to hold the credentials of Before.
type Rollback struct {
	Name          string
	Before, Tried CredentialForm
	// Fault is what the change meets in each of its writes, from the one of number First on,
	// counted from 1.
	Fault mockapi.Fault
	First int32
}

// CredentialForm is one way to configure the credentials of the organization's own app.
type CredentialForm struct {
	// Values are the credentials by key, nil for none.
	Values map[string]string
	// Version is that of write-only credentials, and 0 for the plain form.
	Version int
	// AppID is app_id, empty for none.
	AppID string
}

// credentialForms differ in form, keys, values, version and app_id.
func credentialForms() map[string]CredentialForm {
	first, second, other := map[string]string{"a": "1", "b": "1"}, map[string]string{"a": "2", "b": "2"}, map[string]string{"c": "1", "b": "3"}
	return map[string]CredentialForm{
		"none":                {},
		"plain":               {Values: first},
		"plain, other values": {Values: second},
		"plain, other keys":   {Values: other},
		"plain, with app_id":  {Values: first, AppID: mockapi.DefaultAppID},
		"version 1":           {Values: first, Version: 1},
		"version 2":           {Values: other, Version: 2, AppID: mockapi.DefaultAppID},
	}
}

// Rollbacks leads from each form to each other one, and fails in the first or the second write,
// before or after Refold did what it asks.
func Rollbacks() iter.Seq[Rollback] {
	return func(yield func(Rollback) bool) {
		for from, before := range credentialForms() {
			for to, tried := range credentialForms() {
				if from == to {
					continue
				}
				for _, fault := range []mockapi.Fault{mockapi.FaultDroppedBefore, mockapi.FaultDroppedAfter} {
					for first := range int32(2) {
						name := fmt.Sprintf("%s to %s, write %d is %s", from, to, first+1, fault)
						if !yield(Rollback{Name: name, Before: before, Tried: tried, Fault: fault, First: first + 1}) {
							return
						}
					}
				}
			}
		}
	}
}

// Faults are those of the change, in the writes that are meant.
func (r Rollback) Faults(isMeant func(*http.Request) bool) mockapi.Faults {
	var writes atomic.Int32
	return mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{r.Fault}, Only: func(request *http.Request) bool {
		return request.Method != http.MethodGet && isMeant(request) && writes.Add(1) >= r.First
	}}
}

// User applies one configuration after the other, each in a run of its own and without repeating a
// request, and keeps what a CLI keeps.
type User struct {
	t        testing.TB
	network  http.RoundTripper
	typeName string
	state    *Instance
}

// NewUser manages one resource of a type, at the Refold at the other end of a network.
func NewUser(t testing.TB, network http.RoundTripper, typeName string) *User {
	return &User{t: t, network: network, typeName: typeName}
}

// Attempt applies once, whatever comes of it.
func (u *User) Attempt(attributes Attributes) {
	u.t.Helper()
	_ = u.apply(attributes)
}

// Settle applies until a plan is empty, which takes an apply, and another one at most.
func (u *User) Settle(attributes Attributes) {
	u.t.Helper()
	for range 2 {
		if u.state != nil && u.isSettled(attributes) {
			return
		}
		if diagnostics := u.apply(attributes); HasFailure(diagnostics) {
			u.t.Fatal(List(diagnostics))
		}
	}
	if !u.isSettled(attributes) {
		u.t.Error("the plan is not empty after two applies")
	}
}

func (u *User) apply(attributes Attributes) []*tfprotov6.Diagnostic {
	u.t.Helper()
	run := u.start()
	result, diagnostics := run.Apply(u.typeName, u.state, run.Config(u.typeName, attributes))
	u.state = &result
	return diagnostics
}

// isSettled refreshes and plans.
func (u *User) isSettled(attributes Attributes) bool {
	u.t.Helper()
	run := u.start()
	read, diagnostics := run.Read(u.typeName, *u.state)
	run.succeeded("read", diagnostics)
	u.state = &read
	plan := run.Plan(u.typeName, u.state, run.Config(u.typeName, attributes))
	return run.decode(u.typeName, plan.PlannedState).Equal(u.state.State)
}

func (u *User) start() *Protocol {
	u.t.Helper()
	block := Attributes{"base_url": Text("https://refold.test"), "api_key": Text(mockapi.TestKey)}
	return StartProtocol(u.t, block, func(o *refold.Options) { o.Transport = u.network }, Unpaced, OnlyOnce)
}
