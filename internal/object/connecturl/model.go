// SPDX-License-Identifier: MPL-2.0

package connecturl

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// minimumLifetime is how long a URL should last at least that is handed out.
const minimumLifetime = time.Hour

type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	ID              types.String `tfsdk:"id"`
	ConfigID        types.String `tfsdk:"config_id"`
	Name            types.String `tfsdk:"name"`
	RedirectURL     types.String `tfsdk:"redirect_url"`
	BaseColor       types.String `tfsdk:"base_color"`
	ButtonColor     types.String `tfsdk:"button_color"`
	Color           types.String `tfsdk:"color"`
	BackgroundColor types.String `tfsdk:"bg_color"`
	HostedURL       types.String `tfsdk:"hosted_url"`
	ExpiresAt       types.String `tfsdk:"expires_at"`
}

func (m model) page() refold.ConnectPage {
	return refold.ConnectPage{
		ConfigID:        m.ConfigID.ValueString(),
		Name:            m.Name.ValueString(),
		RedirectURL:     m.RedirectURL.ValueString(),
		BaseColor:       m.BaseColor.ValueString(),
		ButtonColor:     m.ButtonColor.ValueString(),
		Color:           m.Color.ValueString(),
		BackgroundColor: m.BackgroundColor.ValueString(),
	}
}

func (m *model) read(hosted *refold.ConnectURL) {
	m.HostedURL, m.ExpiresAt = types.StringValue(hosted.URL), attribute.TimeOrNull(hosted.Expires)
}

// expiresSoon is false where Refold does not say when.
func expiresSoon(expires, now time.Time) bool {
	return !expires.IsZero() && expires.Sub(now) < minimumLifetime
}

func (m model) expiresSoonWarning() diag.Diagnostic {
	return diag.NewWarningDiagnostic("The connect URL expires soon", fmt.Sprintf(
		"The connect URL for linked account %q expires at %s, with the account's session token, which Refold hands out until it ends. If the customer is to use it later than that, get another URL after then.",
		m.LinkedAccountID.ValueString(), m.ExpiresAt.ValueString()))
}
