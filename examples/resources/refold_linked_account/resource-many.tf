locals {
  customers = {
    "org_1042" = { name = "Stark Industries", plan = "pro", seats = 40 }
    "org_1043" = { name = "Wayne Enterprises", plan = "enterprise", seats = 900 }
    "org_1044" = { name = "Wonka Industries", plan = "free", seats = 3 }
  }
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name

  udf = {
    plan  = each.value.plan
    seats = each.value.seats
  }
}
