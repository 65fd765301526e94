output "account" {
  description = "Refold's own id of the customer, and where they are."
  value = {
    id           = refold_linked_account.customer.id
    environment  = refold_linked_account.customer.environment
    organization = refold_linked_account.customer.organization_id
  }
}

output "numbers" {
  description = "What Refold's dashboard shows of the customer, executions and failures for the last day. A number is null where the server does not tell it."
  value = {
    connected_apps   = length(data.refold_applications.connected.slugs)
    active_workflows = length(data.refold_workflows.active.workflows)
    executions       = data.refold_executions.all.total
    failures         = try(sum(values(data.refold_executions.failed)[*].total), null)
  }
}
