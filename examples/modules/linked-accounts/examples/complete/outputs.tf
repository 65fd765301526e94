output "customers" {
  description = "How many accounts there are, and what the checks found."
  value       = module.customers.counts
}

output "premium" {
  description = "Ids of the customers with the plan enterprise."
  value       = [for id, account in module.customers.accounts : id if account.udf.plan == "enterprise"]
}
