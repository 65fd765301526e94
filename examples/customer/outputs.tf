output "account" {
  description = "Refold's own id of the customer, and where they are."
  value = {
    id           = refold_linked_account.customer.id
    environment  = refold_linked_account.customer.environment
    organization = refold_linked_account.customer.organization_id
  }
}

output "numbers" {
  description = "What Refold's dashboard shows of the customer."
  value = {
    connected_apps   = length(data.refold_applications.connected.applications)
    active_workflows = length(data.refold_workflows.active.workflows)
  }
}
