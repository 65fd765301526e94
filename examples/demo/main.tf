terraform {
  required_version = ">= 1.11"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

# The key and the address come from REFOLD_API_KEY and REFOLD_BASE_URL. The guard makes sure
# that a key of another environment changes nothing.
provider "refold" {
  environment = "test"
}

locals {
  customers = { for row in csvdecode(file("${path.module}/accounts.csv")) : row.linked_account_id => row }
}

# One linked account per line of accounts.csv. A CSV file holds only text, so numbers and booleans are converted.
resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name

  udf = {
    plan  = each.value.plan
    seats = tonumber(each.value.seats)
    beta  = tobool(each.value.beta)
  }
}

# A customer whose credentials for your own app are write-only: they reach Refold and never the state.
# Raise the version to have changed credentials sent.
resource "refold_linked_account" "write_only" {
  linked_account_id = "cyberdyne"
  name              = "Cyberdyne Systems"
  udf               = { plan = "enterprise", seats = 500, beta = true }

  your_app = {
    auth_credentials_wo = {
      crm_token = var.cyberdyne_crm_token
    }
    auth_credentials_wo_version = 1
  }
}

# The same with credentials that are kept in the state, where they are marked as sensitive.
resource "refold_linked_account" "in_state" {
  linked_account_id = "tyrell"
  name              = "Tyrell Corporation"
  udf               = { plan = "pro", seats = 60, beta = false }

  your_app = {
    auth_credentials = {
      crm_token = var.tyrell_crm_token
    }
  }
}

# Reads back one of the accounts, with the apps that are connected to it.
data "refold_linked_account" "cyberdyne" {
  linked_account_id = refold_linked_account.write_only.linked_account_id
}
