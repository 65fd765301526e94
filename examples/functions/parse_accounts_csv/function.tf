locals {
  accounts = provider::refold::parse_accounts_csv(file("${path.module}/accounts.csv"))
}

resource "refold_linked_accounts" "customers" {
  accounts = local.accounts
}

output "accounts_without_a_plan" {
  description = "An empty cell gives no field."
  value       = [for id, account in local.accounts : id if !contains(keys(account.udf), "plan")]
}
