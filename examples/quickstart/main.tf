terraform {
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

# Key and address come from REFOLD_API_KEY and REFOLD_BASE_URL.
provider "refold" {
  # Stops every run whose key belongs to another environment than this one.
  environment = "test"
}

# A customer. The id is the one by which your own system knows them.
resource "refold_linked_account" "northwind" {
  linked_account_id = "northwind"
  name              = "Northwind Traders"

  udf = {
    plan  = "enterprise"
    seats = 250
    beta  = true
  }
}
