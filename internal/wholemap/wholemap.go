// SPDX-License-Identifier: MPL-2.0

// Package wholemap keeps maps of thousands of elements out of the work that the framework does with
// each value. Nothing in a schema lies within them, but the framework looks for it at every value,
// and copies all of a plan for every attribute.
package wholemap

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Type is a map that the framework need not search. In every call of the protocol it asks, for each
// value within each attribute, whether the schema has something to do there: a block, a default. Of
// a map of thousands that is most of its work, and the answer is always no. To the framework there
// is nothing to look up within an element of dynamic type, so that is what it finds on that way.
// The type itself, which the CLI sees and values are checked against, stays as it is.
//
// An attribute of this type may be required or optional, not computed: its planned value is the
// configured one.
type Type struct{ types.MapType }

// Of is a map of elements of a type.
func Of(element attr.Type) Type { return Type{types.MapType{ElemType: element}} }

// Equal implements attr.Type. Values are plain maps, whose type the framework compares with this
// one.
func (m Type) Equal(other attr.Type) bool {
	if same, ok := other.(Type); ok {
		other = same.MapType
	}
	return m.MapType.Equal(other)
}

// ApplyTerraform5AttributePathStep implements attr.Type: it is how the framework looks up what the
// schema has at a path.
func (m Type) ApplyTerraform5AttributePathStep(step tftypes.AttributePathStep) (any, error) {
	if _, err := m.MapType.ApplyTerraform5AttributePathStep(step); err != nil {
		return nil, err
	}
	return types.DynamicType, nil
}
