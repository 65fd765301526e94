output "ids" {
  description = "The `linked_account_id` of each account, in order."
  value       = sort(local.form == "map" ? keys(refold_linked_accounts.customers[0].accounts) : keys(refold_linked_account.customer))
}

output "accounts" {
  description = "Name and user-defined fields of each account, by `linked_account_id`."
  value = local.form == "map" ? refold_linked_accounts.customers[0].accounts : {
    for id, account in refold_linked_account.customer : id => { name = account.name, udf = account.udf }
  }
}

output "counts" {
  description = "How many accounts there are, how many of them have credentials, and what the checks found: how many are without a connection, and how many have one that expired. These two are null without `checks`."
  value = {
    accounts         = length(local.accounts)
    with_credentials = length(var.credentials_versions)
    unconnected      = var.checks ? length(local.unconnected) : null
    expired          = var.checks ? length(local.expired) : null
  }
}

output "form" {
  description = "`single` or `map`."
  value       = local.form
}

output "environment" {
  description = "The Refold environment that the accounts are in, null without accounts."
  value = local.form == "map" ? refold_linked_accounts.customers[0].environment : try(compact([
    for account in refold_linked_account.customer : account.environment
  ])[0], null)
}
