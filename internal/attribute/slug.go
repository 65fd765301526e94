// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Slug refuses what cannot name an app.
func Slug() validator.String { return slugValidator{} }

type slugValidator struct{}

// Description implements validator.Describer.
func (slugValidator) Description(context.Context) string {
	return "must be the slug of an app, or the application id of a custom app"
}

// MarkdownDescription implements validator.Describer.
func (v slugValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (slugValidator) ValidateString(_ context.Context, request validator.StringRequest, response *validator.StringResponse) {
	if request.ConfigValue.IsNull() || request.ConfigValue.IsUnknown() {
		return
	}
	slug := request.ConfigValue.ValueString()
	if err := refold.CheckSlug(slug); err != nil {
		response.Diagnostics.AddAttributeError(request.Path, "Not usable as the slug of an app", fmt.Sprintf(
			"%q cannot name an app: %s. The data source `refold_linked_account` shows the apps of an account: write `type`, or for a custom app `app_id`.", slug, err))
	}
}
