// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// wholeMap is a map that the framework need not search. In every call of the protocol it asks, for
// each value within each attribute, whether the schema has something to do there: a block, a
// default. Of a map of thousands that is most of its work, and the answer is always no. To the
// framework there is nothing to look up within an element of dynamic type, so that is what it finds
// on that way. The type itself, which the CLI sees and values are checked against, stays as it is.
type wholeMap struct{ types.MapType }

func wholeMapOf(element attr.Type) wholeMap { return wholeMap{types.MapType{ElemType: element}} }

// Equal implements attr.Type. Values are plain maps, whose type the framework compares with this
// one.
func (m wholeMap) Equal(other attr.Type) bool {
	if same, ok := other.(wholeMap); ok {
		other = same.MapType
	}
	return m.MapType.Equal(other)
}

// ApplyTerraform5AttributePathStep implements attr.Type: it is how the framework looks up what the
// schema has at a path.
func (m wholeMap) ApplyTerraform5AttributePathStep(step tftypes.AttributePathStep) (any, error) {
	if _, err := m.MapType.ApplyTerraform5AttributePathStep(step); err != nil {
		return nil, err
	}
	return types.DynamicType, nil
}
