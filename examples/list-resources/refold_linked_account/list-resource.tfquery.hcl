# All accounts of the environment that the API key selects, 10,000 at most.
# Without a limit, Terraform stops after 100.
list "refold_linked_account" "all" {
  provider = refold
  limit    = 10000
}

# Those of trial customers who connected Slack, with all that Refold has on them.
list "refold_linked_account" "trial" {
  provider         = refold
  include_resource = true

  config {
    id_prefix     = "trial-"
    connected_app = "slack"
  }
}
