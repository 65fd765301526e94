// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestCredentialsOfAnAddedAccount: what the creation of an account stored before its answer was
// lost is removed by the next one, where its key is no longer configured.
func TestCredentialsOfAnAddedAccount(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	with := func(size int, ofLast keys) tftypes.Value {
		return o.config(many(size), set("auth_credentials", credentials(map[string]keys{id(size - 1): ofLast})))
	}
	state := o.apply(nil, with(1, keys{"token": "a"}))
	o.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedAfter}, Only: func(request *http.Request) bool {
		return request.Method == http.MethodPut && isAbout(t, request, id(1))
	}})
	state, diagnostics := o.try(&state, with(2, keys{"token": "b", "old": "c"}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	o.Inject(mockapi.Faults{})
	_, diagnostics = o.try(&state, with(2, keys{"token": "b", "new": "d"}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	o.stores(id(1), keys{"token": "b", "new": "d"})
}
