terraform {
  required_version = ">= 1.10"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

variable "test_key" {
  description = "API key of the environment test."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "production_key" {
  description = "API key of the environment production."
  type        = string
  sensitive   = true
  ephemeral   = true
}

provider "refold" {
  alias       = "test"
  api_key     = var.test_key
  environment = "test"
}

provider "refold" {
  alias       = "production"
  api_key     = var.production_key
  environment = "production"
}

data "refold_linked_accounts" "test" {
  provider = refold.test
}

data "refold_linked_accounts" "production" {
  provider = refold.production
}

output "in_both" {
  description = "Accounts whose id exists in both environments."
  value       = setintersection(data.refold_linked_accounts.test.ids, data.refold_linked_accounts.production.ids)
}
