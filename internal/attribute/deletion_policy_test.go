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

func TestDeletionPolicy(t *testing.T) {
	t.Parallel()
	own, byDefault := attribute.DeletionPolicyInResource("to the hook when it is destroyed"), attribute.DeletionPolicyInProvider()
	if !own.Optional || own.Computed || !strings.Contains(own.MarkdownDescription, "at Refold to the hook when it is destroyed: ") || !byDefault.Optional {
		t.Errorf("of a resource: %+v; of the provider: %+v", own, byDefault)
	}
	for _, test := range []struct {
		value   types.String
		refused bool
	}{
		{types.StringNull(), false}, {types.StringUnknown(), false},
		{types.StringValue("DELETE"), false}, {types.StringValue("PREVENT"), false}, {types.StringValue("ABANDON"), false},
		{types.StringValue(""), true}, {types.StringValue("prevent"), true}, {types.StringValue("PREVENT "), true},
	} {
		for _, check := range append(own.Validators, byDefault.Validators...) {
			var response validator.StringResponse
			check.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("deletion_policy"), ConfigValue: test.value}, &response)
			if response.Diagnostics.HasError() != test.refused {
				t.Errorf("%s: %v", test.value, response.Diagnostics)
			}
		}
	}
}
