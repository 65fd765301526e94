locals {
  since = timeadd(plantimestamp(), "-720h")
}

data "refold_applications" "initech" {
  linked_account_id = "initech"
  connected         = true
}

data "refold_workflows" "initech" {
  linked_account_id = "initech"
  enabled           = true
}

# Only counts, which takes one request.
data "refold_executions" "initech" {
  linked_account_id = "initech"
  start_date        = local.since
  limit             = 0
}

data "refold_executions" "initech_failed" {
  for_each = toset(["ERRORED", "FAILED", "TIMED_OUT"])

  linked_account_id = "initech"
  status            = each.key
  start_date        = local.since
  limit             = 5
}

output "initech_numbers" {
  description = "What Refold's dashboard shows of the customer for the last 30 days. A number is null where the server does not tell it."
  value = {
    connected_apps   = length(data.refold_applications.initech.slugs)
    active_workflows = length(data.refold_workflows.initech.workflows)
    executions       = data.refold_executions.initech.total
    failures         = try(sum(values(data.refold_executions.initech_failed)[*].total), null)
  }
}

output "initech_last_failures" {
  value = flatten([for failed in data.refold_executions.initech_failed : [
    for execution in failed.executions : { began = execution.started_at, workflow = execution.workflow_name, status = execution.status }
  ]])
}

check "initech_is_connected" {
  assert {
    condition     = length([for app in data.refold_applications.initech.applications : app if app.reauth_required]) == 0
    error_message = "Initech has to connect again: ${join(", ", [for app in data.refold_applications.initech.applications : app.slug if app.reauth_required])}."
  }
}

check "initech_runs" {
  assert {
    condition     = alltrue([for failed in data.refold_executions.initech_failed : length(failed.executions) == 0])
    error_message = "Workflows of Initech failed. The output initech_last_failures names them."
  }
}
