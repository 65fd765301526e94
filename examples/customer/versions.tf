terraform {
  # Write-only attributes and ephemeral resources need Terraform 1.11, or OpenTofu 1.11.
  required_version = ">= 1.11"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

# The API key comes from the environment variable REFOLD_API_KEY.
provider "refold" {
  # Stops every run whose key belongs to another environment than this one.
  environment = var.environment

  # The default of everything below.
  deletion_policy = var.deletion_policy
}
