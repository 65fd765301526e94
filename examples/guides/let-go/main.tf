resource "refold_linked_accounts" "customers" {
  accounts = {
    "hooli"   = { name = "Hooli", udf = { plan = "pro" } }
    "soylent" = { name = "Soylent", udf = { plan = "free" } }
  }

  # An account that leaves the map is forgotten, and stays at Refold.
  deletion_policy = "ABANDON"
}
