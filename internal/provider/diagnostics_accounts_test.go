// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const accountsType = "refold_linked_accounts"

// accountsSituations are about many accounts in one resource.
func accountsSituations() []situation {
	return []situation{
		{"A key that is no id", validatingAccounts(many(2, " user_1"))},
		{"An account that is null", validatingAccounts(attributes{"user_1": tftypes.NewValue(elementType(), nil)})},
		{"An empty name", validatingAccounts(attributes{"user_1": element("")})},
		{"Credentials of an account that is not in the map", validatingAccounts(many(1), attributes{"auth_credentials": accountCredentials("user_1", attributes{"key": str("a")})})},
		{"An empty map of credentials", validatingAccounts(many(1), attributes{"auth_credentials": accountCredentials("user_0", nil)})},
		{"A credential with an impossible name", validatingAccounts(many(1), attributes{"auth_credentials": accountCredentials("user_0", attributes{"..": str("a")})})},
		{"A credential without a value", validatingAccounts(many(1), attributes{"auth_credentials": accountCredentials("user_0", attributes{"key": tftypes.NewValue(tftypes.String, nil)})})},
		{"Accounts that exist already", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			m.applyAccounts(nil, many(3))
			_, met := m.applyAccounts(nil, renamed(3))
			return met
		})},
		{"An account that exists, beside others that do not", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(1))
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_2", Name: new("Somebody")})
			_, met := managing(t, api, mockapi.TestKey).applyAccounts(&created, many(3))
			return met
		}},
		{"A create that fails for some", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := m.applyAccounts(nil, many(3, "ünïcode"))
			return met
		})},
		{"The next apply takes over", func(t *testing.T) diagnostics {
			api := newRefold()
			managing(t, api, mockapi.TestKey).applyAccounts(nil, many(14))
			_, met := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(15))
			return met
		}},
		{"An update that fails for some", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(2))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := m.applyAccounts(&created, many(14, "ä", "ë", "ï", "ö", "ü", "á", "é", "í", "ó", "ú", "à", "è"))
			return met
		})},
		{"Nothing works", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(300))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)(w, r)
				}
				return r.Method == http.MethodPut
			})
			_, met := managing(t, api, mockapi.TestKey).applyAccounts(&created, renamed(300))
			return met
		}},
		{"Two resources with the same account", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			m.applyAccounts(nil, many(2))
			_, met := m.applyAccounts(nil, many(2))
			return met
		})},
		{"An empty map, a swapped key, and a server that tells neither before a write", func(t *testing.T) diagnostics {
			api := newRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			m := managing(t, api, mockapi.TestKey)
			created, _ := m.applyAccounts(nil, many(1))
			empty, _ := m.applyAccounts(&created, nil)
			_, met := managing(t, api, mockapi.ProductionKey).applyAccounts(&empty, many(3))
			return met
		}},
		{"An account that was deleted, at a server that does not say where it looked", func(t *testing.T) diagnostics {
			api := newRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(2))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return managing(t, api, mockapi.TestKey).readAccounts(created)
		}},
		{"A file that was cut off", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(40))
			_, met := m.applyAccounts(&created, many(12))
			return met
		})},
		{"Some accounts leave the map", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(4))
			return m.Plan(accountsType, &created, m.accounts(many(2))).Diagnostics
		})},
		{"Deletions that wait", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(4))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := m.applyAccounts(&created, many(2, "ü"))
			return met
		})},
		{"Credentials that a failed update may have left", func(t *testing.T) diagnostics {
			api := newRefold()
			with := func(value string) attributes {
				return attributes{"auth_credentials": accountCredentials("user_1", attributes{"key": str(value)})}
			}
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(3), with("a"))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)(w, r)
				}
				return r.Method == http.MethodPut
			})
			failed, _ := managing(t, api, mockapi.TestKey).applyAccounts(&created, many(3), with("b"))
			return managing(t, api, mockapi.TestKey).Plan(accountsType, &failed, managing(t, api, mockapi.TestKey).accounts(many(3))).Diagnostics
		}},
		{"An import of every account, with ids that cannot be used", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			for _, id := range []string{"user_1", " user_2"} {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id, Name: new("Acme")})
			}
			_, met := m.Import(accountsType, "*")
			return met
		})},
		{"A destroy of many", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(11))
			return m.Plan(accountsType, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
		})},
		{"A destroy that fails for some", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(3))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			_, met := managing(t, api, mockapi.TestKey).Apply(accountsType, &created, tftypes.NewValue(created.State.Type(), nil))
			return met
		}},
		{"A map that is not known before the apply", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.applyAccounts(nil, many(3))
			unknown := tftypes.NewValue(tftypes.Map{ElementType: elementType()}, tftypes.UnknownValue)
			return m.Plan(accountsType, &created, m.Config(accountsType, attributes{"accounts": unknown})).Diagnostics
		})},
		{"Accounts that are gone", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(3))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return managing(t, api, mockapi.TestKey).readAccounts(created)
		}},
		{"Accounts that were made anew", func(t *testing.T) diagnostics {
			api := newRefold()
			with := attributes{"auth_credentials": accountCredentials("user_1", attributes{"key": str("a")})}
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(3), with)
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return managing(t, api, mockapi.TestKey).readAccounts(created)
		}},
		{"Accounts that cannot be read", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).applyAccounts(nil, many(3))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				isRefused := r.URL.Path != "/api/v2/public/linked-account/user_0"
				if isRefused {
					answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)(w, r)
				}
				return isRefused
			})
			return managing(t, api, mockapi.TestKey).readAccounts(created)
		}},
		{"Write-only credentials that are not sent", func(t *testing.T) diagnostics {
			with := func(name string) attributes {
				return attributes{"auth_credentials_wo": accountCredentials("user_1", attributes{name: str("a")}), "auth_credentials_wo_version": number(1)}
			}
			m := managing(t, newRefold(), mockapi.TestKey)
			created, _ := m.applyAccounts(nil, many(3), with("key"))
			return m.Plan(accountsType, &created, m.accounts(many(3), with("other"))).Diagnostics
		}},
		{"An import of every account of nobody", importing("*")},
		{"An import of every account with a refused key", func(t *testing.T) diagnostics {
			_, met := managing(t, newRefold(), "tk-regenerated").Import(accountsType, "*")
			return met
		}},
		{"An import of some with a refused key", func(t *testing.T) diagnostics {
			_, met := managing(t, newRefold(), "tk-regenerated").Import(accountsType, "user_1")
			return met
		}},
		{"An import of accounts that do not exist", importing("user_1,user_2")},
		{"An import with an empty entry", importing("user_1,")},
		{"An import of an impossible id", importing("user_1,..")},
		{"An import id that cannot be read", importing(`"user_1`)},
	}
}

