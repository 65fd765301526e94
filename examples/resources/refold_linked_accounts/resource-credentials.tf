variable "partner_credentials" {
  description = "Credentials with which Refold calls our app on behalf of each partner: by linked account id, then by key."
  type        = map(map(string))
  sensitive   = true
  ephemeral   = true
}

resource "refold_linked_accounts" "partners" {
  accounts = {
    "partner_1" = { name = "Vandelay Industries", udf = { plan = "partner" } }
    # What is null is left alone at Refold.
    "partner_2" = { name = "Kramerica", udf = null }
  }

  # Write-only: neither plan nor state holds it.
  auth_credentials_wo = var.partner_credentials
  # Increase it to send the credentials again.
  auth_credentials_wo_version = 1
}
