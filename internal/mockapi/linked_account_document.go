// SPDX-License-Identifier: MPL-2.0

package mockapi

// DocumentBehaviour holds the switches about how accounts are shown.
type DocumentBehaviour struct {
	// UnsetName is how an account without a name is shown (FACTS 4.13).
	UnsetName UnsetName
	// NoIntegrations is how get and list show an account without integrations (FACTS 4.8).
	NoIntegrations NoIntegrations
	// HideDefaultApp leaves the default app out of the integrations (FACTS 2.1).
	HideDefaultApp bool
	// Scope says what becomes of a sent scope (FACTS 4.17).
	Scope Scope
}

// UnsetName is how an account without a name is shown (FACTS 4.13).
type UnsetName int

// Values of UnsetName.
const (
	// UnsetNameAbsent leaves the field out.
	UnsetNameAbsent UnsetName = iota
	// UnsetNameNull shows null.
	UnsetNameNull
	// UnsetNameEmpty shows the empty string.
	UnsetNameEmpty
)

// NoIntegrations is how an account without integrations is shown (FACTS 4.8).
type NoIntegrations int

// Values of NoIntegrations.
const (
	// NoIntegrationsArray shows an empty array.
	NoIntegrationsArray NoIntegrations = iota
	// NoIntegrationsNull shows null.
	NoIntegrationsNull
	// NoIntegrationsAbsent leaves the field out.
	NoIntegrationsAbsent
)

// Scope says what becomes of a sent scope (FACTS 4.17).
type Scope int

// Values of Scope.
const (
	// ScopeEchoed stores, filters by and returns it.
	ScopeEchoed Scope = iota
	// ScopeStored stores and filters by it, and does not return it.
	ScopeStored
	// ScopeIgnored drops it, and ignores it as a filter.
	ScopeIgnored
)

// show renders an account without integrations, as writes answer (FACTS 2.1.2).
func (b *Behaviour) show(account *Account) document {
	shown := document{
		{"_id", account.ID},
		{"associated_org", account.OrganizationID},
		{"account_id", account.AccountID},
		{"environment", account.Environment},
	}
	shown = append(shown, b.showName(account)...)
	shown = append(shown, field{"udf", b.showUDF(account)})
	if account.Scope != "" && b.Document.Scope == ScopeEchoed {
		shown = append(shown, field{"scope", account.Scope})
	}
	if account.TenantAccountID != nil {
		shown = append(shown, field{"tenant_account_id", *account.TenantAccountID})
	}
	return append(shown,
		field{"createdAt", b.showTime(account.CreatedAt)},
		field{"updatedAt", b.showTime(account.UpdatedAt)},
		field{"__v", account.Version},
	)
}

// showRead renders an account as get and list do (FACTS 2.1.3).
func (b *Behaviour) showRead(account *Account) document {
	shown := b.show(account)
	integrations := b.showIntegrations(account)
	if len(integrations) > 0 || b.Document.NoIntegrations == NoIntegrationsArray {
		return append(shown, field{"integrations", integrations})
	}
	if b.Document.NoIntegrations == NoIntegrationsNull {
		return append(shown, field{"integrations", nil})
	}
	return shown
}

// showFour renders the four fields of the old list documents (FACTS 2.1.4).
func (b *Behaviour) showFour(account *Account) document {
	shown := document{
		{"associated_org", account.OrganizationID},
		{"account_id", account.AccountID},
		{"environment", account.Environment},
	}
	return append(shown, b.showName(account)...)
}

func (b *Behaviour) showName(account *Account) document {
	if account.Name != nil {
		return document{{"name", *account.Name}}
	}
	switch b.Document.UnsetName {
	case UnsetNameNull:
		return document{{"name", nil}}
	case UnsetNameEmpty:
		return document{{"name", ""}}
	default:
		return nil
	}
}
