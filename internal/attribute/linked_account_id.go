// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// LinkedAccountID refuses ids that could not address an account reliably.
func LinkedAccountID() validator.String { return linkedAccountIDValidator{} }

type linkedAccountIDValidator struct{}

// Description implements validator.Describer.
func (linkedAccountIDValidator) Description(context.Context) string {
	return "must not be empty, `.` or `..`, have white space at its ends, or contain control characters"
}

// MarkdownDescription implements validator.Describer.
func (v linkedAccountIDValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateString implements validator.String.
func (v linkedAccountIDValidator) ValidateString(ctx context.Context, request validator.StringRequest, response *validator.StringResponse) {
	if request.ConfigValue.IsNull() || request.ConfigValue.IsUnknown() {
		return
	}
	id := request.ConfigValue.ValueString()
	if err := refold.CheckLinkedAccountID(id); err != nil {
		response.Diagnostics.AddAttributeError(request.Path, "Not usable as a linked account id", ExplainLinkedAccountID(id, err))
	}
}

// ExplainLinkedAccountID says what is wrong with an id and how to mend it.
func ExplainLinkedAccountID(id string, err error) string {
	return fmt.Sprintf("%q cannot be a linked_account_id: %s. Use the id under which your own system knows the customer; "+
		"it %s. trimspace() removes white space that came from a file.", id, err, linkedAccountIDValidator{}.Description(context.Background()))
}
