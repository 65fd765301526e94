// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// manager is a provider on a Refold without a network.
type manager struct{ *acctest.Protocol }

func managing(t *testing.T, handler http.Handler, key string, more ...attributes) manager {
	t.Helper()
	return managingOver(t, acctest.InProcess(t, handler), key, more...)
}

func managingOver(t *testing.T, network http.RoundTripper, key string, more ...attributes) manager {
	t.Helper()
	block := attributes{"api_key": str(key), "base_url": str("https://refold.test"), "max_retries": number(1)}
	for _, values := range more {
		for name, value := range values {
			block[name] = value
		}
	}
	return manager{acctest.StartProtocol(t, block, func(o *refold.Options) { o.Transport = network })}
}

func (m manager) create(values attributes) (acctest.Instance, diagnostics) {
	return m.Apply(accountType, nil, m.Config(accountType, values))
}

func (m manager) update(from acctest.Instance, values attributes) diagnostics {
	_, met := m.Apply(accountType, &from, m.Config(accountType, values))
	return met
}

func (m manager) destroy(from acctest.Instance) diagnostics {
	_, met := m.Apply(accountType, &from, tftypes.NewValue(from.State.Type(), nil))
	return met
}

func (m manager) read(from acctest.Instance) diagnostics {
	_, met := m.Read(accountType, from)
	return met
}

func (m manager) plan(from acctest.Instance, values attributes) diagnostics {
	return m.Plan(accountType, &from, m.Config(accountType, values)).Diagnostics
}

func (m manager) readData() diagnostics {
	_, met := m.ReadDataSource(accountType, attributes{"linked_account_id": str("user_1")})
	return met
}

func number(n int) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

func str(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

func named(name string) attributes {
	return attributes{"linked_account_id": str("user_1"), "name": str(name)}
}

func yourApp(values attributes) tftypes.Value {
	texts := tftypes.Map{ElementType: tftypes.String}
	return acctest.Object(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"app_id": tftypes.String, "auth_credentials": texts, "auth_credentials_wo": texts, "auth_credentials_wo_version": tftypes.Number,
	}}, values)
}

// newRefold is a Refold whose clock stands still.
func newRefold() *mockapi.Server {
	return mockapi.New(mockapi.WithClock(func() time.Time { return time.Date(2026, 7, 24, 9, 30, 17, 0, time.UTC) }))
}

func onRefold(meet func(*mockapi.Server, manager) diagnostics) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		api := newRefold()
		return meet(api, managing(t, api, mockapi.TestKey))
	}
}

func stored(name string) mockapi.Account {
	return mockapi.Account{ID: "6992cc7e9d38bc6a2ae28d12", AccountID: "user_1", Name: &name}
}

// beforeWrite acts once, before the first write reaches Refold.
func beforeWrite(act func()) mockapi.Interceptor {
	done := false
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && !done {
			done = true
			act()
		}
		return false
	}
}

// refusingAfter answers everything with a refusal once so many writes were let
// through.
func refusingAfter(writes int) mockapi.Interceptor {
	refuse := answering(http.StatusBadRequest, `{"message":"Maintenance","error":"BAD_REQUEST"}`)
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
