# Data sources wait for what they depend on: while that has changes pending, they are read during the apply.
data "refold_applications" "connected" {
  linked_account_id = refold_linked_account.customer.linked_account_id
  connected         = true
  depends_on        = [refold_integration.hubspot]
}

data "refold_workflows" "active" {
  linked_account_id = refold_linked_account.customer.linked_account_id
  enabled           = true
  depends_on        = [refold_config.hubspot]
}

# A check that fails is a warning: it stops neither the plan nor the apply.
check "connections" {
  assert {
    condition = alltrue([for app in data.refold_applications.connected.applications : !app.reauth_required])
    error_message = format("To be connected again: %s.",
      join(", ", [for app in data.refold_applications.connected.applications : app.name if app.reauth_required])
    )
  }
}

check "workflows" {
  assert {
    condition     = alltrue([for id in var.workflows : contains(data.refold_workflows.active.workflows[*].id, id)])
    error_message = "A workflow that is to be switched on is not."
  }
}
