resource "refold_linked_account" "globex" {
  linked_account_id = "globex"
  name              = "Globex"
}

variable "globex_hubspot_key" {
  description = "API key of Globex's HubSpot."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "refold_integration" "globex_hubspot" {
  linked_account_id = refold_linked_account.globex.linked_account_id
  slug              = "hubspot"

  credentials_wo = {
    api_key = var.globex_hubspot_key
  }
  credentials_wo_version = "2026-07-24"
}

resource "refold_config" "globex_hubspot" {
  # References, so that the app is connected before, and this is deleted before the account is.
  linked_account_id = refold_integration.globex_hubspot.linked_account_id
  slug              = refold_integration.globex_hubspot.slug

  # The data source refold_config shows the ids, and what may be chosen. What is not here, the
  # customer sets in Refold's dialog.
  fields = {
    sync_interval    = 30
    lifecycle_stages = ["lead", "customer"]
    field_mapping = {
      firstname = "given_name"
      lastname  = "family_name"
    }
  }

  workflows = {
    "6a313eda6d5528bdcf71eb01" = true
  }
}
