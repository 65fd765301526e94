# Creates accounts with the API key of this run, and deletes them at the end.
provider "refold" {
  # A run with any other key stops before its first write.
  environment = "test"
}

variables {
  # What is created can be deleted.
  deletion_policy = "DELETE"
  environment     = "test"
  single_up_to    = 2
}

run "customers_sign_up" {
  variables {
    csv                  = "linked_account_id,name,plan\ntest-01,Test 1,pro\ntest-02,Test 2,\n"
    defaults             = { plan = "free" }
    credentials          = { test-01 = { token = "a-token-of-the-customer" } }
    credentials_versions = { test-01 = "1" }
  }

  assert {
    condition     = output.form == "single" && output.environment == "test" && output.accounts["test-02"].udf["plan"] == "free"
    error_message = "The accounts are not as the CSV has them."
  }
}

# No account moves from its resource to a map. The plan warns instead.
run "the_file_grows" {
  command = plan

  variables {
    csv                  = "linked_account_id,name,plan\ntest-01,Test 1,pro\ntest-02,Test 2,\ntest-03,Test 3,\n"
    credentials_versions = { test-01 = "1" }
  }

  assert {
    condition     = output.form == "single" && length(output.ids) == 3
    error_message = "The form has changed."
  }

  expect_failures = [check.form]
}

run "nobody_connects_anything" {
  command = plan

  variables {
    csv            = "linked_account_id,name,plan\ntest-01,Test 1,pro\ntest-02,Test 2,\n"
    connect_within = "0s"
  }

  expect_failures = [check.connections]
}

run "the_key_of_another_environment" {
  command = plan

  variables {
    csv         = "linked_account_id,name,plan\ntest-01,Test 1,pro\ntest-02,Test 2,\n"
    environment = "production"
  }

  expect_failures = [data.refold_linked_accounts.all]
}
