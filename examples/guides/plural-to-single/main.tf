# Everybody but Initech, which gets a resource of its own.
locals {
  others = {
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = "5", beta = "false" } }
  }
}

# Without this, and without a new name for the rest, Initech would be deleted: it is no longer in the map.
removed {
  from = refold_linked_accounts.customers

  lifecycle {
    destroy = false
  }
}

import {
  to = refold_linked_accounts.others
  # In quotes, because an id may contain a comma.
  id = join(",", [for id in keys(local.others) : "\"${replace(id, "\"", "\"\"")}\""])
}

resource "refold_linked_accounts" "others" {
  accounts = local.others
}

import {
  to = refold_linked_account.initech
  id = "initech"
}

resource "refold_linked_account" "initech" {
  linked_account_id = "initech"
  name              = "Initech"
  udf               = { plan = "pro", seats = 20, beta = true }
}
