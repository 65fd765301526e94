// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const test = mockapi.EnvironmentTest

func TestOneChangeIsOneRequest(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	elements := many(300)
	created := o.apply(nil, o.config(elements))
	o.sent(300, 0)
	if gets := o.CountByMethod()["GET"]; gets > 4 {
		t.Errorf("%d GET were sent to create 300 accounts", gets)
	}
	elements[id(7)] = account("Renamed", fields("pro"))
	changed := o.apply(&created, o.config(elements))
	o.sent(1, 0)
	delete(elements, id(8))
	elements[id(300)] = account("Late", nil)
	o.apply(&changed, o.config(elements))
	o.sent(1, 1)
	if _, exists := o.Account(test, id(8)); exists {
		t.Error("the account that was removed exists")
	}
}

// Parts that are null are left alone, whatever the server does with what an upsert leaves out.
func TestUnmanagedParts(t *testing.T) {
	t.Parallel()
	for name, omittedClears := range map[string]bool{"omitted keeps": false, "omitted clears": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: omittedClears}}))
			state := o.apply(nil, o.config(map[string]tftypes.Value{"acme": account("Acme", nil), "globex": account(nil, fields("pro"))}))
			o.Change(test, "acme", func(a *mockapi.Account) { a.SetUDF("beta", true) })
			o.Change(test, "globex", func(a *mockapi.Account) { a.Name = new("Globex") })
			read, diagnostics := o.read(state)
			acctest.WantNoDiagnostics(t, diagnostics)
			if !read.State.Equal(state.State) {
				t.Errorf("what is not managed shows as drift: %s", read.State)
			}
			config := o.config(map[string]tftypes.Value{"acme": account("Acme Inc.", nil), "globex": account(nil, fields("free"))})
			_, diagnostics = o.try(&read, config)
			for _, diagnostic := range diagnostics {
				if diagnostic.Severity == acctest.Failure {
					t.Errorf("%s: %s", diagnostic.Summary, diagnostic.Detail)
				}
			}
			if got := o.UDF("acme")["beta"]; got != true {
				t.Errorf("field beta = %v, want true", got)
			}
			if globex, _ := o.Account(test, "globex"); globex.Name == nil || *globex.Name != "Globex" {
				t.Errorf("name = %v, want Globex", globex.Name)
			}
		})
	}
}

func TestDriftIsPerAccount(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	elements := many(3)
	state := o.apply(nil, o.config(elements))
	o.Change(test, id(1), func(a *mockapi.Account) { a.SetUDF("plan", "free") })
	read, diagnostics := o.read(state)
	acctest.WantNoDiagnostics(t, diagnostics)
	drifted := many(3)
	drifted[id(1)] = account("Customer 1", fields("free"))
	holds(t, read, drifted)
	o.apply(&read, o.config(elements))
	o.sent(1, 0)
	if got := o.UDF(id(1))["plan"]; got != "pro" {
		t.Errorf("plan = %v, want pro", got)
	}
}

// Fields that are numbers at Refold are text here, and no drift.
func TestTypedFields(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(map[string]tftypes.Value{"acme": account("Acme", map[string]tftypes.Value{"seats": acctest.Text("20"), "beta": acctest.Text("true"), "none": tftypes.NewValue(tftypes.String, nil)})}))
	o.Change(test, "acme", func(a *mockapi.Account) { a.SetUDF("seats", 20); a.SetUDF("beta", true) })
	read, diagnostics := o.read(state)
	acctest.WantNoDiagnostics(t, diagnostics)
	if !read.State.Equal(state.State) {
		t.Errorf("state after read: %s\nbefore: %s", read.State, state.State)
	}
}

// TestSomeDisappear: only those are made anew.
func TestSomeDisappear(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Remove(test, id(0))
	read, diagnostics := o.read(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "1 of 2 linked accounts is not found")
	left := many(2)
	delete(left, id(0))
	holds(t, read, left)
	o.apply(&read, o.config(many(2)))
	o.sent(1, 0)
}

func TestSwappedKey(t *testing.T) {
	t.Parallel()
	const summary = "The API key belongs to another organization or environment"
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(200)))
	o.ResetRequests()
	swapped := o.swapped()
	read, diagnostics := swapped.Read(typeName, state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, summary)
	if !read.State.Equal(state.State) {
		t.Error("the state was changed")
	}
	if all := len(o.Requests()); all > 2 {
		t.Errorf("%d requests were sent to find out", all)
	}
	further := many(201)
	_, diagnostics = swapped.Apply(typeName, &state, o.config(further))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, summary)
	if puts := o.Count(http.MethodPut, ""); puts > 0 {
		t.Errorf("%d PUT were sent to the other environment", puts)
	}
}

