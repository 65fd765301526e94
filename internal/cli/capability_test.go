// SPDX-License-Identifier: MPL-2.0

package cli

import "testing"

func TestCanQuery(t *testing.T) {
	for _, test := range []struct {
		product Product
		version string
		can     bool
	}{
		{Terraform, "1.11.4", false}, {Terraform, "1.13.9", false}, {Terraform, "1.14.0", true}, {Terraform, "1.14.0-beta1", true},
		{Terraform, "2.0.0", true}, {OpenTofu, "1.14.0", false}, {Terraform, "", false},
	} {
		if got := (CLI{Product: test.product, Version: test.version}).CanQuery(); got != test.can {
			t.Errorf("%s %q: %v", test.product, test.version, got)
		}
		if got := (CLI{Product: test.product, Version: test.version}).CanAct(); got != test.can {
			t.Errorf("actions of %s %q: %v", test.product, test.version, got)
		}
	}
}

func TestCanImportByIdentity(t *testing.T) {
	for _, test := range []struct {
		product Product
		version string
		can     bool
	}{
		{Terraform, "1.11.4", false}, {Terraform, "1.12.0", true}, {OpenTofu, "1.11.9", false}, {OpenTofu, "1.12.0-rc1", true}, {OpenTofu, "", false},
	} {
		if got := (CLI{Product: test.product, Version: test.version}).CanImportByIdentity(); got != test.can {
			t.Errorf("%s %q: %v", test.product, test.version, got)
		}
	}
}

func TestCanWriteOnly(t *testing.T) {
	for _, test := range []struct {
		version string
		can     bool
	}{{"1.10.5", false}, {"1.11.0", true}, {"", false}} {
		for _, product := range []Product{Terraform, OpenTofu} {
			if got := (CLI{Product: product, Version: test.version}).CanWriteOnly(); got != test.can {
				t.Errorf("%s %q: %v", product, test.version, got)
			}
		}
	}
}
