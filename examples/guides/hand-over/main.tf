locals {
  # Which workspace manages which customers. To hand a customer over, move its line.
  managed = {
    default = {
      "initech" = { name = "Initech" }
    }
    partners = {
      "umbrella" = { name = "Umbrella Corporation" }
    }
  }
  customers = local.managed[terraform.workspace]
}

# What a workspace does not have in its state yet is imported, and nothing is created.
import {
  for_each = local.customers

  to = refold_linked_account.customer[each.key]
  id = each.key
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name

  # An account that leaves the workspace is forgotten there, and stays at Refold.
  deletion_policy = "ABANDON"
}