func TestExistingAccounts(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.apply(nil, o.config(map[string]tftypes.Value{id(3): account("Somebody", fields("free"))}))
	o.ResetRequests()
	elements := many(5)
	_, diagnostics := o.try(nil, o.config(elements))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 5 linked accounts exists already")
	if !strings.Contains(detail, id(3)) || !strings.Contains(detail, "adopt_existing") {
		t.Errorf("detail: %s", detail)
	}
	o.sent(0, 0)
	adopting := o.config(elements, set("adopt_existing", acctest.Yes()))
	state := o.apply(nil, adopting)
	o.sent(5, 0)
	holds(t, state, elements)
}

// TestAdoptionOfWhatIsThere: a create that was interrupted writes nothing twice,
// also where it adopts.
func TestAdoptionOfWhatIsThere(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	o.apply(nil, o.config(many(50)))
	adopting := set("adopt_existing", acctest.Yes())
	o.apply(nil, o.config(many(60), adopting))
	o.sent(10, 0)
	o.Change(test, id(7), func(a *mockapi.Account) { a.SetUDF("plan", "free") })
	o.apply(nil, o.config(many(60), adopting))
	o.sent(1, 0)
}

func TestUnknownAccounts(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	unknown := tftypes.NewValue(accountsType(), tftypes.UnknownValue)
	plan := o.protocol.Plan(typeName, &state, o.protocol.Config(typeName, set("accounts", unknown)))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "The linked accounts are not known yet")
	plan = o.protocol.Plan(typeName, &state, o.protocol.Config(typeName, map[string]tftypes.Value{"accounts": unknown, "max_deletions": acctest.Number(0)}))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	state = o.apply(&state, o.config(nil))
	plan = o.protocol.Plan(typeName, &state, o.protocol.Config(typeName, set("accounts", unknown)))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
}

// TestSwappedKeyAtOldServer: a server that names no scope tells nothing of an
// account that is to be created.
func TestSwappedKeyAtOldServer(t *testing.T) {
	t.Parallel()
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}}))
	state := o.apply(nil, o.config(many(2)))
	swapped := o.swapped()
	o.ResetRequests()
	_, diagnostics := swapped.Apply(typeName, &state, o.config(many(3)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Refold does not say where it looked for the account")
	o.sent(0, 0)
}

// TestSwappedKeyAndEmptyMap: where only the answer to a write can tell, there is
// one such write, and the message says what it did.
func TestSwappedKeyAndEmptyMap(t *testing.T) {
	t.Parallel()
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}}))
	state := o.apply(nil, o.config(many(2)))
	state = o.apply(&state, o.config(many(0)))
	left, diagnostics := o.swapped().Apply(typeName, &state, o.config(many(100)))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "100 of 100 linked accounts failed")
	if !strings.Contains(detail, "written to another organization or environment") || !strings.Contains(detail, "99 were not tried any more") {
		t.Errorf("detail: %s", detail)
	}
	if strays := len(o.Accounts(mockapi.EnvironmentProduction)); strays != 1 {
		t.Errorf("%d accounts were written to production", strays)
	}
	holds(t, left, many(0))
	o.apply(&left, o.config(many(100)))
}

func TestVanishedDuringAnUpdate(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Remove(test, id(1))
	renamed := many(2)
	renamed[id(1)] = account("Renamed", nil)
	_, diagnostics := o.try(&state, o.config(renamed))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	if _, isThere := o.Account(test, id(1)); isThere || !strings.Contains(detail, "The linked account was deleted meanwhile") {
		t.Errorf("there is an account: %v, detail: %s", isThere, detail)
	}
}

// TestLongCreate: the list of all accounts gets old while thousands are created,
// and is not worth reading again then.
func TestLongCreate(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const size = 3500
		mock := mockapi.New()
		provider := acctest.ProtocolOver(t, acctest.InProcess(t, mock), acctest.Attributes{"requests_per_second": acctest.Number(10)})
		_, diagnostics := provider.Apply(typeName, nil, provider.Config(typeName, set("accounts", accounts(many(size)))))
		acctest.WantNoDiagnostics(t, diagnostics)
		if requests := len(mock.Requests()); requests > size+5 {
			t.Errorf("%d requests were sent to create %d accounts", requests, size)
		}
	})
}

// TestOlderCLI: a CLI before 1.11 knows no write-only arguments, and is told so where one is set.
func TestOlderCLI(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	acctest.WantDiagnostic(t, o.protocol.ValidateByOlderCLI(typeName, o.writeOnly(many(2), 1, map[string]keys{id(0): {"a": "b"}})),
		acctest.Failure, "WriteOnly Attribute Not Allowed", "auth_credentials_wo", "1.11")
	config := o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): {"a": "b"}})))
	acctest.WantNoDiagnostics(t, o.protocol.ValidateByOlderCLI(typeName, config))
	state := o.apply(nil, config)
	state.Identity = nil
	read, diagnostics := o.read(state)
	acctest.WantNoDiagnostics(t, diagnostics)
	read.Identity = nil
	o.apply(&read, o.config(many(1), set("auth_credentials", credentials(map[string]keys{id(0): {"a": "c"}}))))
	o.stores(id(0), keys{"a": "c"})
}
