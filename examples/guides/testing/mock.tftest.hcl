# Asks nothing of Refold, and needs no API key.
mock_provider "refold" {}

run "paying_customers_are_premium" {
  variables {
    customers = {
      initech  = { name = "Initech", plan = "pro" }
      umbrella = { name = "Umbrella Corporation", plan = "free" }
    }
  }

  assert {
    condition     = output.premium == ["initech"]
    error_message = "Only who pays is premium."
  }
}
