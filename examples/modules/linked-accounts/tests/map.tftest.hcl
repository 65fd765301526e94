# Creates accounts with the API key of this run, and deletes them at the end.
provider "refold" {
  # A run with any other key stops before its first write.
  environment = "test"
}

variables {
  # What is created can be deleted, however many accounts it is.
  deletion_policy = "DELETE"
  max_deletions   = 1000
  single_up_to    = 2
}

run "customers_sign_up" {
  variables {
    csv                  = "linked_account_id,name,plan\ntest-11,Test 11,pro\ntest-12,Test 12,\ntest-13,Test 13,\n"
    credentials          = { test-11 = { token = "a-token-of-the-customer" }, test-14 = { token = "not-sent" } }
    credentials_versions = { test-11 = "1" }
  }

  assert {
    condition     = output.form == "map" && output.environment == "test" && output.ids == tolist(["test-11", "test-12", "test-13"])
    error_message = "The accounts are not as the CSV has them."
  }
}
