variable "zendesk_api_token" {
  description = "API token that the customer has made in Zendesk."
  type        = string
  sensitive   = true
  ephemeral   = true
  default     = null
}

resource "refold_linked_account" "stark" {
  linked_account_id = "stark"
  name              = "Stark Industries"
}

# The customer has given you keys: connect the app by them.
resource "refold_integration" "zendesk" {
  linked_account_id = refold_linked_account.stark.linked_account_id
  slug              = "zendesk"

  credentials_wo = {
    subdomain = "stark"
    email     = "support@stark.example"
    api_token = var.zendesk_api_token
  }
  credentials_wo_version = "2026-11"
}

# HubSpot is connected by OAuth, by the customer. What it does can be chosen before.
resource "refold_config" "hubspot" {
  linked_account_id = refold_linked_account.stark.linked_account_id
  slug              = "hubspot"

  fields = {
    sync_interval    = 30
    lifecycle_stages = ["lead", "customer"]
  }
}

# What the customer's workflows find in the variable REGION.
resource "refold_variable_value" "region" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  linked_account_id      = refold_linked_account.stark.linked_account_id
  value                  = "us-east-1"
}

# Which apps still wait for the customer.
data "refold_applications" "connected" {
  linked_account_id = refold_linked_account.stark.linked_account_id
  connected         = true
  depends_on        = [refold_integration.zendesk]
}

output "connected_apps" {
  value = data.refold_applications.connected.slugs
}
