// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

type keys = map[string]string

func (o organization) stores(id string, want keys) {
	o.t.Helper()
	if got := o.Credentials(test, id); !maps.Equal(got, want) {
		o.t.Errorf("credentials of %s: got %v, want %v", id, got, want)
	}
}

// writeOnly is a configuration with these credentials, of this version.
func (o organization) writeOnly(elements map[string]tftypes.Value, version int, byAccount map[string]keys) tftypes.Value {
	o.t.Helper()
	return o.config(elements, map[string]tftypes.Value{
		"auth_credentials_wo": credentials(byAccount), "auth_credentials_wo_version": acctest.Version(version),
	})
}

func TestPlainCredentials(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	with := func(byAccount map[string]keys) tftypes.Value {
		return o.config(many(3), set("auth_credentials", credentials(byAccount)))
	}
	state := o.apply(nil, with(map[string]keys{id(0): {"token": "a", "url": "b"}, id(1): {"token": "c"}}))
	o.sent(3, 0)
	o.stores(id(0), keys{"token": "a", "url": "b"})
	o.stores(id(2), keys{})
	// One is changed, one removed, and one account gets its first.
	state = o.apply(&state, with(map[string]keys{id(0): {"token": "x"}, id(1): {"token": "c"}, id(2): {"token": "d"}}))
	o.sent(2, 1)
	o.stores(id(0), keys{"token": "x"})
	o.stores(id(1), keys{"token": "c"})
	o.stores(id(2), keys{"token": "d"})
	state = o.apply(&state, o.config(many(3)))
	o.sent(0, 3)
	for number := range 3 {
		o.stores(id(number), keys{})
	}
	o.apply(&state, tftypes.NewValue(state.State.Type(), nil))
	o.sent(0, 3)
}

// TestVersionsThatWereNumbers: earlier versions of the provider kept versions as numbers, in the
// state and in its private part. The same number is no change.
func TestVersionsThatWereNumbers(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	byAccount := map[string]keys{id(0): {"token": "a"}}
	state := o.apply(nil, o.writeOnly(many(1), 3, byAccount))
	const key = "accounts_with_credentials"
	kept := string(privateOf(t, state)[key])
	before := strings.ReplaceAll(kept, `"version":"3"`, `"version":3`)
	if before == kept {
		t.Fatalf("no version is kept: %s", kept)
	}
	state = withPrivate(t, state, key, before)
	stored := fmt.Sprintf(`{"accounts": {%q: {"name": "Customer", "udf": {"plan": "pro"}}}, "auth_credentials_wo_version": 3}`, id(0))
	upgraded, diagnostics := o.protocol.Upgrade(typeName, stored)
	acctest.WantNoDiagnostics(t, diagnostics)
	if version := (acctest.Instance{State: upgraded}).Attribute(t, "auth_credentials_wo_version"); !version.Equal(acctest.Version(3)) {
		t.Errorf("the version is %s", version)
	}
	again := o.apply(&state, o.writeOnly(many(1), 3, map[string]keys{id(0): {"token": "other"}}))
	o.sent(0, 0)
	o.apply(&again, o.writeOnly(many(1), 4, map[string]keys{id(0): {"token": "other"}}))
	o.stores(id(0), keys{"token": "other"})
}

func TestWriteOnlyCredentials(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.writeOnly(many(2), 1, map[string]keys{id(0): {"token": "a", "url": "b"}}))
	o.sent(2, 0)
	o.stores(id(0), keys{"token": "a", "url": "b"})
	if strings.Contains(string(state.Private), `"a"`) || !state.Attribute(t, "auth_credentials_wo").IsNull() {
		t.Errorf("a value is kept: %s", state.Private)
	}
	// Without another version, nothing is sent for accounts that exist.
	changed := map[string]keys{id(0): {"token": "z"}, id(1): {"token": "q"}, id(2): {"token": "n"}}
	plan := o.protocol.Plan(typeName, &state, o.writeOnly(many(3), 1, changed))
	detail := acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "Changed credentials are not sent")
	if !strings.Contains(detail, id(0)) || !strings.Contains(detail, id(1)) || strings.Contains(detail, id(2)) {
		t.Errorf("detail: %s", detail)
	}
	state = o.apply(&state, o.writeOnly(many(3), 1, changed))
	o.sent(1, 0)
	o.stores(id(0), keys{"token": "a", "url": "b"})
	o.stores(id(2), keys{"token": "n"})
	state = o.apply(&state, o.writeOnly(many(3), 2, changed))
	o.stores(id(0), keys{"token": "z"})
	o.stores(id(1), keys{"token": "q"})
	o.apply(&state, o.config(many(3)))
	for number := range 3 {
		o.stores(id(number), keys{})
	}
}

