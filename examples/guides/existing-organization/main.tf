locals {
  customers = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = 20, beta = true } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = 5, beta = false } }
  }
}

import {
  for_each = local.customers

  to = refold_linked_account.customer[each.key]
  id = each.key
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name
  udf               = each.value.udf

  lifecycle {
    prevent_destroy = true
  }
}
