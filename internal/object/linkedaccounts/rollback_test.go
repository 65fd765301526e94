// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// TestRollback: a change of credentials that failed for one account and succeeded for another is
// taken back for both. An uncertain credential is never taken for the configured one.
func TestRollback(t *testing.T) {
	t.Parallel()
	for rollback := range acctest.Rollbacks() {
		t.Run(rollback.Name, func(t *testing.T) {
			t.Parallel()
			mock := mockapi.New()
			user := acctest.NewUser(t, acctest.InProcess(t, contract.Check(t, mock)), typeName)
			user.Settle(withForm(rollback.Before))
			mock.Inject(rollback.Faults(func(request *http.Request) bool { return isAbout(t, request, id(0)) }))
			user.Attempt(withForm(rollback.Tried))
			mock.Inject(mockapi.Faults{})
			user.Settle(withForm(rollback.Before))
			for _, account := range []string{id(0), id(1)} {
				if got := mock.Credentials(test, account); !maps.Equal(got, rollback.Before.Values) {
					t.Errorf("for %s, Refold holds %v with an empty plan, want %v", account, got, rollback.Before.Values)
				}
			}
		})
	}
}

// isAbout reports whether a write is about this account.
func isAbout(t *testing.T, request *http.Request, account string) bool {
	t.Helper()
	body, err := io.ReadAll(request.Body)
	if err != nil {
		t.Error(err)
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	return request.URL.Query().Get("linked_account_id") == account || strings.Contains(string(body), account)
}

// withForm are three accounts, of which two have these credentials.
func withForm(form acctest.CredentialForm) acctest.Attributes {
	attributes := acctest.Attributes{"accounts": accounts(many(3))}
	if form.Values == nil {
		return attributes
	}
	values := credentials(map[string]keys{id(0): form.Values, id(1): form.Values})
	if form.AppID != "" {
		attributes["app_id"] = acctest.Text(form.AppID)
	}
	if form.Version == 0 {
		attributes["auth_credentials"] = values
	} else {
		attributes["auth_credentials_wo"], attributes["auth_credentials_wo_version"] = values, acctest.Version(form.Version)
	}
	return attributes
}
