data "refold_linked_accounts" "all" {}

output "customers" {
  value = {
    for account in data.refold_linked_accounts.all.linked_accounts : account.linked_account_id => {
      name = account.name
      udf  = jsondecode(account.udf_json)
    }
  }
}
