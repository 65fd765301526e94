variable "hooli_credentials" {
  description = "Credentials with which Refold calls our app on behalf of Hooli, by key."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}

variable "hooli_credentials_version" {
  description = "Increase it whenever hooli_credentials changes."
  type        = number
  default     = 1
}

resource "refold_linked_account" "hooli" {
  linked_account_id = "hooli"
  name              = "Hooli"

  your_app = {
    auth_credentials_wo         = var.hooli_credentials
    auth_credentials_wo_version = var.hooli_credentials_version
  }
}
