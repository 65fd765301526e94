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

func TestNotEmpty(t *testing.T) {
	for _, test := range []struct {
		value   types.String
		refused bool
	}{
		{types.StringNull(), false}, {types.StringUnknown(), false}, {types.StringValue("a"), false}, {types.StringValue(" "), false}, {types.StringValue(""), true},
	} {
		var response validator.StringResponse
		request := validator.StringRequest{Path: path.Root("your_app").AtName("app_id"), ConfigValue: test.value}
		attribute.NotEmpty("Then nothing is sent.").ValidateString(t.Context(), request, &response)
		if response.Diagnostics.HasError() != test.refused {
			t.Errorf("%s: %v", test.value, response.Diagnostics)
		}
		if !test.refused {
			continue
		}
		detail := response.Diagnostics[0].Detail()
		if !strings.Contains(detail, "`your_app.app_id` is set, but empty") || !strings.HasSuffix(detail, "Then nothing is sent.") {
			t.Errorf("detail = %q", detail)
		}
	}
	if v := attribute.NotEmpty(""); v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}
