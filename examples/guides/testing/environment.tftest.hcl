# Creates accounts with the API key of this run, and deletes them at the end.
provider "refold" {
  # A run with any other key stops before its first write.
  environment = "test"
}

variables {
  # What is created can be deleted, however many accounts it is.
  deletion_policy = "DELETE"
  max_deletions   = 1000
}

run "many_customers_are_created" {
  variables {
    customers = {
      "test-01" = { name = "Test 1", plan = "pro" }
      "test-02" = { name = "Test 2", plan = "pro" }
      "test-03" = { name = "Test 3", plan = "pro" }
      "test-04" = { name = "Test 4", plan = "pro" }
      "test-05" = { name = "Test 5", plan = "pro" }
      "test-06" = { name = "Test 6", plan = "pro" }
      "test-07" = { name = "Test 7", plan = "free" }
      "test-08" = { name = "Test 8", plan = "free" }
      "test-09" = { name = "Test 9", plan = "free" }
      "test-10" = { name = "Test 10", plan = "free" }
      "test-11" = { name = "Test 11", plan = "free" }
      "test-12" = { name = "Test 12", plan = "free" }
    }
  }

  assert {
    condition     = refold_linked_accounts.customers.environment == "test"
    error_message = "The accounts are in another environment."
  }
}

run "a_customer_pays_no_longer" {
  variables {
    customers = {
      "test-01" = { name = "Test 1", plan = "free" }
    }
  }

  assert {
    condition     = length(output.premium) == 0
    error_message = "Somebody is premium without paying."
  }
}
