variable "soylent_api_token" {
  description = "Token with which Refold calls our app on behalf of Soylent. It ends up in the state."
  type        = string
  sensitive   = true
}

resource "refold_linked_account" "soylent" {
  linked_account_id = "soylent"
  name              = "Soylent Corporation"

  your_app = {
    auth_credentials = {
      api_token = var.soylent_api_token
      region    = "eu"
    }
  }
}
