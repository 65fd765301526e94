// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Each value is looked at once before it is made, and once before it is deleted: a plan looks for
// no values of accounts that it creates, although an apply plans once more what it makes.
func TestOneLookBeforeEachWrite(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		process := u.process()
		var made []acctest.Instance
		for _, id := range []string{"new_1", "new_2", "new_3"} {
			account := attributes{"linked_account_id": acctest.Text(id)}
			_, met := process.Apply("refold_linked_account", nil, process.Config("refold_linked_account", account))
			acctest.WantNoDiagnostics(u, met)
			value, met := process.Apply(valueType, nil, process.Config(valueType, both(planned("eu"), account)))
			acctest.WantNoDiagnostics(u, met)
			made = append(made, value)
		}
		if looks := u.api.Count(http.MethodGet, "/api/v2/public/env/value*"); looks != 3 {
			u.Errorf("%d looks for 3 values: %v", looks, u.api.Requests())
		}
		u.api.ResetRequests()
		process = u.process()
		for _, value := range made {
			_, met := process.Delete(valueType, value)
			acctest.WantNoDiagnostics(u, met)
		}
		if looks := u.api.Count(http.MethodGet, "/api/v2/public/env/value*"); looks != 3 || len(u.api.VariableValues(test)) != 0 {
			u.Errorf("%d looks at 3 values that are deleted: %v", looks, u.api.Requests())
		}
	})
}
