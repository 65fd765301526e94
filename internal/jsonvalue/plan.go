// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// KeepEqualState is a plan modifier for Fields that plans the stored value when the configured one
// means the same, so that rewriting an object as a map is no change.
func KeepEqualState() planmodifier.Dynamic { return keepEqualState{} }

type keepEqualState struct{}

// Description implements planmodifier.Describer.
func (keepEqualState) Description(context.Context) string {
	return "Keeps the stored value when the configured one has the same meaning."
}

// MarkdownDescription implements planmodifier.Describer.
func (m keepEqualState) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyDynamic implements planmodifier.Dynamic.
func (keepEqualState) PlanModifyDynamic(_ context.Context, request planmodifier.DynamicRequest, response *planmodifier.DynamicResponse) {
	stored, planned := Fields{request.StateValue}, Fields{response.PlanValue}
	if stored.IsSet() && planned.IsSet() && planned.Means(stored) {
		response.PlanValue = request.StateValue
	}
}
