# terraform apply -invoke=action.refold_disconnect_integration.initech_slack
action "refold_disconnect_integration" "initech_slack" {
  config {
    linked_account_id = "initech"
    slug              = "slack"
  }
}
