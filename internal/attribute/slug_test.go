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

func TestSlug(t *testing.T) {
	for _, test := range []struct {
		value   types.String
		refused bool
	}{
		{types.StringNull(), false}, {types.StringUnknown(), false}, {types.StringValue("slack"), false}, {types.StringValue("6a05d19680458c9a09e79c2f"), false},
		{types.StringValue(""), true}, {types.StringValue(" slack"), true},
	} {
		var response validator.StringResponse
		attribute.Slug().ValidateString(t.Context(), validator.StringRequest{Path: path.Root("slug"), ConfigValue: test.value}, &response)
		if response.Diagnostics.HasError() != test.refused {
			t.Errorf("%s: %v", test.value, response.Diagnostics)
		}
		if test.refused && !strings.Contains(response.Diagnostics[0].Detail(), "cannot name an app: ") {
			t.Errorf("%s: %s", test.value, response.Diagnostics[0].Detail())
		}
	}
	if v := attribute.Slug(); v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}
