variable "globex_api_token" {
  description = "Token with which Refold calls our app on behalf of Globex."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "refold_linked_account" "globex" {
  linked_account_id = "globex"
  name              = "Globex"

  your_app = {
    # Write-only: neither plan nor state holds it.
    auth_credentials_wo = {
      api_token = var.globex_api_token
    }
    # Increase it to send the credentials again.
    auth_credentials_wo_version = 1
  }
}
