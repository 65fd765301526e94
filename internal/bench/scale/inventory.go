// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"
	"strings"
)

// inventory is the accounts that a configuration reads from its CSV file.
type inventory struct {
	accounts int
	// firstName is that of the first account, region that of all: what a step changes.
	firstName, region string
}

const inventoryFile = "accounts.csv"

func (i inventory) csv() string {
	var text strings.Builder
	text.WriteString("linked_account_id,name,plan,region\n")
	for number := range i.accounts {
		name := fmt.Sprintf("Customer %d", number)
		if number == 0 {
			name = i.firstName
		}
		fmt.Fprintf(&text, "customer-%05d,%s,pro,%s\n", number, name, i.region)
	}
	return text.String()
}

const accountsLocal = `
locals {
  accounts = {
    for row in csvdecode(file("` + inventoryFile + `")) : row.linked_account_id => {
      name = row.name
      udf  = { plan = row.plan, region = row.region }
    }
  }
}
`
