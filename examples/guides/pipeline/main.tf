terraform {
  required_version = ">= 1.8"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

# The jobs of the pipeline set REFOLD_API_KEY and REFOLD_ENVIRONMENT.
provider "refold" {
  # Another pipeline uses the same key, so each of them takes half of its 20 requests per second.
  requests_per_second = 10
}

resource "refold_linked_account" "acme" {
  linked_account_id = "acme"
  name              = "Acme Corporation"
}

resource "refold_linked_accounts" "customers" {
  accounts = provider::refold::parse_accounts_csv(file("${path.module}/accounts.csv"))
}
