// SPDX-License-Identifier: MPL-2.0

package wholemap

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Restore puts back what NewServer has kept from the framework.
func Restore(ctx context.Context, request *resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	kept, isTaken := ctx.Value(takenKey{}).(*taken)
	if !isTaken {
		return
	}
	request.Config.Raw = restore(request.Config.Raw, kept.config)
	request.State.Raw = restore(request.State.Raw, kept.state)
	request.Plan.Raw = restore(request.Plan.Raw, kept.plan)
	response.Plan.Raw = request.Plan.Raw
	kept.isRestored = true
}

// restore leaves null as it is: the framework takes write-only values out of plans.
func restore(object tftypes.Value, whole map[string]wholeMap) tftypes.Value {
	var attributes map[string]tftypes.Value
	if len(whole) == 0 || object.As(&attributes) != nil {
		return object
	}
	attributes = maps.Clone(attributes)
	for name, one := range whole {
		if !attributes[name].IsNull() {
			attributes[name] = one.value
		}
	}
	return tftypes.NewValue(object.Type(), attributes)
}
