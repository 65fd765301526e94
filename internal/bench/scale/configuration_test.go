// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"strings"
	"testing"
)

// Core is given the same values in as many blocks.
func TestConfiguration(t *testing.T) {
	ours, core := configuration(single, 120, published), coreConfiguration(single, 120)
	for _, part := range []string{`"block_0"`, `"block_50"`, `"block_100"`, "slice(sort(keys(local.accounts)), 100, 120)", accountsLocal} {
		if !strings.Contains(ours, part) || !strings.Contains(core, part) {
			t.Errorf("%q is not in both:\n%s\n%s", part, ours, core)
		}
	}
	if !strings.Contains(ours, "requests_per_second = 20\n  burst               = 5\n") {
		t.Errorf("not the published limit:\n%s", ours)
	}
	if all := configuration(plural, 120, unlimited); !strings.Contains(all, "requests_per_second = 10000\n") || !strings.Contains(all, "max_deletions = 120\n") {
		t.Errorf("the provider holds the run up:\n%s", all)
	} else if !strings.Contains(all, `provider::refold::parse_accounts_csv(file("accounts.csv"))`) {
		t.Errorf("not the accounts of the inventory:\n%s", all)
	}
	if strings.Contains(core+coreConfiguration(plural, 120), "refold") {
		t.Error("core alone has a provider")
	}
}

func TestInventory(t *testing.T) {
	accounts := inventory{accounts: 2, firstName: "First", region: "eu"}
	want := "linked_account_id,name,plan,region\ncustomer-00000,First,pro,eu\ncustomer-00001,Customer 1,pro,eu\n"
	if got := accounts.csv(); got != want {
		t.Errorf("%q", got)
	}
	for _, step := range wholeLife() {
		if step.revise != nil {
			step.revise(&accounts)
		}
	}
	if accounts.firstName == "First" || accounts.region == "eu" {
		t.Errorf("the steps change nothing: %+v", accounts)
	}
}

// Goals and chart are about workloads that are measured.
func TestWorkloads(t *testing.T) {
	all := Run{Single: true, Plural: true}.workloads()
	names := map[string]bool{}
	for _, one := range all {
		names[one.String()] = true
	}
	for _, want := range []string{
		"200 in `refold_linked_account`, 20/s", "200 in `refold_linked_account`, no limit", "1,000 in `refold_linked_accounts`, no limit",
		"10,000 in `refold_linked_accounts`, no limit", "10,000 in `refold_linked_accounts`, 200/s",
	} {
		if !names[want] {
			t.Errorf("there is no workload %s: %v", want, names)
		}
	}
}