// TestCredentialsThatFail: what failed is sent again by the next apply, and nothing else.
func TestCredentialsThatFail(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	first := map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}
	second := map[string]keys{id(0): {"token": "x"}, id(1): {"token": "y"}}
	with := func(byAccount map[string]keys) tftypes.Value {
		return o.config(many(2), set("auth_credentials", credentials(byAccount)))
	}
	state := o.apply(nil, with(first))
	o.refuse(func(request *http.Request) bool {
		return strings.Contains(request.URL.Path, "auth-credentials") && request.URL.Query().Get("linked_account_id") == id(1)
	})
	state, diagnostics := o.try(&state, with(second))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	if !strings.Contains(detail, id(1)) || strings.Contains(detail, `"y"`) {
		t.Errorf("detail: %s", detail)
	}
	o.Intercept(nil)
	o.apply(&state, with(second))
	o.sent(1, 0)
	o.stores(id(0), second[id(0)])
	o.stores(id(1), second[id(1)])
}

func TestWriteOnlyCredentialsThatFail(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	first := map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}
	state := o.apply(nil, o.writeOnly(many(2), 1, first))
	second := map[string]keys{id(0): {"token": "x"}, id(1): {"token": "y"}}
	o.refuse(func(request *http.Request) bool {
		return strings.Contains(request.URL.Path, "auth-credentials") && request.URL.Query().Get("linked_account_id") == id(1)
	})
	state, diagnostics := o.try(&state, o.writeOnly(many(2), 2, second))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	o.Intercept(nil)
	if version := state.Attribute(t, "auth_credentials_wo_version"); !version.IsNull() {
		t.Errorf("version in the state = %s: a plan could show nothing to do", version)
	}
	// Forward, only the rest is sent; back, only what was sent.
	state = o.apply(&state, o.writeOnly(many(2), 2, second))
	o.sent(1, 0)
	o.stores(id(1), second[id(1)])
	o.apply(&state, o.writeOnly(many(2), 1, first))
	o.stores(id(0), first[id(0)])
	o.stores(id(1), first[id(1)])
}

// TestWriteOnlyCredentialsPutBack: of a change that was sent in part, going back
// to the version before sends all of it again.
func TestWriteOnlyCredentialsPutBack(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	first := map[string]keys{id(0): {"a": "old", "b": "old", "c": "old"}}
	state := o.apply(nil, o.writeOnly(many(1), 1, first))
	o.refuse(func(request *http.Request) bool {
		return request.Method == http.MethodPut && strings.HasSuffix(request.URL.Path, "/b")
	})
	state, diagnostics := o.try(&state, o.writeOnly(many(1), 2, map[string]keys{id(0): {"a": "new", "b": "new"}}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	o.stores(id(0), keys{"a": "new", "b": "old", "c": "old"})
	o.Intercept(nil)
	o.apply(&state, o.writeOnly(many(1), 1, first))
	o.stores(id(0), first[id(0)])
}

// TestAccountMadeAnew: credentials went with the account that Terraform knew.
func TestAccountMadeAnew(t *testing.T) {
	t.Parallel()
	const summary = "1 of 2 linked accounts is another one than before"
	o := startOrganization(t)
	plain := func() tftypes.Value {
		return o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}})))
	}
	state := o.apply(nil, plain())
	o.makeAnew(id(0))
	state, diagnostics := o.read(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, summary)
	state = o.apply(&state, plain())
	o.stores(id(0), keys{"token": "a"})
	writeOnly := o.writeOnly(many(2), 1, map[string]keys{id(0): {"token": "b"}})
	state = o.apply(&state, writeOnly)
	o.stores(id(0), keys{"token": "b"})
	o.makeAnew(id(0))
	state, diagnostics = o.read(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, summary)
	o.apply(&state, writeOnly)
	o.stores(id(0), keys{"token": "b"})
}

