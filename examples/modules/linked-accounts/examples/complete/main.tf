terraform {
  required_version = ">= 1.11"

  required_providers {
    refold = {
      source  = "gocobalt/refold"
      version = ">= 0.1"
    }
  }
}

# The API key comes from the environment variable REFOLD_API_KEY.
provider "refold" {
  # Stops every run whose key belongs to another environment than this one.
  environment = var.environment
}

module "customers" {
  # Elsewhere: source = "gocobalt/linked-accounts/refold"
  source = "../.."

  csv_file         = "${path.module}/accounts.csv"
  minimum_accounts = 3
  environment      = var.environment

  # Of customers whose line does not say it.
  defaults = {
    plan   = "free"
    region = "eu"
  }

  credentials          = var.credentials
  credentials_versions = { acme = "2026-11" }

  # Fails a plan that would delete a customer.
  deletion_policy = "PREVENT"
}
