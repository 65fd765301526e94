// SPDX-License-Identifier: MPL-2.0

package connecturl

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestPage(t *testing.T) {
	full := model{
		ConfigID: types.StringValue("a"), Name: types.StringValue("b"), RedirectURL: types.StringValue("c"), BaseColor: types.StringValue("d"),
		ButtonColor: types.StringValue("e"), Color: types.StringValue("f"), BackgroundColor: types.StringValue("g"),
	}
	want := refold.ConnectPage{ConfigID: "a", Name: "b", RedirectURL: "c", BaseColor: "d", ButtonColor: "e", Color: "f", BackgroundColor: "g"}
	if got := full.page(); got != want {
		t.Errorf("page %+v", got)
	}
	if got := (model{}).page(); got != (refold.ConnectPage{}) {
		t.Errorf("page of nothing: %+v", got)
	}
}

func TestRead(t *testing.T) {
	answered := model{ExpiresAt: types.StringUnknown()}
	answered.read(&refold.ConnectURL{URL: "https://connect.example", Expires: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)})
	if answered.HostedURL.ValueString() != "https://connect.example" || answered.ExpiresAt.ValueString() != "2026-01-02T03:04:05Z" {
		t.Errorf("read %+v", answered)
	}
	answered.read(&refold.ConnectURL{URL: "https://connect.example"})
	if !answered.ExpiresAt.IsNull() {
		t.Errorf("expires at %s", answered.ExpiresAt)
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
