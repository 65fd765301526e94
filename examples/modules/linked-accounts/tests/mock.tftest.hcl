# Asks nothing of Refold, and needs no API key.
mock_provider "refold" {
  mock_data "refold_linked_accounts" {
    defaults = {
      linked_accounts = [
        {
          id                = "6a05d19680458c9a00000001"
          linked_account_id = "acme"
          name              = "Acme Inc."
          udf               = {}
          udf_json          = "{}"
          organization_id   = "6a05d19680458c9a00000000"
          environment       = "test"
          created_at        = "2020-01-01T00:00:00Z"
          updated_at        = "2020-01-01T00:00:00Z"
          integrations = [{
            type            = "slack"
            name            = "Slack"
            app_id          = null
            icon            = null
            created_at      = null
            updated_at      = null
            reauth_required = true
          }]
        },
        {
          id                = "6a05d19680458c9a00000001"
          linked_account_id = "globex"
          name              = "Globex"
          udf               = {}
          udf_json          = "{}"
          organization_id   = "6a05d19680458c9a00000000"
          environment       = "test"
          created_at        = "2020-01-01T00:00:00Z"
          updated_at        = "2020-01-01T00:00:00Z"
          integrations = [{
            type            = "custom"
            name            = "Our own app"
            app_id          = "6a05d19680458c9a00000002"
            icon            = null
            created_at      = null
            updated_at      = null
            reauth_required = null
          }]
        },
        {
          id                = "6a05d19680458c9a00000001"
          linked_account_id = "somebody-elses"
          name              = "Not in the CSV"
          udf               = {}
          udf_json          = "{}"
          organization_id   = "6a05d19680458c9a00000000"
          environment       = "test"
          created_at        = "2020-01-01T00:00:00Z"
          updated_at        = "2020-01-01T00:00:00Z"
          integrations      = []
        },
      ]
    }
  }
}

variables {
  csv    = "linked_account_id,name,plan\nacme,Acme Inc.,pro\nglobex,Globex,\n"
  checks = false
}

run "few_accounts_are_single" {
  command = plan

  variables {
    defaults = { plan = "free", region = "eu" }
  }

  assert {
    condition     = output.form == "single" && output.ids == tolist(["acme", "globex"])
    error_message = "Each account has a resource."
  }

  assert {
    condition     = output.accounts["acme"].udf == tomap({ plan = "pro", region = "eu" }) && output.accounts["globex"].udf["plan"] == "free"
    error_message = "What a line does not say is the default."
  }

  assert {
    condition     = refold_linked_account.customer["acme"].deletion_policy == "PREVENT"
    error_message = "Nobody is deleted by default."
  }

  assert {
    condition     = output.counts.accounts == 2 && output.counts.with_credentials == 0 && output.counts.expired == null
    error_message = "Nothing was checked."
  }
}

run "what_is_set_reaches_single_accounts" {
  command = plan

  variables {
    adopt_existing  = true
    app_id          = "6a05d19680458c9a00000002"
    deletion_policy = null
    force_destroy   = true
    udf_exclusive   = false
  }

  assert {
    condition = alltrue([
      for account in refold_linked_account.customer :
      account.adopt_existing && account.your_app.app_id == var.app_id && account.force_destroy && !account.udf_exclusive && account.deletion_policy == null
    ])
    error_message = "The resource does not get what the module gets."
  }
}

run "a_large_file_is_a_map" {
  command = plan

  variables {
    csv           = join("\n", concat(["linked_account_id,name,plan"], [for n in range(1000) : "customer-${n},Customer ${n},pro"]))
    max_deletions = 3
  }

  assert {
    condition     = output.form == "map" && length(refold_linked_account.customer) == 0
    error_message = "The accounts have a resource each."
  }

  assert {
    condition     = length(output.ids) == 1000 && output.accounts["customer-999"].name == "Customer 999"
    error_message = "Not every line is an account."
  }

  assert {
    condition     = refold_linked_accounts.customers[0].max_deletions == 3 && refold_linked_accounts.customers[0].deletion_policy == "PREVENT"
    error_message = "The guards are not set."
  }
}

run "a_large_file_is_never_single" {
  command = plan

  variables {
    csv  = join("\n", concat(["linked_account_id"], range(501)))
    form = "single"
  }

  expect_failures = [var.form]
}

run "a_map_has_defaults" {
  command = plan

  variables {
    form           = "map"
    defaults       = { plan = "free" }
    adopt_existing = true
    app_id         = "6a05d19680458c9a00000002"
    force_destroy  = true
    udf_exclusive  = false
  }

  assert {
    condition = alltrue([
      for map in refold_linked_accounts.customers :
      map.adopt_existing && map.app_id == var.app_id && map.force_destroy && !map.udf_exclusive
    ])
    error_message = "The resource does not get what the module gets."
  }

  assert {
    condition     = output.accounts["acme"].udf["plan"] == "pro" && output.accounts["globex"].udf["plan"] == "free"
    error_message = "What a line does not say is the default."
  }
}

run "no_file" {
  command = plan

  variables {
    csv = null
  }

  expect_failures = [var.csv_file]
}

run "two_files" {
  command = plan

  variables {
    csv_file = "accounts.csv"
  }

  expect_failures = [var.csv_file]
}

run "an_empty_file" {
  command = plan

  variables {
    csv = "linked_account_id,name\n"
  }

  expect_failures = [var.minimum_accounts]
}

run "a_shortened_file" {
  command = plan

  variables {
    minimum_accounts = 3
  }

  expect_failures = [var.minimum_accounts]
}

run "values_that_mean_nothing" {
  command = plan

  variables {
    connect_within  = "a week"
    deletion_policy = "KEEP"
    environment     = ""
    form            = "list"
    single_up_to    = 501
  }

  expect_failures = [var.connect_within, var.deletion_policy, var.environment, var.form, var.single_up_to]
}

run "credentials_of_nobody" {
  command = plan

  variables {
    credentials_versions = { initech = "1" }
  }

  expect_failures = [var.credentials_versions]
}

run "credentials_that_are_missing" {
  command = plan

  variables {
    credentials          = { acme = { token = "a-token" } }
    credentials_versions = { acme = "1", globex = "1" }
  }

  expect_failures = [var.credentials]
}

# Acme has to connect Slack again. Globex has connected nothing: the one app is our own.
run "connections_are_checked" {
  command = plan

  variables {
    checks               = true
    credentials_versions = { globex = "1" }
  }

  assert {
    condition     = output.counts.unconnected == 1 && output.counts.expired == 1
    error_message = "Not one of each: ${jsonencode(output.counts)}."
  }

  expect_failures = [check.connections, check.expired_connections]
}

run "another_environment" {
  command = plan

  variables {
    environment = "production"
  }

  expect_failures = [data.refold_linked_accounts.all]
}

# What is targeted waits for the list of all accounts.
run "another_environment_with_a_target" {
  command = plan

  variables {
    environment = "production"
  }

  plan_options {
    target = [refold_linked_account.customer]
  }

  expect_failures = [data.refold_linked_accounts.all]
}

# Mocked accounts each get an environment of their own, and what is null is the default.
run "an_apply" {
  variables {
    credentials      = {}
    minimum_accounts = null
    single_up_to     = null
  }

  assert {
    condition     = output.form == "single" && output.environment != null
    error_message = "The accounts are not there."
  }
}
