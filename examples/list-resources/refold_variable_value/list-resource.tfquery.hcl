# All values of one customer. Without an account, it is those of all accounts, of the workspace and
# of the organization; without a limit, Terraform stops after 100. What two blocks list is written
# twice by -generate-config-out.
list "refold_variable_value" "initech" {
  provider         = refold
  limit            = 10000
  include_resource = true

  config {
    linked_account_id = "initech"
  }
}
