variable "customers" {
  description = "The customers, by the id under which your own system knows them."
  type        = map(object({ name = string, plan = string }))
}

variable "max_deletions" {
  description = "How many accounts one plan may delete."
  type        = number
  default     = 10
}

variable "deletion_policy" {
  description = "What becomes of an account that Terraform gives up."
  type        = string
  default     = "PREVENT"
}

resource "refold_linked_accounts" "customers" {
  accounts = {
    for id, customer in var.customers : id => { name = customer.name, udf = { plan = customer.plan } }
  }

  max_deletions   = var.max_deletions
  deletion_policy = var.deletion_policy
}

output "premium" {
  description = "Ids of the customers who pay."
  value       = [for id, account in refold_linked_accounts.customers.accounts : id if account.udf.plan == "pro"]
}
