// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// What was seen of an account counts for a while.
func TestSightings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := providerdata.Pending(nil)
		data.See(providerdata.Sighting{Account: &refold.LinkedAccount{AccountID: "acme"}, ForceDestroy: true})
		data.Miss("globex")
		data.MissInPlan("initech")
		if seen, ok := data.Seen("acme"); !ok || !seen.ForceDestroy || data.IsMissed("acme") {
			t.Errorf("acme was seen: %+v, %t, and missed: %t", seen, ok, data.IsMissed("acme"))
		}
		if _, ok := data.Seen("globex"); ok || !data.IsMissed("globex") {
			t.Errorf("globex was seen: %t, and missed: %t", ok, data.IsMissed("globex"))
		}
		if data.IsNew("acme") || data.IsNew("globex") || data.IsMissed("initech") {
			t.Errorf("new are acme: %t, globex: %t; missed is initech: %t", data.IsNew("acme"), data.IsNew("globex"), data.IsMissed("initech"))
		}
		time.Sleep(time.Minute)
		if _, ok := data.Seen("acme"); !ok || data.IsMissed("globex") || !data.IsNew("initech") {
			t.Errorf("a minute later, acme is seen: %t, globex missed: %t, and initech new: %t", ok, data.IsMissed("globex"), data.IsNew("initech"))
		}
		time.Sleep(refold.SnapshotLife)
		if _, ok := data.Seen("acme"); ok || data.IsNew("initech") {
			t.Errorf("for good, acme is seen: %t, and initech new: %t", ok, data.IsNew("initech"))
		}
	})
}

func TestImports(t *testing.T) {
	data := providerdata.Pending(nil)
	data.Import("acme")
	if !data.IsImported("acme") || data.IsImported("globex") {
		t.Errorf("imported are acme: %t, globex: %t", data.IsImported("acme"), data.IsImported("globex"))
	}
}

// The first reason not to look stays.
func TestStopLooking(t *testing.T) {
	data := providerdata.Pending(nil)
	if why := data.WhyNotLook(); why != nil {
		t.Errorf("to begin with: %v", why)
	}
	first := errors.New("first")
	data.StopLooking(first)
	data.StopLooking(errors.New("second"))
	if why := data.WhyNotLook(); !errors.Is(why, first) {
		t.Errorf("then: %v", why)
	}
}
