# config_id is that of the account where it is left out.
import {
  to = refold_config.initech_hubspot
  identity = {
    linked_account_id = "initech"
    slug              = "hubspot"
  }
}

resource "refold_config" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"

  fields = {
    sync_interval = 30
  }
}
