// SPDX-License-Identifier: MPL-2.0

package attribute_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

func TestInHeader(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value   types.String
		refused bool
	}{
		{types.StringNull(), false}, {types.StringUnknown(), false}, {types.StringValue("a/b %+@: c"), false},
		{types.StringValue("kündin"), true}, {types.StringValue("a\u00a0b"), true}, {types.StringValue("顧客"), true},
	} {
		var response validator.StringResponse
		attribute.InHeader().ValidateString(t.Context(), validator.StringRequest{Path: path.Root("linked_account_id"), ConfigValue: test.value}, &response)
		if response.Diagnostics.HasError() != test.refused {
			t.Errorf("%s: %v", test.value, response.Diagnostics)
		}
		if test.refused && !strings.Contains(response.Diagnostics[0].Detail(), "cannot be used as `linked_account_id` here: it holds other characters") {
			t.Errorf("%s: %s", test.value, response.Diagnostics[0].Detail())
		}
	}
}

// An account of which only a header tells has to pass both checks.
func TestHeaderLinkedAccountID(t *testing.T) {
	t.Parallel()
	account := attribute.HeaderLinkedAccountIDInDataSource()
	if !account.Required || !checksID(account.Validators) || len(account.Validators) != 2 {
		t.Errorf("in a data source: %+v", account)
	}
}
