terraform {
  # Ephemeral variables and write-only arguments need Terraform 1.11, or OpenTofu 1.11.
  required_version = ">= 1.11"

  required_providers {
    refold = {
      source  = "gocobalt/refold"
      version = ">= 0.1"
    }
  }
}
