// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
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
		"auth_credentials_wo": credentials(byAccount), "auth_credentials_wo_version": number(version),
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
	detail := acctest.Said(t, plan.Diagnostics, acctest.Warning, "Changed credentials are not sent")
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

// TestCredentialsThatFail: what failed is sent again by the next apply, and
// nothing else.
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
	detail := acctest.Said(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
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
	state := o.apply(nil, o.writeOnly(many(2), 1, map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}))
	second := map[string]keys{id(0): {"token": "x"}, id(1): {"token": "y"}}
	o.refuse(func(request *http.Request) bool {
		return strings.Contains(request.URL.Path, "auth-credentials") && request.URL.Query().Get("linked_account_id") == id(1)
	})
	state, diagnostics := o.try(&state, o.writeOnly(many(2), 2, second))
	acctest.Said(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	o.Intercept(nil)
	if version := state.Attribute(t, "auth_credentials_wo_version"); !version.Equal(number(1)) {
		t.Errorf("version in the state = %s: the next plan would show nothing to do", version)
	}
	o.apply(&state, o.writeOnly(many(2), 2, second))
	o.stores(id(1), second[id(1)])
}

// TestAccountMadeAnew: credentials went with the account that Terraform knew.
func TestAccountMadeAnew(t *testing.T) {
	t.Parallel()
	const summary = "1 of 2 linked accounts were deleted and created anew outside Terraform"
	o := startOrganization(t)
	plain := func() tftypes.Value {
		return o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}})))
	}
	state := o.apply(nil, plain())
	o.makeAnew(id(0))
	state, diagnostics := o.read(state)
	acctest.Said(t, diagnostics, acctest.Warning, summary)
	state = o.apply(&state, plain())
	o.stores(id(0), keys{"token": "a"})
	writeOnly := o.writeOnly(many(2), 1, map[string]keys{id(0): {"token": "b"}})
	state = o.apply(&state, writeOnly)
	o.stores(id(0), keys{"token": "b"})
	o.makeAnew(id(0))
	state, diagnostics = o.read(state)
	acctest.Said(t, diagnostics, acctest.Warning, summary)
	o.apply(&state, writeOnly)
	o.stores(id(0), keys{"token": "b"})
}
