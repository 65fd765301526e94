locals {
  customers = provider::refold::parse_accounts_csv(file("${path.module}/accounts.csv"))
}

resource "refold_linked_account" "eu" {
  for_each = { for id, customer in local.customers : id => customer if lookup(customer.udf, "region", "") == "eu" }

  linked_account_id = each.key
  name              = each.value.name
  udf               = each.value.udf
}

resource "refold_linked_account" "us" {
  for_each = { for id, customer in local.customers : id => customer if lookup(customer.udf, "region", "") == "us" }

  linked_account_id = each.key
  name              = each.value.name
  udf               = each.value.udf
}

# A customer that no block has is deleted: a region that is misspelled must not
# get through a plan.
output "customers" {
  value = length(local.customers)

  precondition {
    condition     = length(local.customers) == length(refold_linked_account.eu) + length(refold_linked_account.us)
    error_message = "The region of every customer has to be eu or us."
  }
}
