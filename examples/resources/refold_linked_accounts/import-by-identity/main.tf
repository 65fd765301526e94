import {
  to = refold_linked_accounts.customers
  identity = {
    linked_account_ids = ["initech", "umbrella"]
  }
}

resource "refold_linked_accounts" "customers" {
  accounts = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = "20", beta = "true" } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = "5", beta = "false" } }
  }
}