func importing(id string) func(*testing.T) diagnostics {
	return onRefold(func(_ *mockapi.Server, m manager) diagnostics {
		_, met := m.Import(accountsType, id)
		return met
	})
}

func validatingAccounts(elements attributes, more ...attributes) func(*testing.T) diagnostics {
	return onRefold(func(_ *mockapi.Server, m manager) diagnostics {
		return m.Validate(accountsType, m.accounts(elements, more...))
	})
}

// accounts is a configuration.
func (m manager) accounts(elements attributes, more ...attributes) tftypes.Value {
	values := attributes{"accounts": tftypes.NewValue(tftypes.Map{ElementType: elementType()}, elements)}
	for _, further := range more {
		for name, value := range further {
			values[name] = value
		}
	}
	return m.Config(accountsType, values)
}

func (m manager) applyAccounts(prior *acctest.Instance, elements attributes, more ...attributes) (acctest.Instance, diagnostics) {
	return m.Apply(accountsType, prior, m.accounts(elements, more...))
}

func (m manager) readAccounts(from acctest.Instance) diagnostics {
	_, met := m.Read(accountsType, from)
	return met
}

func elementType() tftypes.Object {
	return tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "udf": tftypes.Map{ElementType: tftypes.String}}}
}

func element(name string) tftypes.Value {
	return tftypes.NewValue(elementType(), attributes{"name": str(name), "udf": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil)})
}

// many are so many accounts, and some more with these ids.
func many(size int, ids ...string) attributes {
	elements := attributes{}
	for n := range size {
		elements[fmt.Sprintf("user_%d", n)] = element(fmt.Sprintf("User %d", n))
	}
	for _, id := range ids {
		elements[id] = element("User")
	}
	return elements
}

func renamed(size int) attributes {
	elements := attributes{}
	for n := range size {
		elements[fmt.Sprintf("user_%d", n)] = element("Renamed")
	}
	return elements
}

func accountCredentials(id string, values attributes) tftypes.Value {
	texts := tftypes.Map{ElementType: tftypes.String}
	return tftypes.NewValue(tftypes.Map{ElementType: texts}, attributes{id: tftypes.NewValue(texts, values)})
}
