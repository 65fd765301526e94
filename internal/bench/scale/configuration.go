// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// kind is how accounts are managed.
type kind string

const (
	single kind = "refold_linked_account"
	plural kind = "refold_linked_accounts"
)

// blockSize accounts share a block of single resources: Terraform's own work grows with the square
// of a block's size.
const blockSize = 50

// limit is what server and provider are told to allow.
type limit struct {
	perSecond float64 // 0 for none
	burst     int
}

var (
	published = limit{mockapi.PublishedPerSecond, mockapi.PublishedBurst}
	raised    = limit{200, 50}
	unlimited = limit{}
)

func (l limit) String() string {
	if l.perSecond == 0 {
		return "no limit"
	}
	return fmt.Sprintf("%.0f/s", l.perSecond)
}

// provider is the part of a configuration that sets the provider up.
func (l limit) provider() string { return bed.Provider(l.perSecond, l.burst) }

// configuration manages the accounts of the inventory. The plural resource gets them as its
// examples show.
func configuration(managed kind, accounts int, allowed limit) string {
	if managed == plural {
		return allowed.provider() + fmt.Sprintf(`
resource %q "all" {
  accounts      = provider::refold::parse_accounts_csv(file(%q))
  max_deletions = %d
}
`, plural, inventoryFile, accounts)
	}
	return allowed.provider() + accountsLocal + blocks(string(single), accounts, `
  linked_account_id = each.key
  name              = local.accounts[each.key].name
  udf               = local.accounts[each.key].udf
`)
}

// coreConfiguration keeps the same values in resources of Terraform's own, with neither provider
// nor Refold.
func coreConfiguration(managed kind, accounts int) string {
	if managed == plural {
		return accountsLocal + `
resource "terraform_data" "all" {
  input = local.accounts
}
`
	}
	return accountsLocal + blocks("terraform_data", accounts, `
  input = local.accounts[each.key]
`)
}

func blocks(resourceType string, accounts int, body string) string {
	var text strings.Builder
	for first := 0; first < accounts; first += blockSize {
		fmt.Fprintf(&text, `
resource %q "block_%[2]d" {
  for_each = toset(slice(sort(keys(local.accounts)), %[2]d, %[3]d))
%[4]s}
`, resourceType, first, min(first+blockSize, accounts), body)
	}
	return text.String()
}
