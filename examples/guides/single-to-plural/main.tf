locals {
  customers = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = "20", beta = "true" } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = "5", beta = "false" } }
  }
}

# Terraform forgets the single resources; the accounts stay as they are at Refold.
removed {
  from = refold_linked_account.customer

  lifecycle {
    destroy = false
  }
}

import {
  to = refold_linked_accounts.customers
  id = join(",", keys(local.customers))
}

resource "refold_linked_accounts" "customers" {
  accounts = local.customers
}
