resource "refold_linked_account" "acme" {
  linked_account_id = "acme"
  name              = "Acme Corporation"

  udf = {
    plan  = "enterprise"
    seats = 250
    beta  = true
  }

  # A deleted account cannot be brought back, and neither can the customer's connections.
  # This also holds when the whole block is removed.
  deletion_policy = "PREVENT"
}
