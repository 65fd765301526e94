// SPDX-License-Identifier: MPL-2.0

// Package accountid checks configured linked account ids.
package accountid

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Validator refuses ids that could not address an account reliably.
func Validator() validator.String { return idValidator{} }

type idValidator struct{}

// Description implements validator.Describer.
func (idValidator) Description(context.Context) string {
	return "must not be empty, `.` or `..`, have white space at its ends, or contain control characters"
}

// MarkdownDescription implements validator.Describer.
func (v idValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v idValidator) ValidateString(ctx context.Context, request validator.StringRequest, response *validator.StringResponse) {
	if request.ConfigValue.IsNull() || request.ConfigValue.IsUnknown() {
		return
	}
	id := request.ConfigValue.ValueString()
	if err := refold.CheckLinkedAccountID(id); err != nil {
		response.Diagnostics.AddAttributeError(request.Path, "Not usable as a linked account id", Explain(id, err))
	}
}

// Explain says what is wrong with an id and how to mend it.
func Explain(id string, err error) string {
	return fmt.Sprintf("%q cannot be a linked_account_id: %s. Use the id under which your own system knows the customer; "+
		"it %s. trimspace() removes white space that came from a file.", id, err, idValidator{}.Description(context.Background()))
}
