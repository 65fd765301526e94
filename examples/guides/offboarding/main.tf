variable "leaving" {
  description = "Ids of customers who leave: their accounts may be deleted, with all that they have connected."
  type        = set(string)
  default     = []
}

locals {
  customers = {
    "hooli"      = { name = "Hooli" }
    "pied_piper" = { name = "Pied Piper" }
  }
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name

  # Both count once they are applied. So a customer leaves in two steps, each of which is reviewed.
  deletion_policy = contains(var.leaving, each.key) ? "DELETE" : "PREVENT"
  force_destroy   = contains(var.leaving, each.key)
}
