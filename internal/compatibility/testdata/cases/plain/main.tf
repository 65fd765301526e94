# What needs no write-only arguments: every resource, in every form.

terraform {
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

resource "refold_linked_account" "bare" {
  linked_account_id = "acme"
}

resource "refold_linked_account" "fields" {
  linked_account_id = "globex"
  name              = "Globex Corporation"
  deletion_policy   = "PREVENT"

  udf = {
    plan  = "enterprise"
    seats = 250
    rate  = 0.1
    large = 12345678901234567890
    beta  = true
    none  = null
  }
}

resource "refold_linked_account" "emptied" {
  linked_account_id = "umbrella"
  udf               = {}
  deletion_policy   = "ABANDON"
}

resource "refold_linked_account" "shared" {
  linked_account_id = "cyberdyne"
  name              = "Cyberdyne Systems"
  udf               = { plan = "pro" }
  udf_exclusive     = false
  adopt_existing    = true
  force_destroy     = true
}

resource "refold_linked_account" "credentials" {
  linked_account_id = "tyrell"

  your_app = {
    auth_credentials = {
      api_key = "sample-key-of-tyrell"
      region  = "eu"
    }
  }
}

resource "refold_linked_account" "app" {
  linked_account_id = "weyland"

  your_app = {
    app_id = "6a05d19680458c9a09e79c2e"
  }
}

resource "refold_linked_account" "imported" {
  linked_account_id = "initech"
  name              = "Initech"
  udf               = { plan = "pro" }
}

resource "refold_linked_account" "imported_bare" {
  linked_account_id = "initrode"
}

resource "refold_linked_accounts" "inventory" {
  accounts = {
    "customer-1" = { name = "Customer 1", udf = { plan = "pro", seats = "5" } }
    "customer-2" = { name = null, udf = {} }
    "customer-3" = { name = "Customer 3", udf = null }
  }
  max_deletions   = 3
  deletion_policy = "PREVENT"
}

resource "refold_linked_accounts" "credentials" {
  accounts = {
    "partner-1" = { name = "Partner 1", udf = { tier = "gold" } }
    "partner-2" = { name = "Partner 2", udf = null }
  }
  auth_credentials = {
    "partner-1" = { api_key = "sample-key-of-partner-1" }
  }
  app_id          = "6a05d19680458c9a09e79c2e"
  udf_exclusive   = false
  adopt_existing  = true
  force_destroy   = true
  deletion_policy = "ABANDON"
}

resource "refold_linked_accounts" "none" {
  accounts = {}
}

resource "refold_linked_accounts" "imported" {
  accounts = {
    hooli = { name = "Initech", udf = null }
  }
}

resource "refold_integration" "keys" {
  linked_account_id = refold_linked_account.bare.linked_account_id
  slug              = "hubspot"
  credentials       = { api_key = "sample-key-for-hubspot" }
}

resource "refold_integration" "own_type" {
  linked_account_id = refold_linked_account.bare.linked_account_id
  slug              = "freshdesk"
  credentials       = { domain = "acme.freshdesk.com", api_key = "sample-key-for-freshdesk" }
  adopt_existing    = true
  force_destroy     = true
  deletion_policy   = "ABANDON"
}

resource "refold_integration" "typed" {
  linked_account_id = refold_linked_account.fields.linked_account_id
  slug              = "zendesk"
  auth_type         = "keybased"
  credentials       = { subdomain = "globex", email = "admin@globex.example", api_token = "sample-token-for-zendesk" }
  deletion_policy   = "PREVENT"
}

resource "refold_integration" "imported" {
  linked_account_id = refold_linked_account.imported.linked_account_id
  slug              = "hubspot"
}

resource "refold_config" "fields" {
  linked_account_id = refold_integration.keys.linked_account_id
  slug              = refold_integration.keys.slug

  fields = {
    sync_interval    = 30
    owner_email      = "jo@acme.example"
    sync_deleted     = true
    lifecycle_stages = ["lead", "customer"]
    field_mapping    = { email = "mail", phones = [{ kind = "work", rank = 1.5 }] }
  }
  workflows = { "6a313eda6d5528bdcf71eb01" = true, "6a313eda6d5528bdcf71eb02" = false }
}

resource "refold_config" "second" {
  linked_account_id = refold_integration.typed.linked_account_id
  slug              = refold_integration.typed.slug
  config_id         = "emea"
  adopt_existing    = true
  force_destroy     = true
  deletion_policy   = "ABANDON"
}

resource "refold_config" "imported" {
  linked_account_id = refold_integration.imported.linked_account_id
  slug              = refold_integration.imported.slug
  fields            = { sync_interval = 30 }
}

resource "refold_variable_value" "text" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  linked_account_id      = refold_linked_account.bare.linked_account_id
  value                  = "us"
}

resource "refold_variable_value" "number" {
  variable_definition_id = "6a1401de41e63efd08fb3e02"
  linked_account_id      = refold_linked_account.bare.linked_account_id
  value                  = 25
  deletion_policy        = "ABANDON"
}

resource "refold_variable_value" "workspace" {
  variable_definition_id = "6a1401de41e63efd08fb3e07"
  value                  = "support@example.com"
  adopt_existing         = true
  deletion_policy        = "PREVENT"
}

resource "refold_variable_value" "workflow" {
  variable_definition_id = "6a1401de41e63efd08fb3e08"
  workflow_id            = "6a313eda6d5528bdcf71eb01"
  value                  = "500"
}

resource "refold_variable_value" "imported" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  linked_account_id      = refold_linked_account.imported.linked_account_id
  value                  = "eu"
}
