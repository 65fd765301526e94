# What one account has connected by keys, with all that Refold shows of it. Without the account, it
# is what all have; without a limit, Terraform stops after 100. What two blocks list is written twice
# by -generate-config-out.
list "refold_integration" "initech" {
  provider         = refold
  limit            = 10000
  include_resource = true

  config {
    linked_account_id = "initech"
  }
}
