// SPDX-License-Identifier: MPL-2.0

package registered_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/registered"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// Every object of the provider is registered for the battery.
func TestEveryObjectIsRegistered(t *testing.T) {
	for _, problem := range registered.Suite().Unregistered(t.Context()) {
		t.Error(problem)
	}
}

// Every object runs the battery of its kind.
func TestBattery(t *testing.T) {
	registered.Suite().Run(battery.Subtests(t))
}
