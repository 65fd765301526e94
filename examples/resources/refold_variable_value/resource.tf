resource "refold_linked_account" "globex" {
  linked_account_id = "globex"
  name              = "Globex"
}

# Refold's dashboard shows the ids of definitions. This one is REGION, of the scope linked_account.
resource "refold_variable_value" "globex_region" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  # A reference, so that the account is made before, and deleted after this.
  linked_account_id = refold_linked_account.globex.linked_account_id

  value = "eu-central-1"
}

variable "globex_api_secret" {
  description = "Signs what Globex's workflows send."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# API_SECRET is encrypted, so its value is write-only: neither plan nor state holds it.
resource "refold_variable_value" "globex_api_secret" {
  variable_definition_id = "6a1401de41e63efd08fb3e04"
  linked_account_id      = refold_linked_account.globex.linked_account_id

  value_wo         = var.globex_api_secret
  value_wo_version = "2026-07-24"
}

# SUPPORT_EMAIL is of the scope workspace: one value for all.
resource "refold_variable_value" "support_email" {
  variable_definition_id = "6a1401de41e63efd08fb3e07"

  value = "support@example.com"
}

# BATCH_SIZE is of the scope workflow, and a number, which is written as a text too.
resource "refold_variable_value" "contacts_batch_size" {
  variable_definition_id = "6a1401de41e63efd08fb3e08"
  workflow_id            = "6a313eda6d5528bdcf71eb01"

  value = 50
}
