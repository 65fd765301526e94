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

func TestRefusal(t *testing.T) {
	const (
		block, argument = "Blocks of type", "An argument named"
		removed         = "removed {\n  from = a.b\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
		identity        = "import {\n  to = a.b\n  identity = {\n"
	)
	moved := func(from, to string) string { return "moved {\n  from = " + from + "\n  to   = " + to + "\n}\n" }
	for _, test := range []struct {
		product                        Product
		version, configuration, refuse string
	}{
		{Terraform, "1.5.7", "resource \"a\" \"b\" {}\n", ""},
		{Terraform, "1.13.9", "action \"a\" \"b\" {\n", block}, {Terraform, "1.14.0-beta1", "action \"a\" \"b\" {\n", ""}, {OpenTofu, "1.14.0", "action \"a\" \"b\" {\n", block},
		{Terraform, "1.11.4", identity, argument}, {Terraform, "1.12.0", identity, ""}, {OpenTofu, "1.11.9", identity, argument}, {OpenTofu, "1.12.0-rc1", identity, ""},
		{Terraform, "1.9.8", "ephemeral \"a\" \"b\" {}\n", block}, {Terraform, "1.10.0", "ephemeral \"a\" \"b\" {}\n", ""}, {OpenTofu, "1.10.9", "ephemeral \"a\" \"b\" {}\n", block},
		{Terraform, "1.5.7", removed, `"removed"`}, {Terraform, "1.7.0", removed, ""}, {OpenTofu, "1.8.9", removed, `"lifecycle"`}, {OpenTofu, "1.10.0", removed, ""},
		{Terraform, "1.6.6", "import {\n  for_each = {}\n", argument}, {Terraform, "1.6.6", "resource \"a\" \"b\" {\n  for_each = {}\n", ""},
		{Terraform, "1.7.5", "a = provider::refold::f(\"\")\n", "Error"}, {OpenTofu, "1.7.0", "a = provider::refold::f(\"\")\n", ""},
		{Terraform, "1.7.5", moved("a.x", "b.x"), "mismatch"}, {Terraform, "1.8.0", moved("a.x", "b.x"), ""}, {OpenTofu, "1.9.4", moved("a.x", "b.x"), "mismatch"},
		{Terraform, "1.5.7", moved("a.x", "a.y"), ""}, {Terraform, "1.5.7", moved("module.x", "a.x"), ""},
		{Terraform, "1.5.7", "run \"a\" {}\nmock_provider \"b\" {}\n", "-filter"}, {Terraform, "1.6.6", "run \"a\" {}\nmock_provider \"b\" {}\n", "mock_provider"},
		{Terraform, "1.10.5", "  credentials_wo = {}\n", "WriteOnly"}, {OpenTofu, "1.11.0", "  credentials_wo = {}\n", ""},
		{Terraform, "1.10.5", "  required_version = \">= 1.11\"\n  credentials_wo = {}\n", "Core version"}, {Terraform, "1.11.4", "  required_version = \">= 1.11\"\n", ""},
		{Terraform, "", "action \"a\" \"b\" {\n", block},
	} {
		got := CLI{Product: test.product, Version: test.version}.Refusal(test.configuration)
		if !strings.Contains(got, test.refuse) || (got == "") != (test.refuse == "") {
			t.Errorf("%s %q, of %q: %q", test.product, test.version, test.configuration, got)
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
