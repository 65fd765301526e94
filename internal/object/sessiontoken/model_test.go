// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestCheck(t *testing.T) {
	for name, test := range map[string]struct {
		refresh, revoke types.Bool
		refused         bool
	}{
		"neither":                       {types.BoolNull(), types.BoolNull(), false},
		"a new token":                   {types.BoolValue(true), types.BoolNull(), false},
		"a new token, revoked":          {types.BoolValue(true), types.BoolValue(true), false},
		"a shared token, revoked":       {types.BoolNull(), types.BoolValue(true), true},
		"explicitly shared, revoked":    {types.BoolValue(false), types.BoolValue(true), true},
		"a shared token, kept":          {types.BoolValue(false), types.BoolValue(false), false},
		"revoked, refresh not known":    {types.BoolUnknown(), types.BoolValue(true), false},
		"perhaps revoked, shared token": {types.BoolValue(false), types.BoolUnknown(), false},
	} {
		var diagnostics diag.Diagnostics
		model{ForceRefresh: test.refresh, RevokeOnClose: test.revoke}.check(&diagnostics)
		if diagnostics.HasError() != test.refused {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

func TestRead(t *testing.T) {
	answered := model{RefreshToken: types.StringUnknown(), ExpiresAt: types.StringUnknown()}
	answered.read(&refold.SessionToken{Token: "t", RefreshToken: "r", Expires: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)})
	if answered.Token.ValueString() != "t" || answered.RefreshToken.ValueString() != "r" || answered.ExpiresAt.ValueString() != "2026-01-02T03:04:05Z" {
		t.Errorf("read %+v", answered)
	}
	answered.read(&refold.SessionToken{Token: "u"})
	if answered.Token.ValueString() != "u" || !answered.RefreshToken.IsNull() || !answered.ExpiresAt.IsNull() {
		t.Errorf("read %+v", answered)
	}
}

func TestExpiresSoon(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, test := range map[string]struct {
		expires time.Time
		want    bool
	}{
		"not known":           {time.Time{}, false},
		"in an hour":          {now.Add(time.Hour), false},
		"in less than that":   {now.Add(time.Hour - time.Second), true},
		"already, by a clock": {now.Add(-time.Second), true},
	} {
		if got := expiresSoon(test.expires, now); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
