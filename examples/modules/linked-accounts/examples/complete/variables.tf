variable "environment" {
  description = "The Refold environment that the customers are in."
  type        = string
  default     = "test"
}

variable "credentials" {
  description = "Credentials for our own app, by customer and key. Needed by the runs that send them: the first one, and those that change a version."
  type        = map(map(string))
  default     = null
  ephemeral   = true
  sensitive   = true
}
