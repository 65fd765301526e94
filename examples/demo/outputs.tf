output "account_ids" {
  description = "Refold's own id of each customer in accounts.csv."
  value       = { for key, account in refold_linked_account.customer : key => account.id }
}

output "cyberdyne" {
  description = "What Refold has about Cyberdyne."
  value = {
    name         = data.refold_linked_account.cyberdyne.name
    environment  = data.refold_linked_account.cyberdyne.environment
    udf          = data.refold_linked_account.cyberdyne.udf
    integrations = [for integration in data.refold_linked_account.cyberdyne.integrations : integration.name]
  }
}
