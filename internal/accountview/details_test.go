// SPDX-License-Identifier: MPL-2.0

package accountview_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// An object can be made of the values: Terraform refuses one whose parts differ from its type.
func TestValuesFitTypes(t *testing.T) {
	for name, account := range map[string]*refold.LinkedAccount{
		"bare": {AccountID: "a"},
		"full": {
			ID: "1", OrganizationID: "2", AccountID: "a", Environment: "test", Name: "A", CreatedAt: "3", UpdatedAt: "4",
			Integrations: []refold.Integration{{Type: "slack", Name: "Slack", Icon: "i", AppID: "5", ReauthRequired: new(true), CreatedAt: "6", UpdatedAt: "7"}, {}},
		},
	} {
		details := accountview.Values(account)
		object, diagnostics := types.ObjectValue(accountview.Types(), details)
		if diagnostics.HasError() {
			t.Errorf("%s: %v", name, diagnostics)
		}
		if apps := object.Attributes()["integrations"].(types.List); apps.IsNull() || len(apps.Elements()) != len(account.Integrations) {
			t.Errorf("%s: integrations %s", name, apps)
		}
		if (account.Name == "") != details["name"].IsNull() || !details["linked_account_id"].Equal(types.StringValue("a")) {
			t.Errorf("%s: %+v", name, details)
		}
	}
}
