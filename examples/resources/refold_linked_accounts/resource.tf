resource "refold_linked_accounts" "customers" {
  accounts = provider::refold::parse_accounts_csv(file("${path.module}/accounts.csv"))

  # A plan that would delete more than this fails. A file that was cut off loses many lines at once.
  max_deletions = 3

  lifecycle {
    prevent_destroy = true
  }
}
