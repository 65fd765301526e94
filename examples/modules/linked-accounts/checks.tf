# One list for the whole plan: the resources are read from it as well, where that is cheaper.
data "refold_linked_accounts" "all" {
  count = var.checks || var.environment != null ? 1 : 0

  lifecycle {
    postcondition {
      condition = var.environment == null || alltrue([
        for account in self.linked_accounts : account.environment == null || account.environment == var.environment
      ])
      error_message = "The API key belongs to another environment than ${coalesce(var.environment, "none")}: ${join(", ", distinct(compact(self.linked_accounts[*].environment)))}."
    }
  }
}

locals {
  # Found by the data source, which fails then. The resources wait for it, also with -target.
  other_environments = var.environment == null ? [] : distinct([
    for account in data.refold_linked_accounts.all[0].linked_accounts : account.environment
    if account.environment != null && account.environment != var.environment
  ])

  # The accounts of the CSV, as Refold had them before this run.
  known = [
    for account in try(data.refold_linked_accounts.all[0].linked_accounts, []) : account
    if var.checks && can(local.accounts[account.linked_account_id])
  ]

  # An account with credentials always has your own app, which is no connection of the customer.
  unconnected = sort([
    for account in local.known : account.linked_account_id
    if try(length([
      for app in account.integrations : app if app.type != "custom" || !can(var.credentials_versions[account.linked_account_id])
    ]) == 0, false) && try(timecmp(timeadd(account.created_at, var.connect_within), plantimestamp()) <= 0, true)
  ])

  expired = sort([
    for account in local.known : account.linked_account_id
    if try(anytrue([for app in account.integrations : app.reauth_required == true]), false)
  ])
}

# A check that fails is a warning: it stops neither the plan nor the apply.
check "connections" {
  assert {
    condition     = length(local.unconnected) == 0
    error_message = "${length(local.unconnected)} accounts have no connection after ${var.connect_within}: ${join(", ", slice(local.unconnected, 0, min(10, length(local.unconnected))))}."
  }
}

check "expired_connections" {
  assert {
    condition     = length(local.expired) == 0
    error_message = "${length(local.expired)} accounts have an app that is to be connected again: ${join(", ", slice(local.expired, 0, min(10, length(local.expired))))}."
  }
}

check "form" {
  assert {
    condition     = local.form == "map" || length(local.accounts) <= var.single_up_to
    error_message = "${length(local.accounts)} accounts have a resource each, which makes plans slow. One map for all is faster; the README of this module says how to change the form."
  }
}