// TestRemovalThatFails: a credential that is still at Refold is removed by a
// later apply, which has to have something to do.
func TestRemovalThatFails(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	isRemoval := func(request *http.Request) bool { return request.Method == http.MethodDelete }
	with := func(ofAccount keys) tftypes.Value {
		return o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): ofAccount})))
	}
	for name, wanted := range map[string]tftypes.Value{"one of two": with(keys{"token": "a"}), "all": o.config(many(2))} {
		state := o.apply(nil, o.config(many(2), set("adopt_existing", acctest.Yes()), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a", "other": "b"}}))))
		o.refuse(isRemoval)
		state, diagnostics := o.try(&state, wanted)
		acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
		o.Intercept(nil)
		plan := o.protocol.Plan(typeName, &state, wanted)
		if planned, err := plan.PlannedState.Unmarshal(state.State.Type()); err != nil || planned.Equal(state.State) {
			t.Errorf("%s: the next plan shows nothing to do (%v)", name, err)
		}
		o.apply(&state, wanted)
		if _, left := o.Credentials(test, id(0))["other"]; left {
			t.Errorf("%s: the credential is left at Refold", name)
		}
	}
}

// TestUncertainCredentials: a credential whose storing failed may be at Refold, and then the change
// is taken back, or all credentials from the configuration.
func TestUncertainCredentials(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]keys{"taken back": {"token": "a"}, "taken out": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			with := func(ofAccount keys) tftypes.Value {
				if ofAccount == nil {
					return o.config(many(2))
				}
				return o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): ofAccount})))
			}
			state := o.apply(nil, with(keys{"token": "a"}))
			o.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedAfter}, Only: func(request *http.Request) bool { return request.Method == http.MethodPut }})
			state, _ = o.try(&state, with(keys{"token": "b"}))
			o.Inject(mockapi.Faults{})
			o.stores(id(0), keys{"token": "b"})
			state, _ = o.try(&state, with(last))
			o.stores(id(0), last)
			if organization := state.Attribute(t, "organization_id"); !organization.Equal(acctest.Text(mockapi.OrganizationID)) {
				t.Errorf("organization_id = %s", organization)
			}
			acctest.WantNoDiagnostics(t, o.protocol.Plan(typeName, &state, with(last)).Diagnostics)
		})
	}
}

// TestReplacedDuringAnUpdate: the credentials went with the account that
// Terraform knew, and the next read sees it.
func TestReplacedDuringAnUpdate(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	with := func(name string) tftypes.Value {
		elements := many(2)
		elements[id(0)] = account(name, fields("pro"))
		return o.config(elements, set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}})))
	}
	state := o.apply(nil, with("Acme"))
	o.Intercept(mockapi.First(http.MethodPut, func() { o.makeAnew(id(0)) }, nil))
	state, diagnostics := o.try(&state, with("Acme Inc."))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Another linked account was written")
	state, diagnostics = o.read(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is another one than before")
	o.apply(&state, with("Acme Inc."))
	o.stores(id(0), keys{"token": "a"})
}

// TestOneReplacedAmongMany: the credentials of the others are not sent again.
func TestOneReplacedAmongMany(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	all := map[string]keys{}
	for number := range 30 {
		all[id(number)] = keys{"token": "a", "other": "b"}
	}
	state := o.apply(nil, o.writeOnly(many(30), 1, all))
	if gets := o.CountByMethod()["GET"]; gets > 3 {
		t.Errorf("%d GET were sent to create accounts with credentials", gets)
	}
	o.makeAnew(id(7))
	state, _ = o.read(state)
	o.apply(&state, o.writeOnly(many(30), 1, all))
	o.sent(1, 0)
	o.stores(id(7), all[id(7)])
}

func TestCredentialsLeaveFieldsAlone(t *testing.T) {
	t.Parallel()
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}}))
	elements := map[string]tftypes.Value{"acme": account("Acme", nil)}
	state := o.apply(nil, o.config(elements))
	o.Change(test, "acme", func(a *mockapi.Account) { a.SetUDF("plan", "pro") })
	_, diagnostics := o.try(&state, o.config(elements, set("auth_credentials", credentials(map[string]keys{"acme": {"token": "a"}}))))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "User-defined fields were restored")
	if got := o.UDF("acme")["plan"]; got != "pro" {
		t.Errorf("plan = %v, want pro", got)
	}
}

