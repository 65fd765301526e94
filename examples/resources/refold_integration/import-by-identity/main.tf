import {
  to = refold_integration.initech_hubspot
  identity = {
    linked_account_id = "initech"
    slug              = "hubspot"
  }
}

# Without keys, an import leaves those that Refold has.
resource "refold_integration" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"
}
