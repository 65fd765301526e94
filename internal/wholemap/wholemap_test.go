// SPDX-License-Identifier: MPL-2.0

package wholemap_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/wholemap"
)

// What the CLI sees is the type of a plain map, and plain maps are its values.
func TestTypeIsAMap(t *testing.T) {
	whole, other := wholemap.Of(types.StringType), wholemap.Of(types.Int64Type)
	if got := whole.TerraformType(t.Context()); !got.Equal(whole.MapType.TerraformType(t.Context())) {
		t.Errorf("the CLI sees %s", got)
	}
	if !whole.Equal(whole) || !whole.Equal(whole.MapType) {
		t.Error("its values are refused")
	}
	if whole.Equal(other) || whole.Equal(other.MapType) || whole.Equal(types.StringType) {
		t.Error("values of another type are accepted")
	}
	if _, err := whole.ApplyTerraform5AttributePathStep(tftypes.AttributeName("name")); err == nil {
		t.Error("a map has attributes")
	}
}