// TestCredentialsOfReplacementThatCreatesFirst: the deletion of what was replaced removes what is
// no longer configured, and no more.
func TestCredentialsOfReplacementThatCreatesFirst(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	with := func(byAccount map[string]keys) tftypes.Value {
		return o.config(many(3), set("auth_credentials", credentials(byAccount)), set("adopt_existing", acctest.Yes()))
	}
	old := o.apply(nil, with(map[string]keys{id(0): {"a": "1", "b": "2"}, id(1): {"a": "1"}}))
	run := o.Protocol(t, acctest.Unpaced)
	_, diagnostics := run.Apply(typeName, nil, with(map[string]keys{id(0): {"a": "1"}, id(2): {"c": "3"}}))
	acctest.WantNoDiagnostics(t, diagnostics)
	left, diagnostics := run.Delete(typeName, old)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account was not deleted")
	if !left.State.IsNull() {
		t.Errorf("left is %s", left.State)
	}
	o.stores(id(0), keys{"a": "1"})
	o.stores(id(1), keys{})
	o.stores(id(2), keys{"c": "3"})
}

// TestNullWriteOnlyValues: whoever has not got the secrets can plan, change and destroy what does
// not send them. Accounts whose values are there are sent theirs.
func TestNullWriteOnlyValues(t *testing.T) {
	t.Parallel()
	texts := tftypes.Map{ElementType: tftypes.String}
	secret := func(value any) tftypes.Value {
		return tftypes.NewValue(texts, map[string]tftypes.Value{"token": tftypes.NewValue(tftypes.String, value)})
	}
	byAccount := func(values map[string]tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.Map{ElementType: texts}, values)
	}
	for name, null := range map[string]tftypes.Value{
		"all":            tftypes.NewValue(tftypes.Map{ElementType: texts}, nil),
		"of an account":  byAccount(map[string]tftypes.Value{id(0): tftypes.NewValue(texts, nil), id(1): secret("b")}),
		"one of account": byAccount(map[string]tftypes.Value{id(0): secret(nil), id(1): secret("b")}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			with := func(count, version int, values tftypes.Value) tftypes.Value {
				return o.config(many(count), set("auth_credentials_wo", values), set("auth_credentials_wo_version", acctest.Version(version)), set("max_deletions", acctest.Number(10)))
			}
			acctest.WantNoDiagnostics(t, o.protocol.Validate(typeName, with(2, 1, null)))
			refused := func(diagnostics acctest.Diagnostics) {
				t.Helper()
				acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Write-only credentials are null", id(0))
			}
			refused(o.Protocol(t, acctest.Unpaced).Plan(typeName, nil, with(2, 1, null)).Diagnostics)
			state := o.apply(nil, with(2, 1, byAccount(map[string]tftypes.Value{id(0): secret("a"), id(1): secret("b")})))
			refused(o.plan(state, with(2, 2, null)))
			acctest.WantNoDiagnostics(t, o.plan(state, with(2, 1, null)))
			changed := many(2)
			changed[id(0)] = account("Renamed", nil)
			state = o.apply(&state, o.config(changed, set("auth_credentials_wo", null), set("auth_credentials_wo_version", acctest.Version(1))))
			o.stores(id(0), keys{"token": "a"})
			o.stores(id(1), keys{"token": "b"})
			o.apply(&state, tftypes.NewValue(state.State.Type(), nil))
		})
	}
}

// TestNullWriteOnlyValuesOfANewAccount: the accounts that are there already are no reason to ask.
func TestNullWriteOnlyValuesOfANewAccount(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	texts := tftypes.Map{ElementType: tftypes.String}
	all := tftypes.Map{ElementType: texts}
	values := func(of any) tftypes.Value {
		return tftypes.NewValue(all, map[string]tftypes.Value{id(1): tftypes.NewValue(texts, map[string]tftypes.Value{"token": tftypes.NewValue(tftypes.String, of)})})
	}
	with := func(count int, writeOnly tftypes.Value) tftypes.Value {
		return o.config(many(count), set("auth_credentials_wo", writeOnly), set("auth_credentials_wo_version", acctest.Version(1)))
	}
	state := o.apply(nil, with(1, tftypes.NewValue(all, map[string]tftypes.Value{})))
	acctest.WantDiagnostic(t, o.plan(state, with(2, values(nil))), acctest.Failure, "Write-only credentials are null", id(1))
	run := o.Protocol(t, acctest.Unpaced)
	plan := run.Plan(typeName, &state, with(2, values(tftypes.UnknownValue)))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	o.ResetRequests()
	_, diagnostics := run.ApplyPlanned(typeName, &state, plan, with(2, values(nil)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Write-only credentials are null", id(1))
	o.sent(0, 0)
	o.apply(&state, with(2, values("a")))
	o.stores(id(1), keys{"token": "a"})
}
