# Write-only arguments, of which the private state keeps the names, and the provider's own deletion
# policy.

terraform {
  required_version = ">= 1.11"
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

provider "refold" {
  deletion_policy = "PREVENT"
}

resource "refold_linked_account" "credentials" {
  linked_account_id = "acme"

  your_app = {
    auth_credentials_wo         = { api_key = "sample-key-of-acme", region = "eu" }
    auth_credentials_wo_version = "2026-11"
  }
}

resource "refold_linked_accounts" "credentials" {
  accounts = {
    "customer-1" = { name = "Customer 1", udf = { plan = "pro" } }
    "customer-2" = { name = "Customer 2", udf = null }
  }
  auth_credentials_wo = {
    "customer-1" = { api_key = "sample-key-of-customer-1" }
    "customer-2" = { api_key = "sample-key-of-customer-2", region = "us" }
  }
  auth_credentials_wo_version = 1
  deletion_policy             = "DELETE"
}

resource "refold_integration" "keys" {
  linked_account_id      = refold_linked_account.credentials.linked_account_id
  slug                   = "hubspot"
  credentials_wo         = { api_key = "sample-key-for-hubspot" }
  credentials_wo_version = "1"
}

resource "refold_variable_value" "encrypted" {
  variable_definition_id = "6a1401de41e63efd08fb3e04"
  linked_account_id      = refold_linked_account.credentials.linked_account_id
  value_wo               = "sample-secret-of-acme"
  value_wo_version       = "1"
}

resource "refold_variable_value" "plain" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  linked_account_id      = refold_linked_account.credentials.linked_account_id
  value_wo               = "eu"
  value_wo_version       = "a1b2c3"
}
