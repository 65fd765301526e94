# The configs of one customer's HubSpot, with all that is set in them. Without account and slug, it
# is those of all apps that customers have connected; without a limit, Terraform stops after 100.
# What two blocks list is written twice by -generate-config-out.
list "refold_config" "initech_hubspot" {
  provider         = refold
  limit            = 10000
  include_resource = true

  config {
    linked_account_id = "initech"
    slug              = "hubspot"
  }
}
