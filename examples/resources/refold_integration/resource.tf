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
  # A reference, so that the account is created before, and deleted after.
  linked_account_id = refold_linked_account.globex.linked_account_id
  slug              = "hubspot"

  # Write-only: neither plan nor state holds it.
  credentials_wo = {
    api_key = var.globex_hubspot_key
  }
  # Change it to send the keys again.
  credentials_wo_version = "2026-07-24"
}
