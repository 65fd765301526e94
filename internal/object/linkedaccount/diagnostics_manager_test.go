// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// manager is a process of the provider.
type manager struct{ *acctest.Protocol }

func managing(t *testing.T, server http.Handler, block ...acctest.Attributes) manager {
	t.Helper()
	return manager{diagnosticspage.At(t, server, block...)}
}

func (m manager) create(values acctest.Attributes) (acctest.Instance, acctest.Diagnostics) {
	return m.Apply(typeName, nil, m.Config(typeName, values))
}

func (m manager) update(from acctest.Instance, values acctest.Attributes) acctest.Diagnostics {
	_, met := m.Apply(typeName, &from, m.Config(typeName, values))
	return met
}

func (m manager) destroy(from acctest.Instance) acctest.Diagnostics {
	_, met := m.Apply(typeName, &from, tftypes.NewValue(from.State.Type(), nil))
	return met
}

func (m manager) read(from acctest.Instance) acctest.Diagnostics {
	_, met := m.Read(typeName, from)
	return met
}

func (m manager) plan(from acctest.Instance, values acctest.Attributes) acctest.Diagnostics {
	return m.Plan(typeName, &from, m.Config(typeName, values)).Diagnostics
}

func (m manager) readData() acctest.Diagnostics {
	_, met := m.ReadDataSource(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1")})
	return met
}

func named(name string) acctest.Attributes {
	return acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name)}
}

func yourApp(values acctest.Attributes) tftypes.Value {
	texts := tftypes.Map{ElementType: tftypes.String}
	return acctest.Object(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"app_id": tftypes.String, "auth_credentials": texts, "auth_credentials_wo": texts, "auth_credentials_wo_version": tftypes.String,
	}}, values)
}

func onRefold(meet func(*mockapi.Server, manager) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		return meet(api, manager{provider})
	})
}

func stored(name string) mockapi.Account {
	return mockapi.Account{ID: "6992cc7e9d38bc6a2ae28d12", AccountID: "user_1", Name: &name}
}

// beforeWrite acts once, before the first write reaches Refold.
func beforeWrite(act func()) mockapi.Interceptor { return mockapi.First(http.MethodPut, act, nil) }

// insteadOfWrite answers the first write with a status, after something was done.
func insteadOfWrite(status int, act func()) mockapi.Interceptor {
	return mockapi.First(http.MethodPut, act, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
}

// refusingAfter answers everything with a refusal once so many writes were let through.
func refusingAfter(writes int) mockapi.Interceptor {
	refuse := acctest.Answering(http.StatusBadRequest, `{"message":"Maintenance","error":"BAD_REQUEST"}`)
	return func(w http.ResponseWriter, r *http.Request) bool {
		if writes == 0 {
			refuse(w, r)
			return true
		}
		if r.Method == http.MethodPut {
			writes--
		}
		return false
	}
}
