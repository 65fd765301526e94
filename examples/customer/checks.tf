# Read during the apply while what they depend on has changes pending, and in the plan otherwise.
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

locals {
  since = timeadd(plantimestamp(), "-24h")
}

# Counted, not read: that takes a single request.
data "refold_executions" "all" {
  linked_account_id = refold_linked_account.customer.linked_account_id
  start_date        = local.since
  limit             = 0
  depends_on        = [refold_linked_account.customer]
}

data "refold_executions" "failed" {
  for_each = toset(["ERRORED", "FAILED", "TIMED_OUT"])

  linked_account_id = refold_linked_account.customer.linked_account_id
  status            = each.key
  start_date        = local.since
  limit             = 5
  depends_on        = [refold_linked_account.customer]
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
    condition     = length(setsubtract(var.workflows, data.refold_workflows.active.workflows[*].id)) == 0
    error_message = "A workflow that is to be switched on is not."
  }
}

check "executions" {
  assert {
    condition = alltrue([for failed in data.refold_executions.failed : length(failed.executions) == 0])
    error_message = format("Workflows failed within the last day, the latest ones being %s.",
      join(", ", flatten([for failed in data.refold_executions.failed : [for one in failed.executions : coalesce(one.workflow_name, one.id)]]))
    )
  }
}
