data "refold_linked_account" "leaving" {
  linked_account_id = "initech"
}

# terraform apply -invoke=action.refold_disconnect_integration.leaving
action "refold_disconnect_integration" "leaving" {
  # An app that your organization built goes with the credentials of its own resource.
  for_each = toset([for app in data.refold_linked_account.leaving.integrations : app.type if app.type != "custom"])

  config {
    linked_account_id = data.refold_linked_account.leaving.linked_account_id
    slug              = each.key
  }
}
