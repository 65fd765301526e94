// SPDX-License-Identifier: MPL-2.0

// Package registered holds the registrations of the provider's objects for the battery, a file per
// object. Its test fails for an object of the provider that is not among them.
package registered

import (
	"net/http"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// objects has a method for each object, in the file of its name, which registers it by being there.
type objects struct{}

// Suite is the provider with the registrations of its objects.
func Suite() battery.Suite {
	suite := battery.Suite{Server: func(adjust ...func(*refold.Options)) tfprotov6.ProviderServer {
		return provider.NewServer("test", adjust...)
	}}
	// The accounts are first, because what else is known belongs to one.
	suite.Add(objects{}.LinkedAccount())
	for method, object := range reflect.ValueOf(objects{}).Methods() {
		if method.Name != "LinkedAccount" {
			suite.Add(object.Call(nil)[0].Interface().(battery.Object))
		}
	}
	return suite
}

// test is the environment in which registrations act behind Terraform's back.
const test = mockapi.EnvironmentTest

// Values with characters that encodings change.
const (
	plainSecret     = `plain "/+<9b1e`
	writeOnlySecret = `write-only "/+<77ad`
)

// Why objects are not tried at a real Refold.
const (
	needsApp  = "it takes an app that is connected, and connecting one takes the keys of a customer"
	needsRun  = "it takes executions, and nothing starts one without a workflow of a customer"
	showsAll  = "it shows what the organization has made in the dashboard, which differs"
	valuesAll = "it lists values of several definitions for many accounts, which takes too many requests"
)

// anAccount is what objects need that belong to the account acme.
func anAccount() battery.Live { return battery.Live{Accounts: []battery.LiveAccount{{ID: "acme"}}} }

// start starts a mock Refold, and the handler that holds what is sent to it, and
// what it answers, against the contract.
func start(t battery.T) (*mockapi.Server, http.Handler) {
	t.Helper()
	refold := mockapi.New()
	return refold, contract.Check(t, refold)
}

// account is an account with a name and a field.
func account(id, name, plan string) mockapi.Account {
	made := mockapi.Account{AccountID: id, Name: &name}
	made.SetUDF("plan", plan)
	return made
}
