terraform {
  required_version = ">= 1.8"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

provider "refold" {
  # Each workspace is an environment, so a key of another one stops the run. The workspace "default" is none.
  environment     = terraform.workspace
  deletion_policy = terraform.workspace == "production" ? "PREVENT" : "DELETE"
}

resource "refold_linked_accounts" "customers" {
  accounts = provider::refold::parse_accounts_csv(file("${path.module}/${terraform.workspace}.csv"))
}
