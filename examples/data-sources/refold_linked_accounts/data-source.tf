data "refold_linked_accounts" "all" {}

output "pro_customers" {
  description = "Names by id, of customers with a user-defined field. lookup() covers accounts that do not have it."
  value = {
    for account in data.refold_linked_accounts.all.linked_accounts : account.linked_account_id => account.name
    if lookup(account.udf, "plan", "free") == "pro"
  }
}

output "seats" {
  description = "A field with its type: udf holds texts, udf_json what Refold stores."
  value = sum(concat([0], [
    for account in data.refold_linked_accounts.all.linked_accounts : try(jsondecode(account.udf_json).seats, 0)
  ]))
}

output "to_reconnect" {
  description = "Customers with an app that stopped working until they connect it again."
  value = [
    for account in data.refold_linked_accounts.all.linked_accounts : account.linked_account_id
    if anytrue([for integration in account.integrations : integration.reauth_required == true])
  ]
}

data "refold_linked_accounts" "slack" {
  id_prefix     = "umb"
  connected_app = "slack"
}

output "slack_customers" {
  value = data.refold_linked_accounts.slack.ids
}
