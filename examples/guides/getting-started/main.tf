terraform {
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

# The API key comes from the environment variable REFOLD_API_KEY.
provider "refold" {
  # Stops every run whose key belongs to another environment than this one.
  environment = "test"
}

resource "refold_linked_account" "acme" {
  linked_account_id = "acme"
  name              = "Acme Corporation"

  udf = {
    plan  = "enterprise"
    seats = 250
  }
}
