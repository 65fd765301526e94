// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestLearn: an answer that leaves the id out takes nothing back.
func TestLearn(t *testing.T) {
	ids := accountIDs{"user": "6a05d19680458c9a09e79c99"}
	ids.learn(nil)
	ids.learn(&refold.LinkedAccount{AccountID: "user"})
	ids.learn(&refold.LinkedAccount{AccountID: "other"})
	if len(ids) != 1 || ids["user"] != "6a05d19680458c9a09e79c99" {
		t.Errorf("ids: %v", ids)
	}
}
