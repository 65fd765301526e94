// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The framework searches what it takes for something of its schema. This fails
// when one of its releases no longer passes over the maps.
func TestFrameworkPassesOverMaps(t *testing.T) {
	dynamic := schema.Schema{Attributes: map[string]schema.Attribute{"any": schema.DynamicAttribute{Optional: true}}}
	_, passedOver := dynamic.AttributeAtTerraformPath(t.Context(), tftypes.NewAttributePath().WithAttributeName("any").WithAttributeName("key"))
	if passedOver == nil {
		t.Fatal("the framework has attributes within one of dynamic type")
	}
	var ours resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &ours)
	for name, inside := range map[string]tftypes.AttributePathStep{
		"accounts":            tftypes.AttributeName("udf"),
		"auth_credentials":    tftypes.ElementKeyString("token"),
		"auth_credentials_wo": tftypes.ElementKeyString("token"),
	} {
		path := tftypes.NewAttributePath().WithAttributeName(name).WithElementKeyString("customer-1")
		path = tftypes.NewAttributePathWithSteps(append(path.Steps(), inside))
		if _, err := ours.Schema.AttributeAtTerraformPath(t.Context(), path); !errors.Is(err, passedOver) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
