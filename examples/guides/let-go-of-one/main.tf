resource "refold_linked_accounts" "customers" {
  accounts = {
    "soylent" = { name = "Soylent", udf = { plan = "free" } }
  }

  deletion_policy = "ABANDON"
}

import {
  to = refold_linked_account.hooli
  id = "hooli"
}

resource "refold_linked_account" "hooli" {
  linked_account_id = "hooli"
  name              = "Hooli"
  udf               = { plan = "pro" }
}
