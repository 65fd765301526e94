import {
  to = refold_config.initech_hubspot
  id = "initech/hubspot"
}

# What is not here stays as it is at Refold.
resource "refold_config" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"

  fields = {
    sync_interval = 30
  }
}
