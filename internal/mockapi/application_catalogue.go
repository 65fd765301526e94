// SPDX-License-Identifier: MPL-2.0

package mockapi

// CustomAppID is the app_id of the custom app in the catalogue that every environment begins with.
const CustomAppID = "66b0c7d2e4f5a6b7c8d9e0f1"

// hubSpotFields are of many types, with defaults and without.
func hubSpotFields() []ConfigField {
	stage := func(name, value string) any { return map[string]any{"name": name, "value": value} }
	return []ConfigField{
		{ID: "sync_interval", Name: "Minutes between two runs", Type: "number", Required: true, Default: 60},
		{ID: "owner_email", Name: "Owner of new contacts", Type: "email"},
		{ID: "sync_deleted", Name: "Copy deletions", Type: "boolean", Default: false},
		{
			ID: "lifecycle_stages", Name: "Lifecycle stages", Type: "select", Multiple: true, Default: []any{"lead"},
			Options: []any{stage("Lead", "lead"), stage("Customer", "customer"), stage("Partner", "partner")},
		},
		{ID: "start_date", Name: "First day", Type: "date"},
		{ID: "field_mapping", Name: "Mapping of fields", Type: "map"},
		{ID: "extra_filter", Name: "More conditions", Type: "json", Hidden: true, Default: map[string]any{}},
	}
}

// defaultApps is the catalogue that every environment begins with: an app for each
// way to be connected.
func defaultApps() []App {
	return []App{
		{
			Slug: "slack", Name: "Slack", Icon: "https://app.refold.ai/icons/slack.png",
			Description: "Messages and channels", AuthType: authOAuth, Tags: []string{"Communication"}, Ecosystem: true,
		},
		{
			Slug: "hubspot", Name: "HubSpot", Icon: "https://app.refold.ai/icons/hubspot.png",
			Description: "Contacts, companies and deals", AuthType: authOAuth, Tags: []string{"CRM", "Marketing"},
			Keys: map[string][]KeyField{authKeys: {
				{Name: "api_key", Label: "API key", Placeholder: "pat-eu1-...", Required: true, Secret: true},
				{Name: "portal_id", Label: "Portal ID", Placeholder: "1234567"},
			}},
			ConfigFields: hubSpotFields(),
			Workflows: []Workflow{
				{
					ID: DefaultWorkflowID, Name: "Sync contacts", Description: "Copies new contacts each hour", Published: true,
					Fields: []ConfigField{{ID: "batch_size", Name: "Batch size", Type: "number", Default: 100}},
				},
				{ID: "6a313eda6d5528bdcf71eb02", Name: "Sync deals", Description: "Copies deals that were won", Published: true},
			},
		},
		{
			Slug: "zendesk", Name: "Zendesk", Icon: "https://app.refold.ai/icons/zendesk.png",
			Description: "Tickets and users", AuthType: authKeys, Tags: []string{"Support"},
			Keys: map[string][]KeyField{authKeys: {
				{Name: "subdomain", Label: "Subdomain", Placeholder: "acme", Required: true},
				{Name: "email", Label: "E-mail", Placeholder: "admin@acme.example", Required: true},
				{Name: "api_token", Label: "API token", Required: true, Secret: true},
			}},
		},
		{
			Slug: "acme-erp", Name: "Acme ERP", Icon: "https://app.refold.ai/icons/acme-erp.png",
			Description: "Orders and invoices", AuthType: authKeys, Tags: []string{"ERP"},
			Keys: map[string][]KeyField{authKeys: nil},
		},
		{
			Slug: "freshdesk", Name: "Freshdesk", Icon: "https://app.refold.ai/icons/freshdesk.png",
			Description: "Tickets and agents", AuthType: "apikey", Tags: []string{"Support"},
			Keys: map[string][]KeyField{"apikey": {
				{Name: "domain", Label: "Domain", Placeholder: "acme.freshdesk.com", Required: true},
				{Name: "api_key", Label: "API key", Required: true, Secret: true},
			}},
		},
		{
			AppID: CustomAppID, Name: "Acme Warehouse", Icon: "https://app.refold.ai/icons/custom.png",
			Description: "Stock of our own warehouses", AuthType: authKeys, Tags: []string{"Internal"},
			Keys: map[string][]KeyField{authKeys: {{Name: "token", Label: "Token", Required: true, Secret: true}}},
		},
	}
}
