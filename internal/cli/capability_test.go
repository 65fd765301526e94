// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"strings"
	"testing"
)

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

func TestRequire(t *testing.T) {
	const other = "asked for"
	for _, test := range []struct {
		product       Product
		version, want string
		problem       string // part of the error, empty where there is none
	}{
		{Terraform, "1.14.3", "terraform ~> 1.14.0", ""},
		{Terraform, "1.15.0-beta1", "terraform ~> 1.15.0", ""},
		{OpenTofu, "1.13.0", "tofu >= 1.12.0", ""},
		{Terraform, "1.15.0", "terraform ~> 1.14.0", other},
		{Terraform, "1.11.4", "terraform >= 1.15.0", other},
		{OpenTofu, "1.14.3", "terraform ~> 1.14.0", other},
		{Terraform, "1.14.3", "tofu ~> 1.14.0", other},
		{Terraform, "1.14.3", "terraform", "constraint"},
		{Terraform, "1.14.3", "terraform latest", "constraint"},
		{Terraform, "", "terraform ~> 1.14.0", "read the version"},
	} {
		err := CLI{Path: "/bin/cli", Product: test.product, Version: test.version}.Require(test.want)
		if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
			t.Errorf("%s %q as %q: %v", test.product, test.version, test.want, err)
		}
	}
}
