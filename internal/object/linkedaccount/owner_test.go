// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// owner manages one account at the protocol, as a CLI does: for scenarios that
// have to hold at many kinds of server, each of which takes a CLI ten seconds.
type owner struct {
	t        *testing.T
	refold   *acctest.Refold
	instance *acctest.Instance
}

// apply refreshes, plans and applies in a run of its own, and checks what was
// sent besides reads. A second run then has to find nothing left to do.
func (o *owner) apply(want map[string]int, attributes map[string]tftypes.Value) {
	o.t.Helper()
	run := o.start()
	o.refold.ResetRequests()
	config := o.config(run, attributes)
	result, diagnostics := run.Apply(typeName, o.instance, config)
	acctest.WantNoDiagnostics(o.t, diagnostics)
	sent := o.refold.CountByMethod()
	delete(sent, "GET")
	if !maps.Equal(sent, want) {
		o.t.Errorf("requests: got %v, want %v", sent, want)
	}
	o.instance = &result
	again := o.start()
	plan := again.Plan(typeName, o.instance, config)
	acctest.WantNoDiagnostics(o.t, plan.Diagnostics)
	planned, err := plan.PlannedState.Unmarshal(config.Type())
	if err != nil {
		o.t.Fatal(err)
	}
	if !planned.Equal(o.instance.State) {
		o.t.Errorf("there is something left to do: %s\nis planned to become: %s", o.instance.State, planned)
	}
}

// destroy has to leave nothing.
func (o *owner) destroy() {
	o.t.Helper()
	result, diagnostics := o.start().Delete(typeName, *o.instance)
	acctest.WantNoDiagnostics(o.t, diagnostics)
	if left := o.refold.Accounts(test); len(left) > 0 || !result.State.IsNull() {
		o.t.Errorf("%d accounts are left; the state is %s", len(left), result.State)
	}
}

// start begins a run with a refresh of what there is.
func (o *owner) start() *acctest.Protocol {
	o.t.Helper()
	run := o.refold.Protocol(o.t)
	if o.instance == nil {
		return run
	}
	read, diagnostics := run.Read(typeName, *o.instance)
	acctest.WantNoDiagnostics(o.t, diagnostics)
	o.instance = &read
	return run
}

// config is that of "user_1" with these attributes.
func (o *owner) config(run *acctest.Protocol, attributes map[string]tftypes.Value) tftypes.Value {
	all := map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme")}
	maps.Copy(all, attributes)
	return run.Config(typeName, all)
}

// holds checks the account's fields at the server, as storedUDF does.
func (o *owner) holds(want map[string]any) {
	o.t.Helper()
	if err := storedUDF(o.refold, "user_1", want)(nil); err != nil {
		o.t.Error(err)
	}
}

// holdsCredentials checks those at the server; nil accepts an empty default app as well as none.
func (o *owner) holdsCredentials(want map[string]string) {
	o.t.Helper()
	if got := o.refold.Credentials(test, "user_1"); !maps.Equal(got, want) {
		o.t.Errorf("credentials at the server: got %v, want %v", got, want)
	}
}
