variable "cyberdyne_crm_token" {
  description = "Token with which Refold calls your app in the name of Cyberdyne. Never stored by Terraform."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "tyrell_crm_token" {
  description = "Token with which Refold calls your app in the name of Tyrell."
  type        = string
  sensitive   = true
}
