// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// NotEmpty refuses an empty text. Absent says what it means to leave the
// attribute out, as a sentence.
func NotEmpty(absent string) validator.String { return notEmptyValidator{absent} }

type notEmptyValidator struct{ absent string }

// Description implements validator.Describer.
func (notEmptyValidator) Description(context.Context) string { return "must not be empty" }

// MarkdownDescription implements validator.Describer.
func (v notEmptyValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v notEmptyValidator) ValidateString(_ context.Context, request validator.StringRequest, response *validator.StringResponse) {
	if request.ConfigValue.IsNull() || request.ConfigValue.IsUnknown() || request.ConfigValue.ValueString() != "" {
		return
	}
	response.Diagnostics.AddAttributeError(request.Path, "An empty value", fmt.Sprintf(
		"`%s` is set, but empty, perhaps because a variable is. Give it a value, or leave it out (null). %s", request.Path, v.absent))
}
