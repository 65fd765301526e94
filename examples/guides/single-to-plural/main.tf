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
  # In quotes, because an id may contain a comma.
  id = join(",", [for id in keys(local.customers) : "\"${replace(id, "\"", "\"\"")}\""])
}

resource "refold_linked_accounts" "customers" {
  accounts = local.customers
}
